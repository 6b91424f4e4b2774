import OrderedCollections

/// The residents who are here and their vehicles by name, number and plate, and those that two nodes may have recorded twice.
struct PeopleIndex: Sendable {
    /// The residents by their numbers without area code and extension.
    private(set) var bySubscriber: [Substring: [Ref<Person>]] = [:]
    private(set) var byName: [String: [Ref<Person>]] = [:]
    /// The unit of each plate: the first that was recorded for it.
    private(set) var vehicles: OrderedDictionary<Plate, UnitCode> = [:]
    private(set) var vehicleIDs: [Plate: Ref<Vehicle>] = [:]
    /// The vehicles by the last four characters of their plates, each plate once.
    private(set) var byEnding: [String: [Ref<Vehicle>]] = [:]
    /// The vehicles whose plate an earlier one has.
    private(set) var doubled: Set<Ref<Vehicle>> = []
    private(set) var suspicions: [Conflict] = []
    private var namesakes: Set<Namesake> = []

    private struct Namesake: Hashable {
        let unit: UnitCode
        let name: String
    }

    init(_ people: People) {
        for person in people.persons.values where person.isPresent { add(person) }
        for vehicle in people.allVehicles.values where vehicle.removed == nil { add(vehicle) }
    }

    /// Adds a resident who came last.
    mutating func add(_ person: Person) {
        guard let name = person.particulars.name.value?.text else { return }
        byName[name, default: []].append(person.id)
        for phone in person.phone?.each ?? [] { bySubscriber[phone.subscriber, default: []].append(person.id) }
        if namesakes.insert(Namesake(unit: person.unit, name: name)).inserted { return }
        suspicions.append(
            Conflict(
                id: Ref(person.id.id), kind: AddPerson.self, at: person.recorded.at, by: person.recorded.by,
                reason: .suspicious(Label("这户已登记同名住户", en: "a resident of that name was there"))))
    }

    mutating func add(_ vehicle: Vehicle) {
        guard let plate = vehicle.number.value else { return }
        if vehicles[plate] == nil {
            (vehicles[plate], vehicleIDs[plate]) = (vehicle.unit, vehicle.id)
            byEnding[plate.ending, default: []].append(vehicle.id)
            return
        }
        doubled.insert(vehicle.id)
        suspicions.append(
            Conflict(
                id: Ref(vehicle.id.id), kind: AddVehicle.self, at: vehicle.recorded.at, by: vehicle.recorded.by,
                reason: .doubled(Label("车牌已登记", en: "the plate was there"))))
    }
}
