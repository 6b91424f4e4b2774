import Estate
import Journal

/// Households that pay for months ahead.
struct Prepaying {
    let life: Life

    func begin(_ standing: Standing) {
        var dice = life.dice("prepaying")
        for (household, unpaid) in zip(life.town.households, standing.months) where unpaid == 0 && dice.chance(4) {
            let span = life.span
            let day = dice.pick(span.days)
            let moment = span.someTime(day, hours: 9...18, &dice)
            let months = dice.pick([3, 3, 6, 6, 12])
            life.plan(at: moment) { batch in
                try batch.perform(
                    ReceivePayment(
                        unit: household.unit, amount: Money(fen: household.monthly.fen * months), method: "转账"),
                    by: Crew.finance, at: moment)
            }
        }
    }
}
