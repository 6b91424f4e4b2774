import Journal

/// The desk registers a visitor in advance.
public struct ExpectVisitor: ActionFact {
    public static let name = "visitor.expect"
    static let kind: StaticString = "visitor.expected"
    static var merging: Merging<Self> { .grows }
    public static let label = Label("预约来访", en: "Expect a visitor")
    public static let roles = gateRoles
    var name = Particular("")
    /// As it was typed.
    var target = Host.placeholder
    var host = UnitCode.placeholder
    var hostWords = Particular<String?>(nil)
    var from = Day.placeholder
    var to = Day.placeholder
    var plate = Particular<Plate?>(nil)

    public init() {}

    public init(name: String, host: UnitCode, from: Day, to: Day, plate: Plate? = nil) {
        (self.name, target, self.host) = (Particular(name), Host(host.text), host)
        (self.from, self.to, self.plate) = (from, to, Particular(plate))
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.particular("name", &name)
        try visitor.asked("host", &target, .host)
        try visitor.derived("host", &host, .host)
        try visitor.derivedParticular("hostWords", &hostWords, .hostWords)
        try visitor.field("from", &from, Label("从哪天", en: "From"))
        try visitor.field("to", &to, Label("到哪天", en: "Through"))
        try visitor.particular("plate", &plate)
    }

    public static func proposals(
        with values: [String: String], to member: String, in estate: Estate, at moment: Moment
    ) -> [String: String] {
        let today = Day(moment, in: estate.zone)
        return ["from": today.text, "to": values["from"].flatMap { $0.isEmpty ? nil : $0 } ?? today.text]
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let resolved = try target.resolve(in: estate)
        (host, hostWords) = (resolved.unit, Particular(resolved.words))
        name = name.map { Name.normalised($0) }
        if to < from || to < Day(plan.now, in: estate.zone) {
            throw Refusal(
                .rule, "visitor.past", "结束的日子已过或早于开始", en: "the last day is past, or before the first", field: "to")
        }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.gate.lists.expected.append(
            ExpectedVisitor(
                id: Ref(metadata.id), name: name, host: host, hostWords: hostWords, from: from, to: to, plate: plate,
                by: metadata.by))
    }
}

/// A visitor is turned away, for a reason. They are never counted inside.
public struct RefuseVisitor: ActionFact {
    public static let name = "visitor.refuse"
    static let kind: StaticString = "visitor.refused"
    static var merging: Merging<Self> { .grows }
    public static let label = Label("谢绝进入", en: "Turn a visitor away")
    public static let roles = gateRoles
    var name = Particular("")
    /// As it was said; it may name a person.
    var host = Particular<Host?>(nil)
    var why = Word<RefusalReasons>.placeholder

    public init() {}

    public init(name: String, host: Host? = nil, why: String) {
        (self.name, self.host, self.why) = (Particular(name), Particular(host), Word(why))
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.particular("name", &name)
        try visitor.particular("host", &host, .host)
        try visitor.field("why", &why)
    }

    public static var numbered: Set<String> { ["why"] }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws { name = name.map { Name.normalised($0) } }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.gate.lists.refused.append(
            RefusedVisitor(
                id: Ref(metadata.id), name: name, host: host, why: why.text, at: metadata.at, by: metadata.by))
    }
}

/// The usual reasons to turn somebody away.
public enum RefusalReasons: WordList {
    public static func words(in estate: Estate) -> [Candidate] {
        ["被访人不同意", "推销", "无施工证", "噪声时段"].map { Candidate($0) }
    }
}

/// Somebody is not to be admitted until a day. It is told at the gate, and blocks nobody.
public struct BarVisitor: ActionFact {
    public static let name = "visitor.bar"
    static let kind: StaticString = "visitor.barred"
    static var merging: Merging<Self> { .grows }
    public static let label = Label("限制进入", en: "Bar a visitor")
    public static let roles: Set<Role> = [.supervisor]
    var name = Particular<String?>(nil)
    var plate = Particular<Plate?>(nil)
    var why = ""
    var until = Day.placeholder

    public init() {}

    public init(name: String? = nil, plate: Plate? = nil, why: String, until: Day) {
        (self.name, self.plate, self.why, self.until) = (Particular(name), Particular(plate), why, until)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.particular("name", &name)
        try visitor.particular("plate", &plate)
        try visitor.field("why", &why)
        try visitor.field("until", &until, Label("限制到", en: "Through"))
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        if (name.value ?? nil) == nil, (plate.value ?? nil) == nil {
            throw Refusal(.input, "visitor.nobody", "姓名和车牌至少填一项", en: "a name or a plate is needed", field: "name")
        }
        name = name.map { $0.map { Name.normalised($0) } }
        if until < Day(plan.now, in: estate.zone) {
            throw Refusal(.rule, "visitor.past", "\(until.text) 已过", en: "\(until.text) is past", field: "until")
        }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.gate.lists.barred.append(
            BarredVisitor(
                id: Ref(metadata.id), name: name, plate: plate, why: why, until: until, by: metadata.by))
    }
}
