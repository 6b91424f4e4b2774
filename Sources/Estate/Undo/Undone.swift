import Journal

/// What was taken back (撤销): facts that stand in the journal and count for nothing, as of any moment.
///
/// The state is what follows from all the others, so taking back needs no opposite of each kind of fact. What was applied
/// before it was taken back cannot be taken out again: the state is then worked out anew.
public struct Undone: Sendable {
    private(set) var entries: Set<EntryID> = []
    /// Whether something was taken back that may have been applied.
    private(set) var isLate = false

    init() {}

    /// With what is known before anything is applied.
    init(knowing former: Undone) { entries = former.entries }

    func holds(_ id: EntryID) -> Bool { !entries.isEmpty && entries.contains(id) }

    fileprivate mutating func take(back ids: [EntryID]) {
        for id in ids where entries.insert(id).inserted { isLate = true }
    }
}

extension Undone: Feature {
    public static let facts: [FactKind] = [.of(ActionUndone.self)]
    public static let actions: [any Action.Type] = [UndoAction.self]
    public static let views: [any View.Type] = [UndoView.self]
}

/// Facts are taken back: the lines of one action, named one by one.
struct ActionUndone: TimelessFact {
    static let kind: StaticString = "action.undone"
    static let action: (any Action.Type)? = UndoAction.self
    var entries: [Ref<Page>] = []
    var why: String?

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("entries", &entries)
        try visitor.field("why", &why)
    }

    /// A checkpoint leaves out what was taken back, and so need not say that it was.
    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { false }

    func apply(to estate: inout Estate, _ stamp: Stamp) { estate.undone.take(back: entries.map(\.id)) }
}
