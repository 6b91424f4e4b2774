import Handbook
import Journal

/// The state that follows from the facts: a value, changed only by applying them.
public struct Estate: Sendable {
    public let handbook: Handbook
    /// Opens sealed particulars for decisions and views. No part of the state.
    let ring: KeyRing
    public internal(set) var zone: Zone = .shanghai
    /// The name as said on the telephone, e.g. 翠湖花园.
    public internal(set) var name = ""

    @Counted public internal(set) var staff = Staff()
    @Counted public internal(set) var people: People
    @Counted public internal(set) var calls = Calls()
    @Counted public internal(set) var requests = Requests()
    @Counted public internal(set) var matters = Matters()
    @Counted public internal(set) var board = Board()
    @Counted public internal(set) var followUps = FollowUps()
    @Counted public internal(set) var fees: Fees
    @Counted public internal(set) var deposits = Deposits()
    @Counted public internal(set) var collecting = Collecting()
    @Counted public internal(set) var billing = Billing()
    @Counted public internal(set) var receipts = Receipts()
    @Counted public internal(set) var tills = Tills()
    @Counted public internal(set) var reconciliations = Reconciliations()
    @Counted public internal(set) var renovations = Renovations()
    @Counted public internal(set) var gate = Gate()
    @Counted public internal(set) var shifts = Shifts()
    @Counted public internal(set) var patrols = Patrols()
    @Counted public internal(set) var incidents = Incidents()
    @Counted public internal(set) var registers = Registers()
    @Counted public internal(set) var drills = Drills()
    @Counted public internal(set) var inspections = Inspections()
    @Counted public internal(set) var surveys = Surveys()
    @Counted public internal(set) var rosters = Rosters()
    @Counted public internal(set) var trainings = Trainings()
    @Counted public internal(set) var assessments = Assessments()
    @Counted public internal(set) var events = Events()
    @Counted public internal(set) var materials = Materials()
    @Counted public internal(set) var customerVisits = CustomerVisits()
    @Counted public internal(set) var planning = Planning()
    @Counted public internal(set) var finishedDuties = Duties()
    @Counted public internal(set) var nodes = Nodes()
    @Counted public internal(set) var particulars = Particulars()
    @Counted public internal(set) var imports = Imports()
    public internal(set) var undone: Undone
    var undoWindow: UndoWindow
    /// The receipts of actions that were recorded with a key.
    var actionReceipts = ActionReceipts()
    /// The lines with sealed particulars, and what of these has ended.
    var sealedLines = SealedLines()
    var endings = Endings()
    /// The time of the last applied action.
    var latest = HybridTime.distantPast
    /// The facts that hold in a month before that of their recording.
    var lateFacts = LateFacts()
    /// The number of facts by which the figures of months that are over may have changed; comparable as ``changes`` is.
    public var lateChanges: Int { lateFacts.count }
    /// When the estate was founded.
    public internal(set) var founded: Moment?
    /// What the state lacks if it comes from a checkpoint; `nil` if it comes from all facts.
    var partial: PartialHistory?

    /// The number of journal lines that were applied. Comparable between states of one replay only, as the counts of
    /// its parts are; see ``Counted``.
    public internal(set) var changes = 0

    /// The features, in the order of the documentation: the one list of them in this module.
    static let features: [any Feature.Type] = [
        Staff.self, People.self, Calls.self, Phrases.self, Requests.self, FollowUps.self, Fees.self, Collecting.self,
        Matters.self, Board.self,
        Billing.self, Receipts.self, Tills.self, Reconciliations.self,
        Deposits.self, Renovations.self, Gate.self, Shifts.self, Patrols.self, Incidents.self, Registers.self,
        Drills.self, Inspections.self, Surveys.self, Rosters.self, Trainings.self, Assessments.self, Events.self,
        Materials.self, CustomerVisits.self, Indicators.self, Planning.self, Duties.self, WorkingDays.self, Undone.self,
        JournalEntry.self,
        Nodes.self, Particulars.self, Imports.self,
    ]

    public init(handbook: Handbook) { self.init(handbook: handbook, without: Undone()) }

    /// An estate before its first fact. Facts in `undone` will not be applied; entries written days before `now` cannot
    /// be undone any more.
    init(handbook: Handbook, without undone: Undone, now: Moment? = nil, _ ring: KeyRing = .empty) {
        self.handbook = handbook
        self.ring = ring
        _people = Counted(wrappedValue: People(ring))
        _fees = Counted(wrappedValue: Fees(handbook))
        self.undone = Undone(knowing: undone)
        undoWindow = UndoWindow(now: now)
    }
}

extension Estate {
    /// The features' types, for modules that add something of their own to each: a demo, a pane.
    public static let featureTypes: [any SendableMetatype.Type] = features

    /// The chapters of the handbook that the features need.
    public static let chapters: [any Chapter.Type] = features.flatMap { $0.chapters }

    static let facts = FactTable(factTypes)
    static let factTypes: [any Fact.Type] = features.flatMap { $0.facts + $0.actions.compactMap { $0.ownFact.type } }
    static let entities: [any Entity.Type] = features.flatMap { $0.entities }

    /// Every action, in the order of the documentation.
    public static let actions: [any Action.Type] = features.flatMap { $0.actions }
    /// Every view, in the order of the documentation.
    public static let views: [any View.Type] = features.flatMap { $0.views }
    /// Every kind of file that can be imported and exported, in the order in which they build on one another.
    public static let imports: [ImportKind] = features.flatMap { $0.imports }

    private static let actionsByName = Dictionary(uniqueKeysWithValues: actions.map { ($0.name, $0) })
    private static let viewsByName = Dictionary(uniqueKeysWithValues: views.map { ($0.name, $0) })

    /// The action of a name. Throws ``Refusal`` `action.unknown`, cause `input`.
    public static func action(named name: String) throws -> any Action.Type {
        guard let action = actionsByName[name] else {
            throw Refusal.input(
                "action.unknown", "没有这个动作：\(name)（frontdesk actions 列出全部）",
                en: "there is no action \(name) (see: frontdesk actions)")
        }
        return action
    }

    /// The view of a name. Throws ``Refusal`` `view.unknown`, cause `input`.
    public static func view(named name: String) throws -> any View.Type {
        guard let view = viewsByName[name] else {
            throw Refusal.input(
                "view.unknown", "没有这个视图：\(name)（frontdesk views 列出全部）",
                en: "there is no view \(name) (see: frontdesk views)")
        }
        return view
    }
}
