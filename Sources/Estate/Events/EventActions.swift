import Handbook
import Journal

private let coordinators: Set<Role> = [.supervisor]

extension Requests {
    /// A request that is a community event. Throws ``Refusal`` `request.unknown` or `event.notEvent`.
    fileprivate func knownEvent(_ id: Ref<Request>) throws -> Request {
        let request = try known(id)
        guard request.class == .event else {
            throw Refusal(
                .rule, "event.notEvent", "这个工单不是文体活动", en: "this request is no community event", field: "request")
        }
        return request
    }

    /// The events, the latest first.
    fileprivate func eventCandidates(in estate: Estate) -> [Candidate] {
        all.values.suffix(5000).reversed().filter { $0.class == .event }.prefix(100).map {
            Candidate($0.id.id.text, text: $0.words(in: estate), detail: Day($0.opened, in: estate.zone).short)
        }
    }
}

/// The plan of an event: its budget and its day.
public struct PlanEvent: ActionFact {
    public static let name = "event.plan"
    static let kind: StaticString = "event.planned"
    /// The last plan counts.
    static var merging: Merging<Self> { .derived { fact, estate in estate.requests.all.holds(fact.request) } }
    public static let label = Label("活动方案", en: "Plan an event")
    public static let roles = coordinators
    var request = Ref<Request>.placeholder
    var budget = Money.placeholder
    var date = Day.placeholder

    public init() {}

    public init(request: Ref<Request>, budget: Money, date: Day) {
        (self.request, self.budget, self.date) = (request, budget, date)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("request", &request, .event)
        try visitor.field("budget", &budget, .budget)
        try visitor.field("date", &date, .eventDay)
    }

    public static func candidates(
        for key: String, with values: [String: String], in estate: Estate
    ) -> [Candidate] { key == "request" ? estate.requests.eventCandidates(in: estate) : [] }

    var subject: EntryID? { request.id }

    /// Throws ``Refusal`` `event.early` for a day before that of the request.
    static func refuse(_ date: Day, before opened: Day) throws {
        if date < opened {
            throw Refusal(
                .rule, "event.early", "活动日期早于受理日", en: "the event would be before its request", field: "date")
        }
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.requests.knownEvent(request)
        if !known.isOpen {
            throw Refusal.rule("event.over", "活动已办结，方案不能再改", en: "the event is over: its plan stays")
        }
        try plan.refuse(before: known.opened, Label("受理", en: "it was opened"))
        try PlanEvent.refuse(date, before: Day(known.opened, in: estate.zone))
        if let former = estate.events.plans[request], former.budget == budget, former.date == date {
            throw Refusal.rule("event.unchanged", "方案没有改动", en: "nothing of the plan is changed")
        }
        if estate.events.spent(on: request) > budget { plan.warn("event.overBudget") }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        guard estate.requests.all.holds(request) else { return }
        estate.events.plans[request] = EventPlan(budget: budget, date: date, at: metadata.at, by: metadata.by)
    }
}

/// What is usually done for events.
public enum EventTaskWords: WordList {
    public static func words(in estate: Estate) -> [Candidate] {
        estate.handbook.events.tasks.map { Candidate($0) }
    }
}

/// A task for an event.
public struct AddEventTask: ActionFact {
    public static let name = "event.task"
    static let kind: StaticString = "event.tasked"
    static var merging: Merging<Self> { .grows { fact, estate in estate.requests.all.holds(fact.request) } }
    public static let label = Label("活动任务", en: "Add a task to an event")
    public static let roles = coordinators
    var request = Ref<Request>.placeholder
    var task = Word<EventTaskWords>.placeholder
    var who = Worker.placeholder
    var due: Day?

    public init() {}

    public init(request: Ref<Request>, task: String, who: String, due: Day? = nil) {
        (self.request, self.task, self.who, self.due) = (request, Word(task), Worker(who), due)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("request", &request, .event)
        try visitor.field("task", &task, .eventTask)
        try visitor.field("who", &who, .taskFor)
        try visitor.field("due", &due, .taskDue)
    }

    /// It is due by the day of the event.
    public static func proposals(
        with values: [String: String], to member: String, in estate: Estate, at moment: Moment
    ) -> [String: String] {
        guard let id = try? Ref<Request>(text: values["request"] ?? "", zone: estate.zone),
            let date = estate.events.plans[id]?.date, date >= Day(moment, in: estate.zone)
        else { return [:] }
        return ["due": date.text]
    }

    /// The departments, then the staff.
    public static func candidates(
        for key: String, with values: [String: String], in estate: Estate
    ) -> [Candidate] {
        switch key {
        case "request": estate.requests.eventCandidates(in: estate)
        case "who":
            estate.handbook.events.departments.map { Candidate($0.name) }
                + estate.staff.present.map {
                    Candidate($0.code, text: $0.name, detail: $0.role.label)
                }
        default: []
        }
    }

    func isRetained(in set: WorkingSet, _ metadata: Metadata) -> Bool {
        set.ids.contains(metadata.id) || set.ids.contains(request.id)
    }

    func affectedIDs(in estate: Estate) -> [String]? { [request.id.text] }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.requests.knownEvent(request)
        try plan.refuse(before: known.opened, Label("受理", en: "it was opened"))
        do { who = try who.known(in: estate) } catch let refusal as Refusal { throw refusal.about("who") }
        if estate.staff.members[who.text] != nil {
            do { _ = try estate.staff.working(who.text) } catch let refusal as Refusal { throw refusal.about("who") }
        }
        if let due, due < Day(plan.at, in: estate.zone) {
            throw Refusal(
                .rule, "event.dueEarly", "期限早于派任务当天", en: "it cannot be due before the day it is given", field: "due")
        }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.events.add(
            EventTask(
                id: Ref(metadata.id), request: request, task: task.text, who: who, due: due, at: metadata.at))
    }
}

/// A task of an event is done.
public struct FinishTask: ActionFact {
    public static let name = "task.done"
    static let kind: StaticString = "task.finished"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.events.tasks.value(of: fact.task) {
                $0.done == nil ? nil : .doubled(Label("这项任务已完成", en: "the task had been done"))
            } ?? .unknown
        }
    }
    public static let label = Label("任务完成", en: "A task is done")
    public static let roles = coordinators
    var task = Ref<EventTask>.placeholder

    public init() {}

    public init(task: Ref<EventTask>) { self.task = task }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("task", &task, .eventTask)
    }

    var subject: EntryID? { task.id }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        guard let known = estate.events.tasks[task] else { throw task.unknown }
        if known.done != nil {
            throw Refusal.rule("task.done", "这项任务已完成", en: "this task was done already")
        }
        try plan.refuse(before: known.at, Label("派任务", en: "it was given"))
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.events.tasks.change(task) { $0.done = (metadata.id, metadata.at, metadata.by) }
    }
}

/// What was spent on an event. An amount below zero is what came back, or corrects one that was wrong.
public struct RecordEventCost: ActionFact {
    public static let name = "event.cost"
    static let kind: StaticString = "event.spent"
    static var merging: Merging<Self> { .grows { fact, estate in estate.requests.all.holds(fact.request) } }
    public static let label = Label("活动费用", en: "Record a cost of an event")
    public static let roles = coordinators
    var request = Ref<Request>.placeholder
    var amount = SignedAmount.placeholder
    var what = ""

    public init() {}

    public init(request: Ref<Request>, amount: SignedAmount, what: String) {
        (self.request, self.amount, self.what) = (request, amount, what)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("request", &request, .event)
        try visitor.field("amount", &amount)
        try visitor.field("what", &what, .costFor)
    }

    public static func candidates(
        for key: String, with values: [String: String], in estate: Estate
    ) -> [Candidate] { key == "request" ? estate.requests.eventCandidates(in: estate) : [] }

    /// By how much the budget is exceeded with it.
    public static func cautions(
        with values: [String: String], by member: String, in estate: Estate
    ) -> [String: Label] {
        guard let request = try? Ref<Request>(text: values["request"] ?? "", zone: estate.zone),
            let amount = try? SignedAmount(text: values["amount"] ?? "", zone: estate.zone),
            let budget = estate.events.plans[request]?.budget
        else { return [:] }
        let excess = estate.events.spent(on: request) + amount.money - budget
        if excess <= .zero { return [:] }
        return ["amount": Label("超出预算 \(excess.grouped) 元", en: "\(excess.grouped) beyond the budget")]
    }

    var subject: EntryID? { request.id }
    var answer: EntryID? { nil }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.requests.knownEvent(request)
        try plan.refuse(before: known.opened, Label("受理", en: "it was opened"))
        let total = estate.events.spent(on: request) + amount.money
        if amount.money == .zero || total < .zero {
            throw Refusal(
                .rule, "event.amount", "金额不能为零，退回不能多于已花的",
                en: "an amount is not zero, and no more comes back than was spent", field: "amount")
        }
        if let budget = estate.events.plans[request]?.budget {
            if total > budget { plan.warn("event.overBudget") }
        } else {
            plan.warn("event.unplanned")
        }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        guard estate.requests.all.holds(request) else { return }
        estate.events.add(
            EventCost(
                id: Ref(metadata.id), request: request, amount: amount, what: what, at: metadata.at, by: metadata.by))
    }
}

extension Label {
    static let event = Label("活动", en: "Event")
    static let budget = Label("预算", en: "Budget")
    static let spent = Label("已花", en: "Spent")
    static let eventDay = Label("活动日期", en: "Day")
    static let eventTask = Label("任务", en: "Task")
    static let taskFor = Label("谁办", en: "For")
    static let taskDue = Label("期限", en: "Due")
    static let costFor = Label("用途", en: "What for")
}
