import Journal

/// Turnover materials and tools are lent: they stay the store's and come back.
public struct LendStock: StockFact {
    public static let name = "stock.lend"
    static let kind: StaticString = "stock.lent"
    static var merging: Merging<Self> {
        .owned { fact, estate, metadata in
            estate.materials.conflict(of: fact.item, metadata, in: estate)
                ?? estate.materials.conflict(taking: fact.qty, of: fact.item, metadata)
        }
    }
    public static let label = Label("借用出库", en: "Lend goods")
    var sku = StockNumber.placeholder
    var qty = StockQuantity.zero
    var to = Word<StockTakers>.placeholder
    var due: Day?
    var item = Ref<StockItem>.placeholder

    public init() {}

    public init(sku: String, qty: StockQuantity, to: String, due: Day? = nil) {
        (self.sku, self.qty, self.to, self.due) = (StockNumber(sku), qty, Word(to), due)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("sku", &sku, .stockItem)
        try visitor.field("qty", &qty, .quantity)
        try visitor.field("to", &to, Label("借用人/班组", en: "Lent to"))
        try visitor.field("due", &due, Label("应还日", en: "Due back"))
        try visitor.derived("stock", &item)
    }

    public static func proposals(
        with values: [String: String], to member: String, in estate: Estate, at moment: Moment
    ) -> [String: String] {
        ["due": Day(moment, in: estate.zone).adding(estate.handbook.materials.loanDays).text]
    }

    public static func outlook(
        with values: [String: String], in estate: Estate, at moment: Moment
    ) -> [OutlookRow] { item(in: values, of: estate).map { [$0.outlook] } ?? [] }

    /// What the borrower has not brought back is told.
    public static func cautions(
        with values: [String: String], by member: String, in estate: Estate
    ) -> [String: Label] {
        guard let known = item(in: values, of: estate) else { return [:] }
        if known.kind == .consumable { return ["sku": .consumableIsIssued] }
        let open = estate.materials.loans.values.filter { $0.isOpen && $0.item == known.id && $0.to == values["to"] }
        let left = StockQuantity(scaled: open.reduce(0) { $0 + $1.outstanding.scaled })
        if left.scaled == 0 { return [:] }
        return ["to": Label("还有 \(known.amount(left)) 没还", en: "\(known.amount(left)) are still lent")]
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.stockItem(sku, plan)
        (sku, item, to) = (StockNumber(known.number), known.id, Word(to.text.oneLine))
        // Lent and lost it would have gone round its quota.
        if known.kind == .consumable {
            let words = Label.consumableIsIssued
            throw Refusal(.rule, "stock.consumable", words.chinese, en: words.english, field: "sku")
        }
        if let due, due < Day(plan.at, in: estate.zone) {
            throw Refusal(.rule, "stock.due", "应还日早于借出的日子", en: "it would be due before it is lent", field: "due")
        }
        try estate.refuseTaking(try qty.positive(), of: known, plan)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        guard let posting = estate.materials.post(metadata.entry(qty, .loan), of: item) else { return }
        estate.materials.loans.add(
            StockLoan(
                id: Ref(metadata.id), item: item, quantity: qty, to: to.text, due: due, at: metadata.at,
                by: metadata.by))
        estate.materials.note(
            posting, of: item, as: .lent, by: metadata.by, to: to.text,
            note: due.map { Label("应还 \($0.short)", en: "due \($0.short)") })
    }
}

/// What was lent comes back whole, damaged, or not at all. Damaged goods are scrapped.
public struct TakeBackStock: StockFact {
    public static let name = "stock.back"
    static let kind: StaticString = "stock.cameBack"
    public static let label = Label("借用归还", en: "Take back goods")
    var loan = Ref<StockLoan>.placeholder
    var qty = StockQuantity.zero
    var damaged: StockQuantity?
    var lost: StockQuantity?
    var item = Ref<StockItem>.placeholder

    public init() {}

    public init(
        loan: Ref<StockLoan>, qty: StockQuantity, damaged: StockQuantity? = nil, lost: StockQuantity? = nil
    ) {
        (self.loan, self.qty, self.damaged, self.lost) = (loan, qty, damaged, lost)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("loan", &loan, Label("哪次借用", en: "Loan"))
        try visitor.field("qty", &qty, Label("完好归还", en: "Back whole"))
        try visitor.field("damaged", &damaged, Label("损坏", en: "Damaged"))
        try visitor.field("lost", &lost, Label("丢失", en: "Lost"))
        try visitor.derived("stock", &item)
    }

    public static func proposals(
        with values: [String: String], to member: String, in estate: Estate, at moment: Moment
    ) -> [String: String] {
        guard let id = try? Ref<StockLoan>(text: values["loan"] ?? "", zone: estate.zone),
            let known = estate.materials.loans[id]
        else { return [:] }
        let gone = ["damaged", "lost"].reduce(0) { $0 + (quantity(in: values, $1, of: estate)?.scaled ?? 0) }
        return ["qty": StockQuantity(scaled: max(0, known.outstanding.scaled - gone)).text]
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        try estate.refuseStockElsewhere(plan)
        guard let known = estate.materials.loans[loan] else { throw loan.unknown }
        item = known.item
        let all = StockQuantity(scaled: qty.scaled + (damaged?.scaled ?? 0) + (lost?.scaled ?? 0))
        if try all.positive() > known.outstanding {
            let left = known.outstanding.text
            throw Refusal(
                .rule, "stock.outstanding", "这次借用只剩 \(left) 未还", en: "only \(left) is still lent", field: "qty")
        }
        try plan.refuse(before: known.at, Label("借出", en: "the loan"))
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        let (damaged, lost) = (damaged ?? .zero, lost ?? .zero)
        guard let known = estate.materials.loans[loan],
            let posting = estate.materials.post(
                metadata.entry(qty, .back(loan: loan.id, damaged: damaged.scaled, lost: lost.scaled)), of: item)
        else { return }
        estate.materials.loans.change(loan) {
            $0.returned = StockQuantity(scaled: $0.returned.scaled + qty.scaled)
            $0.damaged = StockQuantity(scaled: $0.damaged.scaled + damaged.scaled)
            $0.lost = StockQuantity(scaled: $0.lost.scaled + lost.scaled)
            $0.back = metadata.at
        }
        let note = Label.joined([
            damaged.scaled > 0 ? Label("损坏 \(damaged.text)", en: "damaged \(damaged.text)") : nil,
            lost.scaled > 0 ? Label("丢失 \(lost.text)", en: "lost \(lost.text)") : nil,
        ])
        estate.materials.note(posting, of: item, as: .back, by: metadata.by, to: known.to, note: note)
        guard let outgoing = estate.materials.items[item]?.ledger.outgoings[loan.id] else { return }
        // The goods had left the shelf with the loan: what is lost of them is worth nothing outside any more.
        let costs = [
            (StockMovementKind.damaged, damaged, outgoing.cost(ofLast: damaged.scaled, before: lost.scaled)),
            (.lost, lost, outgoing.cost(ofLast: lost.scaled)),
        ]
        for (what, part, cost) in costs where part.scaled > 0 {
            let words = estate.materials.words(item, part)
            estate.materials.note(
                StockLedger.Posting(entry: posting.entry, quantity: 0, value: 0, issuedValue: -cost), of: item,
                as: what,
                by: metadata.by, to: known.to, note: Label(words))
        }
    }
}
