import Estate
import Journal

extension Collecting: SimulatedFeature {
    static func schedule(in simulation: Simulation) {
        for period in simulation.timeline.months {
            let work = CollectingSimulation(simulation: simulation)
            for day in [17, 18] { work.serveLetters(on: period.first.adding(day - 1)) }
            work.plan(on: period.first.adding(27), share: 100)
            work.report(on: period.first.adding(27))
            work.approve(period, on: period.last.adding(1))
            // The supervisor begins the day before.
            work.plan(on: period.first.adding(26), share: 35)
        }
    }
}

/// Letters (催缴函) to who owes two months or more, in the middle of the month, and the plans for the report of the 28th.
struct CollectingSimulation {
    let simulation: Simulation

    private var timeline: Timeline { simulation.timeline }

    /// The accounts in arrears of at least some periods, in order.
    private func debtors(at moment: Moment, of periods: Int) -> [Fees.Arrears] {
        simulation.store.estate.fees.arrears(at: moment, zone: timeline.zone)
            .filter { $0.periods >= periods && $0.account.isPresent }.sorted { $0.unit < $1.unit }
    }

    func serveLetters(on day: Day) {
        let first = timeline.moment(day, hour: 9, minute: 30)
        simulation.schedule(at: first) { batch in
            var random = simulation.generator("letters", day.number)
            var moment = first
            for debtor in debtors(at: first, of: 2) where debtor.unit.text.count % 2 == day.number % 2 {
                moment = moment.adding(minutes: random.between(4...14))
                if moment > timeline.now { return }
                try serve(debtor.unit, at: moment, &random, &batch)
            }
        }
    }

    private func serve(
        _ unit: UnitCode, at moment: Moment, _ random: inout SeededGenerator, _ batch: inout Store.Batch
    ) throws {
        let residents = simulation.store.estate.people.residents(of: unit)
        let way = random.pick([("当面签收", 30), ("同住成年家属签收", 18), ("EMS 签收", 28), ("贴在门上", 14), ("拒签", 6), ("退回", 4)])
        let taken =
            switch way {
            case "当面签收": residents.first { $0.role == .owner }?.name
            case "同住成年家属签收": residents.first { $0.role == .family }?.name
            default: String?.none
            }
        let number = way == "EMS 签收" || way == "退回" ? "EX\(10_000_000 + random.below(89_999_999))" : nil
        try batch.perform(
            ServeLetter(unit: unit, way: way, number: number, taken: taken), by: Roster.supervisor, at: moment)
    }

    /// The supervisor hands the report in on the afternoon of the 28th.
    func report(on day: Day) {
        let moment = timeline.moment(day, hour: 17, minute: 10)
        simulation.schedule(at: moment) { batch in
            try batch.perform(ReportArrears(), by: Roster.supervisor, at: moment)
        }
    }

    /// The manager reads it some days later.
    func approve(_ period: Period, on day: Day) {
        let words = ["账龄一年以上的由主管上门面谈，下月 10 日前报结果", "同意；约定付款的逐户跟到底", "先解决对服务有意见的十户，工程部配合"]
        let moment = timeline.moment(day, hour: 9, minute: 40)
        simulation.schedule(at: moment) { batch in
            try batch.perform(
                ApproveReport(period: period, instruction: words[period.number % words.count]),
                by: Roster.manager.code, at: moment)
        }
    }

    /// Plans for a share of those who owe two months or more, in percent, as the records propose them.
    func plan(on day: Day, share: Int) {
        let first = timeline.moment(day, hour: 14)
        simulation.schedule(at: first) { batch in
            var random = simulation.generator("plans", day.number)
            var moment = first
            for debtor in debtors(at: first, of: 2) where random.chance(share) {
                moment = moment.adding(minutes: random.between(1...3))
                if moment > timeline.now { return }
                let estate = simulation.store.estate
                if estate.plan(for: debtor.unit)?.next.map({ $0 > day }) ?? false { continue }
                let proposed = PlanArrears.proposals(
                    with: ["unit": debtor.unit.text], to: Roster.supervisor, in: estate, at: moment)
                let reason = proposed["reason"] ?? random.pick(["忘记／不知情", "资金困难", "长期在外／境外"])
                let solution = proposed["solution"] ?? random.pick(["约定付款日", "现场面谈", "寄催缴函"])
                try batch.perform(
                    PlanArrears(
                        unit: debtor.unit, solution: solution, who: proposed["who"] ?? Roster.supervisor,
                        next: day.adding(random.between(3...12)), reason: reason),
                    by: Roster.supervisor, at: moment)
            }
        }
    }
}
