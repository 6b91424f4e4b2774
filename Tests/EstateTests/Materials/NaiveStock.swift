import TestSupport

@testable import Estate

/// The same histories calculated a second time: lists of what happened, looked through from the start at each question.
struct NaiveStock {
    enum What {
        case receipt(price: Int)
        case issue, loan, scrap, found, shortage
        case part(of: Int)
        case back(of: Int, damaged: Int, lost: Int)
        case reprice(of: Int, value: Int)
    }

    struct Step {
        let time: Int
        let quantity: Int
        let what: What
        /// When the count was of which it is the difference.
        var counted: Int?
    }

    var steps: [Step] = []

    /// What a step changes of the quantity on the shelf.
    private func delta(_ step: Step) -> Int {
        switch step.what {
        case .receipt, .found, .part, .back: step.quantity
        case .issue, .loan, .scrap, .shortage: -step.quantity
        case .reprice: 0
        }
    }

    /// The balances after each step, in the order in which they happened.
    func balances(with step: Step? = nil) -> [Int] {
        let all = (steps + (step.map { [$0] } ?? [])).enumerated().sorted {
            ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
        }
        return all.reduce(into: [0]) { $0.append($0[$0.count - 1] + delta($1.element)) }
    }

    /// Whether a step leaves every balance at zero or above.
    func allows(_ step: Step) -> Bool { balances(with: step).allSatisfy { $0 >= 0 } }

    /// The quantity at a time. Of steps of the same time only those that had been noted.
    func quantity(at time: Int, noted: Int) -> Int {
        steps.enumerated().reduce(0) { sum, step in
            let counts = step.element.time < time || step.element.time == time && step.offset < noted
            return counts ? sum + delta(step.element) : sum
        }
    }

    /// The same, with what counts found or missed at the time of those.
    func expected(at time: Int, noted: Int) -> Int {
        let moved = steps.map { Step(time: $0.counted ?? $0.time, quantity: $0.quantity, what: $0.what) }
        return max(0, NaiveStock(steps: moved).quantity(at: time, noted: noted))
    }

    /// What of an issue or a loan has not come back.
    func left(of source: Int) -> Int {
        steps.reduce(steps[source].quantity) { left, step in
            switch step.what {
            case .part(let other) where other == source: left - step.quantity
            case .back(let other, let damaged, let lost) where other == source: left - step.quantity - damaged - lost
            default: left
            }
        }
    }

    /// The sums of all quantities.
    var totals: StockLedger.Totals {
        var totals = StockLedger.Totals()
        for step in steps {
            switch step.what {
            case .receipt: totals.received += step.quantity
            case .found: totals.found += step.quantity
            case .part: totals.returned += step.quantity
            case .issue: totals.issued += step.quantity
            case .loan: totals.lent += step.quantity
            case .scrap: totals.scrapped += step.quantity
            case .shortage: totals.lost += step.quantity
            case .back(_, let damaged, let lost):
                totals.lent -= step.quantity + damaged + lost
                (totals.scrapped, totals.lost) = (totals.scrapped + damaged, totals.lost + lost)
            case .reprice: break
            }
        }
        return totals
    }

    /// Rounded half up, by the remainder.
    private static func portion(_ value: Int, _ part: Int, _ whole: Int) -> Int {
        let (quotient, rest) = (value * part).quotientAndRemainder(dividingBy: whole)
        return rest * 2 >= whole ? quotient + 1 : quotient
    }

    /// What all steps leave on the shelf, what came in and went out, and what price differences met no more. `corrected`:
    /// every receipt at its last price, without the differences.
    func run(corrected: Bool = false) -> (quantity: Int, value: Int, valueIn: Int, valueOut: Int, gone: Int) {
        var (quantity, value, valueIn, valueOut, gone) = (0, 0, 0, 0, 0)
        var (costs, closed) = ([Int: Int](), [Int: Int]())
        var last: (quantity: Int, value: Int)?
        var prices: [Int: Int] = [:]
        if corrected {
            for case .reprice(let receipt, let value) in steps.map(\.what) { prices[receipt] = value }
        }
        func part(_ source: Int, _ share: Int) -> Int {
            let (cost, whole) = (costs[source] ?? 0, steps[source].quantity)
            let before = NaiveStock.portion(cost, closed[source] ?? 0, whole)
            closed[source, default: 0] += share
            return NaiveStock.portion(cost, closed[source] ?? 0, whole) - before
        }
        for (index, step) in steps.enumerated() {
            var change = 0
            switch step.what {
            case .receipt(let price):
                change = prices[index] ?? price
                prices[index] = change
                last = (step.quantity, change)
            case .issue, .loan, .scrap, .shortage:
                change = -(step.quantity == quantity ? value : NaiveStock.portion(value, step.quantity, quantity))
                costs[index] = -change
            case .found:
                change =
                    quantity > 0
                    ? NaiveStock.portion(value, step.quantity, quantity)
                    : last.map { NaiveStock.portion($0.value, step.quantity, $0.quantity) } ?? 0
            case .part(let source): change = part(source, step.quantity)
            case .back(let source, let damaged, let lost):
                change = part(source, step.quantity)
                _ = part(source, damaged + lost)
            case .reprice(let receipt, let new):
                if corrected { continue }
                let difference = new - (prices[receipt] ?? 0)
                prices[receipt] = new
                if case .receipt = steps[receipt].what, isLast(receipt, before: index) {
                    last = (steps[receipt].quantity, new)
                }
                let before = NaiveStock(steps: Array(steps[...index]))
                change = before.run(corrected: true).value - value
                gone += difference - change
            }
            quantity += delta(step)
            value += change
            if change > 0 { valueIn += change } else { valueOut -= change }
        }
        return (quantity, value, valueIn, valueOut, gone)
    }

    private func isLast(_ receipt: Int, before index: Int) -> Bool {
        !steps[(receipt + 1)..<index].contains { if case .receipt = $0.what { true } else { false } }
    }
}

/// The counts of the same histories: what was read at the shelf, and when.
struct NaiveCounts {
    struct Figure {
        let time: Int
        /// The number of steps that had been noted.
        let noted: Int
        let quantity: Int

        /// Of a count.
        func rest(in stock: NaiveStock) -> Int { quantity - stock.expected(at: time, noted: noted) }
        /// Of a card.
        func difference(in stock: NaiveStock) -> Int { quantity - stock.quantity(at: time, noted: noted) }
    }

    var count: Figure?
    var card: Figure?
    /// The card that the last settlement compared.
    var settledCard: Figure?
    /// The settlement of the last count.
    var settled: (verdict: StockVerdict, difference: Int, time: Int)?

    /// A card was read; the latest moment holds.
    mutating func read(_ card: Figure) {
        if card.time >= self.card?.time ?? 0 { self.card = card }
    }

    /// The verdict as the standard words it.
    private static func words(ledger: Int, card: Int?, count: Int) -> StockVerdict {
        // Without a card ledger and goods say it.
        let card = card ?? ledger
        if ledger == card, card == count { return .agree }
        if ledger == card { return count > ledger ? .surplus : .shortage }
        if card == count { return .unposted }
        return ledger == count ? .card : .recount
    }

    /// What the last count says by now.
    func verdict(in stock: NaiveStock) -> StockVerdict {
        guard let count else { return .uncounted }
        guard let settled else {
            return NaiveCounts.words(
                ledger: 0, card: card?.difference(in: stock), count: count.rest(in: stock))
        }
        let rest = count.rest(in: stock) - settled.difference
        if rest != 0 { return rest > 0 ? .surplus : .shortage }
        if let card, card.time >= settled.time { return card.difference(in: stock) == 0 ? .agree : .card }
        // Of the others the one that was read last, also if it was noted only after the settlement.
        guard let last = card ?? settledCard else { return .agree }
        return last.difference(in: stock) == settled.difference ? .agree : .card
    }
}
