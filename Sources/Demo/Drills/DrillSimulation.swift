import Estate
import Journal

extension Drills: SimulatedFeature {
    static func schedule(in simulation: Simulation) { DrillSimulation(simulation: simulation).schedule() }
}

/// Two guards learn the residents' plates (7.7): some minutes on most days of the last weeks. One remembers more than the
/// other.
struct DrillSimulation {
    private static let weeks = 5
    /// The most plates of one sitting.
    private static let sitting = 12

    let simulation: Simulation
    private var timeline: Timeline { simulation.timeline }

    init(simulation: Simulation) { self.simulation = simulation }

    fileprivate func schedule() {
        var random = simulation.generator("drills")
        for (member, share) in zip(Roster.guards, [86, 70]) {
            for back in stride(from: Self.weeks * 7, through: 0, by: -1) {
                let day = timeline.today.adding(-back)
                if day < timeline.firstDay || random.chance(25) { continue }
                let start = timeline.moment(day, hour: 15, minute: random.between(30...40))
                sit(member, from: start, share: share, seed: day.number)
            }
        }
    }

    /// One sitting: what is due, then some new plates; those that come again within minutes as well.
    private func sit(_ member: String, from start: Moment, share: Int, seed: Int) {
        var random = simulation.generator("drills of \(member)", seed)
        for number in 0..<Self.sitting {
            let (at, knows) = (start.adding(seconds: number * 40), random.chance(share))
            simulation.schedule(at: at) { batch in
                let question = simulation.store.estate.drill(of: member, at: at).next
                guard let plate = question?.plate else { return }
                try batch.perform(AnswerDrill(plate: plate, knows ? .good : .again), by: member, at: at)
            }
        }
    }
}
