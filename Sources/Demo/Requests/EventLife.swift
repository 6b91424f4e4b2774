import Estate
import Journal

/// The community events, one or two a month on Saturdays, and the households that come.
struct EventLife {
    let life: Life
    let visits: ReturnVisits

    private static let ofMonth = [
        "写春联送祝福", "元宵灯谜会", "学雷锋便民服务日", "春季健步走", "亲子趣味运动会", "端午包粽子", "夏夜露天电影", "儿童夏令营", "中秋游园会", "重阳敬老活动", "社区歌咏比赛",
        "迎新联欢会",
    ]
    private static let small = ["健康义诊", "亲子读书会", "旧物交换集市", "消防知识讲座", "棋牌友谊赛"]

    func begin() {
        var dice = life.dice("events")
        for period in life.span.periods {
            let saturday = period.first.adding((6 - period.first.weekday + 7) % 7)
            hold(Self.ofMonth[period.number % 12], on: saturday.adding(7), households: 14...24, &dice)
            if dice.chance(50) { hold(dice.pick(Self.small), on: saturday.adding(21), households: 6...12, &dice) }
        }
    }

    private func hold(_ text: String, on day: Day, households: ClosedRange<Int>, _ dice: inout Dice) {
        let span = life.span
        let announced = max(
            span.moment(day.adding(-dice.between(6...10)), hour: 10, minute: dice.below(60)),
            span.moment(span.firstDay, hour: 9))
        let coming = dice.shuffled(life.town.households).prefix(dice.between(households)).map(\.unit)
        let over = span.moment(day, hour: 16, minute: dice.between(30...59))
        life.plan(at: announced) { batch in
            guard let organiser = coming.first else { return }
            let request = Ref<Request>(
                try batch.perform(
                    OpenRequest(class: .event, unit: organiser, text: text), by: Crew.supervisor, at: announced
                ).id)
            for (place, unit) in coming.enumerated() {
                let at = span.moment(day, hour: 13, minute: 30).adding(seconds: place * 97)
                life.plan(at: at) { batch in
                    try batch.perform(AttendEvent(request: request, unit: unit), by: Crew.supervisor, at: at)
                }
            }
            life.plan(at: over) { batch in
                try batch.perform(CompleteRequest(request: request), by: Crew.supervisor, at: over)
                visits.expect(of: request)
            }
        }
    }
}
