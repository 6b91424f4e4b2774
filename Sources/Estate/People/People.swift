import Journal
import OrderedCollections

/// A resident's relation to a unit.
public enum Tenure: String, NamedChoice {
    case owner
    case tenant
    case family

    public var label: Label {
        switch self {
        case .owner: Label("业主", en: "owner")
        case .tenant: Label("租户", en: "tenant")
        case .family: Label("家属", en: "family")
        }
    }

    public var synonyms: [String] {
        switch self {
        case .owner: ["户主", "产权人", "房主", "屋主", "房东", "业主本人", "本人", "共有人", "landlord"]
        case .tenant: ["租客", "承租人", "承租户", "租住", "租赁人", "承租", "renter"]
        case .family:
            [
                "配偶", "家人", "家庭成员", "亲属", "同住人", "妻子", "丈夫", "爱人", "父母", "父亲", "母亲", "子女", "儿子", "女儿", "老人",
                "spouse", "relative",
            ]
        }
    }
}

/// A resident (住户).
public struct Person: Entity, Sendable {
    public static let entity = "person"
    public static let label = Label("住户", en: "resident")
    public let id: Ref<Person>
    public let particulars: Particulars
    public let unit: UnitCode
    public let role: Tenure
    let recorded: Recorded

    /// What ends when the resident has left.
    public struct Particulars: Sendable {
        public let name: Particular<PersonName>
        public let phone: Particular<Phone?>
    }

    public var name: String { particulars.name.text(\.text) }
    public var phone: Phone? { particulars.phone.value ?? nil }

    public static func known(_ id: Ref<Person>, in estate: Estate) -> Person? { estate.people.persons[id] }
    public func words(in estate: Estate) -> String { name }
}

/// When and by whom something was recorded.
struct Recorded: Sendable {
    let at: Moment
    let by: String

    init(_ metadata: Metadata) { (at, by) = (metadata.at, metadata.by) }
}

/// A resident's vehicle (车辆).
public struct Vehicle: Entity, Sendable {
    public static let entity = "vehicle"
    public static let label = Label("车辆", en: "vehicle")
    public let id: Ref<Vehicle>
    public let number: Particular<Plate>
    public let unit: UnitCode
    let recorded: Recorded

    public static func known(_ id: Ref<Vehicle>, in estate: Estate) -> Vehicle? { estate.people.allVehicles[id] }
    public func words(in estate: Estate) -> String { number.text(\.text) }
}

/// The units, their residents and their vehicles.
public struct People: Sendable {
    public struct Unit: Sendable {
        public let code: UnitCode
        public let area: Area?
        public let kind: UnitKind
        public fileprivate(set) var residents: [Ref<Person>] = []
        public fileprivate(set) var vehicles: [Ref<Vehicle>] = []
    }

    public private(set) var units: OrderedDictionary<UnitCode, Unit> = [:]
    public private(set) var persons: OrderedDictionary<Ref<Person>, Person> = [:]
    private(set) var allVehicles: OrderedDictionary<Ref<Vehicle>, Vehicle> = [:]
    let ring: KeyRing
    private var index = PeopleIndex()

    init(_ ring: KeyRing) { self.ring = ring }

    /// The index, which no copy of this value shares.
    private var ownIndex: PeopleIndex {
        mutating get {
            if !isKnownUniquelyReferenced(&index) { index = PeopleIndex() }
            return index
        }
    }

    private var found: PeopleIndex.Content { index.content(of: self) }

    /// The units by plate.
    public var vehicles: OrderedDictionary<Plate, UnitCode> { found.vehicles }

    /// The vehicles, without those whose plate an earlier one has.
    var distinctVehicles: [Vehicle] {
        let doubled = found.doubled
        return doubled.isEmpty ? Array(allVehicles.values) : allVehicles.values.filter { !doubled.contains($0.id) }
    }

    /// The vehicles of a unit; those that the index knows twice, once.
    public func vehicles(of unit: UnitCode) -> [Vehicle] {
        let doubled = found.doubled
        return (units[unit]?.vehicles ?? []).compactMap { doubled.contains($0) ? nil : allVehicles[$0] }
    }

    public func residents(of unit: UnitCode) -> [Person] { units[unit]?.residents.compactMap { persons[$0] } ?? [] }
    public func owner(of unit: UnitCode) -> Person? { residents(of: unit).first { $0.role == .owner } }

    /// The residents with a number, in whichever form; `areaCode` is that of the estate, if it is known. Those with
    /// exactly this number, if there are any, exclude the others.
    public func persons(with phone: Phone, areaCode: String?) -> [Person] {
        let possible = (found.bySubscriber[phone.subscriber] ?? []).compactMap { persons[$0] }
            .filter { $0.phone?.mayBe(phone, areaCode: areaCode) == true }
        let exact = possible.filter { $0.phone?.each.contains(phone) == true }
        return exact.isEmpty ? possible : exact
    }

    public func persons(named name: String) -> [Person] {
        let byName = found.byName
        return (byName[name] ?? name.plain.oneName.flatMap { byName[$0] })?.compactMap { persons[$0] } ?? []
    }

    /// The resident that a unit and a name mean (`3-2-501 李强`); `nil` if the text is not made so, or names nobody there.
    func resident(in text: String, zone: Zone) -> Person? {
        for gap in text.indices where text[gap].isWhitespace {
            guard let unit = try? UnitCode(text: String(text[..<gap]), zone: zone) else { continue }
            let name = String(text[gap...]).trimmed
            if let person = persons(named: name).first(where: { $0.unit == unit }) { return person }
        }
        return nil
    }

    /// Throws ``Refusal`` `unit.unknown` for a unit that the estate does not have.
    func check(_ unit: UnitCode) throws {
        guard units[unit] != nil else {
            throw Refusal(
                .rule, "unit.unknown", "没有这个房号：\(unit.text)", en: "there is no unit \(unit.text)", field: "unit")
        }
    }

    mutating func add(_ unit: Unit) { if units[unit.code] == nil { units[unit.code] = unit } }

    mutating func add(_ person: Person) {
        persons[person.id] = person
        units[person.unit]?.residents.append(person.id)
        ownIndex.add(person)
    }

    mutating func add(_ vehicle: Vehicle) {
        allVehicles[vehicle.id] = vehicle
        units[vehicle.unit]?.vehicles.append(vehicle.id)
        ownIndex.add(vehicle)
    }

    /// The unit of one of several plates.
    func unit(of plate: Plate) -> (plate: Plate, unit: UnitCode)? {
        let vehicles = vehicles
        return plate.each.lazy.compactMap { plate in vehicles[plate].map { (plate, $0) } }.first
    }
}

extension People: Feature {
    static let actions: [any Action.Type] = [AddUnit.self, AddPerson.self, AddVehicle.self]
    static let views: [any View.Type] = [UnitsView.self, PeopleView.self, VehiclesView.self]
    static let entities: [any Entity.Type] = [Person.self, Vehicle.self]
    /// The working set has all units, residents and vehicles.
    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool { true }

    static func suspicions(in estate: Estate) -> [Conflict] { estate.people.found.suspicions }

    static let imports = [
        ImportKind("units", Label("房号", en: "Units"), identity: ["unit"]) { estate in
            estate.people.units.values.map { (AddUnit(unit: $0.code, area: $0.area), nil) }
        },
        ImportKind(
            "people", Label("住户", en: "Residents"), identity: ["unit", "name"],
            headers: ["name": ["业主姓名", "业主", "租户姓名", "租客姓名", "户主姓名", "户主"]],
            implied: [
                "业主姓名": ("role", Tenure.owner.rawValue), "业主": ("role", Tenure.owner.rawValue),
                "户主姓名": ("role", Tenure.owner.rawValue), "户主": ("role", Tenure.owner.rawValue),
                "租户姓名": ("role", Tenure.tenant.rawValue), "租客姓名": ("role", Tenure.tenant.rawValue),
            ]
        ) { estate in
            estate.people.persons.values.map {
                (AddPerson(name: $0.name, unit: $0.unit, role: $0.role, phone: $0.phone), nil)
            }
        },
        ImportKind("vehicles", Label("车辆", en: "Vehicles"), identity: ["plate"]) { estate in
            estate.people.vehicles.map { (AddVehicle(plate: $0, unit: $1), nil) }
        },
    ]
}
