import Estate
import Journal

extension CustomerVisits: SimulatedFeature {
    /// Each month about as many visits as the handbook asks for; one administrator falls short.
    static func schedule(in simulation: Simulation) {
        let members = [
            (Roster.manager.code, 4), (Roster.supervisor, 8), (Roster.administrators[0], 15),
            (Roster.administrators[1], 12),
        ]
        for month in simulation.timeline.months {
            var random = simulation.generator("calls on customers", month.number)
            for (member, count) in members {
                for _ in 0..<count {
                    CustomerVisitSimulation(simulation: simulation).visit(in: month, by: member, &random)
                }
            }
        }
    }
}

/// Visits of customers with what they said, and a request of what they need.
struct CustomerVisitSimulation {
    private static let talks: [(purpose: String, result: String, needs: String?)] = [
        ("定期走访", "对保洁满意，觉得门岗认人快", nil), ("定期走访", "希望夜间巡逻多走地库", nil),
        ("费用沟通", "讲清了停车费的算法，答应月底前交", nil), ("定期走访", "楼道灯暗", "更换三层楼道灯"),
        ("关怀老人", "独居，身体好，留了子女电话", nil), ("投诉后沟通", "噪声好转，仍希望装修按时停工", nil),
        ("定期走访", "门禁有时刷不开", "检修单元门禁"), ("新住户", "介绍了报修电话和缴费方式", nil),
    ]

    let simulation: Simulation
    private var timeline: Timeline { simulation.timeline }

    func visit(in month: Period, by member: String, _ random: inout SeededGenerator) {
        let moment = timeline.randomTime(on: month.first.adding(random.below(month.length)), hours: 9...17, &random)
        let (talk, choice) = (random.pick(Self.talks), random.below(10_000))
        simulation.schedule(at: moment) { batch in
            let occupied = simulation.store.estate.people.units.values.filter { !$0.residents.isEmpty }
            if occupied.isEmpty { return }
            let unit = occupied[occupied.index(occupied.startIndex, offsetBy: choice % occupied.count)].code
            try batch.perform(
                CallOn(unit: unit, purpose: talk.purpose, result: talk.result, needs: talk.needs), by: member,
                at: moment)
        }
    }
}
