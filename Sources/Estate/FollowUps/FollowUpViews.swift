import Journal

extension Label {
    fileprivate static let deviations = Label("不合规", en: "Deviations")
}

/// The return visits in all states.
public struct FollowUpsView: PlainView {
    public static let name = "followups"
    public static let label = Label("回访", en: "Return visits")
    public static let timeKey: String? = "due"
    public static let looksAhead = true

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("request") { $0.request }
        Column("class") { $0.class }
        Column("stage", Label("阶段", en: "Stage")) { $0.stage }
        Column("unit") { Location($0.unit) }
        Column("text") { $0.text }
        Column("opens", Label("开始", en: "Opens")) { $0.opens }
        Column("due") { $0.due }
        Column("state") { $0.state }
        Column("cycle") { $0.cycle }
        Column("visitors") { $0.visitors }
        Column("result") { $0.result }
        Column("visited", Label("回访人", en: "Visited by")) { $0.visited }
        Column("visitedAt", Label("回访时间", en: "Visited at")) { $0.visitedAt }
        Column("attempts", Label("未遇或拒访次数", en: "Attempts")) { $0.attempts }
        Column("absent", Label("人员不符", en: "Absent")) { $0.absent }
        Column("awaitsRectification", Label("待整改", en: "To rectify")) { $0.awaitsRectification }
        Column("workers") { $0.workers }
        Column("ownWork", FollowUpDeviation.ownWork.label) { $0.ownWork }
        Column("period", Label("计入月份", en: "Counted in")) { $0.period }
        Column("covered") { $0.covered }
        Column("onTime") { $0.onTime }
        Column("way") { $0.way }
        Column("deviations", .deviations) { $0.deviations }
        Column("appointed", Label("预约时间", en: "Appointed for")) { $0.appointed }
        Column("appointees", Label("预约人员", en: "Who goes")) { $0.appointees }
        Column("closed", Label("结案时间", en: "Closed at")) { $0.closedAt }
        Column("why", Label("无法回访原因", en: "Why closed")) { $0.closed?.why }
    }

    public init() {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool {
        [FollowUpState.upcoming, .open, .overdue].contains { $0.rawValue == filters["state"] }
            || filters["awaitsRectification"] == "true"
    }

    public func subjects(in context: ViewContext) -> EntityTable<FollowUp>.Values {
        context.estate.followUps.all.values
    }
}

/// The columns of a return visit, also for the route and the visit sheet.
extension ViewRow where V.Subject == FollowUp {
    public var text: String { estate.requests[subject.request]?.text ?? "" }
    public var state: FollowUpState { subject.state(at: context.moment, in: context.zone) }
    public var requiredVisitors: [Role] { estate.handbook.followUpRule(for: subject.class).visitors }
    /// The required roles, separated by commas.
    public var visitors: String { requiredVisitors.map(\.rawValue).joined(separator: ",") }
    public var result: FollowUpResult? { subject.reports.last?.result }
    /// The names of the visitors.
    public var visited: [String] { names(subject.visit?.visitors) }
    public var visitedAt: Moment? { subject.visit?.at }
    /// 人员不符: required roles that were absent.
    public var absent: [Role] { subject.visit?.absent ?? [] }
    /// The names of the workers or assignees.
    public var workers: [String] { estate.assignedWorkers(of: subject).map { $0.name(in: estate) } }
    /// 承办人自访: the names of visitors who did the work themselves.
    public var ownWork: [String] { names(subject.visit?.ownWork) }
    public var way: FollowUpWay? { subject.visit?.way }
    public var deviations: [FollowUpDeviation] { subject.visit?.deviations ?? [] }
    public var appointed: Moment? { subject.appointment?.time }
    /// The names of those who go.
    public var appointees: [String] { names(subject.appointment?.visitors) }
    public var closedAt: Moment? { subject.closed?.at }
    /// The month whose rate counts it; `nil` if none does, and then ``covered`` and ``onTime`` are `nil` as well.
    public var period: Period? { subject.period(at: context.moment, in: context.zone) }
    public var covered: Bool? { period.map { _ in subject.visit != nil } }
    public var onTime: Bool? { period.map { _ in subject.isOnTime(in: context.zone) } }

    private func names(_ staff: [String]?) -> [String] { (staff ?? []).map { estate.staff.name(of: $0) } }

    /// The required roles, as people read them.
    public func requiredRoles(_ language: Language) -> String {
        requiredVisitors.map { $0.label[language] }.joined(separator: "+")
    }
}

/// The return-visit rates of a month by class (section 3 and Rules, Return-visit rate).
public struct RatesView: View {
    public static let name = "rates"
    public static let label = Label("回访率", en: "Return-visit rates")
    var period: Period?

    /// The rate of one class.
    public struct Subject: Sendable {
        public let `class`: RequestClass
        /// Percent; `nil` where the regional manager sets it (未定).
        public let target: Int?
        let counts: FollowUpRate

        public var matured: Int { counts.matured }
        public var covered: Int { counts.covered }
        public var onTime: Int { counts.onTime }
        /// 回访率: covered ÷ matured, percent with two decimals, truncated.
        public var rate: String? { Share(covered, of: matured)?.text }
        /// 及时率: on time ÷ matured.
        public var onTimeRate: String? { Share(onTime, of: matured)?.text }
        public var met: Bool? { target.flatMap { Share(covered, of: matured)?.meets(percent: $0) } }
        public var deviations: Int { counts.deviations }
        /// What was set for it, where the standards have no target.
        public let set: VisitTarget?
    }

    public static var columns: [ViewColumn<Self>] {
        Column("class") { $0.class }
        Column("target") { $0.target }
        Column("matured", Label("应回访", en: "Matured")) { $0.matured }
        Column("covered") { $0.covered }
        Column("onTime") { $0.onTime }
        Column("met") { $0.met }
        Column("rate", Label("回访率%", en: "Rate %")) { $0.rate }
        Column("onTimeRate", Label("及时率%", en: "On time %")) { $0.onTimeRate }
        Column("deviations", .deviations) { $0.deviations }
        Column("from", Label("标准起始", en: "Target from")) { $0.subject.set?.from }
        Column("by", Label("标准确定人", en: "Target set by")) { row in
            row.subject.set.map { row.estate.staff.name(of: $0.by) }
        }
    }

    public init() {}

    public init(period: Period) { self.period = period }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("period", &period, Label("月份", en: "Month"))
    }

    public func subjects(in context: ViewContext) -> [Subject] {
        let (estate, period) = (context.estate, context.period(period))
        return RequestClass.allCases.map { requestClass in
            Subject(
                class: requestClass, target: estate.visitTarget(of: requestClass, in: period),
                counts: estate.followUps.rate(of: requestClass, in: period, at: context.moment, zone: estate.zone),
                set: estate.setTarget(of: requestClass, in: period))
        }
    }
}
