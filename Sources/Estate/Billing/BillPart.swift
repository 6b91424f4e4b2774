import Journal

/// What one party owes for an item of a period: a bill as it is to be.
struct BillPart: Sendable {
    let party: Party
    let payer: TariffPayer
    let nature: BillNature
    let days: ClosedRange<Day>
    let amount: Money
    /// How the amount comes about: `89.43㎡×2.80×9/28`, `22.2×4.85 (101.2→123.4)`. The last of several parties has the
    /// rest of the whole: `… (250.40−80.49)`.
    let how: String
}

/// Makes the bills of a unit for one item of a period.
///
/// The days are cut where the tariff or the party changes. Each party owes its part of the exact sum, rounded half up to
/// a fen once; the last one owes what is left of the rounded whole, so that together they owe the whole.
struct BillParts {
    /// Days with one tariff and one party.
    private struct Segment {
        var days: ClosedRange<Day>
        let terms: Tariff.Terms
        let party: Party
    }

    /// The segments of one party, one after the other, and the charges for them.
    private struct Run {
        let party: Party
        let terms: Tariff.Terms
        var days: ClosedRange<Day>
        var sum = Fraction.zero
        /// The parts of the sum, in words.
        var words: [String] = []
        /// The last day that it is for, readings included.
        var last: Day
    }

    private let charges: [Charge]
    private var runs: [Run] = []

    init(of unit: People.Unit, for item: String, in period: Period, _ estate: Estate, meters: [Meter]) {
        charges = estate.charges(of: unit, for: item, in: period, meters: meters)
        for segment in segments(of: unit, for: item, estate) { add(segment) }
    }

    private func segments(of unit: People.Unit, for item: String, _ estate: Estate) -> [Segment] {
        guard
            let first = charges.map({ $0.readings == nil ? $0.days.lowerBound : $0.days.lowerBound.adding(-1) }).min(),
            let last = charges.map(\.days.upperBound).max()
        else { return [] }
        let changes = estate.billing.tariffs.filter { $0.item == item }.map(\.from) + estate.partyChanges(of: unit)
        let starts = Set(changes.filter { first < $0 && $0 <= last } + [first]).sorted()
        return starts.enumerated().reduce(into: []) { segments, place in
            let (index, start) = place
            guard let terms = estate.billing.terms(of: item, for: unit.kind, on: start) else { return }
            let party = estate.party(of: unit, on: start, terms.payer)
            let end = index + 1 < starts.count ? starts[index + 1].adding(-1) : last
            // What has changed may not concern this tariff.
            if let former = segments.last, (former.terms, former.party) == (terms, party),
                former.days.upperBound == start.adding(-1)
            {
                segments[segments.count - 1].days = former.days.lowerBound...end
            } else {
                segments.append(Segment(days: start...end, terms: terms, party: party))
            }
        }
    }

    private mutating func add(_ segment: Segment) {
        for charge in charges where charge.basis == segment.terms.basis {
            let count = charge.dayCount(in: segment.days)
            if count == 0 { continue }
            let (length, rate) = (charge.length, segment.terms.rate)
            let from = max(charge.days.lowerBound, segment.days.lowerBound)
            let to = min(charge.days.upperBound, segment.days.upperBound)
            if runs.last?.party != segment.party {
                runs.append(
                    Run(party: segment.party, terms: segment.terms, days: min(from, to)...to, last: to))
            }
            var run = runs.removeLast()
            run.days = min(run.days.lowerBound, from, to)...max(run.days.upperBound, to)
            run.last = max(run.last, charge.days.upperBound)
            run.sum += Fraction(charge.quantity, at: rate, days: count, of: length)
            let part = count == length ? "" : "×\(count)/\(length)"
            run.words.append(
                "\(charge.words)×\(rate.text)\(part)" + (charge.readings.map { " (\($0))" } ?? ""))
            runs.append(run)
        }
    }

    /// The bills, those of earlier days first. None is without an amount.
    var parts: [BillPart] {
        var whole = Fraction.zero
        for run in runs { whole += run.sum }
        let total = whole.rounded
        var given = Money.zero
        return runs.enumerated().compactMap { index, run in
            let isLast = index == runs.count - 1
            let amount = isLast ? total - given : min(run.sum.rounded, total - given)
            defer { given += amount }
            if amount == .zero { return nil }
            let rest = isLast && given > .zero ? " (\(total.text)−\(given.text))" : ""
            let days = isLast ? run.days.lowerBound...max(run.days.upperBound, run.last) : run.days
            return BillPart(
                party: run.party, payer: run.terms.payer, nature: run.terms.nature, days: days, amount: amount,
                how: run.words.joined(separator: " + ") + rest)
        }
    }
}
