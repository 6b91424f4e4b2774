import Journal

struct DemandRecorded: Fact {
    static let kind: StaticString = "call.demandRecorded"
    static let action: (any Action.Type)? = RecordDemand.self
    var call = Ref<Call>.placeholder
    var text = ""

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("call", &call)
        try visitor.field("text", &text)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.calls.contains(call) }

    func touches(in estate: Estate) -> [String]? { [] }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        estate.calls.all.change(call) { $0.demands.append(Demand(id: Ref(stamp.id), text: text, at: stamp.at)) }
    }
}

/// A demand was answered on the spot, or passed on to somebody.
struct DemandSettled: Fact {
    static let kind: StaticString = "call.demandSettled"
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

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.calls.contains(call) }

    func touches(in estate: Estate) -> [String]? { [demand.id.text] }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        estate.calls.change(demand, of: call) { demand in
            demand.settlement = outcome
            // What was said when it was passed on stays until it is answered.
            (demand.note, demand.to) = (note ?? demand.note, to ?? demand.to)
        }
    }
}
