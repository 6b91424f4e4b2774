import Estate
import Journal

extension Surveys: SimulatedFeature {
    static func schedule(in simulation: Simulation) { SurveySimulation(simulation: simulation).schedule() }
}

/// Two surveys: one of two months ago that is closed, and one under way with half of its households asked.
struct SurveySimulation {
    private static let sample = 40
    private static let planner = "S07"
    private static let askers = ["S02", "S03", "S07"]
    private static let reasons = ["报修三天才有人来", "楼道灯坏了很久", "电话打不通", "垃圾清运太晚", "账单看不明白"]

    let simulation: Simulation
    private var timeline: Timeline { simulation.timeline }

    init(simulation: Simulation) { self.simulation = simulation }

    fileprivate func schedule() {
        survey("秋季满意度调查", from: timeline.today.adding(-62), days: 14, reached: 92, closes: true, 0)
        survey("冬季满意度调查", from: timeline.today.adding(-4), days: 14, reached: 92, closes: false, 1)
    }

    private func survey(_ name: String, from: Day, days: Int, reached: Int, closes: Bool, _ number: Int) {
        if from < timeline.firstDay { return }
        let to = from.adding(days)
        simulation.schedule(at: timeline.moment(from, hour: 8, minute: 40)) { batch in
            let planned = PlanSurvey(
                name: name, questions: simulation.store.estate.handbook.surveys.questions, from: from, to: to,
                sample: Self.sample)
            let id = Ref<Survey>(
                try batch.perform(planned, by: Self.planner, at: timeline.moment(from, hour: 8, minute: 40)).id)
            var random = simulation.generator("survey", number)
            for unit in simulation.store.estate.surveys[id]?.drawn ?? [] {
                let day = from.adding(random.below(days))
                let moment = timeline.moment(day, hour: random.between(10...19), minute: random.below(60))
                ask(unit, of: id, at: moment, reached: random.chance(reached), &random)
            }
            guard closes else { return }
            let end = timeline.moment(to.adding(1), hour: 9, minute: 5)
            simulation.schedule(at: end) { try $0.perform(CloseSurvey(survey: id), by: Self.planner, at: end) }
        }
    }

    /// Asks one household; who is not reached is not asked again.
    private func ask(
        _ unit: UnitCode, of survey: Ref<Survey>, at moment: Moment, reached: Bool, _ random: inout SeededGenerator
    ) {
        let asker = random.pick(Self.askers)
        let outcome = random.pick(SurveyOutcome.allCases)
        // One household in eight is not content.
        let mood = random.chance(12) ? 2 : 4
        let scores: [Int?] = (0..<9).map { _ in random.chance(6) ? nil : min(5, mood + random.below(2)) }
        let isLow = scores.contains { $0.map { $0 <= 2 } ?? false }
        let why = isLow ? random.pick(Self.reasons) : nil
        let (way, wish) = (random.pick(SurveyWay.allCases), random.pick(["停车", "电梯", "维修", "保洁"]))
        simulation.schedule(at: moment) { batch in
            if reached, scores.contains(where: { $0 != nil }) {
                try batch.perform(
                    AnswerSurvey(survey: survey, unit: unit, scores: scores, way: way, wish: wish, why: why),
                    by: asker, at: moment)
            } else {
                try batch.perform(ContactHousehold(survey: survey, unit: unit, outcome: outcome), by: asker, at: moment)
            }
        }
    }
}
