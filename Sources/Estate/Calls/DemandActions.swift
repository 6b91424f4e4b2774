import Journal

/// One demand of the caller (1.3).
public struct RecordDemand: ActionFact {
    public static let name = "call.demand"
    static let kind: StaticString = "call.demandRecorded"
    static var merging: Merging<Self> { .grows { fact, estate in estate.calls.all.holds(fact.call) } }
    public static let label = Label("记录诉求", en: "Record a demand")
    public static let roles = telephoneRoles
    var call = Ref<Call>.placeholder
    var text = ""

    public init() {}

    public init(call: Ref<Call>, text: String) { (self.call, self.text) = (call, text) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("call", &call)
        try visitor.field("text", &text, .demand)
    }

    /// What is known of such a demand.
    public static func outlook(
        with values: [String: String], in estate: Estate, at moment: Moment
    ) -> [OutlookRow] {
        let call = (try? Ref<Call>(text: values["call"] ?? "", zone: estate.zone)).flatMap { estate.calls[$0] }
        return estate.notices(onDemand: values["text"] ?? "", of: call?.unit, at: moment)
    }

    var subject: EntryID? { call.id }
    /// The receipt names the new demand.
    var answer: EntryID? { nil }
    func affectedIDs(in estate: Estate) -> [String]? { [] }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws { _ = try estate.calls.answeredCall(call, plan) }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.calls.add(Demand(id: Ref(metadata.id), text: text, at: metadata.at), to: call)
    }
}

extension Label {
    static let demand = Label("诉求", en: "Demand")
    static let passedTo = Label("转交给", en: "Passed on to")
    static let answerGiven = Label("答复内容", en: "What was said")
    /// The event that the outcome of a demand must not precede, for refusals.
    static let demandStated = Label("诉求", en: "the demand")
}

/// A demand is answered in as much detail as possible, or passed on (1.3).
///
/// Not one type with its fact: the form asks for the recipient before the note, the fact stores the note first.
public struct SettleDemand: Action {
    public static let name = "call.settle"
    public static let label = Label("处理诉求", en: "Settle a demand")
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
        try visitor.field("demand", &demand)
        try visitor.field("outcome", &outcome)
        try visitor.field("to", &to, .passedTo)
        try visitor.field("note", &note, .answerGiven)
    }

    public static func asks(for key: String, with values: [String: String]) -> Bool {
        key != "to" || values["outcome"] != DemandSettlement.answered.rawValue
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        guard let call = estate.calls.call(of: demand), let known = call.demands.first(where: { $0.id == demand })
        else { throw demand.unknown.about("demand") }
        try plan.refuse(before: known.at, .demandStated)
        switch known.outcome {
        case .request: throw Demand.isRequest
        case .answered: throw Refusal.rule("demand.answered", "这一条已答复", en: "this demand has been answered already")
        case .open, .passed: break
        }
        // 1.3: answered in as much detail as possible; and a demand is passed on to a named recipient.
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

/// A demand was answered on the spot, or passed on.
struct DemandSettled: Fact {
    static let kind: StaticString = "call.demandSettled"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            let demand = estate.calls.all.value(of: fact.call) { $0.demands.first { $0.id == fact.demand } } ?? nil
            guard let demand else { return .unknown }
            return switch demand.outcome {
            case .open, .passed: nil
            case .answered, .request: .doubled(Label("这条诉求已有结果", en: "the demand had its outcome"))
            }
        }
    }
    static let action: (any Action.Type)? = SettleDemand.self
    var call = Ref<Call>.placeholder
    var demand = Ref<Demand>.placeholder
    var outcome = DemandSettlement.answered
    var note: String?
    var to: String?

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("call", &call)
        try visitor.field("demand", &demand)
        try visitor.field("outcome", &outcome)
        try visitor.field("note", &note)
        try visitor.field("to", &to)
    }

    var subject: EntryID? { call.id }
    func affectedIDs(in estate: Estate) -> [String]? { [demand.id.text] }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.calls.change(demand, of: call) { demand in
            demand.settlement = outcome
            // The note of passing it on stays until the demand is answered.
            (demand.note, demand.to) = (note ?? demand.note, to ?? demand.to)
        }
        guard outcome == .answered, let note, let known = estate.calls[call]?.demands.first(where: { $0.id == demand })
        else { return }
        estate.calls.remember(EarlierAnswer(demand: known.text, note: note, at: metadata.at))
    }
}
