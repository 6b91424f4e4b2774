import Handbook
import Journal

/// A resident's data were wrong, or have changed: name, number, relation to the unit.
public struct ChangePerson: ActionFact, RegisterFact {
    public static let name = "person.change"
    static let kind: StaticString = "person.changed"
    static var merging: Merging<Self> { .derived { fact, estate in estate.people.persons[fact.person] != nil } }
    public static let label = Label("更正住户", en: "Correct a resident")
    public static let roles: Set<Role> = [.operator, .supervisor, .administrator]
    var person = Ref<Person>.placeholder
    var name = Particular<PersonName?>(nil)
    /// In place of the number with which they were registered; those that were added stay.
    var phone = Particular<Phone?>(nil)
    var role: Tenure?
    /// The unit, so that its history has this.
    var unit: UnitCode?
    var formerName = Particular<PersonName?>(nil)
    var formerPhone = Particular<Phone?>(nil)
    var formerRole: Tenure?

    public init() {}

    public init(person: Ref<Person>, name: PersonName? = nil, phone: Phone? = nil, role: Tenure? = nil) {
        (self.person, self.role) = (person, role)
        (self.name, self.phone) = (Particular(name), Particular(phone))
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("person", &person)
        try visitor.particular("name", &name)
        try visitor.particular("phone", &phone)
        try visitor.field("role", &role, .tenure)
        try visitor.derived("unit", &unit)
        try visitor.derivedParticular("formerName", &formerName, .former(Glossary.label(of: "name")))
        try visitor.derivedParticular("formerPhone", &formerPhone, .former(Glossary.label(of: "phone")))
        try visitor.derived("formerRole", &formerRole, .former(.tenure))
    }

    var subject: EntryID? { person.id }

    /// What becomes of the number that is known.
    public static func cautions(
        with values: [String: String], by member: String, in estate: Estate
    ) -> [String: Label] {
        guard let typed = values["phone"], !typed.isEmpty, let id = EntryID(values["person"] ?? ""),
            let number = estate.people.persons[Ref(id)]?.mainPhone
        else { return [:] }
        return [
            "phone": Phone.isNothing(typed)
                ? Label(
                    "\(number.masked) 不会因此删除：用“删除电话”",
                    en: "this does not remove \(number.masked): remove the number instead")
                : Label(
                    "将替换 \(number.masked)；多一个号码用“添加电话”", en: "this replaces \(number.masked); a further number is added"
                )
        ]
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        var fact = self
        try fact.decide(&plan, in: estate)
        plan.record(fact)
        plan.answer = person.id
        if let role, role != .tenant { plan.endLetting(of: fact.unit, without: [person], in: estate, now: .owner) }
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.people.present(person)
        let (newName, newPhone) = (name.value ?? nil, phone.value ?? nil)
        let main = known.mainPhone
        if newName?.text == known.name { name = Particular(nil) }
        if newPhone == main { phone = Particular(nil) }
        if role == known.role { role = nil }
        let (changesName, changesPhone) = ((name.value ?? nil) != nil, (phone.value ?? nil) != nil)
        if !changesName, !changesPhone, role == nil {
            throw Refusal.rule("person.unchanged", "\(known.name) 没有改动", en: "nothing of \(known.name) is changed")
        }
        if let newName, changesName { try estate.people.refuseNamesake(of: newName.text, in: known.unit, but: person) }
        unit = known.unit
        formerName = Particular(changesName ? PersonName(known.name) : nil)
        formerPhone = Particular(changesPhone ? main : nil)
        formerRole = role == nil ? nil : known.role
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.people.change(person) {
            $0.changes.append(.corrected(name: name, phone: phone))
            $0.role = role ?? $0.role
        }
    }
}

extension Person {
    /// The number of the registration, or that which replaced it.
    fileprivate var mainPhone: Phone? {
        for case .corrected(_, let phone) in changes.reversed() { if let phone = phone.value ?? nil { return phone } }
        return registered.phone.value ?? nil
    }
}

extension People {
    /// A resident who has not left. Throws ``Refusal`` `person.unknown` or `person.left`.
    func present(_ id: Ref<Person>) throws -> Person {
        guard let person = persons[id] else { throw id.unknown }
        if person.left != nil {
            throw Refusal(
                .rule, "person.left", "\(person.name) 已登记搬离", en: "\(person.name) has left", field: "person")
        }
        return person
    }

    /// Throws ``Refusal`` `person.exists` if a unit has another resident of a name.
    func refuseNamesake(of name: String, in unit: UnitCode, but person: Ref<Person>? = nil) throws {
        if residents(of: unit).contains(where: { $0.name == name && $0.id != person }) {
            throw Refusal(
                .rule, "person.exists", "\(unit.text) 已登记 \(name)",
                en: "\(name) is registered in \(unit.text) already", field: "name")
        }
    }
}

/// A resident leaves the estate. With the last of a unit its vehicles end.
public struct LeavePerson: ActionFact, RegisterFact {
    public static let name = "person.leave"
    static let kind: StaticString = "person.left"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            guard let person = estate.people.persons[fact.person] else { return .unknown }
            return person.left == nil ? nil : .doubled(Label("已登记搬离", en: "they had been recorded as gone"))
        }
    }
    public static let label = Label("登记搬离", en: "A resident leaves")
    public static let roles: Set<Role> = [.operator, .supervisor, .administrator]
    var person = Ref<Person>.placeholder
    /// The unit, so that its history has this.
    var unit: UnitCode?

    public init() {}

    public init(person: Ref<Person>) { self.person = person }

    init(_ person: Person) { self.init(person: person.id, of: person.unit) }

    init(person: Ref<Person>, of unit: UnitCode) { (self.person, self.unit) = (person, unit) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("person", &person)
        try visitor.derived("unit", &unit)
    }

    var subject: EntryID? { person.id }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        var fact = self
        try fact.decide(&plan, in: estate)
        plan.record(fact)
        plan.answer = person.id
        for vehicle in estate.people.vehicles(leavingWith: [person]) { plan.record(RemoveVehicle(vehicle)) }
        plan.endLetting(of: fact.unit, without: [person], in: estate, now: .vacant)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.people.present(person)
        // Most likely a mistyped year.
        if plan.at < known.recorded.at, let last = estate.lastDayKept(leftAt: plan.at),
            last < Day(plan.now, in: estate.zone)
        {
            throw Refusal.rule(
                "person.leftLong", "这个时间早于登记入住，个人信息的保存期也已过，会被立即删除：请核对日期",
                en: "that is before they were registered, and so long ago that their particulars would end at once")
        }
        unit = known.unit
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) { estate.people.leave(person, at: metadata.at) }

    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let known = try? estate.people.present(person) else { return nil }
        let plates = estate.people.vehicles(leavingWith: [person]).map { $0.words(in: estate) }
        return Confirmation(
            Label("\(known.unit.text) \(known.name) 已搬离？", en: "\(known.name) of \(known.unit.text) has left?"),
            [
                .fact(.tenure, known.role.label.chinese, en: known.role.label.english),
                estate.isLastTenant(of: known.unit, among: [person], at: moment)
                    ? .change(of: .occupancy, Occupancy.rented.label, Occupancy.vacant.label) : nil,
                plates.isEmpty ? nil : .fact(.endingVehicles, plates.joined(separator: "、")),
                known.role == .owner ? estate.openBills(of: known.unit) : nil,
                estate.departedKept(from: moment),
            ], yes: Label("已搬离", en: "has left"))
    }
}

extension Label {
    static let endingVehicles = Label("同时注销车辆", en: "Vehicles that end with it")

    /// The label of a value before a change.
    static func former(_ label: Label) -> Label {
        Label("原\(label.chinese)", en: "Former \(label.english.lowercased())")
    }

    /// A value before and after, for a question.
    static func change(of name: Label, _ before: Label, _ after: Label) -> Label {
        .fact(
            name, "\(before.chinese) → \(after.chinese)", en: "\(before.english) → \(after.english)")
    }
}

extension People {
    /// The vehicles that end when some residents leave: those of a unit in which nobody stays.
    func vehicles(leavingWith leaving: [Ref<Person>]) -> [Vehicle] {
        let units = Set(leaving.compactMap { persons[$0]?.unit })
        return units.sorted().flatMap { unit in
            residents(of: unit).allSatisfy { leaving.contains($0.id) }
                ? (self.units[unit]?.vehicles ?? []).compactMap { allVehicles[$0] } : []
        }
    }
}

extension Estate {
    /// How long the particulars of who leaves are kept, for the question.
    func departedKept(from moment: Moment) -> Label? {
        lastDayKept(leftAt: moment).map { .fact(Label("个人信息保存至", en: "Particulars kept through"), $0.text) }
    }

    /// The last day on which the particulars of who left at a moment are kept.
    fileprivate func lastDayKept(leftAt moment: Moment) -> Day? {
        Estate.classOfResidents(handbook).map { Day(moment, in: zone).adding(handbook.particulars.days(of: $0)) }
    }

    private static func classOfResidents(_ handbook: Handbook) -> String? {
        handbook.particulars.sealed.first { $0.kind == AddPerson.kind.description }?.class
    }
}
