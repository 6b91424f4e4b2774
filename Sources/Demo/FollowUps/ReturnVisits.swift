import Estate
import Journal

/// The return visits: mostly in time, some late or forgotten, repeated until the owner is satisfied.
final class ReturnVisits {
    private let life: Life
    private var span: Span { life.span }
    private var dice: Dice
    private var quotas: Quotas
    private var expected: Set<Ref<FollowUp>> = []

    init(life: Life) {
        self.life = life
        dice = life.dice("visits")
        quotas = Quotas(&dice)
    }

    /// Plans a visit for each one that a request calls for and that is not planned yet.
    func expect(of request: Ref<Request>) {
        for followUp in life.store.estate.followUps.of(request) where expected.insert(followUp.id).inserted {
            plan(followUp)
        }
    }

    private func plan(_ followUp: FollowUp) {
        if isLeftLying(followUp) {
            if dice.chance(45) { attempt(followUp, on: min(followUp.due, max(followUp.opens, span.today.adding(-1)))) }
            return
        }
        let day = visitingDay(followUp)
        if dice.chance(10) { attempt(followUp, on: day) }
        // After the attempt on the same day, and never before the work was done.
        let hours = day == followUp.opens ? 18...21 : 14...20
        let moment = span.someTime(day, hours: hours, &dice)
        life.plan(at: moment) { [self] batch in try visit(followUp, at: moment, &batch) }
    }

    private func isLeftLying(_ followUp: FollowUp) -> Bool {
        switch followUp.due.days(since: span.today) {
        case -4 ... -1: dice.chance(forgotten(followUp.class)) && quotas.take(\.overdue)
        case 0: dice.chance(60) && quotas.take(\.today)
        case 1...2: dice.chance(50) && quotas.take(\.soon)
        default: false
        }
    }

    /// Where two have to go together, a visit is most easily put off.
    private func forgotten(_ requestClass: RequestClass) -> Int {
        switch requestClass {
        case .complaint: 40
        case .minorRepair: 25
        case .repairWorks, .special, .event, .other: 8
        }
    }

    private func visitingDay(_ followUp: FollowUp) -> Day {
        let (opens, due) = (followUp.opens, followUp.due)
        if dice.chance(5) {
            let late = due.adding(dice.between(1...4))
            // Still to be made, it would be overdue now.
            let isOverdueNow = due < span.today && late >= span.today
            if !isOverdueNow || quotas.take(\.overdue) { return late }
        }
        let length = due.days(since: opens)
        if length <= 3 { return opens.adding(min(length, dice.pick([(0, 8), (1, 44), (2, 34), (3, 14)]))) }
        return opens.adding(dice.between(1...max(1, length - dice.below(3))))
    }

    /// Nobody home, or not let in.
    private func attempt(_ followUp: FollowUp, on day: Day) {
        let isOpeningDay = day == followUp.opens
        let moment = isOpeningDay ? span.moment(day, hour: 18) : span.someTime(day, hours: 9...12, &dice)
        let result: VisitResult = dice.chance(82) ? .unreachable : .refused
        let visitor = dice.pick(Crew.administrators)
        life.plan(at: moment) { [self] batch in
            guard isPending(followUp), span.day(of: moment) >= followUp.opens else { return }
            var record = RecordFollowUp()
            (record.followup, record.result, record.visitors) = (followUp.id, result, StaffNames([visitor]))
            try batch.perform(record, by: visitor, at: moment)
        }
    }

    private func isPending(_ followUp: FollowUp) -> Bool { life.store.estate.followUps.pending.contains(followUp.id) }

    private func visit(_ followUp: FollowUp, at moment: Moment, _ batch: inout Store.Batch) throws {
        guard isPending(followUp) else { return }
        let isRecent = span.today.days(since: span.day(of: moment)) <= 5
        let isSatisfied = !(dice.chance(4) || isRecent && quotas.waiting > 1 && dice.chance(20))
        let administrator = dice.pick(Crew.administrators)
        var record = RecordFollowUp()
        record.followup = followUp.id
        record.result = isSatisfied ? .satisfied : .unsatisfied
        let isComplete = followUp.class == .complaint && !dice.chance(11)
        record.visitors = StaffNames((isComplete ? [Crew.regional] : []) + [administrator])
        record.signer = signer(in: followUp.unit)
        describe(&record, isSatisfied)
        try batch.perform(record, by: administrator, at: moment)
        if isSatisfied || isRecent && quotas.take(\.waiting) { return }
        rectify(followUp, after: moment)
    }

    private func signer(in unit: UnitCode) -> String {
        let residents = life.store.estate.people.residents(of: unit).map(\.name)
        return residents.isEmpty ? "代管人" : dice.pick(residents)
    }

    /// The five contents; a hurried administrator leaves some out.
    private func describe(_ record: inout RecordFollowUp, _ isSatisfied: Bool) {
        record.satisfaction = isSatisfied ? dice.pick([(5, 62), (4, 34), (3, 4)]) : dice.between(1...2)
        if dice.chance(22) { return }
        record.quality = dice.pick(isSatisfied ? VisitWords.quality : VisitWords.badQuality)
        record.effect = dice.pick(isSatisfied ? VisitWords.effect : VisitWords.badEffect)
        record.shortcomings =
            isSatisfied
            ? (dice.chance(70) ? "无" : dice.pick(VisitWords.shortcomings)) : dice.pick(VisitWords.badShortcomings)
        record.suggestions = dice.chance(60) ? "无" : dice.pick(VisitWords.suggestions)
    }

    private func rectify(_ followUp: FollowUp, after visit: Moment) {
        let moment = span.office(from: visit.adding(minutes: dice.between(10 * 60...60 * 60)), &dice)
        let by = dice.pick(Crew.administrators)
        life.plan(at: moment) { [self] batch in
            guard life.store.estate.followUps[followUp.id]?.awaitsRectification == true else { return }
            try batch.perform(RectifyFollowUp(followup: followUp.id), by: by, at: moment)
            expect(of: followUp.request)
        }
    }
}
