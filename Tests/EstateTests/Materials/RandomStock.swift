import Journal
import TestSupport

@testable import Estate

/// A random history of one item, posted to the ledger and noted in lists.
struct RandomStock {
    private static let number = "K-01"
    private let item = Ref<StockItem>(EntryID(high: 2, low: 1))
    var random: SeededRandom
    private(set) var estate: Estate
    private(set) var naive = NaiveStock()
    private var counts = NaiveCounts()
    private var now = 0
    private var ids: [EntryID] = []
    private var nextID: UInt64 = 0
    /// How often each thing happened.
    private(set) var occurrences: [String: Int] = [:]

    /// - Parameter estate: an estate without any item.
    init(in estate: Estate, seed: UInt64) {
        (self.estate, random) = (estate, SeededRandom(seed: seed))
        self.estate.materials.add(
            StockItem(
                id: item, number: Self.number, name: "角阀", measure: "个", kind: .consumable, quota: nil, least: nil,
                most: nil, place: nil, since: moment(0)))
        let opening = 1000 * (1 + random.below(20))
        _ = take(opening, at: 0, .receipt(price: 700), as: .receipt(value: 700), isPossible: true, kind: "opening")
    }

    var ledger: StockLedger { estate.materials.items[item]?.ledger ?? StockLedger() }
    private func moment(_ time: Int) -> Moment { at("2026-03-01").adding(minutes: time) }
    private mutating func happened(_ what: String) { occurrences[what, default: 0] += 1 }

    private mutating func metadata(at time: Int, by member: String = "S08") -> Metadata {
        nextID += 1
        return Metadata(id: EntryID(high: 1, low: nextID), at: moment(time), by: member)
    }

    /// The places of steps that fit.
    private func places(_ fits: (NaiveStock.What) -> Bool) -> [Int] {
        naive.steps.indices.filter { fits(naive.steps[$0].what) }
    }

    /// Posts a step; both calculations accept it, or neither does.
    private mutating func take(
        _ quantity: Int, at time: Int, _ what: NaiveStock.What, as event: StockLedger.Event, isPossible: Bool,
        kind: String
    ) -> Bool {
        let step = NaiveStock.Step(time: time, quantity: quantity, what: what)
        let id = metadata(at: time).id
        let posting = estate.materials.post(
            StockLedger.Entry(id: id, at: moment(time), quantity: quantity, event: event), of: item)
        guard (posting != nil) == (isPossible && naive.allows(step)) else { return false }
        if posting == nil {
            happened("refused")
        } else {
            note(step, id, kind)
        }
        return true
    }

    private mutating func note(_ step: NaiveStock.Step, _ id: EntryID, _ kind: String) {
        happened(kind)
        if naive.steps.contains(where: { $0.time > step.time }) { happened("backdated") }
        if let count = counts.count, counts.settled == nil {
            // A voucher that was found later changes the ledger of the count's moment; a movement meanwhile does not.
            happened(step.time < count.time ? "voucher" : "meanwhile")
        }
        ids.append(id)
        naive.steps.append(step)
    }

    /// The next step. Returns whether both calculations say the same of it, and of ledger, card and goods after it.
    mutating func step() -> Bool {
        now += 1 + random.below(30)
        let isLate = random.below(4) == 0
        let time = isLate ? max(0, now - random.below(200)) : now
        let isSame = next(at: time)
        guard let known = estate.materials.items[item], isSame else { return false }
        let verdict = estate.materials.verdict(of: known)
        happened("\(verdict)")
        return verdict == counts.verdict(in: naive)
    }

    private mutating func next(at time: Int) -> Bool {
        let quantity = random.below(3) == 0 ? 1 + random.below(4000) : 1000 * (1 + random.below(6))
        switch random.below(14) {
        case 0...2:
            let price = random.below(5000)
            return take(
                quantity, at: time, .receipt(price: price), as: .receipt(value: price), isPossible: true,
                kind: "receipt")
        case 3, 4: return take(quantity, at: time, .issue, as: .issue, isPossible: true, kind: "issue")
        case 5: return take(quantity, at: time, .loan, as: .loan, isPossible: true, kind: "loan")
        case 6: return take(quantity, at: time, .scrap, as: .scrap, isPossible: true, kind: "scrap")
        case 7:
            let issues = places { if case .issue = $0 { true } else { false } }
            guard !issues.isEmpty else { return true }
            let source = random.pick(issues)
            return take(
                quantity, at: max(time, naive.steps[source].time), .part(of: source),
                as: .giveBack(issue: ids[source]), isPossible: quantity <= naive.left(of: source), kind: "return")
        case 8:
            let loans = places { if case .loan = $0 { true } else { false } }
            guard !loans.isEmpty else { return true }
            let source = random.pick(loans)
            let (damaged, lost) = (random.below(2) * random.below(900), random.below(2) * random.below(900))
            return take(
                quantity, at: max(time, naive.steps[source].time), .back(of: source, damaged: damaged, lost: lost),
                as: .back(loan: ids[source], damaged: damaged, lost: lost),
                isPossible: quantity + damaged + lost <= naive.left(of: source), kind: "back")
        case 9: return reprice()
        case 10, 11: return count(at: time)
        case 12: return readCard(at: time)
        default: return settle()
        }
    }

    private mutating func reprice() -> Bool {
        let receipts = places { if case .receipt = $0 { true } else { false } }
        let (source, value) = (random.pick(receipts), random.below(5000))
        return take(
            0, at: now, .reprice(of: source, value: value), as: .reprice(receipt: ids[source], value: value),
            isPossible: true, kind: "reprice")
    }

    // MARK: Counts

    /// A figure near the ledger's of the moment.
    private mutating func figure(at time: Int) -> NaiveCounts.Figure {
        let noted = naive.steps.count
        let quantity = naive.quantity(at: time, noted: noted) + [-1000, 0, 0, 1000][random.below(4)]
        return NaiveCounts.Figure(time: time, noted: noted, quantity: max(0, quantity))
    }

    private mutating func readCard(at time: Int) -> Bool {
        let card = figure(at: time)
        var fact = NoteStockCard(sku: Self.number, qty: StockQuantity(scaled: card.quantity))
        fact.item = item
        fact.apply(to: &estate, metadata(at: time))
        counts.read(card)
        happened("card read")
        return true
    }

    /// A count, every other time with the card's figure beside it.
    private mutating func count(at time: Int) -> Bool {
        let (counted, card) = (figure(at: time), random.below(2) == 0 ? figure(at: time) : nil)
        var fact = CountStock(
            sku: Self.number, qty: StockQuantity(scaled: counted.quantity),
            card: card.map { StockQuantity(scaled: $0.quantity) })
        let metadata = metadata(at: time)
        var plan = Plan(by: "S08", at: metadata.at, now: moment(now), node: "desk") { _ in metadata.id }
        let isEarlier = counts.count.map { time < $0.time } ?? false
        let isAccepted = (try? fact.decide(&plan, in: estate)) != nil
        // None is entered before one that is settled.
        guard isAccepted == (counts.settled == nil || !isEarlier) else { return false }
        guard isAccepted else {
            happened("count refused")
            return true
        }
        fact.apply(to: &estate, metadata)
        happened(isEarlier ? "earlier count" : "count")
        if isEarlier { return true }
        (counts.count, counts.settled) = (counted, nil)
        if let card { counts.read(card) }
        return true
    }

    /// Settles the last count as its approver does; movements and vouchers since it stay.
    private mutating func settle() -> Bool {
        guard let count = counts.count, counts.settled == nil else { return true }
        let (difference, verdict) = (count.rest(in: naive), counts.verdict(in: naive))
        let step = NaiveStock.Step(
            time: now, quantity: abs(difference), what: difference < 0 ? .shortage : .found, counted: count.time)
        let metadata = metadata(at: now, by: "S04")
        var plan = Plan(by: "S04", at: moment(now), now: moment(now), node: "desk") { _ in metadata.id }
        var fact = SettleStock(sku: Self.number)
        let isAccepted = (try? fact.decide(&plan, in: estate)) != nil
        guard isAccepted == (verdict != .recount && naive.allows(step)) else { return false }
        guard isAccepted else {
            happened("not settled")
            return true
        }
        guard fact.difference.scaled == difference, fact.verdict == verdict else { return false }
        fact.apply(to: &estate, metadata)
        if difference != 0 { note(step, metadata.id, difference < 0 ? "shortage posted" : "found") }
        happened("settled")
        counts.settled = (verdict, difference, now)
        counts.settledCard = counts.card
        if verdict != .card { counts.card = nil }
        return true
    }
}
