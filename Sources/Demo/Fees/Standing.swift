import Estate
import Journal

/// Who owes how much as of now: for each household, how many of the latest months it has not paid.
///
/// The rates of the months are given, so the debtors are chosen to match them. Whoever owes an older month owes all later
/// ones too, as money goes to the oldest bill first.
struct Standing {
    /// Months unpaid, by household.
    private(set) var months: [Int]

    init(_ households: [Household], span: Span, dice: inout Dice) {
        months = Array(repeating: 0, count: households.count)
        let order = dice.shuffled(Array(households.indices))
        let total = households.reduce(0) { $0 + $1.monthly.fen }
        var owed = 0
        var next = order.startIndex
        for (age, share) in Self.unpaid(on: span.today).enumerated().reversed() {
            while next < order.endIndex, (owed + households[order[next]].monthly.fen) * 10000 <= total * share {
                owed += households[order[next]].monthly.fen
                months[order[next]] = age + 1
                next += 1
            }
        }
    }

    /// The unpaid share of each month in hundredths of a percent, this month first.
    private static func unpaid(on today: Day) -> [Int] { [10000 - paid(by: today), 880, 130, 80, 50, 30] }

    /// How this month's money comes in, day by day.
    private static func paid(by today: Day) -> Int {
        let days = [3000, 4200, 5000, 5600, 6100, 6500, 6800, 7100, 7300, 7450]
        let day = today.civil.day
        return day <= days.count ? days[day - 1] : 7620
    }
}
