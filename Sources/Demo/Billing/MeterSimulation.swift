import Estate
import Journal

extension Billing: SimulatedFeature {
    /// The tariffs, and the water meters of a part of the estate, are there from the founding day on.
    static func prepare(_ simulation: Simulation, _ batch: inout Store.Batch) throws {
        try MeterSimulation(simulation: simulation).found(&batch)
        try ParkingSimulation(simulation: simulation).found(&batch)
    }

    static func schedule(in simulation: Simulation) {
        MeterSimulation(simulation: simulation).schedule()
        ParkingSimulation(simulation: simulation).schedule()
    }
}

/// The tariffs, and the monthly readings of the water meters of building 2.
struct MeterSimulation {
    let simulation: Simulation

    static let service = "物业管理费"
    static let water = "水费"
    private var timeline: Timeline { simulation.timeline }

    private var households: [Household] {
        Array(simulation.plan.households.filter { $0.unit.text.hasPrefix("2-1-") && !$0.residents.isEmpty }.prefix(24))
    }

    private static func meter(of household: Household) -> String { "W-\(household.unit.text)" }

    func found(_ batch: inout Store.Batch) throws {
        let moment = timeline.founded.adding(minutes: 35)
        let tariffs = [
            SetTariff(
                item: Self.service, basis: .area, rate: Rate(scaled: 20_000),
                from: timeline.currentMonth.adding(-11).first, nature: .service),
            SetTariff(
                item: Self.service, basis: .area, rate: Rate(scaled: 22_000), from: timeline.firstDay, nature: .service),
            SetTariff(
                item: Self.water, basis: .meter, rate: Rate(scaled: 48_500), from: timeline.firstDay,
                nature: .passThrough, payer: .occupant),
        ]
        for tariff in tariffs { try batch.perform(tariff, by: Roster.finance, at: moment) }
        var random = simulation.generator("meters")
        for household in households {
            let meter = Self.meter(of: household)
            try batch.perform(
                AddMeter(meter: meter, unit: household.unit, item: Self.water), by: Roster.finance, at: moment)
            try batch.perform(
                ReadMeter(meter: meter, reading: Quantity(scaled: random.between(40...900) * 1000)),
                by: Roster.operators[0], at: moment.adding(minutes: 5))
        }
    }

    /// Each meter is read between the 25th and the 27th; some readings are estimated, as nobody was at home.
    func schedule() {
        var random = simulation.generator("readings")
        for (place, household) in households.enumerated() {
            let meter = Self.meter(of: household)
            for period in timeline.months {
                let moment = timeline.randomTime(on: period.first.adding(24 + place % 3), hours: 9...17, &random)
                let (used, isEstimated) = (random.between(4...18), random.chance(5))
                simulation.schedule(at: moment) { batch in
                    guard let last = simulation.store.estate.billing.meters[meter]?.readings.last?.value else { return }
                    try batch.perform(
                        ReadMeter(
                            meter: meter, reading: Quantity(scaled: last.scaled + used * 1000),
                            estimated: isEstimated ? true : nil),
                        by: Roster.operatorOnDuty(at: moment, timeline), at: moment)
                }
            }
        }
    }
}
