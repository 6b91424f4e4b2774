import Estate
import Journal

extension Inspections: SimulatedFeature {
    static func schedule(in simulation: Simulation) { InspectionSimulation(simulation: simulation).schedule() }
}

/// The supervisor's inspections, two each week (5.1), and the rechecks of failed items.
final class InspectionSimulation {
    private static let template = "weekly"

    private let simulation: Simulation
    private var timeline: Timeline { simulation.timeline }
    private var random: SeededGenerator

    init(simulation: Simulation) {
        self.simulation = simulation
        random = simulation.generator("inspections")
    }

    fileprivate func schedule() {
        let thisWeek = Week(timeline.today)
        for monday in stride(from: Week(timeline.firstDay).monday.number, through: thisWeek.monday.number, by: 7) {
            let monday = Day(number: monday)
            let isThisWeek = monday == thisWeek.monday
            let first = isThisWeek ? monday : monday.adding(random.below(2))
            inspect(from: timeline.moment(first, hour: 9, minute: 5 + random.below(40)), isInterrupted: false)
            // The second inspection of a week is omitted in one of ten weeks.
            if !isThisWeek, random.chance(10) { continue }
            let second = monday.adding(isThisWeek ? 3 : random.between(3...4))
            inspect(from: timeline.moment(second, hour: 14, minute: random.below(50)), isInterrupted: isThisWeek)
        }
    }

    /// Schedules an inspection; an interrupted one is finished 17 hours later.
    private func inspect(from start: Moment, isInterrupted: Bool) {
        guard start >= timeline.moment(timeline.firstDay, hour: 0) else { return }
        simulation.schedule(at: start) { [self] batch in
            let inspection = Ref<Inspection>(
                try batch.perform(OpenInspection(template: Self.template), by: Roster.supervisor, at: start).id)
            let items = simulation.store.estate.inspections[inspection]?.items ?? []
            var moment = start
            var failed: [String] = []
            for (place, item) in items.enumerated() {
                moment = moment.adding(seconds: random.between(70...240))
                if isInterrupted, place == items.count * 3 / 5 { moment = moment.adding(seconds: 17 * 3600) }
                if random.chance(2) { continue }
                let fails = random.chance(5)
                if fails { failed.append(item) }
                mark(inspection, item, fails, at: moment)
            }
            let end = moment.adding(minutes: 6)
            simulation.schedule(at: end) { [self] batch in
                try batch.perform(CloseInspection(inspection: inspection), by: Roster.supervisor, at: end)
                for item in failed { recheck(inspection, item, after: end) }
            }
        }
    }

    private func mark(_ inspection: Ref<Inspection>, _ item: String, _ fails: Bool, at moment: Moment) {
        let note = fails ? InspectionNotes.failure(of: item) : nil
        simulation.schedule(at: moment) { batch in
            try batch.perform(
                MarkItem(inspection: inspection, item: item, result: fails ? .fail : .pass, note: note),
                by: Roster.supervisor, at: moment)
        }
    }

    private func recheck(_ inspection: Ref<Inspection>, _ item: String, after end: Moment) {
        // A quarter of the items that failed in the last three weeks are still to be rechecked.
        if random.chance(25), timeline.now.seconds(since: end) < 21 * 86400 { return }
        let moment = timeline.workingTime(from: end.adding(minutes: random.between(30 * 60...110 * 60)), &random)
        let passes = random.chance(84)
        let note = passes ? (random.chance(40) ? "复查合格" : nil) : "仍未到位，限三日内整改"
        simulation.schedule(at: moment) { [self] batch in
            try batch.perform(
                RecheckItem(inspection: inspection, item: item, result: passes ? .pass : .fail, note: note),
                by: Roster.supervisor, at: moment)
            if !passes { recheck(inspection, item, after: moment) }
        }
    }
}
