import Handbook
import Journal

/// What a count says of ledger, card and goods (帐、卡、物).
public enum StockVerdict: String, NamedChoice {
    case agree, surplus, shortage, unposted, card, recount, uncounted

    public var label: Label {
        switch self {
        case .agree: Label("相符", en: "agree")
        case .surplus: Label("盘盈", en: "surplus")
        case .shortage: Label("盘亏", en: "shortage")
        case .unposted: Label("未入帐", en: "unposted")
        case .card: Label("卡片差错", en: "card error")
        case .recount: Label("重新盘点", en: "count again")
        case .uncounted: Label("未盘点", en: "uncounted")
        }
    }

    /// Each figure is compared with the ledger at its own moment. Without the card's figure the verdict is what ledger and
    /// goods say; that the card was not read is told beside it, see ``StockCount/isCardless``.
    ///
    /// - Parameters:
    ///   - count: the counted quantity less the ledger's.
    ///   - card: the card's figure less the ledger's; `nil` for a card that was not read.
    init(count: Int, card: Int?) {
        let card = card ?? 0
        self =
            switch (count == 0, card == 0) {
            case (true, true): .agree
            case (true, false): .card
            case (false, true): count > 0 ? .surplus : .shortage
            case (false, false): count == card ? .unposted : .recount
            }
    }
}

/// One line of a stocktake (盘点): what was counted of an item, at its own moment.
public struct StockCount: Entity, Sendable {
    public static let entity = "stockcount"
    public static let label = Label("盘点", en: "count")
    public static let isSubject = false
    public let id: Ref<StockCount>
    let item: Ref<StockItem>
    public let counted: StockQuantity
    public let at: Moment
    public let by: String
    /// The number of ledger entries that had been recorded.
    let position: Int
    /// The card's figure that it is compared with: the last one since the count before it was settled.
    var card: StockCard?
    public internal(set) var settlement: Settlement?
    /// That it was sent back to be counted again.
    public internal(set) var refusal: StockApproval?
    /// Whether another has counted the item since.
    public internal(set) var isReplaced = false

    /// The approval of a count, with what it posted.
    public struct Settlement: Sendable {
        /// Of the quantity on hand: above zero for a surplus.
        public let difference: SignedQuantity
        public let value: SignedAmount
        public let verdict: StockVerdict
        public let at: Moment
        public let by: String
    }

    /// Whether it waits to be settled or sent back.
    public var isOpen: Bool { settlement == nil && refusal == nil }

    public var state: StockCountState {
        if settlement != nil { return .settled }
        if refusal != nil { return .refused }
        return isReplaced ? .replaced : .open
    }

    /// Whether the card was not read: only ledger and goods were compared.
    public var isCardless: Bool { card == nil }

    public static func known(_ id: Ref<StockCount>, in estate: Estate) -> StockCount? { estate.materials.counts[id] }
    public func words(in estate: Estate) -> String { estate.materials.words(item, counted) }
}

extension Materials {
    /// What the ledger had at the moment of a count, vouchers that were found later included. Of a settled count: what it
    /// was settled against.
    func ledger(at count: StockCount) -> StockQuantity {
        StockQuantity(scaled: count.counted.scaled - (count.settlement?.difference.scaled ?? difference(of: count)))
    }

    /// By how much a count differs from the ledger at its moment, as that is known by now.
    func difference(of count: StockCount) -> Int {
        count.counted.scaled - (items[count.item]?.ledger.expected(at: count.at, before: count.position) ?? 0)
    }

    /// By how much the card of a count differs from the ledger at the moment at which it was read.
    func cardDifference(of count: StockCount) -> Int? {
        guard let card = count.card, let item = items[count.item] else { return nil }
        return difference(of: card, of: item)
    }

    private func difference(of card: StockCard, of item: StockItem) -> Int {
        card.quantity.scaled - item.ledger.quantity(at: card.at, before: card.position)
    }

    /// The verdict with which a count was settled, else the present one; of a count that was sent back, to count again.
    func verdict(of count: StockCount) -> StockVerdict {
        if count.refusal != nil { return .recount }
        return count.settlement?.verdict ?? StockVerdict(count: difference(of: count), card: cardDifference(of: count))
    }

    /// What the last count of an item says by now. Once it is settled the ledger agrees with it, unless something was
    /// entered later that belongs before the count; the card does once it has been written and read again, if it was
    /// wrong or a difference was posted.
    public func verdict(of item: StockItem) -> StockVerdict {
        guard let count = item.count.flatMap({ counts[$0] }) else { return .uncounted }
        guard let settlement = count.settlement else { return verdict(of: count) }
        let rest = difference(of: count) - settlement.difference.scaled
        if rest != 0 { return rest > 0 ? .surplus : .shortage }
        guard let card = item.card ?? count.card else { return .agree }
        // Posting a difference changes no card. One that was read before the settlement agrees if it had the goods'
        // figure already.
        let isLater = item.card.map { $0.at >= settlement.at } ?? false
        let posted = isLater ? 0 : settlement.difference.scaled
        return difference(of: card, of: item) == posted ? .agree : .card
    }

    /// The value of a difference, as it would be posted now; of one that is more than is left, what is left.
    func value(of difference: Int, of item: StockItem) -> Money {
        var ledger = item.ledger
        let entry = StockLedger.Entry(
            id: Ref<StockItem>.placeholder.id, at: .distantFuture,
            quantity: max(difference, min(-difference, ledger.quantity)),
            event: difference > 0 ? .found : .shortage)
        return Money(fen: ledger.post(entry)?.value ?? 0)
    }
}
