import Estate
import Journal

/// Entries besides the regular payments: approved reductions, returned and duplicate payments, part payments of a debt.
struct FeeCorrections {
    let simulation: Simulation

    private var timeline: Timeline { simulation.timeline }

    func schedule(_ arrears: ArrearsProfile) {
        var random = simulation.generator("corrections")
        let units = random.shuffled(Array(zip(simulation.plan.households, arrears.months)))
        let paidUp = units.filter { $0.1 == 0 }.map(\.0)
        for (place, household) in paidUp.prefix(6).enumerated() {
            reduce(household, in: timeline.months[place % timeline.months.count], &random)
        }
        for household in paidUp.dropFirst(6).prefix(2) { postTwice(household, &random) }
        for household in units.filter({ $0.1 == 2 }).map(\.0).prefix(2) { bounce(household, &random) }
        for household in units.filter({ $0.1 >= 4 }).map(\.0).prefix(3) { payPart(household, &random) }
        for household in units.filter({ $0.1 == 2 }).map(\.0).dropFirst(2).prefix(4) { payPart(household, &random) }
    }

    private func reduce(_ household: Household, in period: Period, _ random: inout SeededGenerator) {
        let moment = timeline.randomTime(on: period.first.adding(random.between(1...16)), hours: 10...17, &random)
        let why = random.pick(["楼上管道漏水，协商减免", "电梯停运三天", "地库积水影响停车", "施工噪音补偿"])
        let percent = random.pick([20, 30, 50])
        simulation.schedule(at: moment) { batch in
            let bills = simulation.store.estate.fees.bills(of: household.unit)
            guard let bill = bills.last(where: { $0.item == MeterSimulation.service }) else { return }
            try batch.perform(
                ReduceBill(bill: bill.id, amount: Money(fen: bill.amount.fen * Int128(percent) / 100), why: why),
                by: Roster.manager.code, at: moment)
        }
    }

    /// A payment entered by mistake and voided 25 minutes later.
    private func postTwice(_ household: Household, _ random: inout SeededGenerator) {
        let moment = timeline.randomTime(on: random.pick(timeline.days), hours: 9...16, &random)
        pay(household, household.monthlyFee, at: moment, voidedAfter: 25 * 60, "重复入账")
    }

    /// A debtor's transfer that the bank returns after two to four days.
    private func bounce(_ household: Household, _ random: inout SeededGenerator) {
        let day = timeline.currentMonth.first.adding(-random.between(6...20))
        let moment = timeline.randomTime(on: day, hours: 9...16, &random)
        pay(household, household.monthlyFee, at: moment, voidedAfter: random.between(2...4) * 86400, "银行退回，款项未到账")
    }

    private func payPart(_ household: Household, _ random: inout SeededGenerator) {
        let day = timeline.currentMonth.first.adding(-random.between(1...9))
        let part = Money(fen: household.monthlyFee.fen * Int128(random.between(2...5)) / 1000 * 100)
        pay(household, part, at: timeline.randomTime(on: day, hours: 9...18, &random), voidedAfter: nil, "")
    }

    private func pay(
        _ household: Household, _ amount: Money, at moment: Moment, voidedAfter seconds: Int?, _ why: String
    ) {
        let voided = seconds.map { moment.adding(seconds: $0) }
        // A payment that is still to be voided would raise the collection rates.
        if let voided, voided > timeline.now { return }
        simulation.schedule(at: moment) { batch in
            let payment = Ref<Payment>(
                try batch.perform(
                    ReceivePayment(unit: household.unit, amount: amount, method: "银行转账"), by: Roster.finance, at: moment
                ).id)
            guard let voided else { return }
            simulation.schedule(at: voided) { batch in
                try batch.perform(VoidPayment(payment: payment, why: why), by: Roster.supervisor, at: voided)
            }
        }
    }
}
