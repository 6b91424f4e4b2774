import Estate
import Journal

/// Entries that put others right: approved reductions, payments that bounced or were posted twice, parts of a debt paid.
struct Corrections {
    let life: Life

    private var span: Span { life.span }

    func begin(_ standing: Standing) {
        var dice = life.dice("corrections")
        let units = dice.shuffled(Array(zip(life.town.households, standing.months)))
        let paidUp = units.filter { $0.1 == 0 }.map(\.0)
        for (place, household) in paidUp.prefix(6).enumerated() {
            reduce(household, in: span.periods[place % span.periods.count], &dice)
        }
        for household in paidUp.dropFirst(6).prefix(2) { postTwice(household, &dice) }
        for household in units.filter({ $0.1 == 2 }).map(\.0).prefix(2) { bounce(household, &dice) }
        for household in units.filter({ $0.1 >= 4 }).map(\.0).prefix(3) { payPart(household, &dice) }
        for household in units.filter({ $0.1 == 2 }).map(\.0).dropFirst(2).prefix(4) { payPart(household, &dice) }
    }

    private func reduce(_ household: Household, in period: Period, _ dice: inout Dice) {
        let moment = span.someTime(period.first.adding(dice.between(1...16)), hours: 10...17, &dice)
        let why = dice.pick(["楼上管道漏水，协商减免", "电梯停运三天", "地库积水影响停车", "施工噪音补偿"])
        let percent = dice.pick([20, 30, 50])
        life.plan(at: moment) { batch in
            let bills = life.store.estate.fees.bills(of: household.unit)
            guard let bill = bills.last(where: { $0.item == "物业管理费" }) else { return }
            try batch.perform(
                ReduceBill(bill: bill.id, amount: Money(fen: bill.amount.fen * percent / 100), why: why),
                by: Crew.manager.code, at: moment)
        }
    }

    /// Posted a second time by mistake, and voided the same day.
    private func postTwice(_ household: Household, _ dice: inout Dice) {
        let moment = span.someTime(dice.pick(span.days), hours: 9...16, &dice)
        pay(household, household.monthly, at: moment, voidedAfter: 25 * 60, "重复入账")
    }

    /// A debtor's transfer that the bank sent back.
    private func bounce(_ household: Household, _ dice: inout Dice) {
        let day = span.period.first.adding(-dice.between(6...20))
        let moment = span.someTime(day, hours: 9...16, &dice)
        pay(household, household.monthly, at: moment, voidedAfter: dice.between(2...4) * 86400, "银行退回，款项未到账")
    }

    private func payPart(_ household: Household, _ dice: inout Dice) {
        let day = span.period.first.adding(-dice.between(1...9))
        let part = Money(fen: household.monthly.fen * dice.between(2...5) / 1000 * 100)
        pay(household, part, at: span.someTime(day, hours: 9...18, &dice), voidedAfter: nil, "")
    }

    private func pay(
        _ household: Household, _ amount: Money, at moment: Moment, voidedAfter seconds: Int?, _ why: String
    ) {
        let voided = seconds.map { moment.adding(seconds: $0) }
        // A mistake that nobody has noticed yet would spoil the rates.
        if let voided, voided > span.now { return }
        life.plan(at: moment) { batch in
            let payment = Ref<Payment>(
                try batch.perform(
                    ReceivePayment(unit: household.unit, amount: amount, method: "转账"), by: Crew.finance, at: moment
                ).id)
            guard let voided else { return }
            life.plan(at: voided) { batch in
                try batch.perform(VoidPayment(payment: payment, why: why), by: Crew.finance, at: voided)
            }
        }
    }
}
