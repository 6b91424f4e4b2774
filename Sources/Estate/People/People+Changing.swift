import Journal
import OrderedCollections

// Changes by facts about units, residents and vehicles that are there.

extension People {
    /// The code that a unit has now: itself, unless it is a former one.
    public func current(_ unit: UnitCode) -> UnitCode { formerCodes[unit] ?? unit }

    /// All codes that a unit has had, the present one first.
    func codes(of unit: UnitCode) -> [UnitCode] {
        let unit = current(unit)
        return [unit] + formerCodes.filter { $0.value == unit }.map(\.key).sorted()
    }

    /// Whether a unit may have a code: no other has it or had it.
    func isFree(_ code: UnitCode, for unit: UnitCode) -> Bool {
        units[code] == nil && formerCodes[code].map { $0 == unit } ?? true
    }

    /// Gives a unit another code. The former one stands for it from then on.
    mutating func rename(_ unit: UnitCode, to code: UnitCode) {
        guard unit != code, isFree(code, for: unit), let index = units.index(forKey: unit) else { return }
        var known = units.remove(at: index).value
        known.code = code
        units.updateValue(known, forKey: code, insertingAt: index)
        for index in persons.values.indices where persons.values[index].unit == unit {
            persons.values[index].unit = code
        }
        for index in allVehicles.values.indices where allVehicles.values[index].unit == unit {
            allVehicles.values[index].unit = code
        }
        for (former, present) in formerCodes where present == unit { formerCodes[former] = code }
        formerCodes[unit] = code
        formerCodes[code] = nil
        dropIndex()
    }

    mutating func change(_ unit: UnitCode, _ body: (inout Unit) -> Void) {
        guard var known = units[unit] else { return }
        body(&known)
        units[unit] = known
    }

    mutating func change(_ id: Ref<Person>, _ body: (inout Person) -> Void) {
        guard var person = persons[id] else { return }
        body(&person)
        persons[id] = person
        dropIndex()
    }

    mutating func leave(_ id: Ref<Person>, at moment: Moment) {
        change(id) { $0.left = moment }
        guard let unit = persons[id]?.unit else { return }
        change(unit) {
            $0.residents.removeAll { $0 == id }
            $0.departed.append(id)
        }
    }

    mutating func move(_ id: Ref<Vehicle>, to unit: UnitCode) {
        guard var vehicle = allVehicles[id], vehicle.removed == nil else { return }
        change(vehicle.unit) { $0.vehicles.removeAll { $0 == id } }
        vehicle.unit = unit
        allVehicles[id] = vehicle
        change(unit) { $0.vehicles.append(id) }
        dropIndex()
    }

    mutating func remove(_ id: Ref<Vehicle>, at moment: Moment) {
        guard var vehicle = allVehicles[id] else { return }
        change(vehicle.unit) { $0.vehicles.removeAll { $0 == id } }
        vehicle.removed = moment
        allVehicles[id] = vehicle
        dropIndex()
    }
}
