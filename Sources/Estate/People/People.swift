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
}

/// A resident (住户).
public struct Person: Entity, Sendable {
    public static let entity = "person"
    public static let label = Label("住户", en: "resident")
    public let id: Ref<Person>
    public let name: String
    public let unit: UnitCode
    public let role: Tenure
    public let phone: Phone?

    public static func known(_ id: Ref<Person>, in estate: Estate) -> Person? { estate.people.persons[id] }
    public func words(in estate: Estate) -> String { name }
}

/// The units, their residents and their vehicles.
public struct People: Sendable {
    public struct Unit: Sendable {
        public let code: UnitCode
        public let area: Area?
        public fileprivate(set) var residents: [Ref<Person>] = []
        public fileprivate(set) var plates: [Plate] = []
    }

    public private(set) var units: OrderedDictionary<UnitCode, Unit> = [:]
    public private(set) var persons: OrderedDictionary<Ref<Person>, Person> = [:]
    public private(set) var vehicles: OrderedDictionary<Plate, UnitCode> = [:]
    /// The residents by their number without its extension.
    private var byTrunk: [Substring: [Ref<Person>]] = [:]
    private var byName: [String: [Ref<Person>]] = [:]

    public func residents(of unit: UnitCode) -> [Person] { units[unit]?.residents.compactMap { persons[$0] } ?? [] }
    public func owner(of unit: UnitCode) -> Person? { residents(of: unit).first { $0.role == .owner } }

    /// The residents with a number. Those with the same extension, if there are any, exclude the others.
    public func persons(with phone: Phone) -> [Person] {
        let possible = (byTrunk[phone.trunk] ?? []).compactMap { persons[$0] }.filter { $0.phone?.mayBe(phone) == true }
        let exact = possible.filter { $0.phone == phone }
        return exact.isEmpty ? possible : exact
    }

    public func persons(named name: String) -> [Person] { byName[name]?.compactMap { persons[$0] } ?? [] }

    /// The resident that a unit and a name mean (`3-2-501 李强`); `nil` if the text is not made so, or names nobody there.
    func resident(in text: String, zone: Zone) -> Person? {
        guard let gap = text.firstIndex(where: \.isWhitespace),
            let unit = try? UnitCode(text: String(text[..<gap]), zone: zone)
        else { return nil }
        let name = String(text[gap...]).trimmed
        return persons(named: name).first { $0.unit == unit }
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
        byName[person.name, default: []].append(person.id)
        if let phone = person.phone { byTrunk[phone.trunk, default: []].append(person.id) }
    }

    mutating func add(_ plate: Plate, unit: UnitCode) {
        vehicles[plate] = unit
        units[unit]?.plates.append(plate)
    }
}

extension People: Feature {
    static let actions: [any Action.Type] = [AddUnit.self, AddPerson.self, AddVehicle.self]
    static let views: [any View.Type] = [UnitsView.self, PeopleView.self, VehiclesView.self]
    static let entities: [any Entity.Type] = [Person.self]
    /// The working set has all units, residents and vehicles.
    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool { true }

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
