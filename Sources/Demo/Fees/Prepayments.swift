import Estate
import Journal

/// Payments of 3 to 12 months in advance, by 4 % of the households without debts; one for 12 months at a discount.
struct Prepayments {
    let simulation: Simulation

    func schedule(_ arrears: ArrearsProfile) {
        let (plan, timeline) = (simulation.plan, simulation.timeline)
        var random = simulation.generator("prepaying")
        let paying = zip(plan.households, arrears.months).filter {
            $1 == 0 && $0.plates.isEmpty && !$0.residents.isEmpty
        }
        if let household = paying.last?.0 { prepay(household) }
        for (household, unpaid) in zip(plan.households, arrears.months) where unpaid == 0 && random.chance(4) {
            let day = random.pick(timeline.days)
            let moment = timeline.randomTime(on: day, hours: 9...18, &random)
            let months = random.pick([3, 3, 6, 6, 12])
            simulation.schedule(at: moment) { batch in
                try batch.perform(
                    ReceivePayment(
                        unit: household.unit, amount: Money(fen: household.monthlyFee.fen * Int128(months)),
                        method: "银行转账"),
                    by: Roster.finance, at: moment)
            }
        }
    }

    /// Once nothing is owed, between the tenth and the twenty-eighth of the second month, the year is paid in advance.
    private func prepay(_ household: Household) {
        let timeline = simulation.timeline
        for day in 10...28 {
            let moment = timeline.moment(timeline.firstMonth.adding(1).first.adding(day - 1), hour: 15, minute: 40)
            simulation.schedule(at: moment) { batch in
                let fees = simulation.store.estate.fees
                let isPrepaid = fees.payments(of: household.unit).contains { $0.prepaid > .zero }
                guard fees.unpaidBills(of: household.unit).isEmpty, !isPrepaid else { return }
                try batch.perform(
                    ReceivePrepayment(
                        unit: household.unit, months: 12, discount: Percentage(scaled: 200), method: "银行转账"),
                    by: Roster.finance, at: moment)
            }
        }
    }
}
