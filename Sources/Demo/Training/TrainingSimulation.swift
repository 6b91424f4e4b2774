import Estate
import Journal

extension Trainings: SimulatedFeature {
    static func schedule(in simulation: Simulation) { TrainingSimulation(simulation: simulation).schedule() }
}

/// A training of a department each month, and the guards' certificates, of which one ends soon and one has ended.
struct TrainingSimulation {
    let simulation: Simulation
    private var timeline: Timeline { simulation.timeline }

    init(simulation: Simulation) { self.simulation = simulation }

    /// `hours` in tenths.
    private static let topics: [(topic: String, hours: Int, trainer: String, staff: [String])] = [
        ("电话接听", 20, Roster.supervisor, Roster.operators), ("交接班", 15, Roster.supervisor, Roster.guards),
        ("消防演练", 30, "消防救援站", Roster.guards + Roster.administrators),
        ("礼貌用语", 10, Roster.manager.code, Roster.operators + Roster.guards),
        ("突发事件处理", 20, Roster.supervisor, Roster.guards), ("信息保密", 10, Roster.manager.code, Roster.operators),
    ]

    fileprivate func schedule() {
        for (place, period) in timeline.months.enumerated() {
            let one = Self.topics[place % Self.topics.count]
            var random = simulation.generator("training", period.number)
            let day = period.first.adding(random.between(9...15))
            let failed = random.chance(30) ? one.staff.last : nil
            record(one, one.staff.filter { $0 != failed }, .passed, on: day, hour: 15)
            if let failed { record(one, [failed], .failed, on: day, hour: 15) }
        }
        certify("保安员证", Roster.guards[0], on: timeline.firstDay.adding(3), until: timeline.today.adding(18))
        certify("保安员证", Roster.guards[1], on: timeline.firstDay.adding(3), until: timeline.today.adding(-6))
        certify("消防设施操作员证", Roster.guards[2], on: timeline.firstDay.adding(10), until: timeline.today.adding(700))
    }

    private func record(
        _ one: (topic: String, hours: Int, trainer: String, staff: [String]), _ staff: [String],
        _ result: TrainingResult, on day: Day, hour: Int
    ) {
        if staff.isEmpty { return }
        let moment = timeline.moment(day, hour: hour, minute: 30)
        simulation.schedule(at: moment) { batch in
            let training = RecordTraining(
                topic: one.topic, hours: TrainingHours(scaled: one.hours * 10), trainer: one.trainer, staff: staff,
                result: result)
            try batch.perform(training, by: Roster.supervisor, at: moment)
        }
    }

    private func certify(_ topic: String, _ member: String, on day: Day, until: Day) {
        let moment = timeline.moment(day, hour: 10)
        simulation.schedule(at: moment) { batch in
            let training = RecordTraining(
                topic: topic, hours: TrainingHours(scaled: 800), trainer: "培训学校", staff: [member], result: .passed,
                until: until)
            try batch.perform(training, by: Roster.supervisor, at: moment)
        }
    }
}
