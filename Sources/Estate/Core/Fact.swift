import Journal

/// A recorded event, never changed. Applying all facts in order yields the ``Estate``.
protocol Fact: Record {
    /// The kind's name in the journal, in the past tense, e.g. `visitor.arrived`.
    static var kind: StaticString { get }
    /// The action that records it; its label and field labels describe the fact as well.
    static var action: (any Action.Type)? { get }
    static var label: Label { get }
    /// The label of this fact, where it says more than that of the kind.
    var ownLabel: Label { get }
    /// How facts of the kind go together that several nodes recorded.
    static var merging: Merging<Self> { get }
    /// How the journal's lines of this kind are read and applied.
    static var reader: FactReader { get }
    /// The id of the entity that it changes; `nil` when it creates one, whose id is the fact's own.
    var subject: EntryID? { get }
    /// When the fact starts to count in `estate(asOf:)`. Default: when it happened. A late bill: its period's first
    /// day.
    func holds(since metadata: Metadata, in zone: Zone) -> Moment
    /// Whether a checkpoint of today's work keeps it. Default: when its subject is in the working set.
    func isRetained(in set: WorkingSet, _ metadata: Metadata) -> Bool
    /// Ids and units that later facts may depend on, besides the fact's own id. While a later fact names one of them,
    /// undo is refused; `nil`: never undoable. Default: its subject.
    func affectedIDs(in estate: Estate) -> [String]?
    /// Applies the fact. It was checked before it was written: this must not fail, and skips references it cannot
    /// resolve.
    func apply(to estate: inout Estate, _ metadata: Metadata)
}

extension Fact {
    static var label: Label { action?.label ?? .none }
    var ownLabel: Label { Self.label }
    // Inlined into each conformance, so that the reader is specialised for the concrete kind.
    @inline(__always)
    static var reader: FactReader { .of(Self.self) }
    var subject: EntryID? { nil }
    func holds(since metadata: Metadata, in zone: Zone) -> Moment { metadata.at }
    func isRetained(in set: WorkingSet, _ metadata: Metadata) -> Bool { set.ids.contains(subject ?? metadata.id) }
    func affectedIDs(in estate: Estate) -> [String]? { subject.map { [$0.text] } ?? [] }
}

/// A fact about what every checkpoint keeps: units, residents, vehicles, staff.
protocol RegisterFact: Fact {}

extension RegisterFact {
    func isRetained(in set: WorkingSet, _ metadata: Metadata) -> Bool { true }
}

/// The same for a fact that holds as of any moment, however early: the estate itself, its units, residents and staff.
protocol TimelessFact: RegisterFact {}

extension TimelessFact {
    func holds(since metadata: Metadata, in zone: Zone) -> Moment { .distantPast }
}

/// An action that records its own fields: one type for the form and the fact.
///
/// Fields that a person gives and the journal does not keep are visited with ``FieldVisitor/asked(_:_:_:)``; fields
/// that ``decide(_:in:)`` fills in, with ``FieldVisitor/derived(_:_:)``.
protocol ActionFact: Action, Fact {
    /// The id on the receipt; `nil` for the fact's own. Default: the subject's.
    var answer: EntryID? { get }
    /// Checks the action against the state and fills in the derived fields. Throws ``Refusal``.
    mutating func decide(_ plan: inout Plan, in estate: Estate) throws
}

extension ActionFact {
    public static var ownFact: OwnFact { OwnFact(type: Self.self) }
    static var action: (any Action.Type)? { Self.self }
    var answer: EntryID? { subject }

    /// Records the decided fact.
    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        var fact = self
        try fact.decide(&plan, in: estate)
        plan.record(fact)
        plan.answer = fact.answer
    }
}

/// The data of a fact's journal line besides the fact's own fields.
struct Metadata: Hashable, Sendable {
    let id: EntryID
    /// When it happened.
    var at: Moment
    /// The code of the staff member who recorded it.
    let by: String
    /// The node that recorded it, as an index into ``Nodes/all``.
    var node = 0
}
