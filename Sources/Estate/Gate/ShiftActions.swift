import Journal

private let shiftRoles: Set<Role> = [.guard, .operator, .supervisor]

/// The posts at which shifts were opened, and the gate's.
public enum Posts: WordList {
    public static func words(in estate: Estate) -> [Candidate] {
        Set(estate.gate.shifts.values.map(\.post) + ["门岗"]).sorted().map { Candidate($0) }
    }
}

/// The staff member who takes a post, by number or name. Members who are off duty are offered, guards first.
public struct Watchman: TextValue {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static var type: FieldType { .staff }

    public static func candidates(in estate: Estate) -> [Candidate] {
        let onDuty = Set(estate.gate.openShifts.map(\.staff))
        let free = estate.staff.members.values.filter { shiftRoles.contains($0.role) && !onDuty.contains($0.code) }
        return (free.filter { $0.role == .guard } + free.filter { $0.role != .guard }).map {
            Candidate($0.name, detail: "\($0.code) \($0.role.label.chinese)")
        }
    }

    /// The same by the member's code. Throws ``Refusal`` `staff.unknown`.
    func resolved(in estate: Estate) throws -> Watchman { Watchman(try estate.staff.named(text).code) }
}

/// A staff member takes over a post.
public struct OpenShift: ActionFact {
    public static let name = "shift.open"
    static let kind: StaticString = "shift.opened"
    public static let label = Label("接班", en: "Open a shift")
    public static let roles = shiftRoles
    var post = Word<Posts>.placeholder
    var staff = Watchman.placeholder

    public init() {}

    public init(post: String, staff: String) { (self.post, self.staff) = (Word(post), Watchman(staff)) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("post", &post)
        try visitor.field("staff", &staff, .onDuty)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        staff = try staff.resolved(in: estate)
        if let open = estate.gate.openShift(at: post.text) {
            let name = estate.staff.name(of: open.staff)
            throw Refusal.rule(
                "shift.open", "\(post.text) 由 \(name) 当班，须先交班",
                en: "\(name) is on duty at \(post.text): hand over first")
        }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        let id = Ref<Shift>(metadata.id)
        estate.gate.shifts.add(Shift(id: id, post: post.text, staff: staff.text, opened: metadata.at))
        estate.gate.onDuty.append(id)
    }
}

extension Label {
    static let onDuty = Label("当班人", en: "Staff")
}

/// The full handover of a shift (7.3): every visitor still inside is handed over by name.
public struct CloseShift: ActionFact {
    public static let name = "shift.close"
    static let kind: StaticString = "shift.closed"
    public static let label = Label("交班", en: "Close a shift")
    public static let roles = shiftRoles
    var shift = Ref<Shift>.placeholder
    var next = Watchman.placeholder
    var handed: [Ref<Visit>] = []
    var notes: String?

    public init() {}

    public init(shift: Ref<Shift>, next: String, handed: [Ref<Visit>], notes: String? = nil) {
        (self.shift, self.next, self.handed, self.notes) = (shift, Watchman(next), handed, notes)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("shift", &shift, Label("班次", en: "Shift"))
        try visitor.field("next", &next)
        try visitor.field("handed", &handed)
        try visitor.field("notes", &notes)
    }

    var subject: EntryID? { shift.id }
    func affectedIDs(in estate: Estate) -> [String]? { nil }

    func isRetained(in set: WorkingSet, _ metadata: Metadata) -> Bool {
        set.ids.contains(shift.id) || handed.contains { set.ids.contains($0.id) }
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        guard let known = estate.gate.shifts[shift] else { throw shift.unknown }
        if known.closed != nil {
            throw Refusal.rule("shift.closed", "这个班次已交班", en: "this shift was handed over already")
        }
        try plan.refuse(before: known.opened, Label("接班", en: "the shift began"))
        next = try next.resolved(in: estate)
        for visit in handed { _ = try estate.gate.present(visit) }
        let remaining = estate.gate.inside.subtracting(handed).compactMap { estate.gate.visits[$0] }
        guard remaining.isEmpty else {
            let names = remaining.map { "\($0.name)（\($0.host.text)）" }.joined(separator: "、")
            throw Refusal(
                .rule, "shift.visitorsInside", "还有访客在场，须逐一移交：\(names)",
                en: "hand over by name who is still inside: \(names)", field: "handed")
        }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.gate.shifts.change(shift) { shift in
            shift.closed = metadata.at
            shift.next = next.text
            shift.handed = handed
            shift.notes = notes
        }
        estate.gate.onDuty.remove(shift)
        for visit in handed { estate.gate.visits.change(visit) { $0.handed = shift } }
    }
}

/// A patrol reaches a point of its route (7.15).
public struct CheckPatrol: ActionFact {
    public static let name = "patrol.check"
    static let kind: StaticString = "patrol.checked"
    public static let label = Label("巡逻打点", en: "Check a patrol point")
    public static let roles: Set<Role> = [.guard, .supervisor]
    var route = ""
    var point = ""

    public init() {}

    public init(route: String, point: String) { (self.route, self.point) = (route, point) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("route", &route)
        try visitor.field("point", &point)
    }

    public static func earlier(_ key: String, in estate: Estate) -> [Candidate] {
        let checks = estate.gate.patrols.reversed()
        return switch key {
        case "route": distinct(checks.lazy.map(\.route))
        case "point": distinct(checks.lazy.map(\.point))
        default: []
        }
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {}

    func isRetained(in set: WorkingSet, _ metadata: Metadata) -> Bool { metadata.at >= set.window.since }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.gate.patrols.append(PatrolCheck(route: route, point: point, at: metadata.at, by: metadata.by))
    }
}
