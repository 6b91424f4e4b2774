import Journal

/// The undone facts (撤销): they stay in the journal and count for nothing, as of any moment.
///
/// The state follows from all other facts, so undo needs no inverse of each kind. A fact that was applied before its
/// undo was read cannot be removed from the state: the state is then replayed without it.
public struct Undone: Sendable {
    private(set) var entries: Set<EntryID> = []
    /// Whether a fact was undone that may have been applied.
    private(set) var isLate = false

    init() {}

    /// The facts that are known to be undone before any is applied.
    init(knowing former: Undone) { entries = former.entries }

    func holds(_ id: EntryID) -> Bool { !entries.isEmpty && entries.contains(id) }

    mutating func add(_ undo: ActionUndone) {
        for entry in undo.entries where entries.insert(entry.id).inserted { isLate = true }
    }
}

extension Undone: Feature {
    static let actions: [any Action.Type] = [UndoAction.self]
    static let facts: [any Fact.Type] = [ActionUndone.self]
    static let views: [any View.Type] = [UndoView.self]
}

/// The facts of one action are undone, each named by its id.
struct ActionUndone: TimelessFact {
    static let kind: StaticString = "action.undone"
    static var merging: Merging<Self> { .grows }
    static let action: (any Action.Type)? = UndoAction.self
    var entries: [Ref<JournalEntry>] = []
    var why: String?

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("entries", &entries)
        try visitor.field("why", &why)
    }

    /// A checkpoint leaves out the undone facts, so it need not name them.
    func isRetained(in set: WorkingSet, _ metadata: Metadata) -> Bool { false }
    func affectedIDs(in estate: Estate) -> [String]? { nil }
    func apply(to estate: inout Estate, _ metadata: Metadata) { estate.undone.add(self) }
}
