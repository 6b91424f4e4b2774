import Estate
import Journal

extension Board: SimulatedFeature {
    static func schedule(in simulation: Simulation) {
        var random = simulation.generator("board")
        let timeline = simulation.timeline
        let texts = [
            "2 栋 1 单元电梯维保 14:00–16:00，请走楼梯或走 2 号梯", "东区今天 9:00–17:00 停水，水箱已蓄满", "地库 B 区清洗地面，请绕行出口坡道",
            "周六上午中心花园健康义诊", "明天有大风，请收好阳台物品", "3 栋外墙检修，楼下已围护",
        ]
        for day in timeline.days where random.chance(25) || day == timeline.today {
            let moment = timeline.moment(day, hour: 8, minute: 5 + random.below(20))
            let notice = PostNotice(text: random.pick(texts), until: day.adding(random.below(2)))
            simulation.schedule(at: moment) { batch in
                try batch.perform(notice, by: Roster.operatorOnDuty(at: moment, timeline), at: moment)
            }
        }
    }
}
