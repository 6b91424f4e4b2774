import Estate
import Journal

/// All visits of the simulation, of which five to nine are still inside at its end.
struct VisitSchedule {
    private let timeline: Timeline
    private let simulation: Simulation

    init(simulation: Simulation) { (self.simulation, timeline) = (simulation, simulation.timeline) }

    /// Hours of arrival, with their weights.
    private static let hours: [(Int, weight: Int)] = [
        (0, 1), (1, 1), (5, 1), (6, 2), (7, 5), (8, 9), (9, 11), (10, 10), (11, 10), (12, 8), (13, 6), (14, 8), (15, 9),
        (16, 8), (17, 10), (18, 12), (19, 9), (20, 6), (21, 4), (22, 3), (23, 1),
    ]

    func visits() -> [PlannedVisit] {
        let usual = timeline.days.flatMap { on($0) }.compactMap { settled($0) }
        return usual + present()
    }

    private func on(_ day: Day) -> [PlannedVisit] {
        var random = simulation.generator("visitors", day.number)
        var visits: [PlannedVisit] = []
        let count = random.between(24...38) + (day.weekday > 5 ? 6 : 0)
        for _ in 0..<count {
            let hour = random.pick(Self.hours)
            visits.append(
                visit(arriving: timeline.moment(day, hour: hour).adding(seconds: random.below(3600)), &random))
        }
        // At least one visitor today, also when `now` is shortly after midnight.
        if day == timeline.today {
            visits.append(
                visit(arriving: timeline.moment(day, hour: 0, minute: 1).adding(seconds: random.below(200)), &random))
        }
        return visits
    }

    private func visit(arriving arrives: Moment, _ random: inout SeededGenerator) -> PlannedVisit {
        let purpose = VisitPurpose.next(at: timeline.minutes(of: arrives) / 60, &random)
        let leaves = arrives.adding(seconds: random.between(purpose.minutes) * 60 + random.below(60))
        let isRecent = timeline.today.days(since: timeline.day(of: arrives)) <= 1
        return PlannedVisit(
            arrives: arrives, purpose: purpose, end: random.chance(isRecent ? 7 : 2) ? .unseen : .leaves(leaves))
    }

    /// The moment of the last change of guards.
    private var shiftStart: Moment {
        let shift = Roster.shift(at: timeline.now, timeline)
        return timeline.moment(shift.day, hour: Roster.shiftHours[shift.index])
    }

    /// The visit, ended before `now`: ``present()`` alone decides who is inside. `nil` if it began less than two minutes ago.
    private func settled(_ visit: PlannedVisit) -> PlannedVisit? {
        var visit = visit
        switch visit.end {
        case .unseen where visit.arrives >= shiftStart: visit.end = .leaves(visit.arrives.adding(minutes: 9))
        default: break
        }
        guard case .leaves(let moment) = visit.end, visit.arrives <= timeline.now, moment > timeline.now else {
            return visit
        }
        let most = timeline.now.seconds(since: visit.arrives)
        if most < 120 { return nil }
        visit.end = .leaves(visit.arrives.adding(seconds: most * 3 / 4))
        return visit
    }

    /// The five to nine visits inside at `now`: one or two overdue, one or two from the previous shift, the others recent.
    private func present() -> [PlannedVisit] {
        var random = simulation.generator("present", timeline.today.number)
        let now = timeline.now
        let sinceChange = max(now.seconds(since: shiftStart), 0)
        var visits: [PlannedVisit] = []
        for _ in 0..<random.between(1...2) {
            let least = 2 * 3600 + 180
            // An overdue visitor belongs to the current shift if that has lasted long enough, as others are handed over.
            let most = sinceChange > least + 120 ? min(sinceChange - 60, least + 5400) : least + 5400
            visits.append(
                PlannedVisit(
                    arrives: now.adding(seconds: -random.between(least...most)), purpose: .brief(&random), end: .stays))
        }
        for _ in 0..<random.between(1...2) {
            let before = sinceChange + random.between(300...4800)
            visits.append(PlannedVisit(arrives: now.adding(seconds: -before), purpose: .lengthy(&random), end: .stays))
        }
        for _ in 0..<random.between(3...5) {
            let age = sinceChange > 240 ? random.between(60...min(sinceChange - 60, 5000)) : random.between(60...5000)
            let purpose =
                age < 1500 ? VisitPurpose.next(at: timeline.minutes(of: now) / 60, &random) : .lengthy(&random)
            visits.append(PlannedVisit(arrives: now.adding(seconds: -age), purpose: purpose, end: .stays))
        }
        return visits
    }
}
