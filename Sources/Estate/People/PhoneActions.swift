import Journal

/// A further telephone number of a resident becomes known, or a note to one that is.
public struct AddPhone: ActionFact, RegisterFact {
    public static let name = "phone.add"
    static let kind: StaticString = "phone.added"
    /// A number that two nodes add is one.
    static var merging: Merging<Self> { .derived { fact, estate in estate.people.persons[fact.person] != nil } }
    public static let label = Label("添加电话", en: "Add a telephone number")
    public static let roles: Set<Role> = [.operator, .supervisor, .administrator]
    var person = Ref<Person>.placeholder
    var phone = Particular(Phone.placeholder)
    var note = Particular<String?>(nil)
    /// The unit, so that its history has this.
    var unit: UnitCode?
    /// Whether the number was there, so that only its note is new.
    var isKnown: Bool?
    var formerNote = Particular<String?>(nil)

    public init() {}

    public init(person: Ref<Person>, phone: Phone, note: String? = nil) {
        (self.person, self.phone, self.note) = (person, Particular(phone), Particular(note))
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("person", &person)
        try visitor.particular("phone", &phone)
        try visitor.particular("note", &note)
        try visitor.derived("unit", &unit)
        try visitor.derived("known", &isKnown)
        try visitor.derivedParticular("formerNote", &formerNote, .former(Glossary.label(of: "note")))
    }

    var subject: EntryID? { person.id }
    var ownLabel: Label { isKnown == true ? .numberNote : AddPhone.label }

    /// Records each of several numbers as a fact of its own.
    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        for phone in phone.value?.each ?? [] {
            var fact = self
            fact.phone = Particular(phone)
            try fact.decide(&plan, in: estate)
            plan.record(fact)
        }
        plan.answer = person.id
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.people.present(person)
        let number = Person.Number(phone: phone.value ?? .placeholder, note: note.value ?? nil)
        if known.numbers.contains(where: { $0.phone == number.phone && (number.note == nil || $0 == number) }) {
            throw Refusal(
                .rule, "phone.exists", "\(known.name) 已有这个号码：\(number.phone.masked)",
                en: "\(known.name) has this number already: \(number.phone.masked)", field: "phone")
        }
        unit = known.unit
        let former = known.numbers.first { $0.phone == number.phone }
        isKnown = former.map { _ in true }
        formerNote = Particular(former?.note)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.people.change(person) { $0.changes.append(.added(phone, note: note)) }
    }
}

extension Label {
    public static let numberNote = Label("号码备注", en: "Note of a number")
}

/// A telephone number is no longer a resident's.
public struct RemovePhone: ActionFact, RegisterFact {
    public static let name = "phone.remove"
    static let kind: StaticString = "phone.removed"
    static var merging: Merging<Self> { .derived { fact, estate in estate.people.persons[fact.person] != nil } }
    public static let label = Label("删除电话", en: "Remove a telephone number")
    public static let roles: Set<Role> = [.operator, .supervisor, .administrator]
    var person = Ref<Person>.placeholder
    var phone = Particular(Phone.placeholder)
    /// The unit, so that its history has this.
    var unit: UnitCode?

    public init() {}

    public init(person: Ref<Person>, phone: Phone) { (self.person, self.phone) = (person, Particular(phone)) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("person", &person)
        try visitor.particular("phone", &phone)
        try visitor.derived("unit", &unit)
    }

    var subject: EntryID? { person.id }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.people.present(person)
        guard let phone = phone.value, known.numbers.contains(where: { $0.phone == phone }) else {
            throw Refusal(
                .rule, "phone.unknown", "\(known.name) 没有这个号码", en: "\(known.name) does not have this number",
                field: "phone")
        }
        unit = known.unit
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.people.change(person) { $0.changes.append(.removed(phone)) }
    }

    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let known = try? estate.people.present(person), let phone = phone.value else { return nil }
        return Confirmation(
            Label("删除 \(known.name) 的电话 \(phone.masked)？", en: "Remove \(phone.masked) of \(known.name)?"),
            [known.numbers.first { $0.phone == phone }?.note.map { .fact(Glossary.label(of: "note"), $0) }],
            yes: Label("删除", en: "remove"))
    }
}

/// Somebody looks at a resident's numbers in full. Who did and when stays on record.
public struct RevealPhone: ActionFact {
    public static let name = "phone.reveal"
    static let kind: StaticString = "phone.revealed"
    static var merging: Merging<Self> { .grows { fact, estate in estate.people.persons[fact.person] != nil } }
    public static let label = Label("查看完整号码", en: "Show whole numbers")
    public static let roles = telephoneRoles
    var person = Ref<Person>.placeholder
    /// The unit, so that its history has this.
    var unit: UnitCode?

    public init() {}

    public init(person: Ref<Person>) { self.person = person }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("person", &person)
        try visitor.derived("unit", &unit)
    }

    var subject: EntryID? { person.id }
    /// What was seen was seen.
    func affectedIDs(in estate: Estate) -> [String]? { nil }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        guard let known = estate.people.persons[person] else { throw person.unknown }
        guard known.phone != nil else {
            throw Refusal.rule("phone.none", "\(known.name) 没有登记电话", en: "\(known.name) has no number")
        }
        unit = known.unit
    }

    /// Changes nothing: the journal is the record.
    func apply(to estate: inout Estate, _ metadata: Metadata) {}
}
