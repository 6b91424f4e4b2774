import Estate
import Handbook
import Journal

extension Planning: SimulatedFeature {
    static func schedule(in simulation: Simulation) { PlanningSimulation(simulation: simulation).schedule() }
}

/// The manager's year: the department's plan and what of it is done, the papers of the year before, and the target that
/// the regional manager sets.
struct PlanningSimulation {
    private static let items: [(what: String, who: String, month: Int, day: Int)] = [
        ("修订前台电话用语并培训", "S07", 7, 31), ("上上月收缴率做到 100%", "S07", 8, 31), ("开展秋季满意度调查", "S07", 9, 30),
        ("组织中秋社区活动", "S09", 9, 25), ("电梯、消防维保单位年度评审", "工程部", 10, 31), ("地下车库照明改造跟进", "工程部", 11, 15),
        ("门岗人车熟记考核", "S04", 11, 30), ("冬季防冻检查", "工程部", 12, 10), ("年末欠费集中催缴", "S07", 12, 20),
        ("编写年终总结和来年计划", "S01", 12, 31), ("修订装修管理告知书", "S07", 3, 31), ("春季绿化补种", "绿化公司", 4, 15),
        ("汛前排水检查", "工程部", 5, 31), ("上半年服务质量分析", "S01", 6, 30),
    ]

    let simulation: Simulation
    private var timeline: Timeline { simulation.timeline }

    fileprivate func schedule() {
        let planned = timeline.moment(timeline.firstDay.adding(1), hour: 10)
        simulation.schedule(at: planned) { batch in
            let first = Period(timeline.day(of: planned))
            for item in Self.items {
                // The twelve months that begin now.
                let this = Period(year: first.first.civil.year, month: item.month)
                let month = this < first ? this.adding(12) : this
                guard let due = Day(year: month.first.civil.year, month: item.month, day: item.day) else { continue }
                let id = Ref<PlanItem>(
                    try batch.perform(
                        AddPlanItem(year: due.civil.year, what: item.what, who: item.who, due: due),
                        by: Roster.manager.code, at: planned
                    ).id)
                finish(id, due)
            }
        }
        finishPapers()
        setTarget()
    }

    /// Most are done some days before their day, some after it, one in eight is still open.
    private func finish(_ id: Ref<PlanItem>, _ due: Day) {
        var random = simulation.generator("plan", due.number)
        if random.chance(12) { return }
        let halfway = timeline.moment(due.adding(-20), hour: 11)
        if due.adding(-20) > timeline.firstDay.adding(1) {
            simulation.schedule(at: halfway) {
                try $0.perform(
                    UpdatePlanItem(item: id, percent: 50, note: "方案已定，正在办"), by: Roster.supervisor, at: halfway)
            }
        }
        let day = due.adding(random.chance(15) ? random.between(2...9) : -random.between(0...12))
        let moment = timeline.moment(day, hour: random.between(9...17), minute: random.below(60))
        simulation.schedule(at: moment) {
            try $0.perform(FinishPlanItem(item: id), by: Roster.supervisor, at: moment)
        }
    }

    /// The year-end summary and the public notice, three days before their day.
    private func finishPapers() {
        let planning = simulation.store.estate.handbook.planning
        for (paper, clause) in [("summary", planning.summary), ("publish", planning.publish)] {
            for month in timeline.months where month.first.civil.month == clause.month {
                let moment = timeline.moment(month.first.adding(clause.day - 1 - 3), hour: 16)
                simulation.schedule(at: moment) {
                    try $0.perform(
                        FinishDuty(duty: "\(paper)-\(month.first.civil.year - 1)"), by: Roster.manager.code, at: moment)
                }
            }
        }
    }

    /// From the second month on 80 % of all other services are visited.
    private func setTarget() {
        let from = timeline.firstMonth.adding(1).first
        let moment = timeline.moment(from.adding(-3), hour: 15)
        simulation.schedule(at: moment) {
            try $0.perform(SetTarget(class: .other, target: 80, from: from), by: Roster.regional, at: moment)
        }
    }
}
