import Handbook
import Journal

/// A report of the 28th that was handed to the manager (5.7).
public struct FiledReport: Sendable {
    let id: Ref<JournalEntry>
    let period: Period
    let at: Moment
    let by: String
    let households: Int
    let owed: Money
    /// The households for which it was settled how the debt is solved.
    let planned: Int
    /// The day by which it was to be there.
    let due: Day?
}

/// The report of the 28th is handed to the manager: what it said then is kept.
public struct ReportArrears: ActionFact {
    public static let name = "arrears.report"
    static let kind: StaticString = "arrears.reported"
    static var merging: Merging<Self> { .derived }
    public static let label = Label("28 日汇报", en: "Report arrears")
    public static let roles: Set<Role> = [.supervisor]
    /// The month that it is for; that of the moment unless given.
    var period: Period?
    var note: String?
    var households = 0
    var owed = Money.zero
    var planned = 0
    var due: Day?

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("period", &period, .month)
        try visitor.field("note", &note)
        try visitor.derived("households", &households, .households)
        try visitor.derived("owed", &owed, .owed)
        try visitor.derived("planned", &planned, .planned)
        try visitor.derived("due", &due, .dueDate)
    }

    private static func rows(in estate: Estate, at moment: Moment) -> [ArrearsReport.Subject] {
        ArrearsReport().subjects(in: ViewContext(estate, at: moment))
    }

    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        let rows = Self.rows(in: estate, at: moment)
        let open = rows.count { !$0.isPlanned }
        return Confirmation(
            Label("汇报 \(rows.count) 户的欠费情况及解决办法？", en: "Report the arrears of \(rows.count) households?"),
            [
                .fact(.owed, rows.reduce(Money.zero) { $0 + $1.arrears.owed }.grouped),
                open == 0
                    ? nil
                    : Label("还有 \(open) 户没有定解决办法、谁、哪天", en: "\(open) have no solution with somebody and a day yet"),
            ], yes: Label("汇报", en: "report"))
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let rows = Self.rows(in: estate, at: plan.at)
        let present = Period(Day(plan.at, in: estate.zone))
        let month = period ?? present
        if month > present {
            throw Refusal(
                .rule, "report.early", "还没有到 \(month.text)", en: "\(month.text) has not come yet", field: "period")
        }
        period = month
        due = estate.handbook.workingDay(estate.handbook.fees.arrearsReport.day, of: month).due
        households = rows.count
        owed = rows.reduce(Money.zero) { $0 + $1.arrears.owed }
        planned = rows.count(where: \.isPlanned)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.collecting.add(
            FiledReport(
                id: Ref(metadata.id), period: period ?? Period(Day(metadata.at, in: estate.zone)), at: metadata.at,
                by: metadata.by, households: households, owed: owed, planned: planned, due: due))
    }
}

/// The reports of the 28th that were handed in.
public struct ArrearsReportsView: PlainView {
    public static let name = "arrearsreports"
    public static let label = Label("28 日汇报", en: "Reports of arrears")
    public static let changesWithTime = false
    public static let timeKey: String? = "at"

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("period", .month) { $0.period }
        Column("at") { $0.at }
        Column("by", Label("汇报人", en: "By")) { $0.estate.staff.name(of: $0.by) }
        Column("households", .households) { $0.households }
        Column("owed", .owed) { $0.owed }
        Column("planned", .planned) { $0.planned }
        Column("instruction", .instruction) { $0.approval?.instruction }
        Column("approved", Label("阅批时间", en: "Instructed at")) { $0.approval?.at }
    }

    public init() {}

    public func subjects(in context: ViewContext) -> [FiledReport] {
        context.estate.collecting.reports.sorted { ($0.at, $0.id.id) < ($1.at, $1.id.id) }
    }
}

extension ViewRow<ArrearsReportsView> {
    /// What the manager said of the report.
    public var approval: Approval? { estate.collecting.approval(of: subject.period) }
}

extension Label {
    fileprivate static let month = Label("月份", en: "Month")
    fileprivate static let owed = Label("欠费", en: "Owed")
    fileprivate static let planned = Label("已定办法", en: "Planned")
}
