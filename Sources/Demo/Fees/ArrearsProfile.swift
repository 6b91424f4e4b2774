import Estate
import Journal

/// The number of latest months that each household has not paid at the end of the simulation.
///
/// The debtors are chosen at random so that the unpaid share of each month comes close to a given one (5.2). A household that
/// owes a month also owes all later ones, because payments are allocated to the oldest bill first.
struct ArrearsProfile {
    /// Unpaid months, in the order of the households.
    private(set) var months: [Int]

    init(_ households: [Household], timeline: Timeline, random: inout SeededGenerator) {
        months = Array(repeating: 0, count: households.count)
        let order = random.shuffled(Array(households.indices))
        let total = households.reduce(Int128.zero) { $0 + $1.monthlyFee.fen }
        var owed = Int128.zero
        var next = order.startIndex
        for (age, share) in Self.unpaid(on: timeline.today).enumerated().reversed() {
            while next < order.endIndex,
                (owed + households[order[next]].monthlyFee.fen) * 10000 <= total * Int128(share)
            {
                owed += households[order[next]].monthlyFee.fen
                months[order[next]] = age + 1
                next += 1
            }
        }
    }

    /// The unpaid share of each month in hundredths of a percent, the current month first.
    private static func unpaid(on today: Day) -> [Int] { [10000 - paid(by: today), 880, 130, 80, 50, 30] }

    /// The share of the current month's bills that is paid by a day, in hundredths of a percent.
    private static func paid(by today: Day) -> Int {
        let days = [3000, 4200, 5000, 5600, 6100, 6500, 6800, 7100, 7300, 7450]
        let day = today.civil.day
        return day <= days.count ? days[day - 1] : 7620
    }
}
