import Estate
import Handbook
import Journal

extension Particulars: SimulatedFeature {
    static func schedule(in simulation: Simulation) { ParticularsSimulation(simulation: simulation).schedule() }
}

/// The manager ends the particulars of each month on the day on which they are due.
struct ParticularsSimulation {
    let simulation: Simulation

    fileprivate func schedule() {
        let timeline = simulation.timeline
        let particulars = simulation.store.estate.handbook.particulars
        for known in particulars.classes where known.from == .recording {
            for month in timeline.months {
                let due = month.adding(1).first.adding(particulars.days(of: known.id))
                let moment = timeline.moment(due, hour: 9, minute: 10)
                simulation.schedule(at: moment) { batch in
                    do {
                        try batch.perform(ExpireParticulars(), by: Roster.manager.code, at: moment)
                    } catch let refusal as Refusal where refusal.code == "particulars.nothing" {}
                }
            }
        }
    }
}
