import Journal

/// A demand becomes a request, or an owner makes one at the counter.
public struct OpenRequest: ActionFact {
    public static let name = "request.open"
    static let kind: StaticString = "request.opened"
    static var merging: Merging<Self> {
        .suspicious { fact, estate, _ in
            guard let call = fact.call, let demand = fact.demand else { return nil }
            let known = estate.calls.all.value(of: call) { $0.demands.first { $0.id == demand } } ?? nil
            guard let known else { return .unknown }
            return known.request == nil
                ? nil : .suspicious(Label("同一条诉求已转工单", en: "the demand had become a request before"))
        }
    }
    public static let label = Label("新建工单", en: "Open a request")
    /// A guard may report what they see at night.
    public static let roles: Set<Role> = [.operator, .supervisor, .administrator, .regional, .guard]
    public var `class` = RequestClass.complaint
    public var unit = Location.placeholder
    public var text = ""
    public var from: Day?
    public var to: Day?
    public var call: Ref<Call>?
    public var demand: Ref<Demand>?
    /// Whether it is an urgent repair (急修).
    public var urgent: Bool?
    /// The return visits of a special service, in the middle of its period and after its end.
    var middle: Ref<FollowUp>?
    var end: Ref<FollowUp>?
    /// Their windows, by the handbook of the node that decided them, in this order; empty in older lines.
    var windows: [VisitWindow] = []
    /// By when it is answered and done, by the handbook of the node that took it; `nil` in older lines.
    var respondBy: Moment?
    var finishBy: Moment?

    public init() {}

    public init(
        class: RequestClass, unit: UnitCode, text: String, from: Day? = nil, to: Day? = nil, call: Ref<Call>? = nil,
        demand: Ref<Demand>? = nil, urgent: Bool? = nil
    ) {
        (self.class, self.unit, self.text, self.from, self.to) = (`class`, Location(unit), text, from, to)
        (self.call, self.demand, self.urgent) = (call, demand, urgent)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("class", &`class`)
        try visitor.field("unit", &unit)
        try visitor.field("text", &text)
        try visitor.field("from", &from, Label("服务开始", en: "From"))
        try visitor.field("to", &to, Label("服务结束", en: "To"))
        try visitor.field("call", &call)
        try visitor.field("demand", &demand)
        try visitor.derived("middle", &middle)
        try visitor.derived("end", &end)
        try visitor.derived("windows", &windows)
        try visitor.field("urgent", &urgent, Label("急修", en: "Urgent"))
        try visitor.derived("respondBy", &respondBy)
        try visitor.derived("finishBy", &finishBy)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        try unit.check(in: estate)
        if let call, estate.calls[call] == nil { throw call.unknown.about("call") }
        call = try demand.map { try owner(of: $0, plan, in: estate) } ?? call
        try checkPeriod()
        if `class` == .special, let from, let to {
            (middle, end) = (Ref(plan.mint()), Ref(plan.mint()))
            windows = OpenRequest.stages.map { VisitWindow(estate.handbook.window(of: $0, in: from...to)) }
        }
        if urgent == true, `class` != .minorRepair {
            throw Refusal(
                .rule, "request.urgent", "急修属零星维修：先改类别", en: "an urgent repair is a minor one: change the class",
                field: "urgent")
        }
        if urgent == false { urgent = nil }
        let deadlines = deadlines(from: plan.at, in: estate)
        (respondBy, finishBy) = (deadlines.respond, deadlines.finish)
    }

    private var period: ClosedRange<Day>? {
        from.flatMap { from in to.flatMap { to in from <= to ? from...to : nil } }
    }

    private func deadlines(from moment: Moment, in estate: Estate) -> RequestDeadlines {
        estate.deadlines(of: `class`, isUrgent: urgent ?? false, period: period, from: moment)
    }

    private static let stages: [FollowUpStage] = [.middle, .end]

    func affectedIDs(in estate: Estate) -> [String]? { [middle, end].compactMap { $0?.id.text } }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        let id = Ref<Request>(metadata.id)
        let usual = deadlines(from: metadata.at, in: estate)
        let request = Request(
            id: id, class: `class`, unit: unit.code, text: text, isUrgent: urgent ?? false, period: period, call: call,
            opened: metadata.at, by: metadata.by, respondBy: respondBy ?? usual.respond,
            finishBy: finishBy ?? usual.finish)
        estate.requests.all.add(request)
        estate.requests.open.append(id)
        if let call, let demand { estate.calls.change(demand, of: call) { $0.request = $0.request ?? id } }
        guard let period else { return }
        for (index, (id, stage)) in zip([middle, end], OpenRequest.stages).enumerated() {
            guard let id else { continue }
            let window = windows.indices.contains(index) ? windows[index].days : nil
            estate.followUps.plan(id, stage, of: request, window ?? estate.handbook.window(of: stage, in: period))
        }
    }

    /// The call in which the demand was made. Throws ``Refusal`` if another call is named, if the demand is a request
    /// already, or if it was made later.
    private func owner(of demand: Ref<Demand>, _ plan: Plan, in estate: Estate) throws -> Ref<Call> {
        guard let owner = estate.calls.call(of: demand), call == nil || call == owner.id,
            let known = owner.demands.first(where: { $0.id == demand })
        else { throw demand.unknown.about("demand") }
        if known.request != nil { throw Demand.isRequest }
        try plan.refuse(before: known.at, .demandStated)
        return owner.id
    }

    public static func asks(for key: String, with values: [String: String]) -> Bool {
        switch key {
        case "from", "to": values["class"] == RequestClass.special.rawValue
        case "urgent": values["class"] == RequestClass.minorRepair.rawValue
        // A form that is opened from a call fills these in.
        case "call", "demand": false
        default: true
        }
    }

    /// A special service needs an execution period; no other class has one.
    private func checkPeriod() throws {
        if `class` != .special {
            if from == nil, to == nil { return }
            throw Refusal(
                .rule, "request.period", "只有特约服务有服务期", en: "only a special service has a period", field: "from")
        }
        guard let from, let to else {
            throw Refusal(
                .rule, "request.periodMissing", "特约服务须填服务期：开始日和结束日",
                en: "a special service needs its period: from and to", field: from == nil ? "from" : "to")
        }
        if to < from {
            throw Refusal(
                .rule, "request.periodReversed", "服务结束日不能早于开始日", en: "the period ends before it begins", field: "to")
        }
    }
}

/// The work is finished; the period for its return visit begins (section 3).
public struct CompleteRequest: ActionFact {
    public static let name = "request.complete"
    static let kind: StaticString = "request.completed"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.requests.all.value(of: fact.request) {
                $0.isOpen ? nil : .doubled(Label("这个工单已办结", en: "the request had been completed"))
            } ?? .unknown
        }
    }
    public static let label = Label("办结", en: "Complete a request")
    public static let roles: Set<Role> = [.operator, .supervisor, .administrator, .regional]
    var request = Ref<Request>.placeholder
    /// The return visit that it calls for. In older lines of an event: one for each household, in their order.
    var followups: [Ref<FollowUp>] = []
    /// The workers; by default those to whom it is assigned.
    var workers: [Worker] = []
    /// The return visits to the households of an event.
    var households: [HouseholdVisit] = []
    /// When the visits are due, by the handbook of the node that decided it; `nil` in older lines.
    var due: Day?

    public init() {}

    public init(request: Ref<Request>, workers: [Worker] = []) { (self.request, self.workers) = (request, workers) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("request", &request)
        try visitor.derived("followups", &followups)
        try visitor.field("workers", &workers)
        try visitor.derived("households", &households)
        try visitor.derived("due", &due)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.requests.knownOpen(request)
        try plan.refuse(
            before: known.reopened ?? known.opened,
            known.reopened == nil ? Label("受理", en: "it was opened") : Label("返工", en: "it was reopened"))
        do { workers = try workers.known(in: estate) } catch let refusal as Refusal { throw refusal.about("workers") }
        if workers.isEmpty { workers = known.assignedWorkers }
        switch known.class {
        case .event:
            households = known.households.map {
                HouseholdVisit(household: Ref($0.id), followup: Ref(plan.mint()))
            }
        // The two visits of a special service were planned when it was opened; a new cycle has an end of its own.
        case .special
        where estate.followUps.of(request).contains { $0.stage == .end && $0.serves(since: known.reopened) }: break
        default: followups = [Ref(plan.mint())]
        }
        due = estate.handbook.due(known.class, done: Day(plan.at, in: estate.zone))
    }

    var subject: EntryID? { request.id }
    func affectedIDs(in estate: Estate) -> [String]? {
        [request.id.text] + followups.map(\.id.text) + households.map(\.followup.id.text)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        let due = due
        estate.requests.all.change(request) {
            ($0.completed, $0.workers, $0.visitDue) = (metadata.at, workers, due)
            if $0.firstCompleted == nil { $0.firstCompleted = metadata.at }
        }
        estate.requests.open.remove(request)
        guard let known = estate.requests.all[request] else { return }
        for (followUp, unit) in visits(of: known) where !estate.followUps.all.holds(followUp) {
            estate.followUps.plan(followUp, of: known, unit: unit, done: metadata.at, estate.handbook, estate.zone)
        }
    }

    /// The return visits with their units. Another node may have entered a household meanwhile: its visit has the id of
    /// its own fact, as one that is entered later.
    private func visits(of known: Request) -> [(Ref<FollowUp>, UnitCode)] {
        guard known.class == .event else { return followups.map { ($0, known.unit) } }
        return known.households.enumerated().map { index, household in
            let planned = households.first { $0.household.id == household.id }?.followup
            let older = followups.indices.contains(index) ? followups[index] : nil
            return (planned ?? older ?? Ref(household.id), household.unit)
        }
    }
}

/// The days between which a return visit is made.
struct VisitWindow: Part, Hashable {
    var opens = Day.placeholder
    var due = Day.placeholder

    init() {}

    init(_ days: (opens: Day, due: Day)) { (opens, due) = days }

    var days: (opens: Day, due: Day) { (opens, due) }

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("opens", &opens)
        try visitor.field("due", &due)
    }
}

/// The return visit to one household of an event.
struct HouseholdVisit: Part, Hashable {
    /// The fact by which the household was entered.
    var household = Ref<JournalEntry>.placeholder
    var followup = Ref<FollowUp>.placeholder

    init() {}

    init(household: Ref<JournalEntry>, followup: Ref<FollowUp>) {
        (self.household, self.followup) = (household, followup)
    }

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("household", &household)
        try visitor.field("followup", &followup)
    }
}

/// A completed request was not done after all: a new cycle begins; a visit already made counts in its own cycle.
public struct ReopenRequest: ActionFact {
    public static let name = "request.reopen"
    static let kind: StaticString = "request.reopened"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.requests.all.value(of: fact.request) {
                $0.isOpen ? .doubled(Label("这个工单已登记返工", en: "the request had been reopened")) : nil
            } ?? .unknown
        }
    }
    public static let label = Label("返工", en: "Reopen a request")
    public static let roles: Set<Role> = [.operator, .supervisor, .administrator, .regional]
    var request = Ref<Request>.placeholder
    var why = ""
    /// By when it is to be done now; `nil` in older lines.
    var finishBy: Moment?

    public init() {}

    public init(request: Ref<Request>, why: String) { (self.request, self.why) = (request, why) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("request", &request)
        try visitor.field("why", &why)
        try visitor.derived("finishBy", &finishBy)
    }

    /// A special service whose period is over is to be done within the limit of a minor repair.
    private func deadline(of known: Request, from moment: Moment, in estate: Estate) -> Moment? {
        let usual = estate.deadlines(
            of: known.class, isUrgent: known.isUrgent, period: known.period, from: moment)
        guard let finish = usual.finish, finish <= moment else { return usual.finish }
        return estate.deadlines(of: .minorRepair, isUrgent: false, period: nil, from: moment).finish
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.requests.known(request)
        guard let completed = known.completed else {
            throw Refusal.rule("request.open", "这个工单还没有办结，无需返工", en: "this request is open already")
        }
        try plan.refuse(before: completed, Label("完成", en: "it was completed"))
        finishBy = deadline(of: known, from: plan.at, in: estate)
    }

    var subject: EntryID? { request.id }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        let due = finishBy ?? estate.requests[request].flatMap { deadline(of: $0, from: metadata.at, in: estate) }
        estate.requests.all.change(request) { request in
            (request.completed, request.workers) = (nil, [])
            request.reopenings.append(metadata.at)
            request.finishBy = due
            request.cycle += 1
        }
        estate.requests.open.append(request)
        if let known = estate.requests.all[request] {
            estate.followUps.void(of: known, at: metadata.at, zone: estate.zone)
        }
    }
}

/// A household took part in a community event; each is a case of its own.
public struct AttendEvent: ActionFact {
    public static let name = "event.attend"
    static let kind: StaticString = "event.attended"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.requests.all.value(of: fact.request) { request in
                request.households.contains { $0.unit == fact.unit }
                    ? .doubled(Label("这户已登记参与", en: "the household was on the list")) : nil
            } ?? .unknown
        }
    }
    public static let label = Label("登记参与住户", en: "A household attends")
    public static let roles: Set<Role> = [.operator, .supervisor, .administrator]
    var request = Ref<Request>.placeholder
    var unit = UnitCode.placeholder

    public init() {}

    public init(request: Ref<Request>, unit: UnitCode) { (self.request, self.unit) = (request, unit) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("request", &request)
        try visitor.field("unit", &unit)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.requests.known(request)
        try estate.people.check(unit)
        guard known.class == .event else {
            throw Refusal.rule("event.notEvent", "这个工单不是文体活动", en: "this request is no community event")
        }
        if known.households.contains(where: { $0.unit == unit }) {
            throw Refusal(
                .rule, "event.attended", "\(unit.text) 已登记参与", en: "\(unit.text) is on the list already", field: "unit")
        }
    }

    var subject: EntryID? { request.id }
    /// The receipt names the household's case.
    var answer: EntryID? { nil }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.requests.all.change(request) { $0.households.append((unit, metadata.id)) }
        guard let known = estate.requests.all[request], let completed = known.completed else { return }
        // A household entered after the completion of the event is visited, too.
        estate.followUps.plan(
            Ref(metadata.id), of: known, unit: unit, done: completed, estate.handbook, estate.zone)
    }
}
