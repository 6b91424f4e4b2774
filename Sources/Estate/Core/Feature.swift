import Handbook
import Journal

/// One part of the estate's work: its facts, actions, views and reports. One folder, one name, one entry in
/// ``Estate/features``; Core asks the features and knows none of them by name.
protocol Feature: SendableMetatype {
    /// The chapters of the handbook that its rules are read from.
    static var chapters: [any Chapter.Type] { get }
    static var actions: [any Action.Type] { get }
    /// The kinds of facts that are not actions themselves; see ``ActionFact``.
    static var facts: [any Fact.Type] { get }
    static var views: [any View.Type] { get }
    static var reports: [any Report.Type] { get }
    /// The entities that facts refer to by id.
    static var entities: [any Entity.Type] { get }
    /// The files that `frontdesk import` reads and `frontdesk export` writes, in the order in which they build on one
    /// another.
    static var imports: [ImportKind] { get }
    /// What the warnings of its actions say, by code, for the report of an import.
    static var warnings: [String: Label] { get }
    /// The duties that come again at fixed times.
    static var duties: [DutyRule] { get }
    /// Its figures of the month at a glance.
    static var indicators: [Indicator] { get }
    /// The roles that must not see the feature's records, anywhere.
    static var hiddenFrom: Set<Role> { get }
    /// The ids of the entities that today's work needs: the subjects of the facts that a checkpoint keeps.
    static func retainedIDs(in estate: Estate, _ window: RetentionWindow) -> [EntryID]
    /// Whether the working set is enough for one of the feature's actions: if the action is accepted on it, the whole
    /// history accepts it with the same facts. A refusal need not be the same: it is decided on the whole history.
    /// Default: no.
    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool
    /// The fields of a kind of fact that are sealed when it is recorded, by the handbook; `nil` for none.
    static func sealingRule(of kind: String, by handbook: Handbook) -> SealingRule?
    /// Why the particulars of an entity are still needed on a day: its case is open, or the person owes. Default: they are
    /// not.
    static func needsParticulars(of record: EntryID, in estate: Estate, on day: Day) -> Label?
    /// When a record's person left, where the retention of its particulars begins with that; `nil` while they are here.
    static func departure(of record: EntryID, in estate: Estate) -> Moment?
    /// Records of persons other than residents, for searches: the latest `count` of each kind, latest first.
    static func personRecords(in estate: Estate, latest count: Int) -> [PersonRecord]
    /// Gives a unit another code in what the feature knows of it.
    static func rename(_ unit: UnitCode, to code: UnitCode, in estate: inout Estate)
    /// Facts that may be one and the same, which only their particulars show. They all count.
    static func suspicions(in estate: Estate) -> [Conflict]
    /// What the feature tells the gate of a visitor who is being registered. It keeps nobody out.
    static func notices(of visit: ExpectedVisit, in estate: Estate, at moment: Moment) -> [VisitNotice]
    /// What the feature leaves to the next shift, for the handover at the gate.
    static func handoverNotes(in estate: Estate, at moment: Moment) -> [Label]
    /// What happened at a post between two moments, for the log of a shift.
    static func shiftLog(in estate: Estate, from start: Moment, to end: Moment, at post: String) -> [Label]
    /// What the feature tells of a demand in such words, made for a unit or for none.
    static func notices(onDemand text: String, of unit: UnitCode?, in estate: Estate, at moment: Moment) -> [Label]
    /// What the feature found wanting: all, or what is still to be put right.
    static func rectifications(in estate: Estate, onlyOpen: Bool) -> [Rectification]
    /// What the feature has due on a day or left from before: a name and a number; `nil` for nothing.
    static func dueToday(_ day: Day, in estate: Estate, at moment: Moment) -> Label?
    /// The ids of the entities that belong to an entity, e.g. a request's return visits: its history includes theirs.
    static func relatedIDs(of id: EntryID, in estate: Estate) -> [EntryID]
    /// What a record of another feature cost, as far as the feature knows.
    static func expenses(of record: EntryID, in estate: Estate) -> [Expense]
    /// The parts of the state that these are worked out from, as a pane's are.
    static func expenseParts(in estate: Estate) -> [Int]
}

extension Feature {
    static var chapters: [any Chapter.Type] { [] }
    static var actions: [any Action.Type] { [] }
    static var facts: [any Fact.Type] { [] }
    static var views: [any View.Type] { [] }
    static var reports: [any Report.Type] { [] }
    static var entities: [any Entity.Type] { [] }
    static var imports: [ImportKind] { [] }
    static var warnings: [String: Label] { [:] }
    static var duties: [DutyRule] { [] }
    static var indicators: [Indicator] { [] }
    static var hiddenFrom: Set<Role> { [] }
    static func retainedIDs(in estate: Estate, _ window: RetentionWindow) -> [EntryID] { [] }
    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool { false }
    static func sealingRule(of kind: String, by handbook: Handbook) -> SealingRule? { nil }
    static func needsParticulars(of record: EntryID, in estate: Estate, on day: Day) -> Label? { nil }
    static func departure(of record: EntryID, in estate: Estate) -> Moment? { nil }
    static func personRecords(in estate: Estate, latest count: Int) -> [PersonRecord] { [] }
    static func rename(_ unit: UnitCode, to code: UnitCode, in estate: inout Estate) {}
    static func suspicions(in estate: Estate) -> [Conflict] { [] }
    static func notices(of visit: ExpectedVisit, in estate: Estate, at moment: Moment) -> [VisitNotice] { [] }
    static func notices(onDemand text: String, of unit: UnitCode?, in estate: Estate, at moment: Moment) -> [Label] {
        []
    }
    static func handoverNotes(in estate: Estate, at moment: Moment) -> [Label] { [] }
    static func shiftLog(in estate: Estate, from start: Moment, to end: Moment, at post: String) -> [Label] { [] }
    static func rectifications(in estate: Estate, onlyOpen: Bool) -> [Rectification] { [] }
    static func dueToday(_ day: Day, in estate: Estate, at moment: Moment) -> Label? { nil }
    static func relatedIDs(of id: EntryID, in estate: Estate) -> [EntryID] { [] }
    static func expenses(of record: EntryID, in estate: Estate) -> [Expense] { [] }
    static func expenseParts(in estate: Estate) -> [Int] { [] }
}

extension View {
    /// The roles that must not see its rows.
    public static var hiddenFrom: Set<Role> {
        Estate.features.first { feature in
            feature.views.contains { $0 == Self.self } || feature.reports.contains { $0 == Self.self }
        }?.hiddenFrom ?? []
    }
}

/// A fact that may tell of another feature, which some roles must not see.
protocol RevealingFact: Fact {
    /// The roles that must not see the fact.
    var hiddenFrom: Set<Role> { get }
    /// Whether, if there are such roles, who does not say who they are must not see it either.
    static var isRestricted: Bool { get }
}

extension RevealingFact {
    static var isRestricted: Bool { false }

    fileprivate func isHidden(from role: Role?) -> Bool {
        role.map(hiddenFrom.contains) ?? (Self.isRestricted && !hiddenFrom.isEmpty)
    }
}

extension JournalEntry {
    /// Whether it is, or tells, of a feature that a role must not see; `nil`: the reader's role is not known.
    public func isHidden(from role: Role?) -> Bool {
        guard let fact else { return false }
        if let fact = fact as? any RevealingFact, fact.isHidden(from: role) { return true }
        guard let role else { return false }
        return Estate.features.contains { feature in
            feature.hiddenFrom.contains(role)
                && (feature.facts.contains { $0 == type(of: fact) }
                    || feature.actions.contains { $0 == type(of: fact).action })
        }
    }
}
