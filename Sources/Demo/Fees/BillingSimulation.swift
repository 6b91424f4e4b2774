import Estate
import Journal

extension Fees: SimulatedFeature {
    /// Billing is scheduled before all other work, so that a bill or payment precedes other events of the same second.
    static func prepare(_ simulation: Simulation, _ batch: inout Store.Batch) throws {
        BillingSimulation(simulation: simulation).schedule()
    }
}

/// The monthly bills, their payments, and what depends on them: prepayments, corrections and reminders.
struct BillingSimulation {
    let simulation: Simulation

    private var timeline: Timeline { simulation.timeline }

    func schedule() {
        for period in timeline.months { issue(period) }
        var random = simulation.generator("standing")
        let households = simulation.plan.households
        let arrears = ArrearsProfile(households, timeline: timeline, random: &random)
        var payments: [UnitCode: [Moment]] = [:]
        for (household, unpaid) in zip(households, arrears.months) {
            let profile = PaymentProfile(household: household, unpaid: unpaid, timeline: timeline)
            payments[household.unit] = profile.moments(&random)
        }
        for household in households {
            for moment in payments[household.unit] ?? [] { pay(household, at: moment, &random) }
        }
        Prepayments(simulation: simulation).schedule(arrears)
        FeeCorrections(simulation: simulation).schedule(arrears)
        DunningSimulation(simulation: simulation, payments: payments, unpaidMonths: arrears.months).schedule()
    }

    /// Issues the bills of all households at 00:05 on the first of a month, and those for the water of the month before.
    private func issue(_ period: Period) {
        let moment = timeline.moment(period.first, hour: 0, minute: 5)
        simulation.schedule(at: moment) { batch in
            try batch.perform(
                GenerateBills(period: period, item: MeterSimulation.service), by: Roster.finance, at: moment)
            try batch.perform(
                GenerateBills(period: period, item: ParkingSimulation.fee), by: Roster.finance, at: moment)
            for household in simulation.plan.households where !household.plates.isEmpty {
                try batch.perform(
                    IssueBill(
                        unit: household.unit, period: period, item: "停车费", amount: household.parkingFee,
                        due: period.last),
                    by: Roster.finance, at: moment)
            }
            if period == timeline.firstMonth { return }
            try batch.perform(
                GenerateBills(period: period.adding(-1), item: MeterSimulation.water), by: Roster.finance, at: moment)
        }
    }

    /// Pays all open bills of a household.
    private func pay(_ household: Household, at moment: Moment, _ random: inout SeededGenerator) {
        let method = random.pick([("微信", 40), ("支付宝", 24), ("银行代扣", 20), ("刷卡", 8), ("银行转账", 6), ("现金", 2)])
        let isCounter = method == "刷卡" || method == "现金"
        simulation.schedule(at: moment) { batch in
            let fees = simulation.store.estate.fees
            let open = fees.unpaidBills(of: fees.account(of: household.unit))
            let owed = open.reduce(Money.zero) { $0 + $1.outstanding }
            if owed <= .zero { return }
            try batch.perform(
                ReceivePayment(unit: household.unit, amount: owed, method: method),
                by: isCounter ? Roster.operatorOnDuty(at: moment, timeline) : Roster.finance, at: moment)
        }
    }
}
