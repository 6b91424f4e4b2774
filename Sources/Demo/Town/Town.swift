import Estate
import Journal

/// Somebody who lives in a household.
struct Resident {
    let name: String
    let role: Tenure
    let phone: Phone?
}

/// One unit with all that belongs to it.
struct Household {
    let unit: UnitCode
    let area: Area
    var residents: [Resident] = []
    var plates: [Plate] = []

    /// 2.20 yuan a square metre a month.
    var serviceFee: Money { Money(fen: area.hundredths * 22 / 10) }
    /// 150 yuan a vehicle a month.
    var parkingFee: Money { Money(fen: plates.count * 150_00) }
    var monthly: Money { serviceFee + parkingFee }

    /// Whom to call.
    var phones: [Phone] { residents.compactMap(\.phone) }
}

/// The households of the estate, made up before anything happens.
struct Town {
    private(set) var households: [Household] = []
    /// Residents whose name nobody else has: a visitor may ask for them by it.
    private(set) var uniqueNames: [UnitCode: [String]] = [:]

    init(seed: UInt64, zone: Zone) throws {
        var dice = Dice(seed: seed, "town")
        var names = Names(dice: Dice(seed: seed, "names"))
        var telephones = Telephones(dice: Dice(seed: seed, "telephones"))
        var plates = Plates(dice: Dice(seed: seed, "plates"))
        for building in Blueprint.buildings {
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
        var remarkable = Names.remarkable[...]
        let remarkableAt = Set(dice.shuffled(Array(households.indices)).prefix(remarkable.count))
        for index in households.indices {
            let special = remarkableAt.contains(index) ? remarkable.popFirst() : nil
            try populate(&households[index], special, &dice, &names, &telephones)
            if !households[index].residents.isEmpty, dice.chance(46) {
                for _ in 0..<(dice.chance(7) ? 2 : 1) { households[index].plates.append(try plates.next()) }
            }
        }
        noteUniqueNames()
    }

    /// Nearly every unit has an owner; some are let, in some a family is registered.
    private func populate(
        _ household: inout Household, _ special: String?, _ dice: inout Dice, _ names: inout Names,
        _ telephones: inout Telephones
    ) throws {
        if special == nil, dice.chance(3) { return }
        let owner = special ?? names.next()
        household.residents.append(
            Resident(name: owner, role: .owner, phone: dice.chance(95) ? try telephones.next() : nil))
        let isLet = dice.chance(16)
        if isLet {
            household.residents.append(
                Resident(name: names.next(), role: .tenant, phone: dice.chance(97) ? try telephones.next() : nil))
        } else if dice.chance(34) {
            household.residents.append(
                Resident(
                    name: dice.chance(50) ? names.next(like: owner) : names.next(), role: .family,
                    phone: dice.chance(70) ? try telephones.next() : nil))
        }
        var seen: Set<String> = []
        household.residents.removeAll { !seen.insert($0.name).inserted }
    }

    private mutating func noteUniqueNames() {
        var counts: [String: Int] = [:]
        for resident in households.flatMap(\.residents) { counts[resident.name, default: 0] += 1 }
        for household in households {
            uniqueNames[household.unit] = household.residents.map(\.name).filter { counts[$0] == 1 }
        }
    }
}
