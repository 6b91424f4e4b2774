import Estate
import Foundation
import Journal

extension Patrols: SimulatedFeature {
    static func schedule(in simulation: Simulation) { PatrolSimulation(simulation: simulation).schedule() }
}

/// The routes of the demo's estate: all buildings by night, the lobbies and the grounds by day.
enum PatrolPolicy {
    fileprivate static let (night, day) = ("全区", "日间")
    fileprivate static let lobbies = (1...6).map { "\($0)栋大堂" } + ["地下车库", "中心花园"]

    /// Writes the chapter into the estate's own handbook. An estate reads it when it is opened.
    static func write(in folder: String) throws {
        let points = lobbies.map { "\"\($0)\"" }.joined(separator: ",")
        let chapter = """
            {"policy":{"points":["地下车库"],"routes":[{"name":"\(day)","points":[\(points)]}]}}

            """
        let handbook = URL(fileURLWithPath: folder).appendingPathComponent("handbook")
        try FileManager.default.createDirectory(at: handbook, withIntermediateDirectories: true)
        try Data(chapter.utf8).write(to: handbook.appendingPathComponent("patrols.json"))
    }
}

/// The patrols (7.15): all buildings by night, the lobbies by day. Now and then a point is missed or reached too fast, and
/// once in a while a patrol breaks off.
struct PatrolSimulation {
    let simulation: Simulation

    func schedule() {
        let timeline = simulation.timeline
        let night = simulation.store.estate.patrolRoutes.first { $0.name == PatrolPolicy.night }?.points ?? []
        for day in timeline.days {
            var random = simulation.generator("patrols", day.number)
            // Every third night over all floors; by day the lobbies.
            if day.number % 3 == 0 {
                walk(PatrolPolicy.night, night, from: timeline.moment(day, hour: 2, minute: random.below(20)), &random)
            }
            walk(
                PatrolPolicy.day, PatrolPolicy.lobbies,
                from: timeline.moment(day, hour: 15, minute: 20 + random.below(30)), &random)
        }
    }

    private func walk(_ route: String, _ points: [String], from start: Moment, _ random: inout SeededGenerator) {
        let by = Roster.guardOnDuty(at: start, simulation.timeline)
        var moment = start
        let end = random.chance(4) ? points.count / 2 : points.count
        simulation.schedule(at: start) { batch in try batch.perform(StartPatrol(route: route), by: by, at: start) }
        for point in points.prefix(end) {
            // The top of a building is reached by the lift.
            moment = moment.adding(seconds: random.chance(1) ? 8 : random.between(60...150))
            if random.chance(2) { continue }
            let at = moment
            simulation.schedule(at: at) { batch in
                try batch.perform(CheckPatrol(route: route, point: point), by: by, at: at)
            }
        }
        guard end == points.count else { return }
        let finished = moment.adding(seconds: 90)
        simulation.schedule(at: finished) { [simulation] batch in
            let open = simulation.store.estate.patrols.all.values.last { $0.route == route && $0.by == by }
            if let open { try batch.perform(FinishPatrol(patrol: open.id), by: by, at: finished) }
        }
    }
}
