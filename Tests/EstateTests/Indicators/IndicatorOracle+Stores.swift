import Journal
import TestSupport

@testable import Estate

/// The formalities of renovations (5.3), and whether ledger, card and goods agree (6).
extension IndicatorOracle {
    /// Renovations whose two working days end in the month: permitted by then, or not and the day is over.
    var permits: Figure {
        let calendar = TestCalendar.shared
        var completed: [String: Moment] = [:]
        var permitted: [String: Moment] = [:]
        var withdrawn: Set<String> = []
        for entry in entries {
            let renovation = entry.data["renovation"] ?? ""
            switch entry.kind {
            // To hang an air conditioner is a small matter, without the two days.
            case "renovation.applied" where entry.data["works"] != "装空调" && entry.data["papers"] == "complete":
                completed[entry.id] = entry.at
            case "renovation.papersCompleted": completed[renovation] = entry.at
            case "renovation.permitted": permitted[renovation] = entry.at
            case "renovation.withdrawn": withdrawn.insert(renovation)
            default: continue
            }
        }
        let small = Set(all("renovation.applied").filter { $0.data["works"] == "装空调" }.map(\.id))
        return share(
            completed.compactMap { id, moment in
                if small.contains(id) { return nil }
                let due = WorkedDays.second(after: calendar.day(of: Int(moment.milliseconds)))
                guard calendar.month(of: due) == period.text else { return nil }
                let over = calendar.end(of: due)
                if let permit = permitted[id] {
                    return .init(id: id, isCounted: Int(permit.milliseconds) < over)
                }
                return withdrawn.contains(id) || Int(end.milliseconds) < over ? nil : .init(id: id, isCounted: false)
            })
    }

    /// The items whose last count, or its card, differs from the ledger of its moment.
    var stockDifferences: Figure {
        var shelves: [String: Shelf] = [:]
        for entry in entries where entry.kind.hasPrefix("stock.") {
            let item = entry.data["stock"] ?? entry.id
            shelves[item, default: Shelf()].note(entry)
        }
        let cases = shelves.filter(\.value.differs).map { Figure.Case(id: $0.key, isCounted: true) }
        return Figure(part: cases.count, whole: nil, cases: Set(cases))
    }
}

/// The working days of the first months of 2026, written out by the published calendar.
private enum WorkedDays {
    private static let holidays: Set = [
        "2026-01-01", "2026-01-02", "2026-01-03", "2026-02-15", "2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19",
        "2026-02-20", "2026-02-21", "2026-02-22", "2026-02-23", "2026-04-04", "2026-04-05", "2026-04-06",
    ]
    private static let workedWeekends: Set = ["2026-01-04", "2026-02-14", "2026-02-28"]

    /// The second working day after a day; 2025-01-01, the calendar's first day, was a Wednesday.
    static func second(after day: Int) -> Int {
        var (next, count) = (day, 0)
        while count < 2 {
            next += 1
            let text = TestCalendar.shared.text(of: next)
            let isWeekend = (next + 2) % 7 > 4
            if workedWeekends.contains(text) || !isWeekend && !holidays.contains(text) { count += 1 }
        }
        return next
    }
}

/// One item of the store: its ledger, its card and its last count.
private struct Shelf {
    private typealias Card = (figure: Int, at: Moment, position: Int)
    private struct Count {
        let figure: Int
        let at: Moment
        let position: Int
        var card: Card?
        var settled: (difference: Int, at: Moment)?
    }

    /// What a count found stands at the moment of the count, when the goods were so already.
    private var ledger: [(at: Moment, found: Moment, change: Int)] = []
    private var card: Card?
    private var count: Count?

    private mutating func post(_ change: Int, at moment: Moment, found: Moment? = nil) {
        ledger.append((moment, found ?? moment, change))
    }

    mutating func note(_ entry: IndicatorOracle.Entry) {
        let quantity = Int(entry.data["qty"] ?? "") ?? 0
        switch entry.kind {
        case "stock.itemSet": if let opening = Int(entry.data["opening"] ?? "") { post(opening, at: entry.at) }
        case "stock.received": post(quantity, at: entry.at)
        case "stock.issued": post(-quantity, at: entry.at)
        case "stock.carded":
            if card.map({ $0.at <= entry.at }) ?? true { card = (quantity, entry.at, ledger.count) }
            if let count, count.settled == nil { self.count?.card = card }
        case "stock.counted":
            // The last count is that of the latest moment.
            if let count, entry.at < count.at { return }
            count = Count(figure: quantity, at: entry.at, position: ledger.count, card: card)
        case "stock.settled":
            let difference = Int(entry.data["difference"] ?? "") ?? 0
            if difference != 0 { post(difference, at: entry.at, found: count?.at) }
            count?.settled = (difference, entry.at)
            if entry.data["verdict"] != "card" { card = nil }
        default: return
        }
    }

    /// What the ledger had at a moment; of that moment only what had been entered.
    private func balance(at moment: Moment, _ position: Int, counted: Bool = false) -> Int {
        ledger.enumerated().reduce(0) { sum, line in
            let at = counted ? line.element.found : line.element.at
            return at < moment || at == moment && line.offset < position ? sum + line.element.change : sum
        }
    }

    /// By how much a card differs from the ledger of its moment.
    private func difference(of card: Card) -> Int { card.figure - balance(at: card.at, card.position) }

    var differs: Bool {
        guard let count else { return false }
        let difference = count.figure - max(0, balance(at: count.at, count.position, counted: true))
        guard let settled = count.settled else {
            return difference != 0 || count.card.map { self.difference(of: $0) != 0 } ?? false
        }
        // A voucher was found that belongs before the count.
        if difference != settled.difference { return true }
        if let card, card.at >= settled.at { return self.difference(of: card) != 0 }
        // What was posted is not on the card before somebody has written it there, also if that was read later on.
        return (card ?? count.card).map { self.difference(of: $0) != settled.difference } ?? false
    }
}
