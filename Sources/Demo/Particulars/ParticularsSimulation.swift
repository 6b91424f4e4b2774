import Estate
import Handbook
import Journal

/// The manager ends the particulars of each month on the day on which they are due.
extension Particulars: SimulatedFeature {
    static func schedule(in simulation: Simulation) {
        let (timeline, particulars) = (simulation.timeline, simulation.store.estate.handbook.particulars)
        // One action ends what is due of all classes.
        let kept = Set(particulars.classes.filter { $0.from == .recording }.map { particulars.days(of: $0.id) })
        for month in timeline.months {
            for days in kept.sorted() {
                let moment = timeline.moment(month.adding(1).first.adding(days), hour: 9, minute: 10)
                simulation.schedule(at: moment) { batch in
                    do {
                        try batch.perform(ExpireParticulars(), by: Roster.manager.code, at: moment)
                    } catch let refusal as Refusal where refusal.code == "particulars.nothing" {}
                }
            }
        }
    }
}
