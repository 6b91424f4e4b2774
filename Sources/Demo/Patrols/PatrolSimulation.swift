import Estate
import Journal

extension Patrols: SimulatedFeature {
    static func schedule(in simulation: Simulation) { PatrolSimulation(simulation: simulation).schedule() }
}

/// The patrols (7.15): all points by night, some by day.
struct PatrolSimulation {
    let simulation: Simulation

    private static let points = ["1 号楼顶层", "2 号楼顶层", "3 号楼顶层", "4 号楼顶层", "5 号楼顶层", "6 号楼顶层", "地下车库"]

    func schedule() {
        let timeline = simulation.timeline
        for day in timeline.days {
            var random = simulation.generator("patrols", day.number)
            walk("夜间全区", Self.points, from: timeline.moment(day, hour: 2, minute: random.below(20)), &random)
            let few = random.chance(50) ? Self.points.prefix(3) : Self.points.suffix(4)
            walk("日间分区", Array(few), from: timeline.moment(day, hour: 16, minute: 20 + random.below(30)), &random)
        }
    }

    private func walk(_ route: String, _ points: [String], from start: Moment, _ random: inout SeededGenerator) {
        var moment = start
        for point in points {
            moment = moment.adding(seconds: random.between(240...600))
            if random.chance(2) { continue }  // A point left out.
            let at = moment
            simulation.schedule(at: at) { batch in
                try batch.perform(
                    CheckPatrol(route: route, point: point), by: Roster.guardOnDuty(at: at, simulation.timeline), at: at
                )
            }
        }
    }
}
