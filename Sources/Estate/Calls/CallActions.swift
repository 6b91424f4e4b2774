import Journal

/// The roles that answer telephones.
let telephoneRoles: Set<Role> = [.operator, .supervisor]

/// The telephone rings, or a call is made; a caller whose number is known is identified at once.
public struct RingCall: ActionFact {
    public static let name = "call.ring"
    static let kind: StaticString = "call.rang"
    static var merging: Merging<Self> { .grows }
    public static let label = Label("登记通话", en: "Register a call")
    public static let roles = telephoneRoles
    /// Incoming unless given.
    var direction: CallDirection?
    var number = Particular<CallerNumber?>(nil)
    var unit: UnitCode?
    var person: Ref<Person>?
    var about: CallSubject?
    var purpose: String?
    /// The missed calls from the number that is called.
    var returns: [Ref<Call>] = []

    var phone: Phone? {
        get { (number.value ?? nil)?.phone }
        set { number = Particular(newValue.map { CallerNumber($0) }) }
    }

    public init() {}

    public init(
        direction: CallDirection, phone: Phone? = nil, about: CallSubject? = nil, purpose: String? = nil
    ) {
        (self.direction, self.about, self.purpose) = (direction, about, purpose)
        self.phone = phone
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("direction", &direction)
        try visitor.particular("phone", &number, .number)
        try visitor.derived("unit", &unit)
        try visitor.derived("person", &person)
        try visitor.field("about", &about)
        try visitor.field("purpose", &purpose)
        try visitor.derived("returns", &returns)
    }

    public static func asks(for key: String, with values: [String: String]) -> Bool {
        switch key {
        case "purpose": values["direction"] != CallDirection.incoming.rawValue
        // Set by the list row from which the call is made.
        case "about": false
        default: true
        }
    }

    /// What a call about arrears has to know, read anew.
    public static func outlook(
        with values: [String: String], in estate: Estate, at moment: Moment
    ) -> [OutlookRow] {
        guard let text = values["about"], let about = try? CallSubject(text: text, zone: estate.zone),
            let account = estate.indebted(about, at: moment)
        else { return [] }
        return estate.outlook(beforeCalling: account, at: moment)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let subject = try about?.details(in: estate)
        let isOutgoing = direction == .outgoing
        direction = direction ?? .incoming
        if let phone, phone.each.count > 1 {
            throw Refusal(
                .input, "phone.several", "一通电话只有一个号码：\(phone.text)", en: "a call has one number: \(phone.text)",
                field: "phone")
        }
        if let number = number.value ?? nil, !number.isUsual {
            // Whoever calls rings all the same; to call out, the number must be one.
            if isOutgoing { _ = try Phone(dialled: number.phone.text) }
            plan.warn("phone.unusual")
        }
        // An outgoing call goes to the subject's known number.
        phone = phone ?? (isOutgoing ? subject?.phone : nil)
        let areaCode = estate.handbook.calls.areaCode
        returns = isOutgoing ? estate.calls.missed(from: phone, by: plan.at, areaCode: areaCode) : []
        let residents = phone.map { estate.people.persons(with: $0, areaCode: areaCode) } ?? []
        // A number shared by several units identifies none of them.
        unit = (Set(residents.map(\.unit)).count == 1 ? residents.first?.unit : nil) ?? subject?.unit
        let isOfSubject =
            phone.map { subject?.phone?.mayBe($0, areaCode: areaCode) ?? false } ?? (subject?.phone == nil)
        person = (residents.count == 1 ? residents[0].id : nil) ?? (isOfSubject ? subject?.person : nil)
        purpose = purpose ?? (isOutgoing ? subject?.words.chinese : nil)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        let direction = direction ?? .incoming
        let id = Ref<Call>(metadata.id)
        var call = Call(id: id, direction: direction, number: number, by: metadata.by, rang: metadata.at)
        (call.unit, call.person, call.about, call.purpose) = (unit, person, about, purpose)
        estate.calls.add(call)
        if direction == .outgoing { estate.calls.resolveMissed(returns, by: id) }
    }
}

extension RingCall: RevealingFact {
    var hiddenFrom: Set<Role> { about?.hiddenFrom ?? [] }
}

extension Label {
    static let number = Label("号码", en: "Number")
    /// The event that nothing else in a call precedes, for refusals.
    static let ring = Label("响铃", en: "it rang")
}

/// The call is answered after some rings (1.1), with the greeting (1.2).
public struct AnswerCall: ActionFact {
    public static let name = "call.answer"
    static let kind: StaticString = "call.answered"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.calls.all.value(of: fact.call) {
                $0.isOpen && $0.answered == nil ? nil : .doubled(Label("这个通话已有人接听", en: "the call had been answered"))
            } ?? .unknown
        }
    }
    public static let label = Label("接听", en: "Answer")
    public static let roles = telephoneRoles
    var call = Ref<Call>.placeholder
    var rings = 0
    var greeting: Bool?
    /// The missed calls from the same number.
    var returns: [Ref<Call>] = []

    public init() {}

    public init(call: Ref<Call>, rings: Int, greeting: Bool? = nil) {
        (self.call, self.rings, self.greeting) = (call, rings, greeting)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("call", &call)
        try visitor.field("rings", &rings, Label("铃声数", en: "Rings"))
        try visitor.field("greeting", &greeting, Label("已问候", en: "Greeted"))
        try visitor.derived("returns", &returns)
    }

    var subject: EntryID? { call.id }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.calls.openCall(call, plan)
        if known.answered != nil {
            let name = estate.staff.name(of: known.by)
            throw Refusal.rule(
                "call.answered", "\(name)已经接听这个通话，未作改动", en: "\(name) has answered this call; nothing was changed")
        }
        returns = estate.calls.missed(
            from: known.phone, by: known.rang, areaCode: estate.handbook.calls.areaCode)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.calls.all.change(call) { call in
            call.rings = rings
            call.answered = metadata.at
            call.greeted = greeting
            // The call belongs to the member who answers it, not to the one who recorded the ring.
            call.by = metadata.by
        }
        estate.calls.resolveMissed(returns, by: call)
    }
}

/// The caller is identified.
public struct NameCaller: ActionFact {
    public static let name = "call.caller"
    static let kind: StaticString = "call.callerNamed"
    static var merging: Merging<Self> { .derived { fact, estate in estate.calls.all.holds(fact.call) } }
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
        try visitor.field("call", &call)
        try visitor.field("unit", &unit)
        try visitor.field("person", &person)
    }

    var subject: EntryID? { call.id }
    func affectedIDs(in estate: Estate) -> [String]? { [] }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        _ = try estate.calls.openCall(call, plan)
        try estate.people.check(unit)
        if let person, estate.people.persons[person] == nil { throw person.unknown }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) { estate.calls.name(call, unit, person) }
}

/// The call ends: with the closing words, after the other side has hung up (1.4); or it was never answered.
public struct EndCall: ActionFact {
    public static let name = "call.end"
    static let kind: StaticString = "call.ended"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.calls.all.value(of: fact.call) {
                $0.isOpen ? nil : .doubled(Label("这个通话已经结束", en: "the call had ended"))
            } ?? .unknown
        }
    }
    public static let label = Label("结束通话", en: "End the call")
    public static let roles = telephoneRoles
    var call = Ref<Call>.placeholder
    var closing: Bool?
    var hungUp: Bool?
    /// Whether it was a wrong number.
    var wrong: Bool?

    public init() {}

    public init(call: Ref<Call>, closing: Bool?, hungUp: Bool? = nil, wrong: Bool? = nil) {
        (self.call, self.closing, self.hungUp, self.wrong) = (call, closing, hungUp, wrong)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("call", &call)
        try visitor.field("closing", &closing, Label("已道别", en: "Closing words said"))
        try visitor.field("hungUp", &hungUp, Label("对方已先挂断", en: "They hung up first"))
        try visitor.field("wrong", &wrong, Label("打错电话", en: "Wrong number"))
    }

    var subject: EntryID? { call.id }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.calls.openCall(call, plan)
        try plan.refuse(before: known.latest, Label("通话中的记录", en: "what was recorded in it"))
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.calls.all.change(call) { call in
            call.closing = closing
            call.hungUp = hungUp
            call.isWrong = wrong == true
            call.ended = metadata.at
        }
        estate.calls.end(call)
    }
}
