import Estate
import Journal

extension Incidents: SimulatedFeature {
    static func schedule(in simulation: Simulation) {
        IncidentSimulation(simulation: simulation).schedule()
    }
}

/// A fire drill that was gone through, and a real entrapment in a lift whose debrief is still due.
struct IncidentSimulation {
    let simulation: Simulation
    private var timeline: Timeline { simulation.timeline }

    fileprivate func schedule() {
        let drill = timeline.moment(timeline.today.adding(-19), hour: 15, minute: 2)
        run(
            Course(
                kind: "火灾", isDrill: true, steps: [1, 2, 3, 4, 5, 6, 7, 10], minutes: 3,
                told: ["值班经理", Roster.supervisor, "社区"], seesAll: true, note: "演练结束：疏散用时十四分钟，两户未参加",
                debrief: "集合点标志不明显，三日内补；对讲机两台没电"), at: drill)
        let trapped = timeline.moment(timeline.today.adding(-2), hour: 19, minute: 41)
        run(
            Course(
                kind: "电梯困人", isDrill: false, steps: [1, 2, 4, 3, 6, 7, 8], minutes: 4,
                told: ["电梯维保", Roster.supervisor, Roster.manager.code], seesAll: false,
                note: "5 号楼 1 号梯，困两人二十二分钟，无人受伤；停梯待维保书面说明", debrief: nil), at: trapped)
    }

    /// What happens in an incident.
    private struct Course {
        let kind: String
        let isDrill: Bool
        /// In the order in which they are done.
        let steps: [Int]
        /// From one step to the next.
        let minutes: Int
        let told: [String]
        let seesAll: Bool
        let note: String
        let debrief: String?
    }

    private func run(_ course: Course, at start: Moment) {
        guard start >= timeline.moment(timeline.firstDay, hour: 0) else { return }
        simulation.schedule(at: start) { batch in
            let guardian = Roster.guardOnDuty(at: start, timeline)
            let incident = Ref<Incident>(
                try batch.perform(OpenIncident(kind: course.kind, isDrill: course.isDrill), by: guardian, at: start).id)
            for (index, step) in course.steps.enumerated() {
                simulation.schedule(at: start.adding(minutes: 1 + index * course.minutes)) { batch in
                    try batch.perform(
                        StepIncident(incident: incident, step: "\(step)"), by: guardian,
                        at: start.adding(minutes: 1 + index * course.minutes))
                }
            }
            for (index, who) in course.told.enumerated() {
                simulation.schedule(at: start.adding(minutes: 2 + index)) { batch in
                    try batch.perform(
                        TellIncident(incident: incident, who: who), by: guardian, at: start.adding(minutes: 2 + index))
                }
            }
            let end = start.adding(minutes: 4 + course.steps.count * course.minutes)
            simulation.schedule(at: end) { batch in try finish(incident, course, by: guardian, at: end, &batch) }
        }
    }

    private func finish(
        _ incident: Ref<Incident>, _ course: Course, by guardian: String, at end: Moment, _ batch: inout Store.Batch
    ) throws {
        let estate = simulation.store.estate
        let missing = estate.incidents[incident].map { estate.unaccounted(of: $0) } ?? []
        for visit in missing where course.seesAll {
            try batch.perform(SeeVisitor(incident: incident, visit: visit), by: guardian, at: end)
        }
        try batch.perform(CloseIncident(incident: incident, note: course.note), by: guardian, at: end)
        guard let debrief = course.debrief else { return }
        let moment = end.adding(minutes: 44 * 60)
        simulation.schedule(at: moment) { batch in
            try batch.perform(DebriefIncident(incident: incident, note: debrief), by: Roster.supervisor, at: moment)
        }
    }
}
