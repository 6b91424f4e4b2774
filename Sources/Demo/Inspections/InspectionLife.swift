import Estate
import Journal

/// The supervisor's inspections, two each week (5.1), and the rectifications that they bring about.
final class InspectionLife {
    private static let template = "weekly"

    private let life: Life
    private var span: Span { life.span }
    private var dice: Dice

    init(life: Life) {
        self.life = life
        dice = life.dice("inspections")
    }

    func begin() {
        let thisWeek = Week(span.today)
        for monday in stride(from: Week(span.firstDay).monday.number, through: thisWeek.monday.number, by: 7) {
            let monday = Day(number: monday)
            let isThisWeek = monday == thisWeek.monday
            let first = isThisWeek ? monday : monday.adding(dice.below(2))
            inspect(from: span.moment(first, hour: 9, minute: 5 + dice.below(40)), isInterrupted: false)
            // Now and then the week's second one does not come about.
            if !isThisWeek, dice.chance(10) { continue }
            let second = monday.adding(isThisWeek ? 3 : dice.between(3...4))
            inspect(from: span.moment(second, hour: 14, minute: dice.below(50)), isInterrupted: isThisWeek)
        }
    }

    /// An interrupted inspection is finished the next morning.
    private func inspect(from start: Moment, isInterrupted: Bool) {
        guard start >= span.moment(span.firstDay, hour: 0) else { return }
        life.plan(at: start) { [self] batch in
            let inspection = Ref<Inspection>(
                try batch.perform(OpenInspection(template: Self.template), by: Crew.supervisor, at: start).id)
            let items = life.store.estate.inspections[inspection]?.items ?? []
            var moment = start
            var failed: [String] = []
            for (place, item) in items.enumerated() {
                moment = moment.adding(seconds: dice.between(70...240))
                if isInterrupted, place == items.count * 3 / 5 { moment = moment.adding(seconds: 17 * 3600) }
                if dice.chance(2) { continue }
                let fails = dice.chance(5)
                if fails { failed.append(item) }
                mark(inspection, item, fails, at: moment)
            }
            let end = moment.adding(minutes: 6)
            life.plan(at: end) { [self] batch in
                try batch.perform(CloseInspection(inspection: inspection), by: Crew.supervisor, at: end)
                for item in failed { recheck(inspection, item, after: end) }
            }
        }
    }

    private func mark(_ inspection: Ref<Inspection>, _ item: String, _ fails: Bool, at moment: Moment) {
        let note = fails ? InspectionNotes.failure(of: item) : nil
        life.plan(at: moment) { batch in
            try batch.perform(
                MarkItem(inspection: inspection, item: item, result: fails ? .fail : .pass, note: note),
                by: Crew.supervisor, at: moment)
        }
    }

    private func recheck(_ inspection: Ref<Inspection>, _ item: String, after end: Moment) {
        // Of what was found in the last weeks, some is not looked at again yet.
        if dice.chance(25), span.now.seconds(since: end) < 21 * 86400 { return }
        let moment = span.office(from: end.adding(minutes: dice.between(30 * 60...110 * 60)), &dice)
        let passes = dice.chance(84)
        let note = passes ? (dice.chance(40) ? "复查合格" : nil) : "仍未到位，限三日内整改"
        life.plan(at: moment) { [self] batch in
            try batch.perform(
                RecheckItem(inspection: inspection, item: item, result: passes ? .pass : .fail, note: note),
                by: Crew.supervisor, at: moment)
            if !passes { recheck(inspection, item, after: moment) }
        }
    }
}
