import Estate
import Journal

/// The moments at which a household pays the bills that it does not owe any more: early, in time, or late.
struct PaymentProfile {
    let household: Household
    /// The number of latest months that stay unpaid.
    let unpaid: Int
    let timeline: Timeline

    func moments(_ random: inout SeededGenerator) -> [Moment] {
        let count = timeline.months.count
        let paid = timeline.months.prefix(max(0, count - unpaid))
        return paid.map { period in
            let most = lastDay.days(since: period.first)
            var days = lag(&random)
            if days > most { days = random.between(0...most) }
            return timeline.randomTime(on: period.first.adding(days), hours: 8...20, &random)
        }.sorted()
    }

    /// The last day of a payment. A debtor pays earlier bills before the first bill that stays unpaid is issued.
    private var lastDay: Day {
        unpaid == 0 ? timeline.today : min(timeline.today, timeline.currentMonth.adding(1 - unpaid).first.adding(-1))
    }

    /// Days from the bill to its payment.
    private func lag(_ random: inout SeededGenerator) -> Int {
        if unpaid > 1 { return random.between(8...50) }
        return switch random.below(100) {
        case 0..<36: random.between(0...2)
        case 36..<80: random.between(3...21)
        case 80..<93: random.between(22...48)
        default: random.between(49...78)
        }
    }
}
