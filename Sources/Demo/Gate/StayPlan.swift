import Estate
import Journal

/// All visits of the months, and just the right ones inside now.
struct StayPlan {
    private let span: Span
    private let life: Life

    init(life: Life) { (self.life, span) = (life, life.span) }

    private static let hours: [(Int, weight: Int)] = [
        (0, 1), (1, 1), (5, 1), (6, 2), (7, 5), (8, 9), (9, 11), (10, 10), (11, 10), (12, 8), (13, 6), (14, 8), (15, 9),
        (16, 8), (17, 10),
        (18, 12), (19, 9), (20, 6), (21, 4), (22, 3), (23, 1),
    ]

    func stays() -> [Stay] {
        let usual = span.days.flatMap { on($0) }.compactMap { settled($0) }
        return usual + present()
    }

    private func on(_ day: Day) -> [Stay] {
        var dice = life.dice("visitors", day.number)
        var stays: [Stay] = []
        let count = dice.between(24...38) + (day.weekday > 5 ? 6 : 0)
        for _ in 0..<count {
            let hour = dice.pick(Self.hours)
            stays.append(stay(span.moment(day, hour: hour).adding(seconds: dice.below(3600)), &dice))
        }
        // Somebody always came today, even if the day is only minutes old.
        if day == span.today {
            stays.append(stay(span.moment(day, hour: 0, minute: 1).adding(seconds: dice.below(200)), &dice))
        }
        return stays
    }

    private func stay(_ arrives: Moment, _ dice: inout Dice) -> Stay {
        let purpose = VisitPurpose.next(at: span.minutes(of: arrives) / 60, &dice)
        let leaves = arrives.adding(seconds: dice.between(purpose.stay) * 60 + dice.below(60))
        let isRecent = span.today.days(since: span.day(of: arrives)) <= 1
        return Stay(arrives: arrives, purpose: purpose, end: dice.chance(isRecent ? 7 : 2) ? .unseen : .leaves(leaves))
    }

    /// When the guards last changed before now.
    private var shiftStart: Moment {
        let shift = Crew.shift(at: span.now, span)
        return span.moment(shift.day, hour: Crew.shiftHours[shift.index])
    }

    /// The usual visitors have all left by now: who is inside is chosen below. `nil` for who only just came.
    private func settled(_ stay: Stay) -> Stay? {
        var stay = stay
        switch stay.end {
        case .unseen where stay.arrives >= shiftStart: stay.end = .leaves(stay.arrives.adding(minutes: 9))
        default: break
        }
        guard case .leaves(let moment) = stay.end, stay.arrives <= span.now, moment > span.now else { return stay }
        let most = span.now.seconds(since: stay.arrives)
        if most < 120 { return nil }
        stay.end = .leaves(stay.arrives.adding(seconds: most * 3 / 4))
        return stay
    }

    /// Five to nine are inside: one or two too long, at least one since before the guards changed, the others just came.
    private func present() -> [Stay] {
        var dice = life.dice("present", span.today.number)
        let now = span.now
        let sinceChange = max(now.seconds(since: shiftStart), 0)
        var stays: [Stay] = []
        for _ in 0..<dice.between(1...2) {
            let least = 2 * 3600 + 180
            // Who was handed over counts as that, so the overdue came with this shift wherever it is old enough.
            let most = sinceChange > least + 120 ? min(sinceChange - 60, least + 5400) : least + 5400
            stays.append(
                Stay(arrives: now.adding(seconds: -dice.between(least...most)), purpose: .brief(&dice), end: .stays))
        }
        for _ in 0..<dice.between(1...2) {
            let before = sinceChange + dice.between(300...4800)
            stays.append(Stay(arrives: now.adding(seconds: -before), purpose: .lengthy(&dice), end: .stays))
        }
        for _ in 0..<dice.between(3...5) {
            let age = sinceChange > 240 ? dice.between(60...min(sinceChange - 60, 5000)) : dice.between(60...5000)
            let purpose = age < 1500 ? VisitPurpose.next(at: span.minutes(of: now) / 60, &dice) : .lengthy(&dice)
            stays.append(Stay(arrives: now.adding(seconds: -age), purpose: purpose, end: .stays))
        }
        return stays
    }
}
