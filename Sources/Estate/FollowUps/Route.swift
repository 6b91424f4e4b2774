import Handbook
import Journal

extension FollowUps {
    /// The visits to make today, those overdue included, in the order in which one walks to them: by building, then by its
    /// parts, then up the floors. With a role that return visits call for, only those that call for it.
    public func route(
        for role: Role? = nil, _ handbook: Handbook, at moment: Moment, in zone: Zone
    ) -> [FollowUp] {
        let today = Day(moment, in: zone)
        let classes = RequestClass.allCases.filter { handbook.followUpRule(for: $0).visitors.contains { $0 == role } }
        return pending.compactMap { self[$0] }.filter { followUp in
            guard classes.isEmpty || classes.contains(followUp.class) else { return false }
            let state = followUp.state(at: moment, in: zone)
            return state == .overdue || state == .open && followUp.due <= today
        }.sorted { ($0.unit, $0.due) < ($1.unit, $1.due) }
    }
}

/// Today's route (回访路线): where to go, building by building.
public struct RouteView: View {
    public static let name = "route"
    public static let label = Label("回访路线", en: "Today's route")
    /// Whose route; everybody's without one.
    var staff: StaffName?

    public struct Row: Record {
        /// 1 for where one goes first.
        public var stop = 0
        public var building = ""
        /// How many stops the building has.
        public var stops = 0
        public var id = Ref<FollowUp>.placeholder
        public var unit = UnitCode.placeholder
        public var resident: String?
        public var phone: String?
        public var `class` = RequestClass.other
        public var text = ""
        public var due = Day.placeholder
        public var state = FollowUpState.open
        public var visitors = ""
        public var workers: [String] = []

        public init() {}

        public mutating func fields(_ visitor: inout some FieldVisitor) throws {
            try visitor.field("stop", &stop, Label("站", en: "Stop"))
            try visitor.field("building", &building, Label("楼", en: "Building"))
            try visitor.field("stops", &stops, Label("本楼次数", en: "Of the building"))
            try visitor.field("id", &id, Label("编号", en: "Id"))
            try visitor.field("unit", &unit, .unit)
            try visitor.field("resident", &resident, Label("住户", en: "Resident"))
            try visitor.field("phone", &phone, Label("电话", en: "Phone"))
            try visitor.field("class", &`class`, Label("类别", en: "Class"))
            try visitor.field("text", &text, Label("内容", en: "Text"))
            try visitor.field("due", &due, Label("到期", en: "Due"))
            try visitor.field("state", &state, Label("状态", en: "State"))
            try visitor.field("visitors", &visitors, Label("须到场", en: "Visitors"))
            try visitor.field("workers", &workers, .worker)
        }
    }

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("staff", &staff, Label("回访人", en: "Visitor"))
    }

    public func rows(of estate: Estate, at moment: Moment) throws -> [Row] {
        let member = try staff.map { try estate.staff.named($0.text) }
        let route = estate.followUps.route(for: member?.role, estate.handbook, at: moment, in: estate.zone)
        let stops = Dictionary(grouping: route, by: \.unit.building).mapValues(\.count)
        return route.enumerated().map { index, followUp in
            let known = FollowUpsView.Row(followUp, in: estate, at: moment)
            let owner = estate.people.owner(of: followUp.unit)
            var row = Row()
            (row.stop, row.building) = (index + 1, followUp.unit.building)
            (row.stops, row.id, row.unit) = (stops[row.building] ?? 0, followUp.id, followUp.unit)
            (row.resident, row.phone) = (owner?.name, owner?.phone?.masked)
            (row.class, row.text, row.due, row.state) = (followUp.class, known.text, followUp.due, known.state)
            (row.visitors, row.workers) = (known.visitors, known.workers)
            return row
        }
    }
}
