import Handbook
import Journal

extension FollowUps {
    /// The visits that are overdue or due today, in walking order: by building, entrance and floor. A visit with an
    /// appointment is on the route of its day, and of those who go. `member` limits the others to the classes that
    /// require their role; a role that no class requires gets all.
    public func route(
        for member: StaffMember? = nil, _ handbook: Handbook, at moment: Moment, in zone: Zone
    ) -> [FollowUp] {
        let today = Day(moment, in: zone)
        let classes = RequestClass.allCases.filter {
            handbook.followUpRule(for: $0).visitors.contains { $0 == member?.role }
        }
        return pending.compactMap { self[$0] }.filter { followUp in
            if let appointment = followUp.appointment, Day(appointment.time, in: zone) >= today {
                return Day(appointment.time, in: zone) == today
                    && member.map { appointment.visitors.contains($0.code) || classes.isEmpty } ?? true
            }
            guard classes.isEmpty || classes.contains(followUp.class) else { return false }
            let state = followUp.state(at: moment, in: zone)
            return state == .overdue || state == .open && followUp.due <= today
        }.sorted { ($0.unit, $0.due) < ($1.unit, $1.due) }
    }
}

/// Today's route (回访路线): the visits to make, building by building.
public struct RouteView: View {
    public static let name = "route"
    public static let label = Label("回访路线", en: "Today's route")
    /// The staff member who goes; without one, all visits.
    var staff: StaffName?

    /// One stop of the route.
    @dynamicMemberLookup
    public struct Subject: Sendable {
        /// From 1, in walking order.
        public let stop: Int
        /// The number of stops in the building.
        public let stops: Int
        let followUp: FollowUp

        public var building: String { followUp.unit.building }
        public subscript<Value>(dynamicMember path: KeyPath<FollowUp, Value>) -> Value { followUp[keyPath: path] }
    }

    public static var columns: [ViewColumn<Self>] {
        Column("stop", Label("站", en: "Stop")) { $0.stop }
        Column("building", Label("楼", en: "Building")) { $0.building }
        Column("stops", Label("本楼次数", en: "Of the building")) { $0.stops }
        Column("id") { $0.followUp.id }
        Column("unit") { Location($0.followUp.unit) }
        Column("resident") { $0.owner?.name }
        Column("phone") { $0.owner?.phone?.masked }
        Column("class") { $0.visit.class }
        Column("text") { $0.visit.text }
        Column("due") { $0.visit.due }
        Column("state") { $0.visit.state }
        Column("visitors") { $0.visit.visitors }
        Column("workers") { $0.visit.workers }
        Column("appointed", Label("预约时间", en: "Appointed for")) { $0.visit.appointed }
        Column("tried", Label("今日未遇", en: "Tried today")) { $0.tried }
    }

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("staff", &staff, Label("回访人", en: "Visitor"))
    }

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    public func subjects(in context: ViewContext) throws -> [Subject] {
        let estate = context.estate
        let member = try staff.map { try estate.staff.named($0.text) }
        let route = estate.followUps.route(for: member, estate.handbook, at: context.moment, in: estate.zone)
        let stops = Dictionary(grouping: route, by: \.unit.building).mapValues(\.count)
        return route.enumerated().map { index, followUp in
            Subject(stop: index + 1, stops: stops[followUp.unit.building] ?? 0, followUp: followUp)
        }
    }
}

extension ViewRow<RouteView> {
    public var visit: FollowUpsView.Row { FollowUpsView.Row(subject.followUp, in: context) }
    /// The last attempt of the day.
    public var tried: Moment? { subject.followUp.lastAttempt(on: context.day, in: context.zone)?.at }
    fileprivate var owner: Person? { estate.people.owner(of: subject.unit) }
}

extension FollowUp {
    /// The last attempt of a day: nobody home, or refused.
    public func lastAttempt(on day: Day, in zone: Zone) -> FollowUpReport? {
        reports.filter { !$0.result.isVisit && Day($0.at, in: zone) == day }.max { $0.at < $1.at }
    }
}
