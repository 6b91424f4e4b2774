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
        public let kind: UnitKind
        public fileprivate(set) var residents: [Ref<Person>] = []
        public fileprivate(set) var plates: [Plate] = []
    }

    public private(set) var units: OrderedDictionary<UnitCode, Unit> = [:]
    public private(set) var persons: OrderedDictionary<Ref<Person>, Person> = [:]
    public private(set) var vehicles: OrderedDictionary<Plate, UnitCode> = [:]
    /// The residents by their numbers without area code and extension.
    private var bySubscriber: [Substring: [Ref<Person>]] = [:]
    private var byName: [String: [Ref<Person>]] = [:]

    public func residents(of unit: UnitCode) -> [Person] { units[unit]?.residents.compactMap { persons[$0] } ?? [] }
    public func owner(of unit: UnitCode) -> Person? { residents(of: unit).first { $0.role == .owner } }

    /// The residents with a number, in whichever form; `areaCode` is that of the estate, if it is known. Those with
    /// exactly this number, if there are any, exclude the others.
    public func persons(with phone: Phone, areaCode: String?) -> [Person] {
        let possible = (bySubscriber[phone.subscriber] ?? []).compactMap { persons[$0] }
            .filter { $0.phone?.mayBe(phone, areaCode: areaCode) == true }
        let exact = possible.filter { $0.phone?.each.contains(phone) == true }
        return exact.isEmpty ? possible : exact
    }

    public func persons(named name: String) -> [Person] {
        (byName[name] ?? name.plain.oneName.flatMap { byName[$0] })?.compactMap { persons[$0] } ?? []
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
        byName[person.name, default: []].append(person.id)
        for phone in person.phone?.each ?? [] { bySubscriber[phone.subscriber, default: []].append(person.id) }
    }

    mutating func add(_ plate: Plate, unit: UnitCode) {
        for plate in plate.each {
            vehicles[plate] = unit
            units[unit]?.plates.append(plate)
        }
    }

    /// The unit of one of several plates.
    func unit(of plate: Plate) -> (plate: Plate, unit: UnitCode)? {
        plate.each.lazy.compactMap { plate in vehicles[plate].map { (plate, $0) } }.first
    }
}

extension People: Feature {
    static let actions: [any Action.Type] = [AddUnit.self, AddPerson.self, AddVehicle.self]
    static let views: [any View.Type] = [UnitsView.self, PeopleView.self, VehiclesView.self]
    static let entities: [any Entity.Type] = [Person.self]
    /// The working set has all units, residents and vehicles.
    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool { true }

    static let imports = [
        ImportKind("units", AddUnit.self), ImportKind("people", AddPerson.self),
        ImportKind("vehicles", AddVehicle.self),
    ]
}
