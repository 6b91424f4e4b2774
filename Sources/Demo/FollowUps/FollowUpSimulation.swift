import Estate
import Journal

/// The return visits (回访): mostly in time, some late or omitted, repeated until the owner is satisfied. Requests schedule
/// them.
final class FollowUpSimulation: SimulationService {
    private unowned let simulation: Simulation
    private var timeline: Timeline { simulation.timeline }
    private var random: SeededGenerator
    /// For appointments, cases that are closed, and the manner of visits.
    private var course: SeededGenerator
    private var backlog: BacklogQuota
    private var scheduled: Set<Ref<FollowUp>> = []

    init(_ simulation: Simulation) {
        self.simulation = simulation
        random = simulation.generator("visits")
        course = simulation.generator("the course of visits")
        backlog = BacklogQuota(&random)
    }

    /// Schedules the visits that a request requires and that are not scheduled yet.
    func scheduleVisits(of request: Ref<Request>) {
        for followUp in simulation.store.estate.followUps.of(request) where scheduled.insert(followUp.id).inserted {
            schedule(followUp)
        }
    }

    private func schedule(_ followUp: FollowUp) {
        if isOmitted(followUp) {
            if random.chance(45) {
                appoint(followUp)
                attempt(followUp, on: min(followUp.due, max(followUp.opens, timeline.today.adding(-1))))
            }
            return
        }
        let day = visitDay(followUp)
        if course.chance(1), followUp.due < timeline.today.adding(-3) { return close(followUp) }
        if random.chance(10) { attempt(followUp, on: day) }
        // After a failed attempt on the same day, and not before the work was completed.
        let hours = day == followUp.opens ? 18...21 : 14...20
        let moment = timeline.randomTime(on: day, hours: hours, &random)
        simulation.schedule(at: moment) { [self] batch in try visit(followUp, at: moment, &batch) }
    }

    /// Whether a visit is left out, as part of the backlog at the end of the simulation.
    private func isOmitted(_ followUp: FollowUp) -> Bool {
        switch followUp.due.days(since: timeline.today) {
        case -4 ... -1: random.chance(omittedShare(of: followUp.class)) && backlog.take(\.overdue)
        case 0: random.chance(60) && backlog.take(\.today)
        case 1...2: random.chance(50) && backlog.take(\.soon)
        default: false
        }
    }

    /// The percentage of visits left out. It is highest for complaints, which two members have to visit together (3.1).
    private func omittedShare(of requestClass: RequestClass) -> Int {
        switch requestClass {
        case .complaint: 40
        case .minorRepair: 25
        case .repairWorks, .special, .event, .other: 8
        }
    }

    private func visitDay(_ followUp: FollowUp) -> Day {
        let (opens, due) = (followUp.opens, followUp.due)
        if random.chance(5) {
            let late = due.adding(random.between(1...4))
            // A visit later than today would be overdue now.
            let isOverdueNow = due < timeline.today && late >= timeline.today
            if !isOverdueNow || backlog.take(\.overdue) { return late }
        }
        let length = due.days(since: opens)
        if length <= 3 { return opens.adding(min(length, random.pick([(0, 8), (1, 44), (2, 34), (3, 14)]))) }
        return opens.adding(random.between(1...max(1, length - random.below(3))))
    }

    /// Schedules a failed attempt: nobody at home, or entry refused.
    private func attempt(_ followUp: FollowUp, on day: Day) {
        let isOpeningDay = day == followUp.opens
        let moment =
            isOpeningDay ? timeline.moment(day, hour: 18) : timeline.randomTime(on: day, hours: 9...12, &random)
        let result: FollowUpResult = random.chance(82) ? .unreachable : .refused
        let visitor = random.pick(Roster.administrators)
        simulation.schedule(at: moment) { [self] batch in
            guard isPending(followUp), timeline.day(of: moment) >= followUp.opens else { return }
            var record = RecordFollowUp()
            (record.followup, record.result, record.visitors) = (followUp.id, result, StaffNames([visitor]))
            try batch.perform(record, by: visitor, at: moment)
        }
    }

    /// Schedules an appointment for the days to come: this morning, by the administrator who goes.
    private func appoint(_ followUp: FollowUp) {
        guard followUp.due >= timeline.today, course.chance(70) else { return }
        let made = timeline.moment(max(timeline.today, followUp.opens), hour: 8, minute: 40)
        let time = timeline.moment(timeline.today.adding(course.below(2)), hour: 19, minute: course.pick([0, 30]))
        let visitor = course.pick(Roster.administrators)
        simulation.schedule(at: made) { [self] batch in
            guard isPending(followUp), time > made else { return }
            var action = AppointFollowUp()
            (action.followup, action.at) = (followUp.id, time)
            action.visitors = StaffNames((followUp.class == .complaint ? [Roster.regional] : []) + [visitor])
            try batch.perform(action, by: visitor, at: made)
        }
    }

    /// Schedules three attempts on three days, after which the supervisor closes the case as 无法回访.
    private func close(_ followUp: FollowUp) {
        for days in 1...3 { attempt(followUp, on: followUp.opens.adding(days)) }
        let moment = timeline.moment(followUp.opens.adding(4), hour: 16, minute: course.below(50))
        simulation.schedule(at: moment) { [self] batch in
            guard isPending(followUp) else { return }
            let why = course.pick(FollowUpTexts.unreachable)
            try batch.perform(CloseFollowUp(followup: followUp.id, why: why), by: Roster.supervisor, at: moment)
        }
    }

    private func isPending(_ followUp: FollowUp) -> Bool {
        simulation.store.estate.followUps.pending.contains(followUp.id)
    }

    private func visit(_ followUp: FollowUp, at moment: Moment, _ batch: inout Store.Batch) throws {
        guard isPending(followUp) else { return }
        let isRecent = timeline.today.days(since: timeline.day(of: moment)) <= 5
        let isSatisfied = !(random.chance(4) || isRecent && backlog.waiting > 1 && random.chance(20))
        let administrator = random.pick(Roster.administrators)
        var record = RecordFollowUp()
        record.followup = followUp.id
        record.result = isSatisfied ? .satisfied : .unsatisfied
        let isComplete = followUp.class == .complaint && !random.chance(11)
        record.visitors = StaffNames((isComplete ? [Roster.regional] : []) + [administrator])
        record.signer = signer(in: followUp.unit)
        describe(&record, isSatisfied)
        try batch.perform(record, by: administrator, at: moment)
        if isSatisfied || isRecent && backlog.take(\.waiting) { return }
        rectify(followUp, after: moment)
    }

    private func signer(in unit: UnitCode) -> String {
        let residents = simulation.store.estate.people.residents(of: unit).map(\.name)
        return residents.isEmpty ? "代管人" : random.pick(residents)
    }

    /// Fills in the five contents of a visit (section 3); in 22 % of the records only the satisfaction.
    private func describe(_ record: inout RecordFollowUp, _ isSatisfied: Bool) {
        record.satisfaction = Satisfaction(
            isSatisfied ? random.pick([(5, 62), (4, 34), (3, 4)]) : random.between(1...2))
        record.way = course.pick([(.both, 74), (.face, 12), (.site, 5), (.phone, 9)])
        if random.chance(22) { return }
        record.quality = random.pick(isSatisfied ? FollowUpTexts.quality : FollowUpTexts.badQuality)
        record.effect = random.pick(isSatisfied ? FollowUpTexts.effect : FollowUpTexts.badEffect)
        record.shortcomings =
            isSatisfied
            ? (random.chance(70) ? "无" : random.pick(FollowUpTexts.shortcomings))
            : random.pick(FollowUpTexts.badShortcomings)
        record.suggestions = random.chance(60) ? "无" : random.pick(FollowUpTexts.suggestions)
    }

    private func rectify(_ followUp: FollowUp, after visit: Moment) {
        let moment = timeline.workingTime(from: visit.adding(minutes: random.between(10 * 60...60 * 60)), &random)
        let by = random.pick(Roster.administrators)
        simulation.schedule(at: moment) { [self] batch in
            guard simulation.store.estate.followUps[followUp.id]?.awaitsRectification == true else { return }
            try batch.perform(RectifyFollowUp(followup: followUp.id), by: by, at: moment)
            scheduleVisits(of: followUp.request)
        }
    }
}
