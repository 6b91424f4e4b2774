import Estate
import Journal

/// A resident of a household.
package struct Resident {
    package let name: String
    package let role: Tenure
    package let phone: Phone?
}

/// A unit with its residents and vehicles.
package struct Household {
    package let unit: UnitCode
    package let area: Area
    package internal(set) var residents: [Resident] = []
    package internal(set) var plates: [Plate] = []

    /// 2.20 yuan per square metre and month.
    package var serviceFee: Money { Money(fen: area.hundredths * 22 / 10) }
    /// 150 yuan per vehicle and month.
    package var parkingFee: Money { Money(fen: plates.count * 150_00) }
    var monthlyFee: Money { serviceFee + parkingFee }

    package var phones: [Phone] { residents.compactMap(\.phone) }
}

/// The fictitious units of an estate, with their residents and vehicles.
package struct EstatePlan {
    package private(set) var households: [Household] = []
    /// By unit, the residents whose name occurs only once in the estate, so that a visitor can ask for them by name.
    private(set) var uniqueNames: [UnitCode: [String]] = [:]

    package init(seed: UInt64, zone: Zone) throws {
        var random = SeededGenerator(seed: seed, "town")
        var names = PersonNames(random: SeededGenerator(seed: seed, "names"))
        var phones = PhoneNumbers(random: SeededGenerator(seed: seed, "telephones"))
        var plates = PlateNumbers(random: SeededGenerator(seed: seed, "plates"))
        for building in Building.all {
            for staircase in 1...building.staircases {
                for floor in 1...building.floors {
                    for (room, area) in building.rooms.enumerated() {
                        let code = try UnitCode(
                            text: "\(building.number)-\(staircase)-\(floor)0\(room + 1)", zone: zone)
                        households.append(Household(unit: code, area: Area(hundredths: area)))
                    }
                }
            }
        }
        var remarkable = PersonNames.remarkable[...]
        let remarkableAt = Set(random.shuffled(Array(households.indices)).prefix(remarkable.count))
        for index in households.indices {
            let special = remarkableAt.contains(index) ? remarkable.popFirst() : nil
            try populate(&households[index], special, &random, &names, &phones)
            if !households[index].residents.isEmpty, random.chance(46) {
                for _ in 0..<(random.chance(7) ? 2 : 1) { households[index].plates.append(try plates.next()) }
            }
        }
        let counts = Dictionary(households.flatMap(\.residents).map { ($0.name, 1) }, uniquingKeysWith: +)
        for household in households {
            uniqueNames[household.unit] = household.residents.map(\.name).filter { counts[$0] == 1 }
        }
    }

    /// Adds residents: 97 % of the units have a registered owner, 16 % of these also a tenant, and a third of the rest a relative.
    private func populate(
        _ household: inout Household, _ special: String?, _ random: inout SeededGenerator, _ names: inout PersonNames,
        _ phones: inout PhoneNumbers
    ) throws {
        if special == nil, random.chance(3) { return }
        let owner = special ?? names.next()
        household.residents.append(
            Resident(name: owner, role: .owner, phone: random.chance(95) ? try phones.next() : nil))
        let isLet = random.chance(16)
        if isLet {
            household.residents.append(
                Resident(name: names.next(), role: .tenant, phone: random.chance(97) ? try phones.next() : nil))
        } else if random.chance(34) {
            household.residents.append(
                Resident(
                    name: random.chance(50) ? names.next(like: owner) : names.next(), role: .family,
                    phone: random.chance(70) ? try phones.next() : nil))
        }
        var seen: Set<String> = []
        household.residents.removeAll { !seen.insert($0.name).inserted }
    }
}

extension People: SimulatedFeature {
    /// Records the units, then each household's residents and vehicles.
    static func prepare(_ simulation: Simulation, _ batch: inout Store.Batch) throws {
        try simulation.plan.record(in: &batch, at: simulation.timeline.founded)
    }
}

extension EstatePlan {
    /// Records the units, then each household's residents and vehicles.
    package func record(in batch: inout Store.Batch, at moment: Moment) throws {
        for household in households {
            try batch.perform(
                AddUnit(unit: household.unit, area: household.area), by: Roster.supervisor,
                at: moment.adding(minutes: 15))
        }
        for household in households {
            for resident in household.residents {
                try batch.perform(
                    AddPerson(name: resident.name, unit: household.unit, role: resident.role, phone: resident.phone),
                    by: Roster.operators[0], at: moment.adding(minutes: 30))
            }
            for plate in household.plates {
                try batch.perform(
                    AddVehicle(plate: plate, unit: household.unit), by: Roster.operators[1],
                    at: moment.adding(minutes: 45))
            }
        }
    }
}
