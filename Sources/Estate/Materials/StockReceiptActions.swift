import Journal

/// Goods came in and were accepted, all of them or a part: what is rejected is told with its reason and never enters.
public struct ReceiveStock: StockFact {
    public static let name = "stock.receive"
    static let kind: StaticString = "stock.received"
    public static let label = Label("验收入库", en: "Receive goods")
    var sku = StockNumber.placeholder
    var qty = StockQuantity.zero
    var price = Rate.placeholder
    var rejected: StockQuantity?
    var why: String?
    var supplier: Word<Suppliers>?
    /// The order that it fills.
    var plan: Ref<StockPlan>?
    var item = Ref<StockItem>.placeholder

    public init() {}

    public init(sku: String, qty: StockQuantity, price: Rate, supplier: String? = nil) {
        (self.sku, self.qty, self.price) = (StockNumber(sku), qty, price)
        self.supplier = supplier.map { Word($0) }
    }

    /// What of the delivery is not accepted.
    public mutating func reject(_ quantity: StockQuantity, why: String) { (rejected, self.why) = (quantity, why) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("sku", &sku, .stockItem)
        try visitor.field("qty", &qty, Label("合格数量", en: "Accepted"))
        try visitor.field("price", &price, .unitPrice)
        try visitor.field("rejected", &rejected, Label("拒收数量", en: "Rejected"))
        try visitor.field("why", &why, Label("拒收原因", en: "Why rejected"))
        try visitor.field("supplier", &supplier, .supplier)
        try visitor.derived("plan", &plan)
        try visitor.derived("stock", &item)
    }

    /// The ordered quantity and supplier, and the last price.
    public static func proposals(
        with values: [String: String], to member: String, in estate: Estate, at moment: Moment
    ) -> [String: String] {
        guard let known = item(in: values, of: estate) else { return [:] }
        let order = estate.materials.openOrder(of: known.id)
        return [
            "price": known.lastPrice?.text, "qty": order?.outstanding.text, "supplier": order?.order?.supplier,
        ].compactMapValues { $0 }
    }

    public static func outlook(
        with values: [String: String], in estate: Estate, at moment: Moment
    ) -> [OutlookRow] {
        guard let known = item(in: values, of: estate) else { return [] }
        guard let qty = quantity(in: values, of: estate),
            let price = try? Rate(text: values["price"] ?? "", zone: estate.zone), let fen = price.value(of: qty)
        else { return [known.outlook] }
        let amount = Money(fen: fen).grouped
        return [known.outlook, OutlookRow(Label("入库金额 \(amount) 元", en: "value \(amount)"), weight: .strong)]
    }

    public static func cautions(
        with values: [String: String], by member: String, in estate: Estate
    ) -> [String: Label] {
        guard let known = item(in: values, of: estate) else { return [:] }
        var cautions: [String: Label] = [:]
        if let last = known.lastPrice, last.scaled > 0,
            let price = try? Rate(text: values["price"] ?? "", zone: estate.zone),
            price.scaled > last.scaled * 3 / 2 || price.scaled * 2 < last.scaled
        {
            cautions["price"] = Label("上次单价 \(last.text)，差得多", en: "the last price was \(last.text)")
        }
        if let order = estate.materials.openOrder(of: known.id), let qty = quantity(in: values, of: estate),
            qty > order.outstanding
        {
            let more = known.amount(StockQuantity(scaled: qty.scaled - order.outstanding.scaled))
            cautions["qty"] = Label("比订的多 \(more)", en: "\(more) more than was ordered")
        }
        return cautions
    }

    /// `水龙头 12 个 已入库，拒收 3 个`
    public static func report(on id: EntryID, with values: [String: String], in estate: Estate) -> Label? {
        guard let receipt = estate.materials.receipts[Ref(id)], let known = estate.materials.items[receipt.item] else {
            return nil
        }
        let (name, amount) = (known.name, known.amount(receipt.quantity))
        let rejected = receipt.rejected.flatMap { $0.scaled > 0 ? known.amount($0) : nil }
        if receipt.quantity.scaled == 0 {
            return Label("\(name) 拒收 \(rejected ?? "")", en: "\(name): \(rejected ?? "") rejected")
        }
        return Label(
            "\(name) \(amount) 已入库\(rejected.map { "，拒收 \($0)" } ?? "")",
            en: "\(name): \(amount) received\(rejected.map { ", \($0) rejected" } ?? "")")
    }

    /// More than was ordered, and a price far from the last, are asked.
    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let known = estate.materials.item(sku) else { return nil }
        let values = ["sku": known.number, "qty": qty.text, "price": price.text]
        let cautions = Self.cautions(with: values, by: "", in: estate)
        if cautions.isEmpty { return nil }
        return Confirmation(
            Label(
                "\(known.name) \(known.amount(qty)) 按 \(price.text) 入库？",
                en: "Receive \(known.amount(qty)) of \(known.name) at \(price.text)?"),
            [cautions["qty"], cautions["price"]], yes: Label("入库", en: "receive"))
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.stockItem(sku, plan)
        (sku, item) = (StockNumber(known.number), known.id)
        let isRejected = rejected.map { $0.scaled > 0 } ?? false
        if !isRejected { _ = try qty.positive() }
        if isRejected, why == nil {
            throw Refusal(.input, "stock.why", "拒收要写原因", en: "say why goods are rejected", field: "why")
        }
        guard let fen = price.value(of: qty), known.ledger.holds(qty.scaled, worth: fen) else {
            throw Refusal.stockTooMuch
        }
        self.plan = estate.materials.openOrder(of: known.id, from: supplier?.text)?.id
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        guard estate.materials.items.holds(item) else { return }
        estate.materials.receive(
            StockReceipt(
                id: Ref(metadata.id), item: item, quantity: qty, value: Money(fen: price.value(of: qty) ?? 0),
                price: price, rejected: rejected, why: why, supplier: supplier?.text, plan: plan, isOpening: false,
                at: metadata.at, by: metadata.by), metadata)
    }
}

/// The price of a receipt was wrong: the difference goes to what is still there and to what has been issued.
public struct RepriceStock: StockFact {
    public static let name = "stock.reprice"
    static let kind: StaticString = "stock.repriced"
    public static let label = Label("改入库单价", en: "Correct a price")
    var receipt = Ref<StockReceipt>.placeholder
    var price = Rate.placeholder
    var why = ""
    var item = Ref<StockItem>.placeholder

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("receipt", &receipt, Label("哪次入库", en: "Receipt"))
        try visitor.field("price", &price, .unitPrice)
        try visitor.field("why", &why)
        try visitor.derived("stock", &item)
    }

    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let known = estate.materials.receipts[receipt], let fen = price.value(of: known.quantity),
            var ledger = estate.materials.items[known.item]?.ledger,
            let posting = ledger.post(
                .init(
                    id: receipt.id, at: moment, quantity: 0,
                    event: .reprice(receipt: receipt.id, value: fen)))
        else { return nil }
        return Confirmation(
            Label(
                "\(known.words(in: estate)) 的单价改为 \(price.text)？",
                en: "Correct the price of \(known.words(in: estate)) to \(price.text)?"),
            [
                .fact(Label("原金额", en: "Value before"), known.value.grouped),
                .fact(Label("库存调整", en: "What is there"), Money(fen: posting.value).grouped),
                .fact(Label("已领部分", en: "What was issued"), Money(fen: posting.issuedValue).grouped),
                .fact(Glossary.label(of: "why"), why),
            ], yes: Label("改价", en: "correct"))
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        try estate.refuseStockElsewhere(plan)
        guard let known = estate.materials.receipts[receipt] else { throw receipt.unknown }
        item = known.item
        guard let fen = price.value(of: known.quantity) else { throw Refusal.stockTooMuch }
        if Money(fen: fen) == known.value {
            throw Refusal(.rule, "stock.price", "金额没有变", en: "the value stays the same", field: "price")
        }
        try plan.refuse(before: known.at, Label("入库", en: "the receipt"))
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        guard let known = estate.materials.receipts[receipt], let fen = price.value(of: known.quantity),
            let posting = estate.materials.post(
                metadata.entry(.zero, .reprice(receipt: receipt.id, value: fen)), of: item)
        else { return }
        estate.materials.receipts.change(receipt) { ($0.price, $0.value) = (price, Money(fen: fen)) }
        estate.materials.items.change(item) { $0.lastPrice = price }
        estate.materials.note(posting, of: item, as: .repriced, by: metadata.by, note: Label(why))
    }
}

extension Materials {
    /// The oldest order of an item of which something is still to come; of one supplier, if that is known.
    func openOrder(of item: Ref<StockItem>, from supplier: String? = nil) -> StockPlan? {
        plans(of: item).first { plan in plan.state == .ordered && supplier.map { plan.order?.supplier == $0 } ?? true }
    }

    /// Enters a receipt into the ledger of its item.
    mutating func receive(_ receipt: StockReceipt, _ metadata: Metadata) {
        receipts.add(receipt)
        if receipt.isOpening { items.change(receipt.item) { $0.opened = receipt.at } }
        if let plan = receipt.plan {
            plans.change(plan) {
                $0.received = StockQuantity(scaled: $0.received.scaled + receipt.quantity.scaled)
                guard let rejected = receipt.rejected, rejected.scaled > 0 else { return }
                $0.rejected = StockQuantity(scaled: $0.rejected.scaled + rejected.scaled)
                $0.rejection = receipt.why
            }
        }
        guard
            let posting = post(
                metadata.entry(receipt.quantity, .receipt(value: Int(clamping: receipt.value.fen))), of: receipt.item)
        else { return }
        if receipt.quantity.scaled > 0 {
            // Of an opening balance only the value may be known.
            let average = Rate(worth: receipt.value.fen, quantity: receipt.quantity.scaled)
            items.change(receipt.item) { $0.lastPrice = receipt.price ?? average }
        }
        let rejected = receipt.rejected.flatMap { quantity -> Label? in
            let why = receipt.why ?? ""
            return quantity.scaled == 0
                ? nil : Label("拒收 \(quantity.text)：\(why)", en: "rejected \(quantity.text): \(why)")
        }
        note(
            posting, of: receipt.item, as: receipt.isOpening ? .opening : .received, by: metadata.by,
            to: receipt.supplier, note: rejected)
    }
}
