import Journal

/// A telephone rings here, or somebody is called.
struct CallRang: Fact {
    static let kind: StaticString = "call.rang"
    var direction = CallDirection.incoming
    var phone: Phone?
    var unit: UnitCode?
    var person: Ref<Person>?

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("direction", &direction)
        try visitor.field("phone", &phone)
        try visitor.field("unit", &unit)
        try visitor.field("person", &person)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.calls.contains(Ref(stamp.id)) }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        let id = Ref<Call>(stamp.id)
        var call = Call(id: id, direction: direction, phone: phone, by: stamp.by, rang: stamp.at)
        (call.unit, call.person) = (unit, person)
        estate.calls.add(call)
    }
}

struct CallAnswered: Fact {
    static let kind: StaticString = "call.answered"
    var call = Ref<Call>.placeholder
    var rings = 0
    var greeting: Bool?

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("call", &call)
        try visitor.field("rings", &rings)
        try visitor.field("greeting", &greeting)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.calls.contains(call) }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        estate.calls.all.change(call) { call in
            call.rings = rings
            call.answered = stamp.at
            call.greeted = greeting
        }
    }
}

struct CallerNamed: Fact {
    static let kind: StaticString = "call.callerNamed"
    var call = Ref<Call>.placeholder
    var unit = UnitCode.placeholder
    var person: Ref<Person>?

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("call", &call)
        try visitor.field("unit", &unit)
        try visitor.field("person", &person)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.calls.contains(call) }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        estate.calls.name(call, unit, person)
    }
}

struct DemandRecorded: Fact {
    static let kind: StaticString = "call.demandRecorded"
    var call = Ref<Call>.placeholder
    var text = ""

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("call", &call)
        try visitor.field("text", &text)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.calls.contains(call) }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        estate.calls.all.change(call) { $0.demands.append(Demand(id: Ref(stamp.id), text: text, at: stamp.at)) }
    }
}

struct CallHeld: Fact {
    static let kind: StaticString = "call.held"
    var call = Ref<Call>.placeholder
    var consent = false

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("call", &call)
        try visitor.field("consent", &consent)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.calls.contains(call) }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        estate.calls.all.change(call) { $0.holds.append(Hold(from: stamp.at, consent: consent)) }
    }
}

struct CallResumed: Fact {
    static let kind: StaticString = "call.resumed"
    var call = Ref<Call>.placeholder
    var apology = false

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("call", &call)
        try visitor.field("apology", &apology)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.calls.contains(call) }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        estate.calls.all.change(call) { call in
            guard let last = call.holds.indices.last else { return }
            call.holds[last].until = stamp.at
            call.holds[last].apology = apology
        }
    }
}

struct CallEnded: Fact {
    static let kind: StaticString = "call.ended"
    var call = Ref<Call>.placeholder
    var closing: Bool?

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("call", &call)
        try visitor.field("closing", &closing)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.calls.contains(call) }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        estate.calls.all.change(call) { call in
            call.closing = closing
            call.ended = stamp.at
        }
        estate.calls.open.removeAll { $0 == call }
    }
}
