import Handbook
import Journal

/// The figure on the bin card (卡) as it stands at the shelf.
public struct NoteStockCard: StockFact {
    public static let name = "stock.card"
    static let kind: StaticString = "stock.carded"
    public static let label = Label("抄卡片数", en: "Note a bin card")
    var sku = StockNumber.placeholder
    var qty = StockQuantity.zero
    var item = Ref<StockItem>.placeholder

    public init() {}

    public init(sku: String, qty: StockQuantity) { (self.sku, self.qty) = (StockNumber(sku), qty) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("sku", &sku, .stockItem)
        try visitor.field("qty", &qty, .onCard)
        try visitor.derived("stock", &item)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.stockItem(sku, plan)
        (sku, item) = (StockNumber(known.number), known.id)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        guard let known = estate.materials.items[item] else { return }
        let card = known.latestCard(qty, metadata)
        estate.materials.items.change(item) { $0.card = card }
        // Card and count are taken in either order.
        if let count = known.count {
            estate.materials.counts.change(count) { if $0.isOpen { $0.card = card } }
        }
    }
}

// What was counted stands in the views once it is settled; what was noted of it before is not told by a history then
// either.

extension NoteStockCard: RevealingFact {
    static let isRestricted = true
    var hiddenFrom: Set<Role> { Materials.openCountsHiddenFrom }
}

extension CountStock: RevealingFact {
    static let isRestricted = true
    var hiddenFrom: Set<Role> { Materials.openCountsHiddenFrom }
}

extension SettleStock: RevealingFact {
    static let isRestricted = true
    /// One that sends a count back: it tells by how much that differed.
    var hiddenFrom: Set<Role> { refused == nil ? [] : Materials.openCountsHiddenFrom }
}

extension StockItem {
    /// The card's figure, after one was read at the moment of a fact: that of the latest moment.
    fileprivate func latestCard(_ quantity: StockQuantity?, _ metadata: Metadata) -> StockCard? {
        guard let quantity, card.map({ $0.at <= metadata.at }) ?? true else { return card }
        return StockCard(quantity: quantity, at: metadata.at, by: metadata.by, position: ledger.postings.count)
    }
}

/// What was counted of an item, blind (盲盘): nobody is shown the ledger's figure before. The card's figure may stand
/// beside it.
public struct CountStock: StockFact {
    public static let name = "stock.count"
    static let kind: StaticString = "stock.counted"
    public static let label = Label("盘点", en: "Count an item")
    var sku = StockNumber.placeholder
    var qty = StockQuantity.zero
    var card: StockQuantity?
    var item = Ref<StockItem>.placeholder

    public init() {}

    public init(sku: String, qty: StockQuantity, card: StockQuantity? = nil) {
        (self.sku, self.qty, self.card) = (StockNumber(sku), qty, card)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("sku", &sku, .stockItem)
        try visitor.field("qty", &qty, .stockCounted)
        try visitor.field("card", &card, .onCard)
        try visitor.derived("stock", &item)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.stockItem(sku, plan)
        (sku, item) = (StockNumber(known.number), known.id)
        guard let former = known.count.flatMap({ estate.materials.counts[$0] }) else { return }
        if former.settlement == nil {
            // A count that was sent back is expected to be another.
            if former.isOpen, former.counted != qty { plan.warn("stock.counted") }
        } else if plan.at < former.at {
            let (day, name) = (Day(former.at, in: estate.zone).short, known.name)
            throw Refusal(
                .rule, "stock.later", "\(name) \(day) 的盘点已经审批，不能再补更早的盘点",
                en: "the count of \(name) on \(day) is settled: none before it can be entered", field: "at")
        }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        guard let known = estate.materials.items[item] else { return }
        let id = Ref<StockCount>(metadata.id)
        let card = known.latestCard(card, metadata)
        var count = StockCount(
            id: id, item: item, counted: qty, at: metadata.at, by: metadata.by,
            position: known.ledger.postings.count, card: card)
        // The last count is that of the latest moment, whichever was entered first.
        if let former = known.count, let last = estate.materials.counts[former]?.at {
            count.isReplaced = metadata.at < last
            if !count.isReplaced { estate.materials.counts.change(former) { $0.isReplaced = $0.settlement == nil } }
        }
        estate.materials.counts.add(count)
        if count.isReplaced { return }
        estate.materials.items.change(item) { ($0.count, $0.card) = (id, card) }
    }
}

/// The last count of an item is approved by another than who counted: its difference is posted as a new entry. That there
/// is none is a fact as well. Or it is sent back, and counted again.
public struct SettleStock: StockFact {
    public static let name = "stock.settle"
    static let kind: StaticString = "stock.settled"
    static var merging: Merging<Self> {
        .first { fact, estate, metadata in
            if let reason = estate.materials.conflict(of: fact.item, metadata, in: estate) { return reason }
            return estate.materials.counts.value(of: fact.count) {
                $0.isOpen ? nil : .doubled(Label("这次盘点已经审批", en: "the count had been settled"))
            } ?? .unknown
        }
    }
    public static let label = Label("盘点审批", en: "Settle a count")
    public static let roles: Set<Role> = [.supervisor]
    public static let condition: Label? = Label("盘点人以外的人", en: "another than who counted")
    var sku = StockNumber.placeholder
    /// Why it is sent back to be counted again; `nil`: it is approved.
    var refused: String?
    var count = Ref<StockCount>.placeholder
    var difference = SignedQuantity.placeholder
    var verdict = StockVerdict.agree
    var item = Ref<StockItem>.placeholder

    public init() {}

    public init(sku: String) { self.sku = StockNumber(sku) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("sku", &sku, .stockItem)
        try visitor.field("refused", &refused, Label("退回复盘的原因", en: "Why it is counted again"))
        try visitor.derived("stockcount", &count)
        try visitor.derived("difference", &difference, Label("盘点差异", en: "Difference"))
        try visitor.derived("verdict", &verdict, Label("结论", en: "Verdict"))
        try visitor.derived("stock", &item)
    }

    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard refused == nil, let known = estate.materials.item(sku),
            let count = known.count.flatMap({ estate.materials.counts[$0] }), count.isOpen
        else { return nil }
        let verdict = estate.materials.verdict(of: count)
        let difference = SignedQuantity(scaled: estate.materials.difference(of: count))
        let value = estate.materials.value(of: difference.scaled, of: known)
        let counted = known.amount(count.counted)
        let after = StockQuantity(scaled: max(0, known.ledger.quantity + difference.scaled))
        return Confirmation(
            Label(
                difference.scaled == 0
                    ? "\(known.name) 盘点 \(counted)，没有差异，审批？"
                    : "\(known.name) 盘点 \(counted)，差异 \(difference.signed) \(known.measure)，审批入帐？",
                en: "Settle the count of \(known.name), \(counted): \(difference.signed)?"),
            [
                .fact(
                    Label("盘点时间", en: "Counted at"),
                    count.at.display(zone: estate.zone, language: .chinese)),
                .fact(Label("帐面", en: "Ledger"), known.amount(estate.materials.ledger(at: count))),
                count.card.map { Label.fact(Label("卡片", en: "Card"), known.amount($0.quantity)) }
                    ?? Label("没有抄卡片：只核对了帐和物", en: "the card was not read: only ledger and goods were compared"),
                .fact(Label("结论", en: "Verdict"), verdict.label.chinese),
                .fact(Label("差异", en: "Difference"), "\(difference.signed) \(known.measure)  \(value.grouped) 元"),
                difference.scaled == 0 ? nil : .fact(Label("入帐后", en: "Afterwards"), known.amount(after)),
                difference.scaled == 0 || count.isCardless
                    ? nil : Label("卡片也要改，改后再抄一次卡", en: "the card is to be corrected, and read again"),
                .fact(Label("盘点人", en: "Counted by"), estate.staff.name(of: count.by)),
            ], yes: Label("审批", en: "settle"))
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.stockItem(sku, plan)
        (sku, item) = (StockNumber(known.number), known.id)
        guard let count = known.count.flatMap({ estate.materials.counts[$0] }), count.isOpen else {
            throw Refusal(
                .rule, "stock.uncounted", "\(known.name) 没有待审批的盘点", en: "\(known.name) has no count to be settled",
                field: "sku")
        }
        if count.by == plan.by {
            throw Refusal.rule("stock.counter", "审批人不能是盘点人", en: "another than who counted settles it")
        }
        try plan.refuse(before: count.at, Label("盘点", en: "the count"))
        verdict = estate.materials.verdict(of: count)
        (self.count, difference) = (count.id, SignedQuantity(scaled: estate.materials.difference(of: count)))
        if refused != nil { return }
        if verdict == .recount {
            throw Refusal(
                .rule, "stock.recount", "帐、卡、物各不相同：先重新盘点", en: "ledger, card and goods all differ: count again",
                field: "sku")
        }
        if verdict == .unposted { plan.warn("stock.unposted") }
        if count.isCardless { plan.warn("stock.cardless") }
        let left = known.ledger.available(at: plan.at)
        if difference.scaled < -left {
            let (lack, rest) = (difference.text.dropFirst(), known.amount(StockQuantity(scaled: left)))
            throw Refusal(
                .rule, "stock.insufficient", "盘点以后又有出库，只剩 \(rest)，盘亏 \(lack) 记不进去：先查单据，再重新盘点",
                en: "only \(rest) are left since the count, and \(lack) are short: count again", field: "sku")
        }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        guard let known = estate.materials.counts[count], estate.materials.items.holds(item) else { return }
        if let refused {
            let refusal = StockApproval(at: metadata.at, by: metadata.by, refused: refused)
            return estate.materials.counts.change(known.id) { $0.refusal = refusal }
        }
        var value = Money.zero
        if difference.scaled != 0 {
            let isSurplus = difference.scaled > 0
            let entry = StockLedger.Entry(
                id: metadata.id, at: metadata.at, quantity: abs(difference.scaled),
                event: isSurplus ? .found : .shortage, counted: known.at)
            guard let posting = estate.materials.post(entry, of: item) else { return }
            value = Money(fen: posting.value)
            estate.materials.note(
                posting, of: item, as: isSurplus ? .surplus : .shortage, by: metadata.by, counter: known.by)
        }
        let settlement = StockCount.Settlement(
            difference: difference, value: SignedAmount(value), verdict: verdict, at: metadata.at, by: metadata.by)
        estate.materials.counts.change(known.id) { $0.settlement = settlement }
        // Ledger and card agree from now on, but for a card that was wrong itself.
        if verdict != .card { estate.materials.items.change(item) { $0.card = nil } }
    }
}

/// The node whose stock it was is no longer in use: its folder was restored under another name. The stock belongs to this
/// one from now on.
public struct TakeOverStock: ActionFact, RegisterFact {
    public static let name = "stock.takeover"
    static let kind: StaticString = "stock.takenOver"
    static var merging: Merging<Self> {
        // Of three nodes two may take over: the first one does.
        Merging(way: .derived) { fact, estate, _ in
            let owner = estate.materials.owner.map { estate.nodes.name(of: $0) }
            return owner == fact.from ? nil : .doubled(Label("物资已由别的节点接管", en: "another node had taken it over"))
        }
    }
    public static let label = Label("接管物资", en: "Take over the stock")
    /// A manager only: if the other node is still in use, both might give out the same goods.
    public static let roles: Set<Role> = []
    var why = ""
    /// The node that had it, by name.
    var from = ""

    public init() {}

    public init(why: String) { self.why = why }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("why", &why)
        try visitor.derived("from", &from)
    }

    /// Whose stock it is, is never undone: goods may have been given out since.
    func affectedIDs(in estate: Estate) -> [String]? { nil }

    public func confirmation(
        in estate: Estate, by member: String, on node: String, at moment: Moment
    ) -> Confirmation? {
        guard let owner = estate.materials.owner.map({ estate.nodes.name(of: $0) }), owner != node else { return nil }
        return Confirmation(
            Label("由本节点接管全部物资？", en: "Take over the whole stock?"),
            [
                .fact(Label("现在由节点", en: "Held by"), owner),
                Label("那个节点还在用的，不要接管：同一件货会发两次", en: "not if that node is still in use: goods might be given out twice"),
                .fact(Glossary.label(of: "why"), why),
            ], yes: Label("接管", en: "take over"))
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let owner = estate.materials.owner.map { estate.nodes.name(of: $0) }
        guard let owner, owner != plan.node else {
            throw Refusal.rule("stock.here", "物资就在本节点", en: "the stock is here already")
        }
        from = owner
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        guard estate.materials.owner.map({ estate.nodes.name(of: $0) }) == from else { return }
        estate.materials.owner = metadata.node
    }
}
