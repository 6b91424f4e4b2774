import Handbook
import Journal
import OrderedCollections

/// A shift (班次) at a post, with its handover.
public struct Shift: Entity, Sendable {
    public static let entity = "shift"
    public static let label = Label("班次", en: "shift")
    public let id: Ref<Shift>
    public let post: String
    public let staff: String
    public let opened: Moment
    public internal(set) var closed: Moment?
    public internal(set) var next: String?
    public internal(set) var handed: [Ref<Visit>] = []
    public internal(set) var notes: String?
    /// What was handed over, by whom it was signed; `nil` as long as the shift is open.
    public internal(set) var handover: Handover?
    public internal(set) var closedBy: String?
    /// The code of the last record before the handover, for the paper that both sign.
    public internal(set) var seal: String?
    /// The signature of the incoming member, with which the next shift of the post began.
    public internal(set) var signature: HandoverSignature?
    /// When the next shift of the post acknowledged the handover.
    public var acknowledged: Moment? { signature?.at }
}

extension Shift {
    /// The open shifts, the latest first.
    public static func candidates(in estate: Estate) -> [Candidate] {
        estate.shifts.open.reversed().map {
            Candidate($0.id.id.text, text: $0.words(in: estate), detail: Day($0.opened, in: estate.zone).short)
        }
    }

    public static func known(_ id: Ref<Shift>, in estate: Estate) -> Shift? { estate.shifts[id] }
    public func words(in estate: Estate) -> String { "\(post) \(estate.staff.name(of: staff))" }
}

/// The shifts of all posts.
public struct Shifts: Sendable {
    public private(set) var all = EntityTable<Shift>()
    /// The open shifts, in the order in which they began.
    private var onDuty: OrderedSet<Ref<Shift>> = []
    /// The latest closed shift of each post.
    private var handovers: [String: Ref<Shift>] = [:]

    public subscript(id: Ref<Shift>) -> Shift? { all[id] }

    /// The open shifts, in the order in which they began.
    public var open: [Shift] { onDuty.compactMap { all[$0] } }

    /// The open shift of a post, in its canonical text.
    public func open(at post: String) -> Shift? { open.last { $0.post == post } }

    /// The open shift that a member holds.
    public func open(of staff: String) -> Shift? { open.last { $0.staff == staff } }

    /// The latest handover of each post that nobody is on duty at, the latest first.
    public var handoversToTake: [Shift] {
        handovers.values.compactMap { all[$0] }.filter { open(at: $0.post) == nil }
            .sorted { ($0.closed ?? $0.opened) > ($1.closed ?? $1.opened) }
    }

    /// The open shifts, and those closed within the window or within the longest planned shift before it: whether a planned
    /// shift was kept is known by them.
    func retained(_ window: RetentionWindow) -> [Shift] {
        let since = window.since.adding(minutes: -window.handbook.roster.maximumHours * 60)
        return all.values.filter { $0.closed.map { $0 >= since } ?? true }
    }

    mutating func add(_ shift: Shift) {
        all.add(shift)
        onDuty.append(shift.id)
    }

    mutating func change(_ id: Ref<Shift>, _ body: (inout Shift) -> Void) { all.change(id, body) }

    mutating func close(_ id: Ref<Shift>, at moment: Moment, _ body: (inout Shift) -> Void) {
        all.change(id) { shift in
            shift.closed = moment
            body(&shift)
        }
        onDuty.remove(id)
        guard let post = all[id]?.post else { return }
        // A handover that is recorded late does not replace a later one.
        if let last = handovers[post].flatMap({ all[$0]?.closed }), last > moment { return }
        handovers[post] = id
    }
}

extension Estate {
    /// The post of a member at a moment: that of their open shift if it had begun, else the main one.
    func post(of staff: String, at moment: Moment) -> String {
        shifts.open(of: staff).flatMap { $0.opened <= moment ? $0.post : nil } ?? Gate.mainPost
    }

    /// The ids of the shifts of a visit's post that were closed at a moment or later.
    func shifts(closedSince moment: Moment?, of visit: Ref<Visit>) -> [String] {
        guard let moment, let post = gate.visits[visit]?.post else { return [] }
        return shifts.all.values.filter { $0.post == post && $0.closed.map { $0 >= moment } ?? false }.map(\.id.id.text)
    }
}

extension Shifts: Feature {
    static let chapters: [any Chapter.Type] = [Handbook.Shifts.self]
    static let actions: [any Action.Type] = [OpenShift.self, CloseShift.self, AcknowledgeShift.self]
    static let views: [any View.Type] = [ShiftsView.self]
    static let reports: [any Report.Type] = [HandoverReport.self]
    static let entities: [any Entity.Type] = [Shift.self]

    static let warnings = [
        "shift.items": Label("交接清单有没填的项：没有的写“无”", en: "items of the handover have no answer: write none"),
        "shift.uncounted": Label("有器械、钥匙没有点数", en: "equipment or keys were not counted"),
        "shift.difference": Label("有数目不符，没写谁处理", en: "a count differs and nothing is said of it"),
        "shift.unlisted": Label("清单上没有的项或物品", en: "the list has no such item"),
        "shift.ritual": Label("交接动作没有做", en: "the ritual was not gone through"),
        "shift.self": Label("交班人自己签收", en: "signed by the member who handed over"),
        "shift.another": Label("签收的不是交班时写的接班人", en: "signed by another than who was to take over"),
        "shift.unconfirmed": Label("接班人没有逐项确认", en: "the incoming member has not confirmed each item"),
    ]

    static func retainedIDs(in estate: Estate, _ window: RetentionWindow) -> [EntryID] {
        estate.shifts.retained(window).map(\.id.id) + estate.shifts.handovers.values.map(\.id)
    }

    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool { true }
}
