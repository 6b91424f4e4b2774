import Journal

/// One demand of the caller (1.3).
public struct RecordDemand: Action {
    public static let name = "call.demand"
    public static let label = Label("记录诉求", en: "Record a demand")
    public static let roles = telephoneRoles
    var call = Ref<Call>.placeholder
    var text = ""

    public init() {}

    public init(call: Ref<Call>, text: String) { (self.call, self.text) = (call, text) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("call", &call, .call)
        try visitor.field("text", &text, Label("诉求", en: "Demand"))
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        _ = try estate.calls.answeredCall(call)
        plan.record(DemandRecorded(call: call, text: text))
    }
}

/// A demand is answered in as much detail as possible, or passed on to somebody (1.3).
public struct SettleDemand: Action {
    public static let name = "call.settle"
    public static let label = Label("答复/转交诉求", en: "Settle a demand")
    public static let roles = telephoneRoles
    var demand = Ref<Demand>.placeholder
    var outcome = DemandSettlement.answered
    var to: String?
    var note: String?

    public init() {}

    public init(demand: Ref<Demand>, outcome: DemandSettlement, to: String? = nil, note: String? = nil) {
        (self.demand, self.outcome, self.to, self.note) = (demand, outcome, to, note)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("demand", &demand, Label("诉求", en: "Demand"))
        try visitor.field("outcome", &outcome, Label("结果", en: "Outcome"))
        try visitor.field("to", &to, Label("转交给", en: "Passed on to"))
        try visitor.field("note", &note, Label("答复内容", en: "What was said"))
    }

    public static func asks(for key: String, given values: [String: String]) -> Bool {
        key != "to" || values["outcome"] != DemandSettlement.answered.rawValue
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        guard let call = estate.calls.call(of: demand), let known = call.demands.first(where: { $0.id == demand })
        else { throw demand.unknown.about("demand") }
        switch known.outcome {
        case .request: throw Refusal.rule("demand.request", "这一条已转工单", en: "this demand is a request already")
        case .answered: throw Refusal.rule("demand.answered", "这一条已答复", en: "this demand has been answered already")
        case .open, .passed: break
        }
        // 1.3: answered in as much detail as possible; and nobody is passed on to nobody.
        if outcome == .answered, note == nil {
            throw Refusal(.rule, "demand.note", "请写明答复了什么", en: "say what was answered", field: "note")
        }
        if outcome == .passed, to == nil {
            throw Refusal(.rule, "demand.to", "请写明转交给谁", en: "say to whom it was passed on", field: "to")
        }
        plan.record(DemandSettled(call: call.id, demand: demand, outcome: outcome, note: note, to: to))
        plan.answer = demand.id
    }
}
