import Estate
import Journal

extension Matters: SimulatedFeature {
    static func schedule(in simulation: Simulation) { MatterSimulation(simulation: simulation).schedule() }
}

/// Matters that the desk passes to other departments, on a third of the days; most are answered in time.
struct MatterSimulation {
    let simulation: Simulation

    private static let texts: [(to: String, what: String, answer: String)] = [
        ("工程", "3 栋地库入口照明整排不亮", "已换镇流器，当晚恢复"),
        ("工程", "2 栋顶层反映水压低", "已调变频泵压力，复测正常"),
        ("工程", "东门道闸抬杆慢", "已约厂家周四到场"),
        ("保洁", "5 栋垃圾投放点傍晚满桶", "已加清一次，调整到每天三次"),
        ("保洁", "儿童乐园地垫有积水", "已清扫，雨后专人巡一遍"),
        ("保安", "夜间 1 栋门口有人聚集喧哗", "已加巡两次，劝离"),
        ("保安", "非机动车停进消防通道", "已清走并贴提示"),
        ("财务", "业主要求补开上季度发票", "已开具，电子票发到手机"),
        ("财务", "业主称已付而系统未到账", "查到是备注房号写错，已更正"),
    ]
    private static let disputes = [
        ("租户称业主不修热水器，要求物业作证", "已调解：业主周末派人修，租户先垫付"),
        ("业主要求物业停租户门禁", "已说明物业无权停卡，建议走租赁合同"),
    ]

    fileprivate func schedule() {
        var random = simulation.generator("matters")
        var isOneForgotten = false
        for day in simulation.timeline.days where random.chance(33) {
            let moment = simulation.timeline.randomTime(on: day, hours: 9...16, &random)
            let by = random.chance(70) ? Roster.operatorOnDuty(at: moment, simulation.timeline) : Roster.supervisor
            // One of the last days waits for its answer.
            let isForgotten = !isOneForgotten && (4...14).contains(simulation.timeline.today.days(since: day))
            isOneForgotten = isOneForgotten || isForgotten
            if random.chance(10) {
                let unit = random.pick(simulation.plan.households).unit
                let (what, answer) = random.pick(Self.disputes)
                pass(
                    PassMatter(to: "客服", what: what, unit: unit, kind: .dispute), isForgotten ? nil : answer,
                    at: moment,
                    by: by, &random)
            } else {
                let (to, what, answer) = random.pick(Self.texts)
                pass(PassMatter(to: to, what: what), isForgotten ? nil : answer, at: moment, by: by, &random)
            }
        }
    }

    /// A sixth of those that are answered are so too late.
    private func pass(
        _ matter: PassMatter, _ answer: String?, at moment: Moment, by: String, _ random: inout SeededGenerator
    ) {
        let delay = random.chance(17) ? random.between(60...120) : random.between(2...40)
        let later = simulation.timeline.workingTime(from: moment.adding(minutes: delay * 60), &random)
        let simulation = simulation
        simulation.schedule(at: moment) { batch in
            let id = try batch.perform(matter, by: by, at: moment).id
            guard let answer else { return }
            simulation.schedule(at: later) { batch in
                try batch.perform(
                    AnswerMatter(matter: Ref(id), answer: answer),
                    by: Roster.operatorOnDuty(at: later, simulation.timeline),
                    at: later)
            }
        }
    }
}
