import Handbook
import Journal

/// An item of the department's work plan of a year (工作计划, 4).
public struct PlanItem: Entity, Sendable {
    public static let entity = "planitem"
    public static let label = Label("计划事项", en: "item of the plan")
    public let id: Ref<PlanItem>
    public let year: Int
    public let what: String
    /// Who sees to it: a staff member, or another department by name.
    public internal(set) var who: Worker
    public internal(set) var due: Day
    /// The day by which the plan of the year was to be there.
    let planDue: Day?
    public let at: Moment
    public let by: String
    public internal(set) var done: Completion?
    /// What was said of it last, before it is done.
    public internal(set) var progress: Progress?

    /// How far it has come.
    public struct Progress: Sendable {
        public let at: Moment
        public let by: String
        public let percent: Int?
        public let note: String?
    }

    /// That it is done.
    public struct Completion: Sendable {
        public let at: Moment
        public let by: String
        public let note: String?
    }

    public func state(at moment: Moment, in zone: Zone) -> PlanState {
        guard let done else { return due.isOver(asOf: moment, in: zone) ? .overdue : .open }
        return due.isMet(at: done.at, in: zone) ? .done : .late
    }
}

/// Where an item of the plan stands.
public enum PlanState: String, NamedChoice {
    case open, overdue, done, late

    public var label: Label {
        switch self {
        case .open: Label("进行中", en: "open")
        case .overdue: Label("逾期", en: "overdue")
        case .done: Label("完成", en: "done")
        case .late: Label("逾期完成", en: "done late")
        }
    }
}

extension PlanItem {
    /// Those that are not done, the first due first.
    public static func candidates(in estate: Estate) -> [Candidate] {
        estate.planning.all.values.filter { $0.done == nil }.sorted { $0.due < $1.due }.map {
            Candidate($0.id.id.text, text: $0.what, detail: "\($0.due.text) \($0.who.name(in: estate))")
        }
    }

    public static func known(_ id: Ref<PlanItem>, in estate: Estate) -> PlanItem? { estate.planning.all[id] }
    public func words(in estate: Estate) -> String { what }
}

/// The work plans of the department, in the order of recording.
public struct Planning: Sendable {
    public internal(set) var all = EntityTable<PlanItem>()

    /// The items of a year, the first due first.
    public func items(of year: Int) -> [PlanItem] {
        all.values.filter { $0.year == year }.sorted { ($0.due, $0.id.id) < ($1.due, $1.id.id) }
    }

    func known(_ id: Ref<PlanItem>) throws -> PlanItem {
        guard let item = all[id] else { throw id.unknown }
        return item
    }
}

extension Planning: Feature {
    static let chapters: [any Chapter.Type] = [Handbook.Planning.self]
    static let actions: [any Action.Type] = [AddPlanItem.self, UpdatePlanItem.self, FinishPlanItem.self]
    static let views: [any View.Type] = [PlanView.self]
    static let entities: [any Entity.Type] = [PlanItem.self]

    /// The plan of a year is there with its first item.
    static let duties = [
        DutyRule.yearly(
            "plan", Label("年度工作计划", en: "Plan of the year"), .manager, by: AddPlanItem.self, on: { $0.planning.plan },
            parts: { [$0.$planning] },
            done: { estate, year in
                estate.planning.all.values.first { $0.year == year }.map {
                    Duty.Fulfilment(fact: Ref($0.id.id), at: $0.at, due: $0.planDue)
                }
            }, prefill: { duty, _ in duty.subject.map { ["year": $0] } ?? [:] })
    ]

    /// The items that are not done, and those of this year and the last.
    static func retainedIDs(in estate: Estate, _ window: RetentionWindow) -> [EntryID] {
        let year = window.today.civil.year - 1
        return estate.planning.all.values.filter { $0.done == nil || $0.year >= year }.map(\.id.id)
    }

    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool { true }
}
