import Estate
import Journal

/// When a household pays its bills: early, in time, or late; never those that it still owes.
struct Payer {
    let household: Household
    /// How many of the latest months are unpaid now.
    let unpaid: Int
    let span: Span

    func moments(_ dice: inout Dice) -> [Moment] {
        let count = span.periods.count
        let paid = span.periods.prefix(max(0, count - unpaid))
        return paid.map { period in
            let most = lastDay.days(since: period.first)
            var days = lag(&dice)
            if days > most { days = dice.between(0...most) }
            return span.someTime(period.first.adding(days), hours: 8...20, &dice)
        }.sorted()
    }

    /// A debtor pays what came before only until the first bill that is left unpaid.
    private var lastDay: Day {
        unpaid == 0 ? span.today : min(span.today, span.period.adding(1 - unpaid).first.adding(-1))
    }

    private func lag(_ dice: inout Dice) -> Int {
        if unpaid > 1 { return dice.between(8...50) }
        return switch dice.below(100) {
        case 0..<36: dice.between(0...2)
        case 36..<80: dice.between(3...21)
        case 80..<93: dice.between(22...48)
        default: dice.between(49...78)
        }
    }
}
