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
    /// The units whose residents change in the simulated months; nobody asks for these by name.
    private(set) var changing: [UnitCode] = []

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
        var lives = SeededGenerator(seed: seed, "changing units")
        let owned = households.filter { $0.residents.first?.role == .owner }
        let leased = owned.filter { $0.residents.contains { $0.role == .tenant } }
        // In turns one of all, one that is let.
        let (some, rented) = (lives.shuffled(owned).prefix(8), lives.shuffled(leased).prefix(8))
        for (one, other) in zip(some, rented) {
            for household in [one, other] where !changing.contains(household.unit) {
                changing.append(household.unit)
                uniqueNames[household.unit] = []
            }
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
        for place in Lives.places {
            try batch.perform(
                AddPlace(place: place), by: Roster.operators[0], at: simulation.timeline.founded.adding(minutes: 20))
        }
    }

    static func schedule(in simulation: Simulation) { Lives(simulation: simulation).schedule() }
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
