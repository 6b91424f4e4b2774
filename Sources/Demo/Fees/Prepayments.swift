import Estate
import Journal

/// Payments of 3 to 12 months in advance, by 4 % of the households without debts.
struct Prepayments {
    let simulation: Simulation

    func schedule(_ arrears: ArrearsProfile) {
        let (plan, timeline) = (simulation.plan, simulation.timeline)
        var random = simulation.generator("prepaying")
        for (household, unpaid) in zip(plan.households, arrears.months) where unpaid == 0 && random.chance(4) {
            let day = random.pick(timeline.days)
            let moment = timeline.randomTime(on: day, hours: 9...18, &random)
            let months = random.pick([3, 3, 6, 6, 12])
            simulation.schedule(at: moment) { batch in
                try batch.perform(
                    ReceivePayment(
                        unit: household.unit, amount: Money(fen: household.monthlyFee.fen * months), method: "转账"),
                    by: Roster.finance, at: moment)
            }
        }
    }
}
