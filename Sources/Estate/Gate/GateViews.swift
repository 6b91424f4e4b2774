import Journal

/// The visitors.
public struct GateView: PlainView {
    public static let name = "gate"
    public static let label = Label("门岗", en: "Gate")
    public static let timeKey: String? = "arrived"

    public struct Row: Record {
        public var id = Ref<Visit>.placeholder
        public var name = ""
        public var count = 1
        public var host = UnitCode.placeholder
        public var resident: String?
        public var purpose = ""
        public var plate: Plate?
        public var plateState = PlateState.none
        public var phone: String?
        public var document: String?
        public var arrived = Moment.placeholder
        public var left: Moment?
        public var state = VisitState.inside

        public init() {}

        public mutating func fields(_ visitor: inout some FieldVisitor) throws {
            try visitor.field("id", &id, Label("编号", en: "Id"))
            try visitor.field("name", &name, Label("姓名", en: "Name"))
            try visitor.field("count", &count, Label("人数", en: "How many"))
            try visitor.field("host", &host, Label("房号", en: "Host"))
            try visitor.field("resident", &resident, Label("被访人", en: "Resident"))
            try visitor.field("purpose", &purpose, Label("事由", en: "Purpose"))
            try visitor.field("plate", &plate, Label("车牌", en: "Plate"))
            try visitor.field("plateState", &plateState, Label("车辆", en: "Vehicle"))
            try visitor.field("phone", &phone, Label("电话", en: "Phone"))
            try visitor.field("document", &document, Label("证件", en: "Document"))
            try visitor.field("arrived", &arrived, Label("到访", en: "Arrived"))
            try visitor.field("left", &left, Label("离场", en: "Left"))
            try visitor.field("state", &state, Label("状态", en: "State"))
        }
    }

    public init() {}

    public func rows(of estate: Estate, at moment: Moment) -> [Row] {
        estate.gate.visits.values.map { Row($0, in: estate, at: moment) }
    }
}

extension GateView.Row {
    public init(_ visit: Visit, in estate: Estate, at moment: Moment) {
        (id, name, count, host) = (visit.id, visit.name, visit.count, visit.host)
        resident = visit.resident.flatMap { estate.people.persons[$0]?.name }
        (purpose, plate, plateState) = (visit.purpose, visit.plate, estate.plateState(visit.plate))
        (phone, document) = (visit.phone?.masked, visit.document)
        (arrived, left, state) = (visit.arrived, visit.left, visit.state(at: moment, by: estate.handbook.gate))
    }
}

/// The shifts and their handovers.
public struct ShiftsView: PlainView {
    public static let name = "shifts"
    public static let label = Label("班次", en: "Shifts")
    public static let timeKey: String? = "opened"

    public struct Row: Record {
        public var id = Ref<Shift>.placeholder
        public var post = ""
        public var staff = ""
        public var opened = Moment.placeholder
        public var closed: Moment?
        public var next: String?
        public var handed: [Ref<Visit>] = []
        public var notes: String?

        public init() {}

        public mutating func fields(_ visitor: inout some FieldVisitor) throws {
            try visitor.field("id", &id, Label("编号", en: "Id"))
            try visitor.field("post", &post, Label("岗位", en: "Post"))
            try visitor.field("staff", &staff, Label("当班人", en: "Staff"))
            try visitor.field("opened", &opened, Label("接班", en: "Opened"))
            try visitor.field("closed", &closed, Label("交班", en: "Closed"))
            try visitor.field("next", &next, Label("接班人", en: "Next"))
            try visitor.field("handed", &handed, Label("移交访客", en: "Handed over"))
            try visitor.field("notes", &notes, Label("交接事项", en: "Notes"))
        }
    }

    public init() {}

    public func rows(of estate: Estate, at moment: Moment) -> [Row] {
        estate.gate.shifts.values.map {
            var row = Row()
            (row.id, row.post, row.staff, row.opened) = ($0.id, $0.post, estate.staff.name(of: $0.staff), $0.opened)
            (row.closed, row.next) = ($0.closed, $0.next.map { estate.staff.name(of: $0) })
            (row.handed, row.notes) = ($0.handed, $0.notes)
            return row
        }
    }
}

/// The points that patrols have reached.
public struct PatrolsView: PlainView {
    public static let name = "patrols"
    public static let label = Label("巡逻", en: "Patrols")
    public static let timeKey: String? = "at"

    public struct Row: Record {
        public var route = ""
        public var point = ""
        public var at = Moment.placeholder
        public var by = ""

        public init() {}

        public mutating func fields(_ visitor: inout some FieldVisitor) throws {
            try visitor.field("route", &route, Label("路线", en: "Route"))
            try visitor.field("point", &point, Label("点位", en: "Point"))
            try visitor.field("at", &at, Label("时间", en: "At"))
            try visitor.field("by", &by, Label("巡逻人", en: "By"))
        }
    }

    public init() {}

    public func rows(of estate: Estate, at moment: Moment) -> [Row] {
        estate.gate.patrols.map {
            var row = Row()
            (row.route, row.point, row.at, row.by) = ($0.route, $0.point, $0.at, estate.staff.name(of: $0.by))
            return row
        }
    }
}
