import Estate
import Journal

/// Community events (社区活动): one or two a month, on Saturdays, and the households that attend.
struct CommunityEvents {
    let simulation: Simulation

    private static let byMonth = [
        "写春联送祝福", "元宵灯谜会", "学雷锋便民服务日", "春季健步走", "亲子趣味运动会", "端午包粽子", "夏夜露天电影", "儿童夏令营", "中秋游园会", "重阳敬老活动", "社区歌咏比赛",
        "迎新联欢会",
    ]
    private static let small = ["健康义诊", "亲子读书会", "旧物交换集市", "消防知识讲座", "棋牌友谊赛"]

    func schedule() {
        var random = simulation.generator("events")
        for period in simulation.timeline.months {
            let saturday = period.first.adding((6 - period.first.weekday + 7) % 7)
            hold(Self.byMonth[period.number % 12], on: saturday.adding(7), households: 14...24, &random)
            if random.chance(50) { hold(random.pick(Self.small), on: saturday.adding(21), households: 6...12, &random) }
        }
    }

    private func hold(_ text: String, on day: Day, households: ClosedRange<Int>, _ random: inout SeededGenerator) {
        let timeline = simulation.timeline
        let announced = max(
            timeline.moment(day.adding(-random.between(6...10)), hour: 10, minute: random.below(60)),
            timeline.moment(timeline.firstDay, hour: 9))
        let coming = random.shuffled(simulation.plan.households).prefix(random.between(households)).map(\.unit)
        let over = timeline.moment(day, hour: 16, minute: random.between(30...59))
        simulation.schedule(at: announced) { batch in
            guard let organiser = coming.first else { return }
            let request = Ref<Request>(
                try batch.perform(
                    OpenRequest(class: .event, unit: organiser, text: text), by: Roster.supervisor, at: announced
                ).id)
            EventWork(simulation: simulation).schedule(request, on: day, announced: announced)
            for (place, unit) in coming.enumerated() {
                let at = timeline.moment(day, hour: 13, minute: 30).adding(seconds: place * 97)
                simulation.schedule(at: at) { batch in
                    try batch.perform(AttendEvent(request: request, unit: unit), by: Roster.supervisor, at: at)
                }
            }
            simulation.schedule(at: over) { batch in
                try batch.perform(CompleteRequest(request: request), by: Roster.supervisor, at: over)
                simulation[FollowUpSimulation.self].scheduleVisits(of: request)
            }
        }
    }
}
