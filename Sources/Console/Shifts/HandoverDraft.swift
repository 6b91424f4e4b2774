import Estate
import Handbook

/// The answers of a handover's checklist while it is gone through. Nothing is answered by default.
struct HandoverDraft: Sendable {
    /// Who goes through it, and what becomes of it.
    enum Purpose: Sendable {
        /// The outgoing member answers; who relieves them is asked afterwards.
        case closing
        /// Both members are there: what is answered is confirmed as well.
        case together
        /// The incoming member confirms what was answered.
        case incoming
    }

    /// What a line is about.
    enum Item: Hashable, Sendable {
        case ritual
        /// By its number.
        case answer(Int)
        case equipment(Int)
        case key(Int)
        case reservation
    }

    enum Answer: Hashable, Sendable {
        case done
        case text(String)
        /// `note`: what is said of a difference.
        case count(Int, note: String?)
    }

    let purpose: Purpose
    let items: [Item]
    private let rule: Handbook.Shifts
    private(set) var answers: [Item: Answer] = [:]

    init(_ purpose: Purpose, by rule: Handbook.Shifts) {
        (self.purpose, self.rule) = (purpose, rule)
        let numbered = rule.items.enumerated().flatMap { index, item -> [Item] in
            if purpose == .incoming { return [.answer(index + 1)] }
            let stock: [Item] =
                switch item.id {
                case "equipment": rule.equipment.indices.map { .equipment($0) }
                case "keys": rule.keys.indices.map { .key($0) }
                default: []
                }
            return stock.isEmpty ? [.answer(index + 1)] : stock
        }
        items = [.ritual] + numbered + (purpose == .closing ? [] : [.reservation])
    }

    subscript(item: Item) -> Answer? { answers[item] }

    mutating func answer(_ item: Item, _ answer: Answer) { answers[item] = answer }

    var openItems: [Item] { items.filter { answers[$0] == nil } }

    /// What is counted on a line; `nil` for lines without a count.
    func stock(_ item: Item) -> Handbook.Shifts.Stock? {
        switch item {
        case .equipment(let index): rule.equipment[index]
        case .key(let index): rule.keys[index]
        default: nil
        }
    }

    /// The handbook's item that a line belongs to.
    func rule(_ item: Item) -> (number: Int, item: Handbook.Shifts.Item)? {
        let number: Int? =
            switch item {
            case .answer(let number): number
            case .equipment: rule.number(of: "equipment")
            case .key: rule.number(of: "keys")
            case .ritual, .reservation: nil
            }
        return number.map { ($0, rule.items[$0 - 1]) }
    }

    var ritual: [String] { rule.ritual }

    // MARK: What it comes to

    var handover: Handover {
        var texts: [Int: String] = [:]
        for case (.answer(let number), .text(let text)) in answers { texts[number] = text }
        func counts(_ stock: [Handbook.Shifts.Stock], _ item: (Int) -> Item) -> HandoverCounts? {
            let entries = stock.enumerated().compactMap { index, stock in
                if case .count(let count, let note)? = answers[item(index)] {
                    HandoverCounts.Entry(stock.name, count, of: stock.count, note: note)
                } else {
                    nil
                }
            }
            return entries.isEmpty ? nil : HandoverCounts(entries)
        }
        return Handover(
            items: texts.isEmpty ? nil : HandoverAnswers(texts), equipment: counts(rule.equipment) { .equipment($0) },
            keys: counts(rule.keys) { .key($0) }, ritual: answers[.ritual] != nil)
    }

    /// The numbers of the items that both agree on: all, once each line is answered.
    var confirmed: [Int] {
        let open = Set(openItems.compactMap { rule($0)?.number })
        return rule.items.indices.map { $0 + 1 }.filter { !open.contains($0) }
    }

    var reservation: String? { if case .text(let text)? = answers[.reservation] { text } else { nil } }
}
