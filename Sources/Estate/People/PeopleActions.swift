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

    public init() {}

    public init(unit: UnitCode, area: Area? = nil, use: UnitKind? = nil) {
        (self.unit, self.area, self.use) = (unit, area, use)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("unit", &unit)
        try visitor.field("area", &area)
        try visitor.field("kind", &use, .unitKind)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        if estate.people.units[unit] != nil {
            throw Refusal(
                .rule, "unit.exists", "房号已登记：\(unit.text)", en: "the unit \(unit.text) is there already", field: "unit")
        }
    }

    func affectedIDs(in estate: Estate) -> [String]? { [unit.text] }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.people.add(People.Unit(code: unit, area: area, kind: use ?? UnitKind(of: unit)))
    }
}

extension Label {
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
        try visitor.derived("sale", &sale)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        try estate.people.check(unit)
        try estate.people.refuseNamesake(of: name.text(\.text), in: unit)
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
