import Handbook
import Journal

/// Where an event stands.
public enum EventState: String, NamedChoice {
    case unplanned, planned, over

    public var label: Label {
        switch self {
        case .unplanned: Label("未定方案", en: "no plan yet")
        case .planned: Label("筹备中", en: "planned")
        case .over: Label("已办完", en: "over")
        }
    }
}

/// The community events (3.5, 5): plan, budget against cost, tasks, households, and the visits after it.
public struct EventsView: PlainView {
    public static let name = "events"
    public static let label = Label("活动", en: "Events")
    public static let timeKey: String? = "date"
    public static let looksAhead = true

    /// An event with its figures, counted once for all columns.
    @dynamicMemberLookup
    public struct Subject: Sendable {
        public let request: Request
        public let plan: EventPlan?
        public let spent: Money
        public let tasks: [EventTask]
        /// The visits to the households, without repetitions after a rectification.
        public let visits: [FollowUp]
        /// Those whose time is past, and the visited ones of these.
        public let matured: Int
        public let covered: Int

        public init(_ request: Request, in context: ViewContext) {
            let (estate, zone) = (context.estate, context.zone)
            self.request = request
            (plan, spent) = (estate.events.plans[request.id], estate.events.spent(on: request.id))
            tasks = estate.events.tasks(of: request.id)
            visits = estate.followUps.of(request.id).filter { $0.after == nil && ($0.voided == nil || $0.visit != nil) }
            let counted = visits.filter { $0.period(at: context.moment, in: zone) != nil }
            (matured, covered) = (counted.count, counted.count { $0.visit != nil })
        }

        public subscript<Value>(dynamicMember path: KeyPath<Request, Value>) -> Value { request[keyPath: path] }

        public var state: EventState { !request.isOpen ? .over : plan == nil ? .unplanned : .planned }
        /// What is left of the budget, below zero if more was spent.
        public var left: Money? { plan.map { $0.budget - spent } }
        public var done: Int { tasks.count { $0.done != nil } }
        public var visited: Int { visits.count { $0.visit != nil } }
        /// 回访率: visited ÷ matured.
        public var rate: Share? { Share(covered, of: matured) }
    }

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("unit") { Location($0.unit) }
        Column("text") { $0.text }
        Column("state") { $0.state }
        Column("date", .eventDay) { $0.date }
        Column("budget", .budget) { $0.plan?.budget }
        Column("cost", .spent) { $0.spent }
        Column("left", Label("余额", en: "Left")) { $0.left.map { SignedAmount($0) } }
        Column("tasks", Label("任务数", en: "Tasks")) { $0.tasks.count }
        Column("done", Label("完成任务", en: "Tasks done")) { $0.done }
        Column("late", Label("逾期任务", en: "Tasks late")) { $0.late }
        Column("households", Label("参与户", en: "Households")) { $0.households.count }
        Column("visited", Label("已回访", en: "Visited")) { $0.visited }
        Column("rate", Label("回访率%", en: "Visited %")) { $0.rate?.text }
        Column("met") { $0.met }
    }

    public init() {}

    public func subjects(in context: ViewContext) -> [Subject] {
        context.estate.requests.all.values.filter { $0.class == .event }.map { Subject($0, in: context) }
    }
}

extension ViewRow<EventsView> {
    /// The planned day; without a plan, that on which it was over.
    public var date: Day? { subject.plan?.date ?? subject.request.completed.map { Day($0, in: context.zone) } }
    public var state: EventState { subject.state }
    public var late: Int { subject.tasks.count { $0.state(at: context.moment, in: context.zone) == .late } }
    /// Whether the visits reach the target (70 %); `nil` until one is due.
    public var met: Bool? {
        estate.handbook.followUpRule(for: .event).target.flatMap { subject.rate?.meets(percent: $0) }
    }
}

/// The tasks of events, of one or all.
public struct EventTasksView: View {
    public static let name = "eventtasks"
    public static let label = Label("活动任务", en: "Tasks of events")
    public static let timeKey: String? = "due"
    public static let looksAhead = true
    var request: Ref<Request>?

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("request") { $0.subject.request }
        Column("event", .event) { $0.event }
        Column("task", .eventTask) { $0.task }
        Column("who", .taskFor) { $0.subject.who.name(in: $0.estate) }
        Column("department", .taskDepartment) { $0.department }
        Column("due", .taskDue) { $0.due }
        Column("state") { $0.state }
        Column("done", Label("完成时间", en: "Done at")) { $0.done?.at }
    }

    public init() {}

    public init(request: Ref<Request>?) { self.request = request }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("request", &request, .event)
    }

    public func subjects(in context: ViewContext) throws -> [EventTask] {
        guard let request else { return Array(context.estate.events.tasks.values) }
        _ = try context.estate.requests.known(request)
        return context.estate.events.tasks(of: request)
    }
}

extension ViewRow<EventTasksView> {
    public var event: String { estate.requests[subject.request]?.text ?? "" }
    public var who: String { subject.who.name(in: estate) }
    public var department: String { estate.department(of: subject.who) }
    public var state: EventTaskState { subject.state(at: context.moment, in: context.zone) }
}

/// What was spent on events.
public struct EventCostsView: PlainView {
    public static let name = "eventcosts"
    public static let label = Label("活动费用", en: "Costs of events")
    public static let changesWithTime = false
    public static let timeKey: String? = "at"

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("request") { $0.subject.request }
        Column("event", .event) { $0.event }
        Column("what", .costFor) { $0.what }
        Column("amount") { $0.amount }
        Column("at") { $0.at }
        Column("by", Label("记录人", en: "By")) { $0.estate.staff.name(of: $0.subject.by) }
    }

    public init() {}

    public func subjects(in context: ViewContext) -> EntityTable<EventCost>.Values {
        context.estate.events.costs.values
    }
}

extension ViewRow<EventCostsView> {
    public var event: String { estate.requests[subject.request]?.text ?? "" }
}

extension Label {
    static let taskDepartment = Label("部门", en: "Department")
}
