import Journal

struct VisitorArrived: Fact {
    static let kind: StaticString = "visitor.arrived"
    static let action: (any Action.Type)? = ArriveVisitor.self
    var name = ""
    var host = UnitCode.placeholder
    var resident: Ref<Person>?
    var purpose = ""
    var plate: Plate?
    var phone: Phone?
    var count: Int?
    var document: String?

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("name", &name)
        try visitor.field("host", &host)
        try visitor.field("resident", &resident)
        try visitor.field("purpose", &purpose)
        try visitor.field("plate", &plate)
        try visitor.field("phone", &phone)
        try visitor.field("count", &count)
        try visitor.field("document", &document)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.visits.contains(Ref(stamp.id)) }

    func touches(in estate: Estate) -> [String]? { [] }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        let id = Ref<Visit>(stamp.id)
        estate.gate.visits.add(
            Visit(
                id: id, name: name, host: host, resident: resident, purpose: purpose, plate: plate, phone: phone,
                count: count ?? 1, document: document, arrived: stamp.at, by: stamp.by))
        estate.gate.inside.append(id)
    }
}

struct VisitorLeft: Fact {
    static let kind: StaticString = "visitor.left"
    static let action: (any Action.Type)? = LeaveVisitor.self
    var visit = Ref<Visit>.placeholder

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("visit", &visit)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.visits.contains(visit) }

    /// Those who were inside were handed over at the end of a shift: an end that came later counts on who had left.
    func touches(in estate: Estate) -> [String]? {
        [visit.id.text] + estate.gate.ended(since: estate.gate.visits[visit]?.left)
    }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        estate.gate.visits.change(visit) { $0.left = stamp.at }
        estate.gate.inside.remove(visit)
    }
}

extension Gate {
    /// The shifts that ended at some time or later, as facts name them.
    fileprivate func ended(since moment: Moment?) -> [String] {
        guard let moment else { return [] }
        return shifts.values.filter { $0.closed.map { $0 >= moment } ?? false }.map(\.id.id.text)
    }
}

struct VisitorUnknown: Fact {
    static let kind: StaticString = "visitor.unknown"
    static let action: (any Action.Type)? = LoseVisitor.self
    var visit = Ref<Visit>.placeholder
    var why = ""

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("visit", &visit)
        try visitor.field("why", &why)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.visits.contains(visit) }

    func touches(in estate: Estate) -> [String]? {
        [visit.id.text] + estate.gate.ended(since: estate.gate.visits[visit]?.arrived)
    }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        estate.gate.visits.change(visit) { $0.unknown = why }
        estate.gate.inside.remove(visit)
    }
}

struct ShiftOpened: Fact {
    static let kind: StaticString = "shift.opened"
    static let action: (any Action.Type)? = OpenShift.self
    var post = ""
    var staff = ""

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("post", &post)
        try visitor.field("staff", &staff)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.shifts.contains(Ref(stamp.id)) }

    func touches(in estate: Estate) -> [String]? { [] }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        let id = Ref<Shift>(stamp.id)
        estate.gate.shifts.add(Shift(id: id, post: post, staff: staff, opened: stamp.at))
        estate.gate.onDuty.append(id)
    }
}

struct ShiftClosed: Fact {
    static let kind: StaticString = "shift.closed"
    static let action: (any Action.Type)? = CloseShift.self
    var shift = Ref<Shift>.placeholder
    var next = ""
    var handed: [Ref<Visit>] = []
    var notes: String?

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("shift", &shift)
        try visitor.field("next", &next)
        try visitor.field("handed", &handed)
        try visitor.field("notes", &notes)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool {
        set.shifts.contains(shift) || handed.contains { set.visits.contains($0) }
    }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        estate.gate.shifts.change(shift) { shift in
            shift.closed = stamp.at
            shift.next = next
            shift.handed = handed
            shift.notes = notes
        }
        estate.gate.onDuty.remove(shift)
        for visit in handed { estate.gate.visits.change(visit) { $0.handed = shift } }
    }
}

struct PatrolChecked: Fact {
    static let kind: StaticString = "patrol.checked"
    static let action: (any Action.Type)? = CheckPatrol.self
    var route = ""
    var point = ""

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("route", &route)
        try visitor.field("point", &point)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { stamp.at >= set.since }

    func touches(in estate: Estate) -> [String]? { [] }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        estate.gate.patrols.append(PatrolCheck(route: route, point: point, at: stamp.at, by: stamp.by))
    }
}
