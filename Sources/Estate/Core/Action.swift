import Journal

/// Something a person may do: its fields, its checks, and the facts it leaves.
///
/// The console's forms, `frontdesk do` and import all run the same actions through ``Store/perform(_:by:at:)``.
public protocol Action: Record, SendableMetatype {
    /// As scripts name it, e.g. `visitor.arrive`.
    static var name: String { get }
    static var label: Label { get }
    /// Who may do it, besides a manager.
    static var roles: Set<Role> { get }
    /// Whether a form should ask for a field, by what is filled in so far.
    static func asks(for key: String, given values: [String: String]) -> Bool
    /// What somebody should know before it is sent, by the keys of the fields that it is about; no rule refuses it.
    static func cautions(
        given values: [String: String], by member: String, in estate: Estate
    ) -> [String: Label]
    /// What one of its fields was given before, newest first and each once, from what the estate keeps.
    static func earlier(_ key: String, in estate: Estate) -> [Candidate]
    /// Checks the action against the state and plans its facts. Throws ``Refusal``.
    func perform(_ plan: inout Plan, in estate: Estate) throws
}

extension Action {
    public static func asks(for key: String, given values: [String: String]) -> Bool { true }
    public static func cautions(
        given values: [String: String], by member: String, in estate: Estate
    ) -> [String: Label] { [:] }
    public static func earlier(_ key: String, in estate: Estate) -> [Candidate] { [] }
}

/// The facts that an action is about to leave.
public struct Plan {
    /// The staff member who acts.
    public let by: String
    /// When it happened.
    public let at: Moment
    /// The clock.
    public let now: Moment
    private let newID: IDSource
    private(set) var facts: [(id: EntryID, fact: any Fact)] = []
    /// The id that the action answers with; the first fact's unless set.
    var answer: EntryID?

    init(by: String, at: Moment, now: Moment, newID: @escaping IDSource) {
        (self.by, self.at, self.now, self.newID) = (by, at, now, newID)
    }

    /// Adds a fact; its id, a new one unless given, is the id of what it brings into being.
    @discardableResult
    mutating func record(_ fact: some Fact, as known: EntryID? = nil) -> EntryID {
        let id = known ?? mint()
        facts.append((id, fact))
        return id
    }

    /// Refuses an action that would end, change or take back something before that began.
    func refuse(before beginning: Moment, _ what: Label) throws {
        if at < beginning {
            throw Refusal.rule("time.order", "时间早于\(what.chinese)", en: "this is before \(what.english)")
        }
    }

    /// An id for something that a fact brings into being besides itself.
    func mint() -> EntryID { newID(at) }
}

/// Where new ids come from; only a made-up estate has a source of its own.
public typealias IDSource = @Sendable (Moment) -> EntryID

/// What an action answers once it is durable.
public struct Receipt: Hashable, Sendable {
    public let id: EntryID
    public let node: String
    /// The sequence number of the first of its facts.
    public let sequence: Int
}

extension Action {
    /// Reads an action whose type is only known at run time. Throws ``Refusal`` with cause `input`.
    public static func read(_ members: [String: JSONValue], zone: Zone) throws -> any Action {
        try Self(members: members, zone: zone)
    }

    /// The same from what somebody typed.
    public static func read(_ members: [String: JSONValue], _ present: Present) throws -> any Action {
        try Self(members: members, present)
    }
}
