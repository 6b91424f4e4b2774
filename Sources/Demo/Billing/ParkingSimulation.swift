import Estate
import Journal

/// Parking spaces that were sold, billed by the space: most are paid by direct debit, one is not.
struct ParkingSimulation {
    let simulation: Simulation

    static let fee = "车位管理费"
    private var timeline: Timeline { simulation.timeline }

    private static let spaces = (101...112).map { "车位-\($0)" }

    /// Owners whose names others have as well: nobody at the gate asks for them by name.
    private var owners: [String] {
        simulation.plan.households.filter { !$0.plates.isEmpty }.compactMap { household in
            household.residents.first.flatMap {
                $0.role == .owner && simulation.plan.uniqueNames[household.unit]?.contains($0.name) == false
                    ? $0.name : nil
            }
        }
    }

    func found(_ batch: inout Store.Batch) throws {
        let moment = timeline.founded.adding(minutes: 55)
        try batch.perform(
            SetTariff(item: Self.fee, basis: .parking, rate: Rate(scaled: 800_000), from: timeline.firstDay),
            by: Roster.finance, at: moment)
        for (space, owner) in zip(Self.spaces, owners) {
            let unit = try UnitCode(text: space, zone: timeline.zone)
            try batch.perform(AddUnit(unit: unit), by: Roster.supervisor, at: moment)
            try batch.perform(
                AddPerson(name: owner, unit: unit, role: .owner, phone: nil), by: Roster.operators[0],
                at: moment.adding(minutes: 2))
        }
    }

    func schedule() {
        for (place, space) in Self.spaces.enumerated() {
            guard let unit = try? UnitCode(text: space, zone: timeline.zone) else { continue }
            for period in timeline.months where place > 0 || period < timeline.currentMonth.adding(-1) {
                let moment = timeline.moment(period.first.adding(2), hour: 10, minute: 20 + place)
                simulation.schedule(at: moment) { batch in
                    let fees = simulation.store.estate.fees
                    let owed = fees.unpaidBills(of: unit).reduce(Money.zero) { $0 + $1.outstanding }
                    if owed > .zero {
                        try batch.perform(
                            ReceivePayment(unit: unit, amount: owed, method: "银行代扣"), by: Roster.finance, at: moment)
                    }
                }
            }
        }
    }
}
