import Journal

/// A telephone rings here, or somebody is called.
struct CallRang: Fact {
    static let kind: StaticString = "call.rang"
    static let action: (any Action.Type)? = RingCall.self
    var direction = CallDirection.incoming
    var phone: Phone?
    var unit: UnitCode?
    var person: Ref<Person>?
    var about: CallSubject?
    var purpose: String?

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("direction", &direction)
        try visitor.field("phone", &phone)
        try visitor.field("unit", &unit)
        try visitor.field("person", &person)
        try visitor.field("about", &about)
        try visitor.field("purpose", &purpose)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.calls.contains(Ref(stamp.id)) }

    func touches(in estate: Estate) -> [String]? { [] }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        let id = Ref<Call>(stamp.id)
        var call = Call(id: id, direction: direction, phone: phone, by: stamp.by, rang: stamp.at)
        (call.unit, call.person, call.about, call.purpose) = (unit, person, about, purpose)
        estate.calls.add(call)
        if direction == .outgoing { estate.calls.takeUpMissed(by: id) }
    }
}

struct CallAnswered: Fact {
    static let kind: StaticString = "call.answered"
    static let action: (any Action.Type)? = AnswerCall.self
    var call = Ref<Call>.placeholder
    var rings = 0
    var greeting: Bool?

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("call", &call)
        try visitor.field("rings", &rings)
        try visitor.field("greeting", &greeting)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.calls.contains(call) }

    func touches(in estate: Estate) -> [String]? { [call.id.text] }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        estate.calls.all.change(call) { call in
            call.rings = rings
            call.answered = stamp.at
            call.greeted = greeting
            // Whoever recorded the ring, the call is with whoever answers it.
            call.by = stamp.by
        }
        estate.calls.takeUpMissed(by: call)
    }
}

struct CallerNamed: Fact {
    static let kind: StaticString = "call.callerNamed"
    static let action: (any Action.Type)? = NameCaller.self
    var call = Ref<Call>.placeholder
    var unit = UnitCode.placeholder
    var person: Ref<Person>?

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("call", &call)
        try visitor.field("unit", &unit)
        try visitor.field("person", &person)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.calls.contains(call) }

    func touches(in estate: Estate) -> [String]? { [] }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        estate.calls.name(call, unit, person)
    }
}

/// Prescribed words were said (1.5, and calling out).
struct WordsSaid: Fact {
    static let kind: StaticString = "call.wordsSaid"
    static let action: (any Action.Type)? = SayWords.self
    var call = Ref<Call>.placeholder
    var words = CallWords.greet

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("call", &call)
        try visitor.field("words", &words)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.calls.contains(call) }

    func touches(in estate: Estate) -> [String]? { [] }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        estate.calls.all.change(call) { call in
            if !call.said.contains(words) { call.said.append(words) }
            if words == .greet { call.greeted = true }
        }
    }
}

/// The caller waits, the handset lies there, and somebody is fetched (1.3).
struct SomebodyFetched: Fact {
    static let kind: StaticString = "call.somebodyFetched"
    static let action: (any Action.Type)? = FetchSomebody.self
    var call = Ref<Call>.placeholder
    var who: String?
    var asked = false
    var softly = false

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("call", &call)
        try visitor.field("who", &who)
        try visitor.field("asked", &asked)
        try visitor.field("softly", &softly)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.calls.contains(call) }

    func touches(in estate: Estate) -> [String]? { [call.id.text] }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        estate.calls.all.change(call) {
            $0.fetches.append(Fetch(from: stamp.at, who: who, asked: asked, softly: softly))
        }
    }
}

/// Somebody is back at the handset.
struct FetchEnded: Fact {
    static let kind: StaticString = "call.fetchEnded"
    static let action: (any Action.Type)? = ComeBack.self
    var call = Ref<Call>.placeholder

    mutating func fields(_ visitor: inout some FieldVisitor) throws { try visitor.field("call", &call) }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.calls.contains(call) }

    func touches(in estate: Estate) -> [String]? { [call.id.text] }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        estate.calls.all.change(call) { call in
            if let last = call.fetches.indices.last { call.fetches[last].until = stamp.at }
        }
    }
}

struct CallHeld: Fact {
    static let kind: StaticString = "call.held"
    static let action: (any Action.Type)? = HoldCall.self
    var call = Ref<Call>.placeholder
    var consent = false

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("call", &call)
        try visitor.field("consent", &consent)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.calls.contains(call) }

    func touches(in estate: Estate) -> [String]? { [call.id.text] }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        estate.calls.all.change(call) { $0.holds.append(Hold(from: stamp.at, consent: consent)) }
    }
}

struct CallResumed: Fact {
    static let kind: StaticString = "call.resumed"
    static let action: (any Action.Type)? = ResumeCall.self
    var call = Ref<Call>.placeholder
    var apology = false

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("call", &call)
        try visitor.field("apology", &apology)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.calls.contains(call) }

    func touches(in estate: Estate) -> [String]? { [call.id.text] }

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
    static let action: (any Action.Type)? = EndCall.self
    var call = Ref<Call>.placeholder
    var closing: Bool?
    var hungUp: Bool?

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("call", &call)
        try visitor.field("closing", &closing)
        try visitor.field("hungUp", &hungUp)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.calls.contains(call) }

    func touches(in estate: Estate) -> [String]? { [call.id.text] }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        estate.calls.all.change(call) { call in
            call.closing = closing
            call.hungUp = hungUp
            call.ended = stamp.at
        }
        estate.calls.end(call)
    }
}
