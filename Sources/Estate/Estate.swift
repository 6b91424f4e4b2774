import Handbook
import Journal

/// Everything that follows from the facts: a value, changed by applying facts and by nothing else.
public struct Estate: Sendable {
    public let handbook: Handbook
    public internal(set) var zone: Zone = .shanghai
    /// As it is said on the telephone, e.g. 翠湖花园.
    public internal(set) var name = ""

    public internal(set) var staff = Staff()
    public internal(set) var people = People()
    public internal(set) var calls = Calls()
    public internal(set) var requests = Requests()
    public internal(set) var followUps = FollowUps()
    public internal(set) var fees = Fees()
    public internal(set) var gate = Gate()
    public internal(set) var inspections = Inspections()
    public internal(set) var undone: Undone
    var daybook: Daybook
    /// The lines of the journal that a view asked for; see ``View/names(in:)``.
    var pages: [Page] = []

    /// The parts of the work, in the order in which documentation tells of them.
    public static let features: [any Feature.Type] = [
        Staff.self, People.self, Calls.self, Phrases.self, Requests.self, FollowUps.self, Fees.self, Renovation.self,
        Gate.self, Inspections.self, Materials.self, WorkingDays.self, Undone.self, Page.self,
    ]

    public init(handbook: Handbook) { self.init(handbook: handbook, without: Undone()) }

    /// An estate in which nothing has happened, and what is known to have been taken back never will. What was written days
    /// before `now` cannot be taken back any more.
    init(handbook: Handbook, without undone: Undone, now: Moment? = nil) {
        self.handbook = handbook
        self.undone = Undone(knowing: undone)
        daybook = Daybook(now: now)
    }
}

extension Estate {
    /// The chapters of the handbook that the features need.
    public static let chapters: [any Chapter.Type] = features.flatMap { $0.chapters }

    static let facts = FactTable(features.flatMap { $0.facts })

    /// Every action, in documentation order.
    public static let actions: [any Action.Type] = features.flatMap { $0.actions }
    /// Every view, in documentation order.
    public static let views: [any View.Type] = features.flatMap { $0.views }

    private static let actionsByName = Dictionary(uniqueKeysWithValues: actions.map { ($0.name, $0) })
    private static let viewsByName = Dictionary(uniqueKeysWithValues: views.map { ($0.name, $0) })

    /// The action of a name. Throws ``Refusal`` with cause `input`.
    public static func action(named name: String) throws -> any Action.Type {
        guard let action = actionsByName[name] else {
            throw Refusal.input(
                "action.unknown", "没有这个动作：\(name)（frontdesk actions 列出全部）",
                en: "there is no action \(name) (see: frontdesk actions)")
        }
        return action
    }

    /// The view of a name. Throws ``Refusal`` with cause `input`.
    public static func view(named name: String) throws -> any View.Type {
        guard let view = viewsByName[name] else {
            throw Refusal.input(
                "view.unknown", "没有这个视图：\(name)（frontdesk views 列出全部）",
                en: "there is no view \(name) (see: frontdesk views)")
        }
        return view
    }
}
