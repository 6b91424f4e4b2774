import Journal

/// Who answers telephones.
let telephoneRoles: Set<Role> = [.operator, .supervisor]

extension Label {
    static let call = Label("通话", en: "Call")
}

/// The telephone rings, or somebody is called; a caller known by the number is found at once.
public struct RingCall: Action {
    public static let name = "call.ring"
    public static let label = Label("来电/去电", en: "A call rings")
    public static let roles = telephoneRoles
    var direction: CallDirection?
    var phone: Phone?
    var about: CallSubject?
    var purpose: String?

    public init() {}

    public init(
        direction: CallDirection, phone: Phone? = nil, about: CallSubject? = nil, purpose: String? = nil
    ) {
        (self.direction, self.phone, self.about, self.purpose) = (direction, phone, about, purpose)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("direction", &direction, Label("方向", en: "Direction"))
        try visitor.field("phone", &phone, Label("号码", en: "Number"))
        try visitor.field("purpose", &purpose, Label("事由", en: "Purpose"))
        try visitor.field("about", &about, Label("关于", en: "About"))
    }

    public static func asks(for key: String, given values: [String: String]) -> Bool {
        switch key {
        case "purpose": values["direction"] != CallDirection.incoming.rawValue
        // The row that a call is made from knows what it is about.
        case "about": false
        default: true
        }
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        let subject = try about?.known(in: estate)
        let direction = direction ?? .incoming
        // Whom a call out is about is called at the number that is known.
        let phone = phone ?? (direction == .outgoing ? subject?.phone : nil)
        let residents = phone.map { estate.people.persons(with: $0) } ?? []
        // A number shared by several units names none of them.
        let unit = Set(residents.map(\.unit)).count == 1 ? residents.first?.unit : nil
        let person = residents.count == 1 ? residents[0].id : nil
        plan.record(
            CallRang(
                direction: direction, phone: phone, unit: unit ?? subject?.unit,
                person: person ?? (phone == subject?.phone ? subject?.person : nil), about: about,
                purpose: purpose ?? (direction == .outgoing ? subject?.words.chinese : nil)))
    }
}

/// The call is answered after some rings (1.1), with the greeting (1.2).
public struct AnswerCall: Action {
    public static let name = "call.answer"
    public static let label = Label("接听", en: "Answer")
    public static let roles = telephoneRoles
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
        if known.answered != nil {
            let name = estate.staff.name(of: known.by)
            throw Refusal.rule(
                "call.answered", "\(name)已经接听这个通话，未作改动", en: "\(name) has answered this call; nothing was changed")
        }
        plan.record(CallAnswered(call: call, rings: rings, greeting: greeting))
        plan.answer = call.id
    }
}

/// The caller says who they are.
public struct NameCaller: Action {
    public static let name = "call.caller"
    public static let label = Label("确认来电人", en: "Name the caller")
    public static let roles = telephoneRoles
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

/// The call ends: with the closing words, after the other side has hung up (1.4); or it was never answered.
public struct EndCall: Action {
    public static let name = "call.end"
    public static let label = Label("结束通话", en: "End the call")
    public static let roles = telephoneRoles
    var call = Ref<Call>.placeholder
    var closing: Bool?
    var hungUp: Bool?

    public init() {}

    public init(call: Ref<Call>, closing: Bool?, hungUp: Bool? = nil) {
        (self.call, self.closing, self.hungUp) = (call, closing, hungUp)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("call", &call, .call)
        try visitor.field("closing", &closing, Label("已道别", en: "Closing words said"))
        try visitor.field("hungUp", &hungUp, Label("对方已先挂断", en: "They hung up first"))
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        try plan.refuse(before: try estate.calls.openCall(call).rang, Label("响铃", en: "it rang"))
        plan.record(CallEnded(call: call, closing: closing, hungUp: hungUp))
        plan.answer = call.id
    }
}
