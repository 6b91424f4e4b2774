import Handbook
import Journal

/// The reports that the manager reads and instructs on (阅批).
public enum ApprovedReport: String, NamedChoice {
    /// That of the 28th (5.7).
    case arrears

    public var label: Label { Label("28 日汇报", en: "the report of the 28th") }
}

/// The manager's instruction on a report.
public struct Approval: Sendable {
    public let id: Ref<JournalEntry>
    public let period: Period
    public let instruction: String
    public let at: Moment
    public let by: String
}

extension Collecting {
    /// The manager's last instruction on the report of a month.
    func approval(of period: Period) -> Approval? { approvals.last { $0.period == period } }
}

/// The manager has read a report and says what is to be done.
public struct ApproveReport: ActionFact {
    public static let name = "report.approve"
    static let kind: StaticString = "report.approved"
    static var merging: Merging<Self> { .derived }
    public static let label = Label("阅批汇报", en: "Instruct on a report")
    public static let roles: Set<Role> = [.manager]
    var report = ApprovedReport.arrears
    var period = Period.placeholder
    var instruction = ""

    public init() {}

    public init(period: Period, instruction: String) { (self.period, self.instruction) = (period, instruction) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("report", &report, Label("汇报", en: "Report"))
        try visitor.field("period", &period, Label("月份", en: "Month"))
        try visitor.field("instruction", &instruction, .instruction)
    }

    /// The last report that waits.
    public static func proposals(
        with values: [String: String], to member: String, in estate: Estate, at moment: Moment
    ) -> [String: String] {
        let waiting = estate.collecting.reports.last { estate.collecting.approval(of: $0.period) == nil }
        return ["report": ApprovedReport.arrears.rawValue].merging(waiting.map { ["period": $0.period.text] } ?? [:]) {
            $1
        }
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        guard let filed = estate.collecting.reports.last(where: { $0.period == period }) else {
            throw Refusal(
                .rule, "report.notFiled", "\(period.text) 还没有汇报", en: "there is no report of \(period.text) yet",
                field: "period")
        }
        try plan.refuse(before: filed.at, Label("汇报", en: "it was reported"))
    }

    func affectedIDs(in estate: Estate) -> [String]? { [] }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.collecting.approvals.append(
            Approval(
                id: Ref(metadata.id), period: period, instruction: instruction, at: metadata.at, by: metadata.by))
    }
}

extension Label {
    static let instruction = Label("阅批意见", en: "Instruction")
}
