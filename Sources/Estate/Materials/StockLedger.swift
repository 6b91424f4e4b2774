import Journal

// The ledger (帐) of one item. Quantities are in thousandths, values in fen, and no rate is stored.
//
// An issue of q out of Q costs V if q = Q, else V·q/Q rounded half up. So Q = 0 ⇒ V = 0, V ≥ 0, and all values in less
// all values out are V. Costs follow the order of recording and never change; quantities as of a moment go by when
// things happened.

/// What goes in and out of one item's stock, in the order of recording.
struct StockLedger: Sendable {
    enum Event: Hashable, Sendable {
        /// An opening balance, or what was accepted of a delivery.
        case receipt(value: Int)
        case issue
        /// What comes back of an issue, at its cost.
        case giveBack(issue: EntryID)
        case loan
        /// What comes back of a loan whole; `damaged` and `lost` do not come back to the shelf.
        case back(loan: EntryID, damaged: Int, lost: Int)
        case scrap
        /// What a count found beyond the ledger.
        case found
        /// What a count did not find.
        case shortage
        /// What a receipt should have cost in all.
        case reprice(receipt: EntryID, value: Int)
    }

    struct Entry: Hashable, Sendable {
        let id: EntryID
        let at: Moment
        /// In thousandths, not negative.
        let quantity: Int
        let event: Event
        /// The moment of the count whose difference it is.
        var counted: Moment?
    }

    /// What an entry changed on the shelf.
    struct Posting: Hashable, Sendable {
        let entry: Entry
        /// Of the quantity on hand.
        let quantity: Int
        /// Of the value on hand.
        let value: Int
        /// What an entry changed of the value of goods that have left already: the rest of a price difference.
        let issuedValue: Int
    }

    /// Goods that have left by an issue or a loan, and may come back in parts.
    struct Outgoing: Hashable, Sendable {
        let quantity: Int
        let cost: Int
        let isLoan: Bool
        let at: Moment
        /// What has come back, or will not come back any more.
        fileprivate(set) var closed = 0
        fileprivate(set) var returned = 0
        fileprivate(set) var damaged = 0
        fileprivate(set) var lost = 0
        /// The cost of what has come back to the shelf.
        fileprivate(set) var returnedCost = 0

        var outstanding: Int { quantity - closed }

        /// What the part cost that was closed last but `later`.
        func cost(ofLast part: Int, before later: Int = 0) -> Int {
            let end = closed - later
            return cost.share(end, of: quantity) - cost.share(end - part, of: quantity)
        }

        /// The cost of the next part: all parts together cost the whole.
        fileprivate mutating func close(_ part: Int) -> Int {
            let before = cost.share(closed, of: quantity)
            closed += part
            return cost.share(closed, of: quantity) - before
        }
    }

    /// The sums of all quantities, in thousandths. ``received`` has the opening balance in it.
    struct Totals: Hashable, Sendable {
        var received = 0
        var returned = 0
        var found = 0
        var lent = 0
        var issued = 0
        var scrapped = 0
        var lost = 0
        /// Values, in fen.
        var valueIn = 0
        var valueOut = 0
        /// What price differences changed of goods that had left.
        var issuedValue = 0
    }

    private(set) var quantity = 0
    private(set) var value = 0
    private(set) var totals = Totals()
    private(set) var postings: [Posting] = []
    private(set) var outgoings: [EntryID: Outgoing] = [:]
    /// What each receipt cost by now, with its quantity.
    private(set) var receipts: [EntryID: (quantity: Int, value: Int)] = [:]
    private var lastReceipt: EntryID?
    /// The latest moment of any entry.
    private(set) var last: Moment?

    /// The quantity that may be taken at a moment: none of the balances from then on falls below zero.
    func available(at moment: Moment) -> Int {
        guard let last, moment < last else { return quantity }
        let later = postings.enumerated().filter { $0.element.entry.at > moment }
            .sorted { ($0.element.entry.at, $0.offset) < ($1.element.entry.at, $1.offset) }
        var (balance, least) = (quantity, quantity)
        for posting in later.reversed() {
            balance -= posting.element.quantity
            least = min(least, balance)
        }
        return max(0, least)
    }

    /// The quantity on hand at a moment. Of entries of the same moment only the first `count` recorded ones are in it.
    func quantity(at moment: Moment, before count: Int = .max) -> Int { sum(to: moment, before: count, by: \.at) }

    /// What a count at a moment is compared with: the differences of earlier counts stand at the moments of those, as
    /// the goods were already so, not when they were approved.
    func expected(at moment: Moment, before count: Int) -> Int {
        max(0, sum(to: moment, before: count) { $0.counted ?? $0.at })
    }

    private func sum(to moment: Moment, before count: Int, by time: (Entry) -> Moment) -> Int {
        postings.enumerated().reduce(0) { sum, posting in
            let at = time(posting.element.entry)
            return at < moment || at == moment && posting.offset < count ? sum + posting.element.quantity : sum
        }
    }

    /// The value of a quantity out of what is on hand.
    func cost(of quantity: Int) -> Int { self.quantity == 0 ? 0 : value.share(quantity, of: self.quantity) }

    /// The value of goods that were found: as what is on hand, else as what was received last.
    private func worth(of found: Int) -> Int {
        if quantity > 0 { return value.share(found, of: quantity) }
        guard let receipt = lastReceipt.flatMap({ receipts[$0] }), receipt.quantity > 0 else { return 0 }
        return receipt.value.share(found, of: receipt.quantity)
    }

    /// Whether an entry can be posted.
    func accepts(_ entry: Entry) -> Bool {
        switch entry.event {
        case .receipt, .found: true
        case .issue, .loan, .scrap, .shortage: entry.quantity <= available(at: entry.at)
        case .giveBack(let id):
            outgoings[id].map { !$0.isLoan && entry.quantity <= $0.outstanding } ?? false
        case .back(let id, let damaged, let lost):
            outgoings[id].map { $0.isLoan && entry.quantity + damaged + lost <= $0.outstanding } ?? false
        case .reprice(let id, _): receipts[id] != nil
        }
    }

    /// Posts an entry; `nil`, and nothing changes, if it cannot be posted.
    @discardableResult
    mutating func post(_ entry: Entry) -> Posting? {
        guard accepts(entry) else { return nil }
        let (quantity, value, issuedValue) = change(by: entry)
        self.quantity += quantity
        self.value += value
        totals.issuedValue += issuedValue
        if value >= 0 { totals.valueIn += value } else { totals.valueOut -= value }
        let posting = Posting(entry: entry, quantity: quantity, value: value, issuedValue: issuedValue)
        postings.append(posting)
        last = max(last ?? entry.at, entry.at)
        return posting
    }

    /// What an entry changes on the shelf, after its own books are kept.
    private mutating func change(by entry: Entry) -> (quantity: Int, value: Int, issuedValue: Int) {
        let quantity = entry.quantity
        switch entry.event {
        case .receipt(let value):
            receipts[entry.id] = (quantity, value)
            lastReceipt = entry.id
            totals.received += quantity
            return (quantity, value, 0)
        case .issue, .loan:
            let cost = cost(of: quantity)
            let isLoan = entry.event == .loan
            outgoings[entry.id] = Outgoing(quantity: quantity, cost: cost, isLoan: isLoan, at: entry.at)
            if isLoan { totals.lent += quantity } else { totals.issued += quantity }
            return (-quantity, -cost, 0)
        case .giveBack(let id):
            let value = outgoings[id]?.take(quantity) ?? 0
            totals.returned += quantity
            return (quantity, value, 0)
        case .back(let id, let damaged, let lost):
            let value = outgoings[id]?.take(quantity, damaged: damaged, lost: lost) ?? 0
            totals.lent -= quantity + damaged + lost
            totals.scrapped += damaged
            totals.lost += lost
            return (quantity, value, 0)
        case .scrap, .shortage:
            let cost = cost(of: quantity)
            if entry.event == .scrap { totals.scrapped += quantity } else { totals.lost += quantity }
            return (-quantity, -cost, 0)
        case .found:
            let value = worth(of: quantity)
            totals.found += quantity
            return (quantity, value, 0)
        case .reprice(let id, let value):
            let difference = value - (receipts[id]?.value ?? 0)
            receipts[id]?.value = value
            let there = repriced().value - self.value
            return (0, there, difference - there)
        }
    }

    /// The ledger as it would be had every receipt been entered at what it costs by now: it says how much of a price
    /// difference is still on the shelf.
    private func repriced() -> StockLedger {
        var ledger = StockLedger()
        for posting in postings {
            switch posting.entry.event {
            case .reprice: continue
            case .receipt:
                let (entry, value) = (posting.entry, receipts[posting.entry.id]?.value ?? 0)
                ledger.post(Entry(id: entry.id, at: entry.at, quantity: entry.quantity, event: .receipt(value: value)))
            default: ledger.post(posting.entry)
            }
        }
        return ledger
    }

    /// What the goods of an issue or a loan cost that have not come back.
    func openCost(of id: EntryID) -> Int { outgoings[id].map { $0.cost - $0.returnedCost } ?? 0 }
}

extension StockLedger.Outgoing {
    /// Takes back a part; returns the cost of what comes back to the shelf.
    fileprivate mutating func take(_ whole: Int, damaged: Int = 0, lost: Int = 0) -> Int {
        let value = close(whole)
        _ = close(damaged + lost)
        returned += whole
        self.damaged += damaged
        self.lost += lost
        returnedCost += value
        return value
    }
}

extension Int {
    /// `self · part / whole`, rounded half up; none of them negative. The whole of nothing is everything.
    func share(_ part: Int, of whole: Int) -> Int {
        if part == whole { return self }
        return Int((Int128(self) * Int128(part) * 2 + Int128(whole)) / (Int128(whole) * 2))
    }
}
