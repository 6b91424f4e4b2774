import Estate
import Journal

/// The reminders, after the due date of each month and again for those who owe several months.
struct Collecting {
    let life: Life
    let telephone: Telephone
    /// When each household is going to pay, so that some promises are kept.
    let payments: [UnitCode: [Moment]]
    let standing: Standing

    private static let rounds = [3, 8, 13, 21, 22, 23, 24, 25, 26, 27]
    private var span: Span { life.span }

    func begin() {
        for period in span.periods {
            for day in Self.rounds {
                let date = period.first.adding(day - 1)
                for index in life.town.households.indices { consider(index, on: date, round: day) }
            }
        }
    }

    /// Each household has its day after the due date; only old debts are asked for earlier in the month.
    private func consider(_ index: Int, on day: Day, round: Int) {
        let household = life.town.households[index]
        let isDue = round > 20 ? index % 7 == round - 21 : standing.months[index] > 2 && index % 3 == round % 3
        guard isDue else { return }
        var dice = life.dice("collecting", day.number &* 1000 &+ index)
        let moment = span.someTime(day, hours: 9...18, &dice)
        let chance = dice.next()
        life.plan(at: moment) { batch in
            var dice = Dice(seed: chance, "reminder")
            let arrears = life.store.estate.fees.arrears(of: household.unit, at: moment, zone: span.zone)
            guard let arrears, dice.chance(arrears.periods > 1 ? 85 : 42) else { return }
            try remind(household, arrears.periods, standing.months[index], at: moment, &dice, &batch)
        }
    }

    private func remind(
        _ household: Household, _ periods: Int, _ unpaid: Int, at moment: Moment, _ dice: inout Dice,
        _ batch: inout Store.Batch
    ) throws {
        let phone = household.phones.first
        let channel = dice.pick([
            ("电话", phone == nil ? 0 : 46), ("微信", phone == nil ? 0 : 18), ("上门", 20), ("短信", phone == nil ? 0 : 10),
            ("书面催缴函", periods > 2 ? 30 : 4),
        ])
        let (outcome, promise) = answer(household, channel, unpaid, at: moment, &dice)
        var at = moment
        if channel == "电话", let phone {
            if moment.adding(minutes: 10) > span.now { return }
            at = try telephone.speak(
                to: phone, at: moment, about: .arrears(household.unit), for: "催缴物业费", answers: outcome != "未接通", &dice,
                &batch)
        }
        let by =
            switch channel {
            case "电话": Crew.atDesk(moment, span)
            case "上门": dice.pick(Crew.administrators)
            case "书面催缴函": Crew.supervisor
            default: Crew.finance
            }
        try batch.perform(
            RecordDunning(unit: household.unit, channel: channel, outcome: outcome, promise: promise), by: by, at: at)
    }

    private func answer(
        _ household: Household, _ channel: String, _ unpaid: Int, at moment: Moment, _ dice: inout Dice
    ) -> (String, promise: Day?) {
        if dice.chance(26) {
            return switch channel {
            case "电话": ("未接通", nil)
            case "上门": ("无人在家，已留催缴单", nil)
            case "书面催缴函": ("已送达", nil)
            default: ("已读未回", nil)
            }
        }
        let day = span.day(of: moment)
        let next = payments[household.unit]?.first { $0 > moment }
        if let next, next < day.adding(15).start(in: span.zone) {
            return dice.chance(75) ? ("承诺付款", span.day(of: next).adding(dice.below(2))) : ("称已安排付款", nil)
        }
        // What is promised from here on was not kept, unless its day is still to come.
        let percent = unpaid > 2 ? 45 : 60
        if dice.chance(percent) { return ("承诺付款", day.adding(dice.between(2...12))) }
        return (dice.pick(["对服务有异议，暂不付款", "称在外地，回来处理", "要求先解决漏水问题", "称资金周转困难", "答复会尽快处理", "房屋空置，要求减免"]), nil)
    }
}
