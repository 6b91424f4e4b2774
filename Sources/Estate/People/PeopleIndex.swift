import OrderedCollections
import Synchronization

/// The residents who are here and their vehicles by name, number and plate, and those that two nodes may have recorded twice.
///
/// Not a part of the state: it is made of opened particulars, when it is asked for first, and kept up to date from then on.
final class PeopleIndex: Sendable {
    struct Content: Sendable {
        /// The residents by their numbers without area code and extension.
        fileprivate(set) var bySubscriber: [Substring: [Ref<Person>]] = [:]
        fileprivate(set) var byName: [String: [Ref<Person>]] = [:]
        /// The unit of each plate: the first that was recorded for it.
        fileprivate(set) var vehicles: OrderedDictionary<Plate, UnitCode> = [:]
        fileprivate(set) var vehicleIDs: [Plate: Ref<Vehicle>] = [:]
        /// The vehicles whose plate an earlier one has.
        fileprivate(set) var doubled: Set<Ref<Vehicle>> = []
        fileprivate(set) var suspicions: [Conflict] = []
        private var namesakes: Set<Namesake> = []
    }

    private struct Namesake: Hashable {
        let unit: UnitCode
        let name: String
    }

    private let cache = Mutex<(revision: Int, content: Content)?>(nil)

    func content(of people: People) -> Content {
        let revision = people.ring.revision
        return cache.withLock { cache in
            if let cache, cache.revision == revision { return cache.content }
            var content = Content()
            for person in people.persons.values where person.isPresent { content.add(person) }
            for vehicle in people.allVehicles.values where vehicle.removed == nil { content.add(vehicle) }
            cache = (revision, content)
            return content
        }
    }

    /// Adds a resident who came last, if the index was asked for already. Only by the one owner of the index.
    func add(_ person: Person) { cache.withLock { $0?.content.add(person) } }

    func add(_ vehicle: Vehicle) { cache.withLock { $0?.content.add(vehicle) } }
}

extension PeopleIndex.Content {
    fileprivate mutating func add(_ person: Person) {
        guard let name = person.particulars.name.value?.text else { return }
        byName[name, default: []].append(person.id)
        for phone in person.phone?.each ?? [] { bySubscriber[phone.subscriber, default: []].append(person.id) }
        if namesakes.insert(PeopleIndex.Namesake(unit: person.unit, name: name)).inserted { return }
        suspicions.append(
            Conflict(
                id: Ref(person.id.id), kind: AddPerson.self, at: person.recorded.at, by: person.recorded.by,
                reason: .suspicious(Label("这户已登记同名住户", en: "a resident of that name was there"))))
    }

    fileprivate mutating func add(_ vehicle: Vehicle) {
        guard let plate = vehicle.number.value else { return }
        if vehicles[plate] == nil {
            (vehicles[plate], vehicleIDs[plate]) = (vehicle.unit, vehicle.id)
            return
        }
        doubled.insert(vehicle.id)
        suspicions.append(
            Conflict(
                id: Ref(vehicle.id.id), kind: AddVehicle.self, at: vehicle.recorded.at, by: vehicle.recorded.by,
                reason: .doubled(Label("车牌已登记", en: "the plate was there"))))
    }
}
