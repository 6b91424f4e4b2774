import Journal

/// A unit joins the estate.
public struct AddUnit: ActionFact, TimelessFact {
    public static let name = "unit.add"
    static let kind: StaticString = "unit.added"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.people.units[fact.unit] == nil ? nil : .doubled(Label("房号已登记", en: "the unit was there"))
        }
    }
    public static let label = Label("登记房号", en: "Add a unit")
    public static let introduces: Set<String> = ["unit"]
    public static let roles: Set<Role> = [.supervisor]
    var unit = UnitCode.placeholder
    var area: Area?
    /// What the code says unless given.
    var use: UnitKind?
    /// How it is occupied, and from which days on; the day on which it is recorded unless given.
    var states: [Occupancy] = []
    var since: [Day] = []
    /// The codes that it had before, the first one first.
    var former: [UnitCode] = []

    public init() {}

    public init(unit: UnitCode, area: Area? = nil, use: UnitKind? = nil) {
        (self.unit, self.area, self.use) = (unit, area, use)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("unit", &unit)
        try visitor.field("area", &area)
        try visitor.field("kind", &use, .unitKind)
        try visitor.asked("state", &states)
        try visitor.asked("since", &since, .stateSince)
        try visitor.asked("former", &former, Label("曾用房号", en: "Former codes"))
    }

    /// A form asks for the present state only; a file may give earlier states as well.
    public static func asks(for key: String, with values: [String: String]) -> Bool {
        !["state", "since", "former"].contains(key)
    }

    /// Records the unit by its first code, its changes of code, and how it is occupied, as facts of their own.
    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        var fact = self
        try fact.decide(&plan, in: estate)
        let codes = former.filter { $0 != unit } + [unit]
        fact.unit = codes[0]
        plan.record(fact)
        for (code, next) in zip(codes, codes.dropFirst()) {
            var change = ChangeUnit()
            (change.unit, change.newCode) = (code, NewUnitCode(code: next))
            plan.record(change)
        }
        for (index, state) in states.enumerated() {
            let day = since.indices.contains(index) ? since[index] : Day(plan.at, in: estate.zone)
            var stated = StateUnit(unit: unit, state, from: day)
            stated.former = index > 0 ? states[index - 1] : nil
            plan.record(stated)
        }
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        for code in former + [unit] { try estate.people.refuseKnown(code) }
        if states.count != since.count, states.count != 1 || !since.isEmpty {
            throw Refusal(
                .input, "unit.states", "状态有 \(states.count) 个，起始日有 \(since.count) 个，应一一对应",
                en: "there are \(states.count) states and \(since.count) days since when", field: "since")
        }
    }

    func affectedIDs(in estate: Estate) -> [String]? { [unit.text] }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.people.add(People.Unit(code: unit, area: area, kind: use ?? UnitKind(of: unit)))
    }
}

extension People {
    /// Throws ``Refusal`` `unit.exists` for a code that a unit has or had.
    fileprivate func refuseKnown(_ code: UnitCode) throws {
        if units[current(code)] != nil {
            throw Refusal(
                .rule, "unit.exists", "房号已登记：\(code.text)", en: "the unit \(code.text) is there already", field: "unit")
        }
    }
}

extension Label {
    static let stateSince = Label("状态起始", en: "State since")
    public static let unit = Label("房号", en: "Unit")
    static let tenure = Label("身份", en: "Is")
    static let unitKind = Label("类型", en: "Kind")
}

/// A resident moves in.
public struct AddPerson: ActionFact, TimelessFact {
    public static let name = "person.add"
    static let kind: StaticString = "person.added"
    /// Whether another node has recorded the same person, only names show: see ``PeopleIndex``.
    static var merging: Merging<Self> { .grows }
    public static let label = Label("登记住户", en: "Add a resident")
    public static let roles: Set<Role> = [.operator, .supervisor, .administrator]
    var name = Particular(PersonName.placeholder)
    var unit = UnitCode.placeholder
    var role = Tenure.owner
    var phone = Particular<Phone?>(nil)
    /// Further numbers, and those with a note.
    var phones: NotedPhones?
    /// When they bought the unit, of the owner who left last or of nobody: its account opened then.
    var bought: Moment?
    /// When they left.
    var left: Moment?
    /// The sale that made them the owner; `nil` for who was registered by themselves.
    var sale: Ref<JournalEntry>?

    public init() {}

    public init(name: String, unit: UnitCode, role: Tenure, phone: Phone? = nil) {
        (self.name, self.unit, self.role) = (Particular(PersonName(name)), unit, role)
        self.phone = Particular(phone)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.particular("name", &name)
        try visitor.field("unit", &unit)
        try visitor.field("role", &role, .tenure)
        try visitor.particular("phone", &phone)
        try visitor.asked("phones", &phones, Label("其他电话", en: "Further numbers"))
        try visitor.asked("bought", &bought, Label("过户时间", en: "Bought"))
        try visitor.asked("left", &left, Label("搬离时间", en: "Left"))
        try visitor.derived("sale", &sale)
    }

    /// A form asks for who lives here now; numbers are added, units sold and residents leave by other actions.
    public static func asks(for key: String, with values: [String: String]) -> Bool {
        !["phones", "bought", "left"].contains(key)
    }

    /// Records their numbers, the sale by which they became the owner, and that they left, as facts of their own.
    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        var fact = self
        try fact.decide(&plan, in: estate)
        let person = Ref<Person>(plan.mint())
        if let bought {
            try estate.fees.refuseSale(of: unit, at: bought)
            let sale = plan.mint()
            plan.record(
                UnitSold(unit: unit, owner: person, former: estate.people.formerOwner(of: unit)?.id), as: sale,
                at: bought)
            fact.sale = Ref(sale)
        }
        plan.record(fact, as: person.id, at: bought)
        for number in phones?.numbers ?? [] {
            for phone in number.phone.each {
                var added = AddPhone(person: person, phone: phone, note: number.note)
                added.unit = unit
                plan.record(added, at: bought)
            }
        }
        if let left { plan.record(LeavePerson(person: person, of: unit), at: left) }
        plan.answer = person.id
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        try estate.people.check(unit)
        if left == nil { try estate.people.refuseNamesake(of: name.text(\.text), in: unit) }
        for (key, moment) in [("bought", bought), ("left", left)] {
            if let moment, moment > plan.now {
                throw Refusal(
                    .rule, "time.future", "不能记录未来的事：\(moment.text(in: estate.zone))",
                    en: "the future cannot be recorded: \(moment.text(in: estate.zone))", field: key)
            }
        }
        if let bought, let left, left < bought {
            throw Refusal(
                .rule, "time.order", "搬离早于过户", en: "they left before they bought the unit", field: "left")
        }
    }

    /// Who comes with a sale is here from then on.
    func holds(since metadata: Metadata, in zone: Zone) -> Moment { sale == nil ? .distantPast : metadata.at }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.people.add(
            Person(
                id: Ref(metadata.id), registered: .init(name: name, phone: phone), unit: unit, role: role,
                recorded: Recorded(metadata)))
    }
}

/// A resident's vehicle becomes known; a text with several plates is several vehicles.
public struct AddVehicle: ActionFact, TimelessFact {
    public static let name = "vehicle.add"
    static let kind: StaticString = "vehicle.added"
    /// The first with a plate counts, which only plates show: see ``PeopleIndex``.
    static var merging: Merging<Self> { .grows }
    public static let label = Label("登记车辆", en: "Add a vehicle")
    public static let roles: Set<Role> = [.operator, .guard, .supervisor, .administrator]
    var plate = Particular(Plate.placeholder)
    var unit = UnitCode.placeholder

    public init() {}

    public init(plate: Plate, unit: UnitCode) { (self.plate, self.unit) = (Particular(plate), unit) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.particular("plate", &plate)
        try visitor.field("unit", &unit)
    }

    /// The warning of a plate that fits no published pattern.
    static let odd = "plate.unrecognised"
    static let oddLabel = Label("车牌不合规则，按未识别登记：请核对", en: "the plate fits no pattern and is recorded as unrecognised")

    public static func cautions(
        with values: [String: String], by member: String, in estate: Estate
    ) -> [String: Label] {
        guard let text = values["plate"], let plate = try? Plate(text: text, zone: estate.zone),
            !plate.isRecognised(by: estate.handbook.gate.plates)
        else { return [:] }
        return ["plate": oddLabel]
    }

    /// Records each plate as a fact of its own.
    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        for plate in plate.value?.each ?? [] {
            var fact = self
            fact.plate = Particular(plate)
            try fact.decide(&plan, in: estate)
            plan.record(fact)
        }
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        try estate.people.check(unit)
        if let plate = plate.value, !plate.isRecognised(by: estate.handbook.gate.plates) { plan.warn(AddVehicle.odd) }
        if let plate = plate.value, let known = estate.people.unit(of: plate) {
            throw Refusal(
                .rule, "vehicle.exists", "\(known.plate.text) 已登记在 \(known.unit.text)",
                en: "\(known.plate.text) belongs to \(known.unit.text) already",
                field: "plate")
        }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.people.add(Vehicle(id: Ref(metadata.id), number: plate, unit: unit, recorded: Recorded(metadata)))
    }
}
