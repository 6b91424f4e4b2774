import Journal

/// Goods leave the store for good, for a team, a person or a request. Beyond the month's quota only with an approved ask.
public struct IssueStock: StockFact {
    public static let name = "stock.issue"
    static let kind: StaticString = "stock.issued"
    static var merging: Merging<Self> {
        .owned { fact, estate, metadata in
            estate.materials.conflict(of: fact.item, metadata, in: estate)
                ?? estate.materials.conflict(taking: fact.qty, of: fact.item, metadata)
        }
    }
    public static let label = Label("领用出库", en: "Issue goods")
    var sku = StockNumber.placeholder
    var qty = StockQuantity.zero
    var to = Word<StockTakers>.placeholder
    var request: Ref<Request>?
    var purpose: String?
    var ask: Ref<StockAsk>?
    /// What of it is beyond the quota and charged to the ask.
    var excess: StockQuantity?
    var item = Ref<StockItem>.placeholder

    public init() {}

    public init(
        sku: String, qty: StockQuantity, to: String, request: Ref<Request>? = nil, ask: Ref<StockAsk>? = nil
    ) {
        (self.sku, self.qty, self.to, self.request, self.ask) = (StockNumber(sku), qty, Word(to), request, ask)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("sku", &sku, .stockItem)
        try visitor.field("qty", &qty, .quantity)
        try visitor.field("to", &to, .taker)
        try visitor.field("request", &request)
        try visitor.field("purpose", &purpose, Label("用途", en: "Purpose"))
        try visitor.field("ask", &ask, Label("超定额批准", en: "Approved ask"))
        try visitor.derived("excess", &excess)
        try visitor.derived("stock", &item)
    }

    /// Who has the request, and the approved ask that is needed.
    public static func proposals(
        with values: [String: String], to member: String, in estate: Estate, at moment: Moment
    ) -> [String: String] {
        var proposals: [String: String] = [:]
        if let id = try? Ref<Request>(text: values["request"] ?? "", zone: estate.zone),
            let holder = estate.requests[id]?.assignedWorkers.first
        {
            proposals["to"] = holder.name(in: estate)
        }
        if let known = item(in: values, of: estate), let qty = quantity(in: values, of: estate),
            estate.materials.excess(of: qty, of: known, at: moment, in: estate.zone).scaled > 0,
            let ask = estate.materials.approvedAsks(of: known.id).first
        {
            proposals["ask"] = ask.id.id.text
        }
        return proposals
    }

    /// The approved asks of the item.
    public static func candidates(
        for key: String, with values: [String: String], in estate: Estate
    ) -> [Candidate] {
        guard key == "ask", let known = item(in: values, of: estate) else { return [] }
        return StockAsk.candidates(in: estate).filter { candidate in
            estate.materials.approvedAsks(of: known.id).contains { $0.id.id.text == candidate.value }
        }
    }

    public static func outlook(
        with values: [String: String], in estate: Estate, at moment: Moment
    ) -> [OutlookRow] {
        guard let known = item(in: values, of: estate) else { return [] }
        guard let quota = known.quota else { return [known.outlook] }
        let used = estate.materials.used(in: Period(moment, in: estate.zone), of: known.id, estate.zone)
        return [
            known.outlook,
            OutlookRow(
                Label(
                    "本月已领 \(known.amount(used))，定额 \(quota.text)",
                    en: "\(known.amount(used)) issued this month, quota \(quota.text)")),
        ]
    }

    public static func cautions(
        with values: [String: String], by member: String, in estate: Estate
    ) -> [String: Label] {
        var cautions: [String: Label] = [:]
        if let id = try? Ref<Request>(text: values["request"] ?? "", zone: estate.zone),
            estate.requests[id]?.isOpen == false
        {
            cautions["request"] = .requestIsDone
        }
        guard let known = item(in: values, of: estate) else { return cautions }
        if known.kind == .turnover { return cautions.merging(["sku": .turnoverIsLent]) { $1 } }
        guard let qty = quantity(in: values, of: estate) else { return cautions }
        let now = Moment(milliseconds: estate.latest.milliseconds)
        let excess = estate.materials.excess(of: qty, of: known, at: now, in: estate.zone)
        if qty > known.onHand {
            let left = known.amount(known.onHand)
            cautions["qty"] = Label("库存只有 \(left)", en: "only \(left)")
        } else if excess.scaled > 0, values["ask"]?.isEmpty ?? true {
            let amount = known.amount(excess)
            cautions["qty"] = Label("超本月定额 \(amount)，要先批", en: "\(amount) beyond the quota")
        }
        return cautions
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.stockItem(sku, plan)
        (sku, item, to) = (StockNumber(known.number), known.id, Word(to.text.oneLine))
        _ = try qty.positive()
        if known.kind == .turnover {
            let words = Label.turnoverIsLent
            throw Refusal(.rule, "stock.turnover", words.chinese, en: words.english, field: "sku")
        }
        if let request, try !estate.requests.known(request).isOpen { plan.warn("stock.completed") }
        let approved = try ask.map { try estate.materials.approvedAsk($0, of: known) }
        if let approval = approved?.approval { try plan.refuse(before: approval.at, Label("批准", en: "the approval")) }
        try estate.refuseTaking(qty, of: known, plan)
        let excess = estate.materials.excess(of: qty, of: known, at: plan.at, in: estate.zone)
        if excess.scaled > 0 {
            guard let approved, excess <= approved.left else {
                let month = Period(plan.at, in: estate.zone)
                // What an ask that was named leaves open.
                let lacking = known.amount(StockQuantity(scaled: excess.scaled - (approved?.left.scaled ?? 0)))
                throw Refusal(
                    .rule, "stock.quota",
                    "\(known.name) \(month.text) 超定额 \(lacking)：写原因申请，由另一人批准后再领",
                    en: "\(lacking) of \(known.name) beyond the quota of \(month.text): ask for an approval",
                    field: "qty")
            }
            self.excess = excess
        } else {
            self.excess = nil
        }
        if let least = known.least, known.onHand.scaled - qty.scaled < least.scaled { plan.warn("stock.min") }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        guard let posting = estate.materials.post(metadata.entry(qty, .issue), of: item) else { return }
        let excess = excess ?? .zero
        estate.materials.add(
            StockIssue(
                id: Ref(metadata.id), item: item, quantity: qty, cost: Money(fen: -posting.value), to: to.text,
                request: request, purpose: purpose, ask: ask, excess: excess, at: metadata.at, by: metadata.by))
        if let ask {
            estate.materials.asks.change(ask) { $0.used = StockQuantity(scaled: $0.used.scaled + excess.scaled) }
        }
        estate.materials.note(
            posting, of: item, as: .issued, by: metadata.by, to: to.text, request: request,
            note: purpose.map { Label($0) })
    }
}

extension Label {
    static let consumableIsIssued = Label("消耗材料用掉不还：请用领用", en: "a consumable is issued, not lent")
    static let requestIsDone = Label("这张工单已办结：看看是不是选错了", en: "the request is completed: is it this one?")
    fileprivate static let turnoverIsLent = Label("周转性材料只借不领：请用借用", en: "turnover material is lent, not issued")
}

extension Materials {
    /// What of a quantity is beyond the quota of the month.
    func excess(of quantity: StockQuantity, of item: StockItem, at moment: Moment, in zone: Zone) -> StockQuantity {
        guard let quota = item.quota else { return .zero }
        let charged = charged(to: Period(moment, in: zone), of: item.id, in: zone)
        return StockQuantity(
            scaled: Swift.max(0, min(quantity.scaled, charged.scaled + quantity.scaled - quota.scaled)))
    }

    /// The asks for an item that are approved, and on which something may still be issued.
    func approvedAsks(of item: Ref<StockItem>) -> [StockAsk] {
        asks.values.filter { $0.item == item && $0.approval != nil && $0.left.scaled > 0 }
    }

    /// Throws ``Refusal`` `stockask.unknown`, `stock.ask` for another item, or `stock.unapproved`.
    fileprivate func approvedAsk(_ id: Ref<StockAsk>, of item: StockItem) throws -> StockAsk {
        guard let ask = asks[id] else { throw id.unknown }
        if ask.item != item.id {
            throw Refusal(.rule, "stock.ask", "这份申请是别的物资的", en: "the ask is for another item", field: "ask")
        }
        if ask.approval == nil {
            throw Refusal(.rule, "stock.unapproved", "这份申请还没有批准", en: "the ask is not approved yet", field: "ask")
        }
        return ask
    }

    /// What a fact meets that takes more than there is.
    func conflict(taking quantity: StockQuantity, of item: Ref<StockItem>, _ metadata: Metadata) -> Conflict.Reason? {
        guard let ledger = items[item]?.ledger, quantity.scaled > ledger.available(at: metadata.at) else { return nil }
        return .doubled(Label("库存不足", en: "there was not enough"))
    }
}

/// Goods of an issue come back unused, at the cost of the issue.
public struct ReturnStock: StockFact {
    public static let name = "stock.return"
    static let kind: StaticString = "stock.returned"
    public static let label = Label("退库", en: "Return goods")
    var issue = Ref<StockIssue>.placeholder
    var qty = StockQuantity.zero
    var item = Ref<StockItem>.placeholder

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("issue", &issue, Label("哪次领用", en: "Issue"))
        try visitor.field("qty", &qty, .quantity)
        try visitor.derived("stock", &item)
    }

    public static func proposals(
        with values: [String: String], to member: String, in estate: Estate, at moment: Moment
    ) -> [String: String] {
        guard let id = try? Ref<StockIssue>(text: values["issue"] ?? "", zone: estate.zone),
            let known = estate.materials.issues[id]
        else { return [:] }
        return ["qty": known.used.text]
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        try estate.refuseStockElsewhere(plan)
        guard let known = estate.materials.issues[issue] else { throw issue.unknown }
        item = known.item
        if try qty.positive() > known.used {
            let left = known.used.text
            throw Refusal(
                .rule, "stock.returned", "这次领用只剩 \(left) 可退", en: "only \(left) of the issue is still out",
                field: "qty")
        }
        try plan.refuse(before: known.at, Label("领用", en: "the issue"))
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        guard let known = estate.materials.issues[issue],
            let posting = estate.materials.post(metadata.entry(qty, .giveBack(issue: issue.id)), of: item)
        else { return }
        // What was beyond the quota comes back first, and may be issued again on the ask.
        let freed = StockQuantity(scaled: min(known.excess.scaled, qty.scaled))
        if let ask = known.ask {
            estate.materials.asks.change(ask) { $0.used = StockQuantity(scaled: $0.used.scaled - freed.scaled) }
        }
        estate.materials.issues.change(issue) {
            $0.excess = StockQuantity(scaled: $0.excess.scaled - freed.scaled)
            $0.returned = StockQuantity(scaled: $0.returned.scaled + qty.scaled)
            $0.returnedCost += Money(fen: posting.value)
        }
        estate.materials.note(
            posting, of: item, as: .returned, by: metadata.by, to: known.to, request: known.request)
    }
}
