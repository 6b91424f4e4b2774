import Handbook
import Journal

/// The plan of a community event (文体活动): its budget and its day. A later plan replaces it.
public struct EventPlan: Sendable {
    public let budget: Money
    public let date: Day
    public let at: Moment
    public let by: String
}

/// A task for an event: what, and who does it, a member, a department or somebody else.
public struct EventTask: Entity, Sendable {
    public static let entity = "task"
    public static let label = Label("活动任务", en: "task of an event")
    public let id: Ref<EventTask>
    public let request: Ref<Request>
    public let task: String
    public let who: Worker
    public let due: Day?
    public let at: Moment
    public internal(set) var done: (fact: EntryID, at: Moment, by: String)?

    public func state(at moment: Moment, in zone: Zone) -> EventTaskState {
        let end = due?.end(in: zone)
        if let done { return due?.isMet(at: done.at, in: zone) ?? true ? .done : .doneLate }
        return end.map { moment > $0 } ?? false ? .late : .open
    }
}

/// Where a task stands.
public enum EventTaskState: String, NamedChoice {
    case open, late, done, doneLate

    public var label: Label {
        switch self {
        case .open: Label("待办", en: "open")
        case .late: Label("逾期", en: "late")
        case .done: Label("已完成", en: "done")
        case .doneLate: Label("逾期完成", en: "done late")
        }
    }
}

/// What was spent on an event, or came back if it is below zero.
public struct EventCost: Entity, Sendable {
    public static let entity = "cost"
    public static let label = Label("活动费用", en: "cost of an event")
    public let id: Ref<EventCost>
    public let request: Ref<Request>
    public let amount: SignedAmount
    public let what: String
    public let at: Moment
    public let by: String
}

extension EventTask {
    /// The tasks that are not done, what is due first.
    public static func candidates(in estate: Estate) -> [Candidate] {
        estate.events.tasks.values.filter { $0.done == nil }.suffix(200).map {
            Candidate($0.id.id.text, text: $0.words(in: estate), detail: $0.due?.short ?? "")
        }
    }

    public static func known(_ id: Ref<EventTask>, in estate: Estate) -> EventTask? { estate.events.tasks[id] }
    public func words(in estate: Estate) -> String { "\(task) \(who.name(in: estate))" }
}

extension EventCost {
    public static func known(_ id: Ref<EventCost>, in estate: Estate) -> EventCost? { estate.events.costs[id] }
    public func words(in estate: Estate) -> String { "\(what) \(amount.money.text)" }
}

/// What is planned, done and spent for community events. The events are requests, with the households that took part.
public struct Events: Sendable {
    public internal(set) var plans: [Ref<Request>: EventPlan] = [:]
    public internal(set) var tasks = EntityTable<EventTask>()
    public internal(set) var costs = EntityTable<EventCost>()
    private var tasksByRequest: [Ref<Request>: [Ref<EventTask>]] = [:]
    private var costsByRequest: [Ref<Request>: [Ref<EventCost>]] = [:]

    public func tasks(of request: Ref<Request>) -> [EventTask] {
        tasksByRequest[request]?.compactMap { tasks[$0] } ?? []
    }

    public func costs(of request: Ref<Request>) -> [EventCost] {
        costsByRequest[request]?.compactMap { costs[$0] } ?? []
    }

    /// What was spent on an event.
    public func spent(on request: Ref<Request>) -> Money { costs(of: request).reduce(.zero) { $0 + $1.amount.money } }

    mutating func add(_ task: EventTask) {
        tasks.add(task)
        tasksByRequest[task.request, default: []].append(task.id)
    }

    mutating func add(_ cost: EventCost) {
        costs.add(cost)
        costsByRequest[cost.request, default: []].append(cost.id)
    }
}

extension Estate {
    /// The department of who does a task: that of a member's post; of all others what they are called.
    public func department(of who: Worker) -> String {
        staff.members[who.text].map { handbook.events.department(of: $0.role) ?? $0.role.label.chinese } ?? who.text
    }
}

extension Events: Feature {
    static let chapters: [any Chapter.Type] = [Handbook.Events.self]
    static let actions: [any Action.Type] = [
        OpenEvent.self, PlanEvent.self, AddEventTask.self, RecordEventCost.self, FinishTask.self,
    ]
    static let views: [any View.Type] = [EventsView.self, EventTasksView.self, EventCostsView.self]
    static let reports: [any Report.Type] = [EventReport.self]
    static let entities: [any Entity.Type] = [EventTask.self, EventCost.self]

    static let warnings = [
        "event.overBudget": Label("费用超出预算", en: "the costs exceed the budget"),
        "event.unplanned": Label("这个活动还没有方案和预算", en: "the event has no plan and budget"),
    ]

    /// Tasks with a day; who coordinates sees them done.
    static let duties = [
        DutyRule.perCase(
            "eventtask", Label("活动任务", en: "Task of an event"), .supervisor, by: FinishTask.self, field: "task",
            parts: { [$0.$events, $0.$requests, $0.$staff] }
        ) { estate in
            estate.events.tasks.values.compactMap { task in
                guard let due = task.due else { return nil }
                let event = estate.requests[task.request].map { " · \($0.text)" } ?? ""
                return DutyCase(
                    id: task.id.id.text, subject: task.words(in: estate) + event,
                    opens: max(Day(task.at, in: estate.zone), due.adding(-estate.handbook.duties.daysAhead)), due: due,
                    done: task.done.map { Duty.Fulfilment(fact: Ref($0.fact), at: $0.at, due: nil) }, note: nil)
            }
        }
    ]

    /// What is not done, and the tasks of events that are open.
    static func retainedIDs(in estate: Estate, _ window: RetentionWindow) -> [EntryID] {
        estate.events.tasks.values.filter { $0.done == nil || estate.requests.open.contains($0.request) }.map(\.id.id)
    }

    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool { true }

    static func relatedIDs(of id: EntryID, in estate: Estate) -> [EntryID] {
        estate.events.tasks(of: Ref(id)).map(\.id.id)
    }
}
