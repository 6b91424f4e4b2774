import Estate
import Journal

/// What is planned, done and spent for a community event.
struct EventWork {
    let simulation: Simulation
    private var timeline: Timeline { simulation.timeline }

    private static let departments = ["客服", "工程", "保洁", "秩序", "物管"]
    private static let purchases = ["奖品", "横幅和海报", "饮用水", "音响租用", "游戏道具", "水果点心"]

    /// Schedules the work for an event that was announced at a moment and takes place on a day.
    func schedule(_ request: Ref<Request>, on day: Day, announced: Moment) {
        var random = simulation.generator("event work", day.number)
        let budget = 500 * random.between(2...8)
        let planned = announced.adding(minutes: random.between(40...200))
        perform(PlanEvent(request: request, budget: Money(fen: budget * 100), date: day), at: planned)
        let tasks = simulation.store.estate.handbook.events.tasks
        for (place, task) in random.shuffled(tasks).prefix(random.between(4...7)).enumerated() {
            let isAfter = task == "小结"
            let due = day.adding(isAfter ? 7 : -random.below(2))
            let who = place == 0 ? Roster.administrators[0] : random.pick(Self.departments)
            let given = planned.adding(minutes: 5 + place)
            // Of the last months one in twelve is forgotten as yet; of all one in ten is done late.
            let isDone = !random.chance(8) || day < timeline.today.adding(-60)
            let late = random.chance(10) ? 1 : 0
            let done = timeline.moment(due.adding(late), hour: random.between(10...17), minute: random.below(60))
            simulation.schedule(at: given) { batch in
                let id = Ref<EventTask>(
                    try batch.perform(
                        AddEventTask(request: request, task: task, who: who, due: max(due, timeline.day(of: given))),
                        by: Roster.supervisor, at: given
                    ).id)
                if isDone { perform(FinishTask(task: id), at: max(done, given.adding(minutes: 1))) }
            }
        }
        var rest = budget * random.between(60...108)
        for purchase in random.shuffled(Self.purchases).prefix(random.between(2...4)) where rest > 5000 {
            let amount = max(2000, rest * random.between(25...60) / 100)
            rest -= amount
            let moment = timeline.moment(
                day.adding(-random.below(3)), hour: random.between(9...12), minute: random.below(60))
            let cost = RecordEventCost(
                request: request, amount: SignedAmount(Money(fen: amount)), what: purchase)
            perform(cost, at: max(moment, planned.adding(minutes: 30)))
        }
    }

    private func perform(_ action: any Action, at moment: Moment) {
        simulation.schedule(at: moment) { try $0.perform(action, by: Roster.supervisor, at: moment) }
    }
}
