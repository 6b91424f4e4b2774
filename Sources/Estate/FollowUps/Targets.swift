import Handbook
import Journal

/// The return-visit rate that the regional manager has set for a class (section 3), from a day on.
public struct VisitTarget: Sendable {
    public let id: Ref<JournalEntry>
    public let `class`: RequestClass
    /// In percent.
    public let percent: Int
    public let from: Day
    public let at: Moment
    public let by: String
}

extension Estate {
    /// The target of a class for a month, in percent: that of the standard, else the one that is in force on the month's last
    /// day, else that of the handbook. `nil`: 未定.
    public func visitTarget(of requestClass: RequestClass, in period: Period) -> Int? {
        let rule = handbook.followUpRule(for: requestClass)
        if !rule.targetIsPolicy { return rule.target }
        return setTarget(of: requestClass, in: period)?.percent ?? rule.target
    }

    /// What was set for a month; of two from one day the later recorded counts.
    public func setTarget(of requestClass: RequestClass, in period: Period) -> VisitTarget? {
        followUps.targets.enumerated().filter { $1.class == requestClass && $1.from <= period.last }
            .max { ($0.element.from, $0.offset) < ($1.element.from, $1.offset) }?.element
    }
}

/// The regional manager sets the return-visit rate of a class for which the standards have none.
public struct SetTarget: ActionFact, RegisterFact {
    public static let name = "target.set"
    static let kind: StaticString = "target.stated"
    static var merging: Merging<Self> { .derived }
    public static let label = Label("定回访率标准", en: "Set a return-visit target")
    public static let roles: Set<Role> = [.regional]
    var `class` = RequestClass.other
    var target = 0
    /// The day on which it happened unless given.
    var from: Day?

    public init() {}

    public init(class: RequestClass, target: Int, from: Day) {
        (self.class, self.target, self.from) = (`class`, target, from)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("class", &`class`)
        try visitor.field("target", &target, Label("回访率 %", en: "Rate %"))
        try visitor.field("from", &from, Label("起始日", en: "From"))
    }

    public static func proposals(
        with values: [String: String], to member: String, in estate: Estate, at moment: Moment
    ) -> [String: String] {
        ["class": RequestClass.other.rawValue, "from": Period(moment, in: estate.zone).first.text]
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let rule = estate.handbook.followUpRule(for: `class`)
        if !rule.targetIsPolicy {
            throw Refusal(
                .rule, "target.prescribed", "\(rule.name)的回访率由标准规定：\(rule.target ?? 100)%",
                en: "the standards prescribe \(rule.target ?? 100) % for it", field: "class")
        }
        guard (0...100).contains(target) else {
            throw Refusal(.rule, "target.range", "应为 0 到 100", en: "it is from 0 to 100", field: "target")
        }
        from = from ?? Day(plan.at, in: estate.zone)
    }

    func affectedIDs(in estate: Estate) -> [String]? { [] }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.followUps.targets.append(
            VisitTarget(
                id: Ref(metadata.id), class: `class`, percent: target,
                from: from ?? Day(metadata.at, in: estate.zone), at: metadata.at, by: metadata.by))
    }
}

/// The targets that were set, in the order of recording.
public struct TargetsView: PlainView {
    public static let name = "targets"
    public static let label = Label("回访率标准", en: "Return-visit targets")
    public static let changesWithTime = false
    public static let timeKey: String? = "from"
    public static let looksAhead = true

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("class") { $0.class }
        Column("target") { $0.percent }
        Column("from", Label("起始日", en: "From")) { $0.from }
        Column("by", Label("确定人", en: "Set by")) { $0.estate.staff.name(of: $0.by) }
        Column("at") { $0.at }
    }

    public init() {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    public func subjects(in context: ViewContext) -> [VisitTarget] { context.estate.followUps.targets }
}
