import Estate
import Journal

/// The bills of each month and the money that comes in for them.
struct Billing {
    let life: Life
    let telephone: Telephone

    private var span: Span { life.span }

    func begin() {
        for period in span.periods { issue(period) }
        var dice = life.dice("standing")
        let households = life.town.households
        let standing = Standing(households, span: span, dice: &dice)
        var payments: [UnitCode: [Moment]] = [:]
        for (household, unpaid) in zip(households, standing.months) {
            let paying = Payer(household: household, unpaid: unpaid, span: span)
            payments[household.unit] = paying.moments(&dice)
        }
        for household in households {
            for moment in payments[household.unit] ?? [] { pay(household, at: moment, &dice) }
        }
        Prepaying(life: life).begin(standing)
        Corrections(life: life).begin(standing)
        Collecting(life: life, telephone: telephone, payments: payments, standing: standing).begin()
    }

    /// In the first minutes of a month, for all; due on the 20th.
    private func issue(_ period: Period) {
        let moment = span.moment(period.first, hour: 0, minute: 5)
        let due = period.first.adding(19)
        life.plan(at: moment) { batch in
            for household in life.town.households {
                try batch.perform(
                    IssueBill(
                        unit: household.unit, period: period, item: "物业管理费", amount: household.serviceFee, due: due),
                    by: Crew.finance, at: moment)
                if household.plates.isEmpty { continue }
                try batch.perform(
                    IssueBill(
                        unit: household.unit, period: period, item: "停车费", amount: household.parkingFee, due: due),
                    by: Crew.finance, at: moment)
            }
        }
    }

    /// All that is open, up to the month's own bills.
    private func pay(_ household: Household, at moment: Moment, _ dice: inout Dice) {
        let method = dice.pick([("微信", 40), ("支付宝", 24), ("银行代扣", 20), ("刷卡", 8), ("转账", 6), ("现金", 2)])
        let isCounter = method == "刷卡" || method == "现金"
        life.plan(at: moment) { batch in
            let owed = life.store.estate.fees.bills(of: household.unit).reduce(Money.zero) { $0 + $1.outstanding }
            if owed <= .zero { return }
            try batch.perform(
                ReceivePayment(unit: household.unit, amount: owed, method: method),
                by: isCounter ? Crew.atDesk(moment, span) : Crew.finance, at: moment)
        }
    }
}
