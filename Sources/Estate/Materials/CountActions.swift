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
        try visitor.field("qty", &qty, Label("卡片数", en: "On the card"))
        try visitor.derived("stock", &item)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.stockItem(sku, plan)
        (sku, item) = (StockNumber(known.number), known.id)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        guard let known = estate.materials.items[item] else { return }
        let card = StockCard(
            quantity: qty, at: metadata.at, by: metadata.by, position: known.ledger.postings.count)
        estate.materials.items.change(item) { $0.card = card }
        // Card and count are taken in either order.
        if let count = known.count {
            estate.materials.counts.change(count) { if $0.settlement == nil { $0.card = card } }
        }
    }
}

/// What was counted of an item, blind (盲盘): nobody is shown the ledger's figure before.
public struct CountStock: StockFact {
    public static let name = "stock.count"
    static let kind: StaticString = "stock.counted"
    public static let label = Label("盘点", en: "Count an item")
    var sku = StockNumber.placeholder
    var qty = StockQuantity.zero
    var item = Ref<StockItem>.placeholder

    public init() {}

    public init(sku: String, qty: StockQuantity) { (self.sku, self.qty) = (StockNumber(sku), qty) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("sku", &sku, .stockItem)
        try visitor.field("qty", &qty, .stockCounted)
        try visitor.derived("stock", &item)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.stockItem(sku, plan)
        (sku, item) = (StockNumber(known.number), known.id)
        if let former = known.count.flatMap({ estate.materials.counts[$0] }), former.settlement == nil,
            former.by != plan.by, former.counted != qty
        {
            plan.warn("stock.counted")
        }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        guard let known = estate.materials.items[item] else { return }
        let id = Ref<StockCount>(metadata.id)
        if let former = known.count {
            estate.materials.counts.change(former) { $0.isReplaced = $0.settlement == nil }
        }
        estate.materials.counts.add(
            StockCount(
                id: id, item: item, counted: qty, at: metadata.at, by: metadata.by,
                position: known.ledger.postings.count, card: known.card))
        estate.materials.items.change(item) { $0.count = id }
    }
}

/// The last count of an item is approved by another than who counted: its difference is posted as a new entry. That there
/// is none is a fact as well.
public struct SettleStock: StockFact {
    public static let name = "stock.settle"
    static let kind: StaticString = "stock.settled"
    static var merging: Merging<Self> {
        .first { fact, estate, metadata in
            if let reason = estate.materials.conflict(of: fact.item, metadata, in: estate) { return reason }
            return estate.materials.counts.value(of: fact.count) {
                $0.settlement == nil ? nil : .doubled(Label("这次盘点已经审批", en: "the count had been settled"))
            } ?? .unknown
        }
    }
    public static let label = Label("盘点审批", en: "Settle a count")
    public static let roles: Set<Role> = [.supervisor]
    public static let condition: Label? = Label("盘点人以外的人", en: "another than who counted")
    var sku = StockNumber.placeholder
    var count = Ref<StockCount>.placeholder
    var difference = SignedQuantity.placeholder
    var verdict = StockVerdict.agree
    var item = Ref<StockItem>.placeholder

    public init() {}

    public init(sku: String) { self.sku = StockNumber(sku) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("sku", &sku, .stockItem)
        try visitor.derived("stockcount", &count)
        try visitor.derived("difference", &difference, Label("盘点差异", en: "Difference"))
        try visitor.derived("verdict", &verdict, Label("结论", en: "Verdict"))
        try visitor.derived("stock", &item)
    }

    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let known = estate.materials.item(sku), let count = known.count.flatMap({ estate.materials.counts[$0] }),
            count.settlement == nil
        else { return nil }
        let verdict = estate.materials.verdict(of: count)
        let difference = SignedQuantity(scaled: estate.materials.difference(of: count))
        let value = estate.materials.value(of: difference.scaled, of: known)
        return Confirmation(
            Label(
                "\(known.name) 盘点 \(known.amount(count.counted))，按\(verdict.label.chinese)入帐？",
                en: "Settle the count of \(known.name), \(known.amount(count.counted)): \(verdict.label.english)?"),
            [
                .fact(Label("帐面", en: "Ledger"), known.amount(estate.materials.ledger(at: count))),
                count.card.map { .fact(Label("卡片", en: "Card"), known.amount($0.quantity)) },
                .fact(Label("差异", en: "Difference"), "\(difference.signed) \(known.measure)  \(value.grouped) 元"),
                .fact(Label("盘点人", en: "Counted by"), estate.staff.name(of: count.by)),
            ], yes: Label("审批", en: "settle"))
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.stockItem(sku, plan)
        (sku, item) = (StockNumber(known.number), known.id)
        guard let count = known.count.flatMap({ estate.materials.counts[$0] }), count.settlement == nil else {
            throw Refusal(
                .rule, "stock.uncounted", "\(known.name) 没有待审批的盘点", en: "\(known.name) has no count to be settled",
                field: "sku")
        }
        if count.by == plan.by {
            throw Refusal.rule("stock.counter", "审批人不能是盘点人", en: "another than who counted settles it")
        }
        try plan.refuse(before: count.at, Label("盘点", en: "the count"))
        verdict = estate.materials.verdict(of: count)
        if verdict == .recount {
            throw Refusal(
                .rule, "stock.recount", "帐、卡、物各不相同：先重新盘点", en: "ledger, card and goods all differ: count again",
                field: "sku")
        }
        if verdict == .unposted { plan.warn("stock.unposted") }
        (self.count, difference) = (count.id, SignedQuantity(scaled: estate.materials.difference(of: count)))
        if difference.scaled < 0 {
            try estate.refuseTaking(StockQuantity(scaled: -difference.scaled), of: known, plan)
        }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        guard let known = estate.materials.counts[count], estate.materials.items.holds(item) else { return }
        var value = Money.zero
        if difference.scaled != 0 {
            let isSurplus = difference.scaled > 0
            let entry = metadata.entry(
                StockQuantity(scaled: abs(difference.scaled)), isSurplus ? .found : .shortage)
            guard let posting = estate.materials.post(entry, of: item) else { return }
            value = Money(fen: posting.value)
            estate.materials.note(posting, of: item, as: isSurplus ? .surplus : .shortage, by: metadata.by)
        }
        let settlement = StockCount.Settlement(
            difference: difference, value: SignedAmount(value), verdict: verdict, at: metadata.at, by: metadata.by)
        estate.materials.counts.change(known.id) { $0.settlement = settlement }
        estate.materials.items.change(item) {
            $0.settledCount = known.id
            // Ledger and card agree from now on, but for a card that was wrong itself.
            if verdict != .card { $0.card = nil }
        }
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
