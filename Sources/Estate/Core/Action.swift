import Journal

/// A command of a staff member: its fields, its checks, and the facts that it records.
///
/// The console's forms, `frontdesk do` and import all run the same actions through ``Store/perform(_:by:at:)``.
public protocol Action: Record, SendableMetatype {
    /// The name in scripts, e.g. `visitor.arrive`.
    static var name: String { get }
    static var label: Label { get }
    /// The roles that may perform it. A manager may perform every action.
    static var roles: Set<Role> { get }
    /// What else is asked of some of these roles. Default: nothing.
    static var condition: Label? { get }
    /// Why the action cannot be done on a node, by anybody; its form is not opened there. Default: `nil`, it can.
    static func disabledReason(in estate: Estate, on node: String) -> Label?
    /// The keys of the fields that a form asks for first, and that it requires though scripts may leave them out. Default:
    /// none.
    static var leading: [String] { get }
    /// The values that a form proposes to a member, given those entered so far, by field key. They replace earlier
    /// proposals, never what was typed. Default: none.
    static func proposals(
        with values: [String: String], to member: String, in estate: Estate, at moment: Moment
    ) -> [String: String]
    /// What the action would come to with the values entered so far: shown in its form, the most important first. Default:
    /// nothing.
    static func outlook(with values: [String: String], in estate: Estate, at moment: Moment) -> [OutlookRow]
    /// What a form says once it is recorded; `nil` for the action, its subject and its first values. Default: `nil`.
    static func report(on id: EntryID, with values: [String: String], in estate: Estate) -> Label?
    /// Whether a form asks for a field, given the values entered so far. Default: always.
    static func asks(for key: String, with values: [String: String]) -> Bool
    /// Warnings that a form shows before it is sent, by the key of their field. They never block the action.
    static func cautions(
        with values: [String: String], by member: String, in estate: Estate
    ) -> [String: Label]
    /// Values that a field had in earlier actions, newest first, without repeats. Default: none.
    static func earlier(_ key: String, in estate: Estate) -> [Candidate]
    /// The same at a moment, where they depend on the day. Default: they do not.
    static func earlier(_ key: String, in estate: Estate, at moment: Moment) -> [Candidate]
    /// The candidates of a field that depend on the other values, best first. Default: those of the field's type.
    static func candidates(for key: String, with values: [String: String], in estate: Estate) -> [Candidate]
    /// The same for a member, where they depend on who acts. Default: they do not.
    static func candidates(
        for key: String, with values: [String: String], by member: String, in estate: Estate
    ) -> [Candidate]
    /// What is due to be entered on the day of a moment: candidates that stand before all others. Default: nothing.
    static func due(_ key: String, in estate: Estate, at moment: Moment) -> [Candidate]
    /// The keys of the fields whose listed values are chosen by the digits 1 to 9 as well. Default: none.
    static var numbered: Set<String> { get }
    /// The key of the field that a text belongs into which was typed into another: a plate for a name; `nil` if it is in
    /// its place.
    static func place(of text: String, typedFor key: String, in estate: Estate) -> String?
    /// The field values in one line of words, by key: of `3-2-501厨房漏水` the unit and the text. Default: `nil`, none.
    static func values(ofLine line: String, in estate: Estate) -> [String: String]?
    /// The keys of the fields that name what the action is to create. Default: none.
    static var introduces: Set<String> { get }
    /// The kind of fact that the action itself is, for an action and its fact in one type. Default: none.
    static var ownFact: OwnFact { get }
    /// What a person must agree to before the action is recorded at a moment. Default: nothing.
    func confirmation(in estate: Estate, at moment: Moment) -> Confirmation?
    /// The same of a member at a node, where it depends on them. Default: it does not.
    func confirmation(in estate: Estate, by member: String, on node: String, at moment: Moment) -> Confirmation?
    /// Checks the action against the state and adds its facts to the plan. Throws ``Refusal``.
    func perform(_ plan: inout Plan, in estate: Estate) throws
}

/// The kind of fact that an action itself is, if any.
public struct OwnFact: Sendable {
    let type: (any Fact.Type)?
}

extension Action {
    public static var introduces: Set<String> { [] }
    public static func place(of text: String, typedFor key: String, in estate: Estate) -> String? { nil }
    public static func values(ofLine line: String, in estate: Estate) -> [String: String]? { nil }
    public static var condition: Label? { nil }
    public static func disabledReason(in estate: Estate, on node: String) -> Label? { nil }
    public static var leading: [String] { [] }
    public static func proposals(
        with values: [String: String], to member: String, in estate: Estate, at moment: Moment
    ) -> [String: String] { [:] }
    public static func outlook(
        with values: [String: String], in estate: Estate, at moment: Moment
    ) -> [OutlookRow] { [] }
    public static func report(on id: EntryID, with values: [String: String], in estate: Estate) -> Label? { nil }
    public static var ownFact: OwnFact { OwnFact(type: nil) }
    public static func asks(for key: String, with values: [String: String]) -> Bool { true }
    public static func cautions(
        with values: [String: String], by member: String, in estate: Estate
    ) -> [String: Label] { [:] }
    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? { nil }
    public func confirmation(
        in estate: Estate, by member: String, on node: String, at moment: Moment
    ) -> Confirmation? { confirmation(in: estate, at: moment) }
    public static func earlier(_ key: String, in estate: Estate) -> [Candidate] { [] }
    public static func earlier(_ key: String, in estate: Estate, at moment: Moment) -> [Candidate] {
        earlier(key, in: estate)
    }
    public static func due(_ key: String, in estate: Estate, at moment: Moment) -> [Candidate] { [] }
    public static var numbered: Set<String> { [] }
    public static func candidates(
        for key: String, with values: [String: String], in estate: Estate
    ) -> [Candidate] { [] }
    public static func candidates(
        for key: String, with values: [String: String], by member: String, in estate: Estate
    ) -> [Candidate] { candidates(for: key, with: values, in: estate) }
}

/// A row of what an action would come to. Rows of several cells stand in columns.
public struct OutlookRow: Hashable, Sendable {
    public enum Weight: Sendable { case strong, plain, faint }

    public let cells: [Label]
    public let weight: Weight

    init(_ cells: Label..., weight: Weight = .plain) { (self.cells, self.weight) = (cells, weight) }
}

/// The facts that an action is about to record.
public struct Plan {
    /// The code of the acting staff member.
    public let by: String
    /// When the action happened; it may be earlier than `now`.
    public let at: Moment
    /// The time of recording.
    public let now: Moment
    /// The node that records it.
    let node: String
    private let newID: IDSource
    /// The last line before the action, for paper; `nil` before the first.
    var seal: HeadSeal?
    /// Delivers the lines of the journal in order, for the few actions that have to look at what the state does not hold.
    var journal: ((Line) -> Void) throws -> Void = { _ in }
    private(set) var facts: [(id: EntryID, fact: any Fact, at: Moment)] = []
    /// The id on the receipt; `nil` for the first fact's.
    var answer: EntryID?
    /// The codes of what the receipt warns of; the action is recorded all the same.
    private(set) var warnings: [String] = []

    init(by: String, at: Moment, now: Moment, node: String, newID: @escaping IDSource) {
        (self.by, self.at, self.now, self.node, self.newID) = (by, at, now, node, newID)
    }

    /// Adds a fact. Its id, new unless given, is also the id of the entity that it creates. `moment`: when it happened, if
    /// not with the action.
    @discardableResult
    mutating func record(_ fact: some Fact, as id: EntryID? = nil, at moment: Moment? = nil) -> EntryID {
        let id = id ?? mint()
        facts.append((id, fact, moment ?? at))
        return id
    }

    /// Throws ``Refusal`` `time.order` for an action dated before the event that it builds on. `what` names that event.
    ///
    /// An event that is still to come by this clock was recorded under another one, and keeps nothing from being done.
    func refuse(before beginning: Moment, _ what: Label) throws {
        if at < beginning, beginning <= now {
            throw Refusal(
                .rule, "time.order", "时间早于\(what.chinese)", en: "this is before \(what.english)", field: "at")
        }
    }

    /// The id on the receipt. An action without facts gets a new one.
    var receiptID: EntryID { answer ?? facts.first?.id ?? mint() }

    mutating func warn(_ code: String) { warnings.append(code) }

    /// A new id, for an entity that a fact creates besides its own.
    func mint() -> EntryID { newID(at) }
}

/// Makes the ids of new entries. Replaced where the same input must give the same ids.
public typealias IDSource = @Sendable (Moment) -> EntryID

/// The result of an action, returned once its facts are durable.
public struct Receipt: Hashable, Sendable {
    public let id: EntryID
    public let node: String
    /// The sequence number of its first fact.
    public let sequence: Int
    /// The codes of its warnings, e.g. `dunning.forbidden`.
    public let warnings: [String]
    /// Whether the action had been recorded before, with the same key. Not compared.
    public internal(set) var isRepeated = false

    public static func == (a: Receipt, b: Receipt) -> Bool {
        (a.id, a.node, a.sequence, a.warnings) == (b.id, b.node, b.sequence, b.warnings)
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

/// What an action has to look at is not in the state.
private struct NeedsJournal: Error {}

extension Action {
    /// Reads an action whose type is known only at run time. Throws ``Refusal`` with cause `input`.
    public static func read(_ members: [String: JSONValue], zone: Zone) throws -> any Action {
        try Self(members: members, zone: zone)
    }

    /// Why the rules would refuse the action of a member on a node at a moment; `nil` if they would not, or if that takes more than the state.
    public func refusal(in estate: Estate, by member: String, on node: String, at moment: Moment) -> Refusal? {
        if estate.partial != nil { return nil }
        var plan = Plan(by: member, at: moment, now: moment, node: node) { EntryID(at: $0) }
        plan.journal = { _ in throw NeedsJournal() }
        do { try withCurrentNames(in: estate).perform(&plan, in: estate) } catch { return error as? Refusal }
        return nil
    }

    /// The same from typed text, in which dates may be relative.
    public static func read(_ members: [String: JSONValue], _ present: Present) throws -> any Action {
        try Self(members: members, present)
    }
}
