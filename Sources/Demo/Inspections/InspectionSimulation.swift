import Estate
import Journal

extension Inspections: SimulatedFeature {
    static func schedule(in simulation: Simulation) { InspectionSimulation(simulation: simulation).schedule() }
}

/// The supervisor's inspections of the customer areas, two each week (5.1), the checks of a post in every second week, and
/// the rechecks of failed items.
final class InspectionSimulation {
    private static let template = "areas"

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
        for monday in stride(from: Week(timeline.firstDay).monday.number, to: thisWeek.monday.number, by: 14) {
            checkPost(on: Day(number: monday).adding(2))
        }
    }

    /// A check of the guard or the operator on duty, in turn.
    private func checkPost(on day: Day) {
        let start = timeline.moment(day, hour: 10, minute: random.below(40))
        let isGate = day.number / 14 % 2 == 0
        let staff = isGate ? Roster.guardOnDuty(at: start, timeline) : Roster.operatorOnDuty(at: start, timeline)
        inspect(by: isGate ? "gate" : "frontdesk", of: [staff], from: start, isInterrupted: false)
    }

    /// Schedules an inspection; an interrupted one is finished 17 hours later.
    private func inspect(
        by template: String = template, of staff: [String] = [], from start: Moment, isInterrupted: Bool
    ) {
        guard start >= timeline.moment(timeline.firstDay, hour: 0) else { return }
        simulation.schedule(at: start) { [self] batch in
            let inspection = Ref<Inspection>(
                try batch.perform(
                    OpenInspection(template: template, staff: staff), by: Roster.supervisor, at: start
                ).id)
            let items = simulation.store.estate.inspections[inspection]?.items ?? []
            var moment = start
            var failed: [String] = []
            let isHurried = random.chance(12)
            for (place, item) in items.enumerated() {
                moment = moment.adding(seconds: random.between(40...150))
                if isInterrupted, place == items.count * 3 / 5 { moment = moment.adding(seconds: 17 * 3600) }
                if isHurried, random.chance(8) { continue }
                let result: ItemResult = random.pick([(.pass, 95), (.fail, 4), (.notApplicable, 1)])
                if result == .fail { failed.append(item) }
                mark(inspection, item, result, at: moment)
            }
            let end = moment.adding(minutes: 6)
            simulation.schedule(at: end) { [self] batch in
                try batch.perform(CloseInspection(inspection: inspection), by: Roster.supervisor, at: end)
                for item in failed { recheck(inspection, item, after: end) }
            }
        }
    }

    private func mark(_ inspection: Ref<Inspection>, _ item: String, _ result: ItemResult, at moment: Moment) {
        let note: String? =
            switch result {
            case .pass: nil
            case .fail: InspectionNotes.failure(of: item)
            case .notApplicable: "本次走的单元没有这一项"
            }
        let (place, who) = result == .fail ? (InspectionNotes.place(of: item, &random), worker(for: item)) : (nil, nil)
        simulation.schedule(at: moment) { batch in
            try batch.perform(
                MarkItem(
                    inspection: inspection, item: item, result: result, note: note, place: place,
                    who: who.map { Worker($0) }),
                by: Roster.supervisor, at: moment)
        }
    }

    /// Who puts an item right; one in eight is left unassigned.
    private func worker(for item: String) -> String? {
        if random.chance(12) { return nil }
        return switch item.first {
        case "A", "C", "D": random.pick(["保洁班", "维修班老黄"])
        case "B": "电梯维保"
        case "E", "F": random.pick(["维修班老黄", "维修班小林"])
        case "G", "1": Roster.operators[0]
        default: random.pick(Roster.guards)
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
