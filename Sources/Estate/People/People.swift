import Journal
import OrderedCollections

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
    public internal(set) var unit: UnitCode
    let recorded: Recorded
    /// When it ceased to be a resident's.
    public internal(set) var removed: Moment?

    public static func known(_ id: Ref<Vehicle>, in estate: Estate) -> Vehicle? { estate.people.allVehicles[id] }
    public func words(in estate: Estate) -> String { number.text(\.text) }
}

/// The units, their residents and their vehicles.
public struct People: Sendable {
    public struct Unit: Sendable {
        public internal(set) var code: UnitCode
        public internal(set) var area: Area?
        public internal(set) var kind: UnitKind
        /// Those who have not left.
        public internal(set) var residents: [Ref<Person>] = []
        /// Those who have, in the order of recording.
        var departed: [Ref<Person>] = []
        public internal(set) var vehicles: [Ref<Vehicle>] = []
        /// How it is occupied, from which day on, in the order of recording.
        var occupancies: [(from: Day, state: Occupancy)] = []
    }

    public internal(set) var units: OrderedDictionary<UnitCode, Unit> = [:]
    public internal(set) var persons: OrderedDictionary<Ref<Person>, Person> = [:]
    var allVehicles: OrderedDictionary<Ref<Vehicle>, Vehicle> = [:]
    /// The present code by each that a unit had before.
    var formerCodes: [UnitCode: UnitCode] = [:]
    /// The places of the estate other than units.
    public internal(set) var places: OrderedSet<UnitCode> = []
    let ring: KeyRing
    private var index = OpenedIndex<PeopleIndex>()

    init(_ ring: KeyRing) { self.ring = ring }

    var found: PeopleIndex { index.content(ring) { PeopleIndex(self) } }

    /// Forgets what is found by particulars, after a change that is no addition.
    mutating func dropIndex() { index = OpenedIndex() }

    /// The units by plate.
    public var vehicles: OrderedDictionary<Plate, UnitCode> { found.vehicles }

    /// The vehicles, without those whose plate an earlier one has.
    var distinctVehicles: [Vehicle] {
        let doubled = found.doubled
        return allVehicles.values.filter { $0.removed == nil && !doubled.contains($0.id) }
    }

    /// The vehicles of a unit; those that the index knows twice, once.
    public func vehicles(of unit: UnitCode) -> [Vehicle] {
        let doubled = found.doubled
        return (units[unit]?.vehicles ?? []).compactMap { doubled.contains($0) ? nil : allVehicles[$0] }
    }

    /// Those who have not left.
    public func residents(of unit: UnitCode) -> [Person] { units[unit]?.residents.compactMap { persons[$0] } ?? [] }
    public func owner(of unit: UnitCode) -> Person? { residents(of: unit).first { $0.role == .owner } }

    /// The owner, or if all owners have left the one who left last.
    func lastOwner(of unit: UnitCode) -> Person? { owner(of: unit) ?? formerOwner(of: unit) }

    /// Of the owners who have left the last.
    func formerOwner(of unit: UnitCode) -> Person? {
        units[unit]?.departed.compactMap { persons[$0] }.filter { $0.role == .owner }
            .max { ($0.left ?? .distantPast) < ($1.left ?? .distantPast) }
    }

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
        guard units[current(unit)] != nil else {
            throw Refusal(
                .rule, "unit.unknown", "没有这个房号：\(unit.text)", en: "there is no unit \(unit.text)", field: "unit")
        }
    }

    mutating func add(_ unit: Unit) { if units[unit.code] == nil { units[unit.code] = unit } }

    mutating func add(_ person: Person) {
        persons[person.id] = person
        units[person.unit]?.residents.append(person.id)
        index.update { $0.add(person) }
    }

    mutating func add(_ vehicle: Vehicle) {
        allVehicles[vehicle.id] = vehicle
        units[vehicle.unit]?.vehicles.append(vehicle.id)
        index.update { $0.add(vehicle) }
    }

    /// The unit of one of several plates.
    func unit(of plate: Plate) -> (plate: Plate, unit: UnitCode)? {
        let vehicles = vehicles
        return plate.each.lazy.compactMap { plate in vehicles[plate].map { (plate, $0) } }.first
    }
}
