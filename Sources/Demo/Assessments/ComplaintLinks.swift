import Estate
import Journal

extension Assessments: SimulatedFeature {
    static func schedule(in simulation: Simulation) { ComplaintLinks(simulation: simulation).schedule() }
}

/// Each month the supervisor finds that one or two complaints are about members of the staff.
struct ComplaintLinks {
    let simulation: Simulation

    fileprivate func schedule() {
        let timeline = simulation.timeline
        for period in timeline.months {
            var random = simulation.generator("complaint links", period.number)
            for day in [random.between(8...12), random.between(18...24)] {
                let member = random.pick(Roster.operators + Roster.guards + Roster.administrators)
                let moment = timeline.moment(period.first.adding(day), hour: 16, minute: random.below(60))
                simulation.schedule(at: moment) { batch in
                    let estate = simulation.store.estate
                    let complaint = estate.requests.all.values.last { $0.class == .complaint && $0.opened < moment }
                    guard let complaint, !estate.assessments.concerns(member, complaint.id) else { return }
                    try batch.perform(
                        LinkComplaint(request: complaint.id, staff: member), by: Roster.supervisor, at: moment)
                }
            }
        }
    }
}
