import Journal

extension Label {
    static let request = Label("工单", en: "Request")
    public static let unit = Label("房号", en: "Unit")
    /// Who does the work, or did it.
    public static let worker = Label("处理人", en: "Done by")
}

/// A demand becomes a request, or an owner makes one at the counter.
public struct OpenRequest: Action {
    public static let name = "request.open"
    public static let label = Label("新建工单", en: "Open a request")
    public static let roles: Set<Role> = [.operator, .supervisor, .administrator, .regional]
    public var `class` = RequestClass.complaint
    public var unit = UnitCode.placeholder
    public var text = ""
    public var from: Day?
    public var to: Day?
    public var call: Ref<Call>?
    public var demand: Ref<Demand>?

    public init() {}

    public init(
        class: RequestClass, unit: UnitCode, text: String, from: Day? = nil, to: Day? = nil, call: Ref<Call>? = nil,
        demand: Ref<Demand>? = nil
    ) {
        (self.class, self.unit, self.text, self.from, self.to) = (`class`, unit, text, from, to)
        (self.call, self.demand) = (call, demand)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("class", &`class`, Label("类别", en: "Class"))
        try visitor.field("unit", &unit, .unit)
        try visitor.field("text", &text, Label("内容", en: "Text"))
        try visitor.field("from", &from, Label("服务开始", en: "From"))
        try visitor.field("to", &to, Label("服务结束", en: "To"))
        try visitor.field("call", &call, .call)
        try visitor.field("demand", &demand, Label("诉求", en: "Demand"))
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        try estate.people.check(unit)
        if let call, estate.calls[call] == nil { throw call.unknown.about("call") }
        let call = try demand.map { try owner(of: $0, in: estate) } ?? call
        let period = try special()
        plan.record(
            RequestOpened(
                class: `class`, unit: unit, text: text, from: period?.lowerBound, to: period?.upperBound, call: call,
                demand: demand, middle: period.map { _ in Ref(plan.mint()) }, end: period.map { _ in Ref(plan.mint()) })
        )
    }

    /// The call in which a demand was made: the one that is named, if one is.
    private func owner(of demand: Ref<Demand>, in estate: Estate) throws -> Ref<Call> {
        guard let owner = estate.calls.call(of: demand)?.id, call == nil || call == owner else {
            throw demand.unknown.about("demand")
        }
        return owner
    }

    public static func asks(for key: String, given values: [String: String]) -> Bool {
        switch key {
        case "from", "to": values["class"] == RequestClass.special.rawValue
        // Where a request comes of a call, the place it is made in knows which.
        case "call", "demand": false
        default: true
        }
    }

    /// The execution period, which a special service needs and nothing else has.
    private func special() throws -> ClosedRange<Day>? {
        guard `class` == .special else {
            guard from == nil, to == nil else {
                throw Refusal(
                    .rule, "request.period", "只有特约服务有服务期", en: "only a special service has a period", field: "from")
            }
            return nil
        }
        guard let from, let to else {
            throw Refusal(
                .rule, "request.periodMissing", "特约服务须填服务期：开始日和结束日",
                en: "a special service needs its period: from and to", field: from == nil ? "from" : "to")
        }
        guard from <= to else {
            throw Refusal(
                .rule, "request.periodReversed", "服务结束日不能早于开始日", en: "the period ends before it begins", field: "to")
        }
        return from...to
    }
}

/// The work is finished: the clock of its return visit starts (section 3).
public struct CompleteRequest: Action {
    public static let name = "request.complete"
    public static let label = Label("工单完成", en: "Complete a request")
    public static let roles: Set<Role> = [.operator, .supervisor, .administrator, .regional]
    var request = Ref<Request>.placeholder
    /// Who did the work: whoever has it, unless somebody is named.
    var workers: [Worker] = []

    public init() {}

    public init(request: Ref<Request>, workers: [Worker] = []) { (self.request, self.workers) = (request, workers) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("request", &request, .request)
        try visitor.field("workers", &workers, .worker)
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.requests.knownOpen(request)
        try plan.refuse(
            before: known.reopened ?? known.opened,
            known.reopened == nil ? Label("受理", en: "it was opened") : Label("重开", en: "it was reopened"))
        let named: [Worker]
        do { named = try workers.known(in: estate) } catch let refusal as Refusal { throw refusal.about("workers") }
        let visits =
            switch known.class {
            case .event: known.households.count
            // The two visits of a special service were planned when it was opened; a new cycle has an end of its own.
            case .special:
                estate.followUps.of(request).contains { $0.stage == .end && $0.serves(since: known.reopened) } ? 0 : 1
            default: 1
            }
        plan.record(
            RequestCompleted(
                request: request, followups: (0..<visits).map { _ in Ref(plan.mint()) },
                workers: named.isEmpty ? known.hands : named))
        plan.answer = request.id
    }
}

/// It was not done after all: a new cycle begins; a visit already made stays counted in its own.
public struct ReopenRequest: Action {
    public static let name = "request.reopen"
    public static let label = Label("工单重开", en: "Reopen a request")
    public static let roles: Set<Role> = [.operator, .supervisor, .administrator, .regional]
    var request = Ref<Request>.placeholder
    var why = ""

    public init() {}

    public init(request: Ref<Request>, why: String) { (self.request, self.why) = (request, why) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("request", &request, .request)
        try visitor.field("why", &why, Label("原因", en: "Why"))
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.requests.known(request)
        guard let completed = known.completed else {
            throw Refusal.rule("request.open", "这个工单还没有完成，无需重开", en: "this request is open already")
        }
        try plan.refuse(before: completed, Label("完成", en: "it was completed"))
        plan.record(RequestReopened(request: request, why: why))
        plan.answer = request.id
    }
}

/// A household took part in a community event; each is a case of its own.
public struct AttendEvent: Action {
    public static let name = "event.attend"
    public static let label = Label("登记参与住户", en: "A household attends")
    public static let roles: Set<Role> = [.operator, .supervisor, .administrator]
    var request = Ref<Request>.placeholder
    var unit = UnitCode.placeholder

    public init() {}

    public init(request: Ref<Request>, unit: UnitCode) { (self.request, self.unit) = (request, unit) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("request", &request, .request)
        try visitor.field("unit", &unit, .unit)
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.requests.known(request)
        try estate.people.check(unit)
        guard known.class == .event else {
            throw Refusal.rule("event.notEvent", "这个工单不是文体活动", en: "this request is no community event")
        }
        if known.households.contains(where: { $0.unit == unit }) {
            throw Refusal(
                .rule, "event.attended", "\(unit.text) 已登记参与", en: "\(unit.text) is on the list already", field: "unit")
        }
        plan.record(EventAttended(request: request, unit: unit))
    }
}
