import Handbook
import Journal

/// A staff member takes over a post.
public struct OpenShift: ActionFact {
    public static let name = "shift.open"
    static let kind: StaticString = "shift.opened"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.shifts.takingOver(fact.former, at: fact.post.text)
        }
    }
    public static let label = Label("接班", en: "Open a shift")
    public static let roles = shiftRoles
    var post = Word<Posts>.placeholder
    var staff = Watchman.placeholder
    /// The shift whose handover it acknowledges, and the answers to it.
    var former: Ref<Shift>?
    var confirmed: [Int] = []
    var reservation: String?
    var ritual: Bool?

    public init() {}

    public init(post: String, staff: String) { (self.post, self.staff) = (Word(post), Watchman(staff)) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("post", &post)
        try visitor.field("staff", &staff, .onDuty)
        try visitor.derived("former", &former)
        try visitor.derived("confirmed", &confirmed, .confirmed)
        try visitor.derived("reservation", &reservation, .reservation)
        try visitor.derived("ritual", &ritual, .ritual)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        post = Word(Posts.canonical(post.text))
        staff = try staff.resolved(in: estate)
        if let open = estate.shifts.open(at: post.text) {
            let name = estate.staff.name(of: open.staff)
            throw Refusal.rule(
                "shift.open", "\(post.text) 由 \(name) 当班，须先交班",
                en: "\(name) is on duty at \(post.text): hand over first")
        }
        if let own = estate.shifts.open(of: staff.text) {
            let name = estate.staff.name(of: staff.text)
            throw Refusal(
                .rule, "shift.onDuty", "\(name) 正在\(own.post)当班，须先交班",
                en: "\(name) is on duty at \(own.post): hand over there first", field: "staff")
        }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        let id = Ref<Shift>(metadata.id)
        estate.shifts.add(Shift(id: id, post: Posts.canonical(post.text), staff: staff.text, opened: metadata.at))
        guard let former else { return }
        let signature = HandoverSignature(
            by: staff.text, at: metadata.at, confirmed: confirmed, reservation: reservation, ritual: ritual)
        estate.shifts.change(former) { $0.signature = signature }
    }
}

/// The incoming member has seen the handover of a closed shift, signs for it and begins the next shift (7.3).
public struct AcknowledgeShift: Action {
    public static let name = "shift.acknowledge"
    public static let label = Label("签收接班", en: "Acknowledge a handover")
    public static let roles = shiftRoles
    var shift = Ref<Shift>.placeholder
    /// The numbers of the items that are confirmed.
    var confirmed: [Int] = []
    var reservation: String?
    var ritual: Bool?

    public init() {}

    public init(shift: Ref<Shift>, confirmed: [Int] = [], reservation: String? = nil, ritual: Bool? = nil) {
        (self.shift, self.confirmed, self.reservation, self.ritual) = (shift, confirmed, reservation, ritual)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("shift", &shift, .shift)
        try visitor.field("confirmed", &confirmed, .confirmed)
        try visitor.field("reservation", &reservation, .reservation)
        try visitor.field("ritual", &ritual, .ritual)
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        guard let known = estate.shifts[shift] else { throw shift.unknown }
        guard let closed = known.closed else {
            throw Refusal.rule("shift.notClosed", "\(known.post) 还没有交班", en: "\(known.post) was not handed over yet")
        }
        if known.acknowledged != nil {
            throw Refusal.rule("shift.acknowledged", "这个班次已签收", en: "this handover was acknowledged already")
        }
        try plan.refuse(before: closed, Label("交班", en: "the handover"))
        var next = OpenShift(post: known.post, staff: plan.by)
        try next.decide(&plan, in: estate)
        guard estate.shifts.handoversToTake.contains(where: { $0.id == shift }) else {
            throw Refusal.rule(
                "shift.superseded", "\(known.post) 之后又交过班，请签收最近一次交班",
                en: "\(known.post) was handed over again since: acknowledge the latest handover")
        }
        next.former = shift
        let items = estate.handbook.shifts.items.indices.map { $0 + 1 }
        if confirmed.contains(where: { !items.contains($0) }) { plan.warn("shift.unlisted") }
        if !items.allSatisfy(confirmed.contains) { plan.warn("shift.unconfirmed") }
        if ritual != true { plan.warn("shift.ritual") }
        if plan.by == known.staff {
            plan.warn("shift.self")
        } else if let named = known.next, named != plan.by {
            plan.warn("shift.another")
        }
        (next.confirmed, next.reservation, next.ritual) = (Array(Set(confirmed)).sorted(), reservation, ritual)
        plan.record(next)
    }
}

extension Shifts {
    /// What the taking over of a post meets: somebody has acknowledged the same handover, or is on duty.
    fileprivate func takingOver(_ former: Ref<Shift>?, at post: String) -> Conflict.Reason? {
        if let former {
            guard all.holds(former) else { return .unknown }
            if all[former]?.acknowledged != nil {
                return .doubled(Label("这次交班已有人签收", en: "the handover had been acknowledged"))
            }
        }
        return open(at: Posts.canonical(post)) == nil
            ? nil : .doubled(Label("这个岗位已有人当班", en: "somebody was on duty at the post"))
    }
}

extension Label {
    fileprivate static let handedOverBefore = Label("这个班次已交班", en: "the shift had been handed over")
    static let onDuty = Label("当班人", en: "Staff")
    static let shift = Label("班次", en: "Shift")
    static let items = Label("交接各项", en: "Items")
    static let equipment = Label("器械", en: "Equipment")
    static let keys = Label("钥匙、门禁卡", en: "Keys and cards")
    static let ritual = Label("交接动作", en: "Ritual")
    static let confirmed = Label("接班确认", en: "Confirmed")
    static let reservation = Label("保留意见", en: "Reservation")
    static let seal = Label("核对码", en: "Record code")
}

/// The full handover of a shift (7.3): every visitor of its post who is still inside is handed over by name.
public struct CloseShift: ActionFact {
    public static let name = "shift.close"
    static let kind: StaticString = "shift.closed"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.shifts.all.value(of: fact.shift) { $0.closed == nil ? nil : .doubled(.handedOverBefore) }
                ?? .unknown
        }
    }
    public static let label = Label("交班", en: "Close a shift")
    public static let roles = shiftRoles
    var shift = Ref<Shift>.placeholder
    var next = Watchman.placeholder
    var handed: [Ref<Visit>] = []
    var items: HandoverAnswers?
    var equipment: HandoverCounts?
    var keys: HandoverCounts?
    var ritual: Bool?
    var notes: String?
    /// The code of the last record before it; see ``HeadSeal``.
    var seal: String?

    public init() {}

    public init(
        shift: Ref<Shift>, next: String, handed: [Ref<Visit>], notes: String? = nil, handover: Handover = Handover()
    ) {
        (self.shift, self.next, self.handed, self.notes) = (shift, Watchman(next), handed, notes)
        (items, equipment, keys, ritual) = (handover.items, handover.equipment, handover.keys, handover.ritual)
    }

    private var handover: Handover { Handover(items: items, equipment: equipment, keys: keys, ritual: ritual) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("shift", &shift, .shift)
        try visitor.field("next", &next)
        try visitor.field("handed", &handed)
        try visitor.field("notes", &notes)
        try visitor.field("items", &items, .items)
        try visitor.field("equipment", &equipment, .equipment)
        try visitor.field("keys", &keys, .keys)
        try visitor.field("ritual", &ritual, .ritual)
        try visitor.derived("seal", &seal, .seal)
    }

    var subject: EntryID? { shift.id }
    func affectedIDs(in estate: Estate) -> [String]? { nil }

    func isRetained(in set: WorkingSet, _ metadata: Metadata) -> Bool {
        set.ids.contains(shift.id) || handed.contains { set.ids.contains($0.id) }
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        guard let known = estate.shifts[shift] else { throw shift.unknown }
        if known.closed != nil {
            throw Refusal.rule("shift.closed", "这个班次已交班", en: "this shift was handed over already")
        }
        try plan.refuse(before: known.opened, Label("接班", en: "the shift began"))
        next = try next.resolved(in: estate)
        let own = estate.gate.inside(at: known.post)
        for visit in handed {
            let visitor = try estate.gate.present(visit)
            if visitor.post != known.post, estate.shifts.open.contains(where: { $0.post == visitor.post }) {
                throw Refusal(
                    .rule, "shift.otherPost", "\(visitor.name) 是\(visitor.post)登记的，由\(visitor.post)移交",
                    en: "\(visitor.name) was registered at \(visitor.post), which hands them over", field: "handed")
            }
        }
        let remaining = own.filter { !handed.contains($0.id) }
        guard remaining.isEmpty else {
            let names = remaining.map { "\($0.name)（\($0.hostName)）" }.joined(separator: "、")
            throw Refusal(
                .rule, "shift.visitorsInside", "还有访客在场，须逐一移交，或登记离场、离场时间不详：\(names)",
                en: "hand over by name who is still inside, or record that they are gone: \(names)", field: "handed")
        }
        let rule = estate.handbook.shifts
        equipment = equipment?.expecting(rule.equipment)
        keys = keys?.expecting(rule.keys)
        seal = plan.seal?.text
        warn(&plan, by: rule)
    }

    /// What the checklist lacks is flagged; a post is never left without a successor for it.
    private func warn(_ plan: inout Plan, by rule: Handbook.Shifts) {
        let missing = handover.missing(by: rule)
        if !missing.items.isEmpty { plan.warn("shift.items") }
        if !missing.stock.isEmpty { plan.warn("shift.uncounted") }
        if handover.differences.contains(where: { $0.note == nil }) { plan.warn("shift.difference") }
        let names = Set((rule.equipment + rule.keys).map(\.name))
        let counted = (equipment?.entries ?? []) + (keys?.entries ?? [])
        if counted.contains(where: { !names.contains($0.name) })
            || (items?.answers ?? [:]).keys.contains(where: { $0 > rule.items.count })
        {
            plan.warn("shift.unlisted")
        }
        if ritual != true { plan.warn("shift.ritual") }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.shifts.close(shift, at: metadata.at) { shift in
            shift.next = next.text
            shift.handed = handed
            shift.notes = notes
            shift.handover = handover
            shift.closedBy = metadata.by
            shift.seal = seal
        }
        for visit in handed { estate.gate.visits.change(visit) { $0.handed = shift } }
    }
}
