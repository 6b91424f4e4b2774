import Estate
import Journal

/// The payment reminders (催缴) in the last third of each month, and earlier to households that owe three months or more.
struct DunningSimulation {
    let simulation: Simulation
    /// The moments at which each household will pay, so that some promises are kept.
    let payments: [UnitCode: [Moment]]
    /// The latest months that stay unpaid, in the order of the households.
    let unpaidMonths: [Int]

    /// Days of the month on which reminders are sent.
    private static let days = [3, 8, 13, 21, 22, 23, 24, 25, 26, 27]
    private var timeline: Timeline { simulation.timeline }

    func schedule() {
        for period in timeline.months {
            for day in Self.days {
                let date = period.first.adding(day - 1)
                for index in simulation.plan.households.indices { schedule(index, on: date, dayOfMonth: day) }
            }
        }
    }

    /// From the 21st on each household has one of seven days. The 3rd, 8th and 13th are for three or more unpaid months.
    private func schedule(_ index: Int, on day: Day, dayOfMonth: Int) {
        let household = simulation.plan.households[index]
        let isDue =
            dayOfMonth > 20
            ? index % 7 == dayOfMonth - 21 : unpaidMonths[index] > 2 && index % 3 == dayOfMonth % 3
        guard isDue else { return }
        var random = simulation.generator("collecting", day.number &* 1000 &+ index)
        let moment = timeline.randomTime(on: day, hours: 9...18, &random)
        let chance = random.next()
        simulation.schedule(at: moment) { batch in
            var random = SeededGenerator(seed: chance, "reminder")
            let arrears = simulation.store.estate.fees.arrears(
                of: simulation.store.estate.fees.account(of: household.unit), at: moment, zone: timeline.zone)
            guard let arrears, random.chance(arrears.periods > 1 ? 85 : 42) else { return }
            try remind(household, unpaidMonths[index], at: moment, &random, &batch)
        }
    }

    private func remind(
        _ household: Household, _ unpaid: Int, at moment: Moment, _ random: inout SeededGenerator,
        _ batch: inout Store.Batch
    ) throws {
        let phone = household.phones.first
        let channel = random.pick([
            ("电话", phone == nil ? 0 : 46), ("微信", phone == nil ? 0 : 18), ("上门", 20), ("短信", phone == nil ? 0 : 10),
        ])
        let (outcome, promise) = answer(household, channel, unpaid, at: moment, &random)
        var at = moment
        if channel == "电话", let phone {
            if moment.adding(minutes: 10) > timeline.now { return }
            at = try simulation[CallSimulation.self].speak(
                to: phone, at: moment, about: .arrears(household.unit), for: "催缴物业费", answers: outcome != "未接通",
                &random, &batch)
        }
        let by =
            switch channel {
            case "电话": Roster.operatorOnDuty(at: moment, timeline)
            case "上门": random.pick(Roster.administrators)
            default: Roster.finance
            }
        try batch.perform(
            RecordDunning(unit: household.unit, channel: channel, outcome: outcome, promise: promise), by: by, at: at)
    }

    private func answer(
        _ household: Household, _ channel: String, _ unpaid: Int, at moment: Moment, _ random: inout SeededGenerator
    ) -> (String, promise: Day?) {
        if random.chance(26) {
            return switch channel {
            case "电话": ("未接通", nil)
            case "上门": ("无人在家，已留催缴单", nil)
            default: ("已读未回", nil)
            }
        }
        let day = timeline.day(of: moment)
        let next = payments[household.unit]?.first { $0 > moment }
        if let next, next < day.adding(15).start(in: timeline.zone) {
            return random.chance(75) ? ("承诺付款", timeline.day(of: next).adding(random.below(2))) : ("称已安排付款", nil)
        }
        // No payment follows within two weeks: a promise made here is broken, unless its day is still to come.
        let percent = unpaid > 2 ? 45 : 60
        if random.chance(percent) { return ("承诺付款", day.adding(random.between(2...12))) }
        return (
            random.pick([
                "对服务有异议", "在外地，回来处理", "要求先解决漏水问题", "称资金周转困难", "对金额有异议", "房屋空置，要求减免", "拒付", "非本人接听",
            ]), nil
        )
    }
}
