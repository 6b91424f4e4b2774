import Journal

/// Who answers telephones.
private let desk: Set<Role> = [.operator, .supervisor]

extension Label {
    static let call = Label("通话", en: "Call")
}

/// The telephone rings, or somebody is called; a caller known by the number is found at once.
public struct RingCall: Action {
    public static let name = "call.ring"
    public static let label = Label("来电/去电", en: "A call rings")
    public static let roles = desk
    var direction: CallDirection?
    var phone: Phone?

    public init() {}

    public init(direction: CallDirection, phone: Phone? = nil) { (self.direction, self.phone) = (direction, phone) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("direction", &direction, Label("方向", en: "Direction"))
        try visitor.field("phone", &phone, Label("号码", en: "Number"))
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        let known = phone.map { estate.people.persons(with: $0) } ?? []
        // A number shared by several units names none of them.
        let unit = Set(known.map(\.unit)).count == 1 ? known.first?.unit : nil
        plan.record(
            CallRang(
                direction: direction ?? .incoming, phone: phone, unit: unit,
                person: known.count == 1 ? known[0].id : nil))
    }
}

/// The call is answered after some rings (1.1), with the greeting (1.2).
public struct AnswerCall: Action {
    public static let name = "call.answer"
    public static let label = Label("接听", en: "Answer")
    public static let roles = desk
    var call = Ref<Call>.placeholder
    var rings = 0
    var greeting: Bool?

    public init() {}

    public init(call: Ref<Call>, rings: Int, greeting: Bool? = nil) {
        (self.call, self.rings, self.greeting) = (call, rings, greeting)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("call", &call, .call)
        try visitor.field("rings", &rings, Label("铃声数", en: "Rings"))
        try visitor.field("greeting", &greeting, Label("已问候", en: "Greeted"))
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.calls.openCall(call)
        if known.answered != nil { throw Refusal.rule("call.answered", "这个通话已经接听", en: "this call has been answered") }
        plan.record(CallAnswered(call: call, rings: rings, greeting: greeting))
        plan.answer = call.id
    }
}

/// The caller says who they are.
public struct NameCaller: Action {
    public static let name = "call.caller"
    public static let label = Label("确认来电人", en: "Name the caller")
    public static let roles = desk
    var call = Ref<Call>.placeholder
    var unit = UnitCode.placeholder
    var person: Ref<Person>?

    public init() {}

    public init(call: Ref<Call>, unit: UnitCode, person: Ref<Person>?) {
        (self.call, self.unit, self.person) = (call, unit, person)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("call", &call, .call)
        try visitor.field("unit", &unit, Label("房号", en: "Unit"))
        try visitor.field("person", &person, Label("住户", en: "Resident"))
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        _ = try estate.calls.openCall(call)
        try estate.people.check(unit)
        if let person, estate.people.persons[person] == nil { throw person.unknown }
        plan.record(CallerNamed(call: call, unit: unit, person: person))
        plan.answer = call.id
    }
}

/// One demand of the caller (1.3).
public struct RecordDemand: Action {
    public static let name = "call.demand"
    public static let label = Label("记录诉求", en: "Record a demand")
    public static let roles = desk
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

/// The call is broken off for something urgent, with consent and thanks (1.6).
public struct HoldCall: Action {
    public static let name = "call.hold"
    public static let label = Label("保留", en: "Hold")
    public static let roles = desk
    var call = Ref<Call>.placeholder
    var consent = false

    public init() {}

    public init(call: Ref<Call>, consent: Bool) { (self.call, self.consent) = (call, consent) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("call", &call, .call)
        try visitor.field("consent", &consent, Label("已征得同意并致谢", en: "Consent and thanks"))
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        if try estate.calls.answeredCall(call).isHeld {
            throw Refusal.rule("call.held", "这个通话已经在保留中", en: "this call is on hold already")
        }
        plan.record(CallHeld(call: call, consent: consent))
        plan.answer = call.id
    }
}

/// The call goes on, with an apology (1.6).
public struct ResumeCall: Action {
    public static let name = "call.resume"
    public static let label = Label("恢复", en: "Resume")
    public static let roles = desk
    var call = Ref<Call>.placeholder
    var apology = false

    public init() {}

    public init(call: Ref<Call>, apology: Bool) { (self.call, self.apology) = (call, apology) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("call", &call, .call)
        try visitor.field("apology", &apology, Label("已致歉", en: "Apologised"))
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        if try !estate.calls.answeredCall(call).isHeld {
            throw Refusal.rule("call.notHeld", "这个通话没有保留", en: "this call is not on hold")
        }
        plan.record(CallResumed(call: call, apology: apology))
        plan.answer = call.id
    }
}

/// The call ends: with the closing words, after the other side has hung up (1.4); or it was never answered.
public struct EndCall: Action {
    public static let name = "call.end"
    public static let label = Label("结束通话", en: "End the call")
    public static let roles = desk
    var call = Ref<Call>.placeholder
    var closing: Bool?

    public init() {}

    public init(call: Ref<Call>, closing: Bool?) { (self.call, self.closing) = (call, closing) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("call", &call, .call)
        try visitor.field("closing", &closing, Label("已道别，对方先挂", en: "Closing words said"))
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        try plan.refuse(before: try estate.calls.openCall(call).rang, Label("响铃", en: "it rang"))
        plan.record(CallEnded(call: call, closing: closing))
        plan.answer = call.id
    }
}
