import Estate
import Journal

extension Rosters: SimulatedFeature {
    static func prepare(_ simulation: Simulation, _ batch: inout Store.Batch) throws {
        let roster = RosterSimulation(simulation: simulation)
        let first = simulation.timeline.firstDay
        try roster.plan(from: first, through: Week(first).sunday, at: simulation.timeline.founded, &batch)
    }

    static func schedule(in simulation: Simulation) { RosterSimulation(simulation: simulation).schedule() }
}

/// The guards' roster, planned each Saturday for the next week. Now and then another comes than was planned.
struct RosterSimulation {
    private static let post = "门岗"

    let simulation: Simulation
    private var timeline: Timeline { simulation.timeline }

    init(simulation: Simulation) { self.simulation = simulation }

    fileprivate func schedule() {
        let first = Week(timeline.firstDay).sunday.adding(1)
        for monday in stride(from: first.number, through: timeline.today.number + 7, by: 7) {
            let monday = Day(number: monday)
            let moment = timeline.moment(monday.adding(-2), hour: 10, minute: 5)
            simulation.schedule(at: moment) { batch in
                try plan(from: monday, through: monday.adding(6), at: moment, &batch)
            }
        }
    }

    fileprivate func plan(from: Day, through: Day, at moment: Moment, _ batch: inout Store.Batch) throws {
        var random = simulation.generator("roster", from.number)
        for number in from.number...through.number {
            let day = Day(number: number)
            for index in Roster.shiftHours.indices {
                let begins = timeline.moment(day, hour: Roster.shiftHours[index])
                let regular = Roster.guardOnDuty(day: day, shift: index)
                let others = Roster.guards.filter { $0 != regular }
                // Who is planned has swapped with another since.
                let planned = index == 1 && random.chance(6) ? random.pick(others) : regular
                let shift = SetRoster(
                    staff: planned, post: Self.post, from: begins, to: begins.adding(minutes: 8 * 60))
                try batch.perform(shift, by: Roster.supervisor, at: moment)
            }
        }
    }
}
