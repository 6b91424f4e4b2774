import Handbook
import Journal

/// A fact about what is to be bought or approved, which any node may record.
protocol PurchaseFact: StockFact {}

extension PurchaseFact {
    public static func disabledReason(in estate: Estate, on node: String) -> Label? { nil }

    static var merging: Merging<Self> {
        .grows { fact, estate in estate.materials.items.holds(fact.item) }
    }
}

/// Something is to be bought (采购计划). It is ordered once another has approved it.
public struct PlanStock: PurchaseFact {
    public static let name = "stock.plan"
    static let kind: StaticString = "stock.planned"
    public static let label = Label("采购计划", en: "Plan a purchase")
    var sku = StockNumber.placeholder
    var qty = StockQuantity.zero
    var why = ""
    var item = Ref<StockItem>.placeholder

    public init() {}

    public init(sku: String, qty: StockQuantity, why: String) {
        (self.sku, self.qty, self.why) = (StockNumber(sku), qty, why)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("sku", &sku, .stockItem)
        try visitor.field("qty", &qty, .quantity)
        try visitor.field("why", &why)
        try visitor.derived("stock", &item)
    }

    /// What is missing up to the maximum, and why.
    public static func proposals(
        with values: [String: String], to member: String, in estate: Estate, at moment: Moment
    ) -> [String: String] {
        guard let known = item(in: values, of: estate) else { return [:] }
        let missing = estate.materials.missing(of: known)
        guard missing.scaled > 0 else { return [:] }
        return ["qty": missing.text, "why": known.isShort ? "低于最低库存" : "补足库存"]
    }

    public static func outlook(
        with values: [String: String], in estate: Estate, at moment: Moment
    ) -> [OutlookRow] {
        guard let known = item(in: values, of: estate) else { return [] }
        let coming = estate.materials.coming(of: known.id)
        func used(_ months: Int) -> String {
            estate.materials.used(in: Period(moment, in: estate.zone).adding(months), of: known.id, estate.zone).text
        }
        let most = known.most.map(\.text) ?? "—"
        return [
            known.outlook,
            OutlookRow(
                Label(
                    "在途 \(known.amount(coming))，本月已领 \(used(0))，上月 \(used(-1))，最高 \(most)",
                    en: "\(known.amount(coming)) to come, \(used(0)) used this month, \(used(-1)) last, at most \(most)"
                )),
        ]
    }

    /// More than the maximum is told.
    public static func cautions(
        with values: [String: String], by member: String, in estate: Estate
    ) -> [String: Label] {
        guard let known = item(in: values, of: estate), let most = known.most,
            let qty = quantity(in: values, of: estate)
        else { return [:] }
        let over = known.onHand.scaled + estate.materials.planned(of: known.id).scaled + qty.scaled - most.scaled
        if over <= 0 { return [:] }
        let amount = known.amount(StockQuantity(scaled: over))
        return ["qty": Label("会超过最高库存 \(amount)", en: "\(amount) above the maximum")]
    }

    /// More than the maximum is asked.
    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let known = estate.materials.item(sku),
            let caution = Self.cautions(with: ["sku": known.number, "qty": qty.text], by: "", in: estate)["qty"]
        else { return nil }
        return Confirmation(
            Label("计划采购 \(known.name) \(known.amount(qty))？", en: "Plan to buy \(known.amount(qty)) of \(known.name)?"),
            [caution, .fact(Glossary.label(of: "why"), why)], yes: Label("采购", en: "plan"))
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.materials.known(sku)
        (sku, item) = (StockNumber(known.number), known.id)
        _ = try qty.positive()
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        guard estate.materials.items.holds(item) else { return }
        estate.materials.add(
            StockPlan(id: Ref(metadata.id), item: item, quantity: qty, why: why, at: metadata.at, by: metadata.by))
    }
}

extension Materials {
    /// What of an item is missing up to its maximum, else to its minimum, with what is still to come.
    func missing(of item: StockItem) -> StockQuantity {
        let wanted = item.most ?? item.least ?? .zero
        return StockQuantity(scaled: max(0, wanted.scaled - item.ledger.quantity - planned(of: item.id).scaled))
    }
}

/// An approved plan is ordered.
public struct OrderStock: PurchaseFact {
    public static let name = "stock.order"
    static let kind: StaticString = "stock.ordered"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.materials.plans.value(of: fact.plan) {
                $0.order == nil ? nil : .doubled(Label("已经订货", en: "it had been ordered"))
            } ?? .unknown
        }
    }
    public static let label = Label("订货", en: "Order goods")
    var plan = Ref<StockPlan>.placeholder
    var supplier = Word<Suppliers>.placeholder
    var item = Ref<StockItem>.placeholder

    public init() {}

    public init(plan: Ref<StockPlan>, supplier: String) { (self.plan, self.supplier) = (plan, Word(supplier)) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("plan", &plan, Label("采购计划", en: "Plan"))
        try visitor.field("supplier", &supplier, .supplier)
        try visitor.derived("stock", &item)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        guard let known = estate.materials.plans[self.plan] else { throw self.plan.unknown }
        item = known.item
        guard let approval = known.approval else {
            throw Refusal(.rule, "stock.unapproved", "计划还没有批准", en: "the plan is not approved yet", field: "plan")
        }
        try plan.refuse(before: approval.at, Label("批准", en: "the approval"))
        if known.order != nil {
            throw Refusal(.rule, "stock.ordered", "已经订货", en: "it is ordered already", field: "plan")
        }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.materials.plans.change(plan) {
            $0.order = .init(supplier: supplier.text, at: metadata.at, by: metadata.by)
        }
    }
}

/// Goods beyond the month's quota are asked for, with the reason (超定额领用). Everybody may ask.
public struct AskStock: PurchaseFact {
    public static let name = "stock.ask"
    static let kind: StaticString = "stock.asked"
    public static let label = Label("超定额申请", en: "Ask beyond the quota")
    public static let roles = Set(Role.allCases)
    var sku = StockNumber.placeholder
    var qty = StockQuantity.zero
    var why = ""
    var item = Ref<StockItem>.placeholder

    public init() {}

    public init(sku: String, qty: StockQuantity, why: String) {
        (self.sku, self.qty, self.why) = (StockNumber(sku), qty, why)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("sku", &sku, .stockItem)
        try visitor.field("qty", &qty, Label("超定额数量", en: "Beyond the quota"))
        try visitor.field("why", &why)
        try visitor.derived("stock", &item)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.materials.known(sku)
        (sku, item) = (StockNumber(known.number), known.id)
        _ = try qty.positive()
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        guard estate.materials.items.holds(item) else { return }
        estate.materials.asks.add(
            StockAsk(id: Ref(metadata.id), item: item, quantity: qty, why: why, at: metadata.at, by: metadata.by))
    }
}

/// A plan or an ask is approved, by another than who asked.
public struct ApproveStock: PurchaseFact {
    public static let name = "stock.approve"
    static let kind: StaticString = "stock.approved"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            guard let approval = estate.materials.approval(plan: fact.plan, ask: fact.ask) else { return .unknown }
            return approval == nil ? nil : .doubled(Label("已经批准", en: "it had been approved"))
        }
    }
    public static let label = Label("批准", en: "Approve")
    public static let roles: Set<Role> = [.supervisor]
    public static let condition: Label? = Label("申请人以外的人", en: "another than who asked")
    var plan: Ref<StockPlan>?
    var ask: Ref<StockAsk>?
    /// Why it is turned down; `nil`: it is approved.
    var refused: String?
    var item = Ref<StockItem>.placeholder

    public init() {}

    public init(plan: Ref<StockPlan>) { self.plan = plan }
    public init(ask: Ref<StockAsk>) { self.ask = ask }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("plan", &plan, Label("采购计划", en: "Plan"))
        try visitor.field("ask", &ask, Label("超定额申请", en: "Ask"))
        try visitor.field("refused", &refused, Label("不批的原因", en: "Why it is turned down"))
        try visitor.derived("stock", &item)
    }

    /// One of the two.
    public static func asks(for key: String, with values: [String: String]) -> Bool {
        let other = ["plan": "ask", "ask": "plan"][key]
        return other.map { values[$0]?.isEmpty ?? true } ?? true
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        if (self.plan == nil) == (ask == nil) {
            throw Refusal(.input, "stock.approve", "填采购计划或超定额申请其中一个", en: "a plan or an ask, one of them")
        }
        let (item, by, at) = try asked(in: estate)
        self.item = item
        try plan.refuse(before: at, Label("申请", en: "it was asked for"))
        if by == plan.by {
            throw Refusal.rule("stock.own", "自己申请的要由另一人批准", en: "another than who asked approves it")
        }
        if let approval = estate.materials.approval(plan: self.plan, ask: ask), approval != nil {
            throw Refusal.rule("stock.approved", "已经审批", en: "it is answered already")
        }
    }

    /// The item that was asked for, who did, and when.
    private func asked(in estate: Estate) throws -> (item: Ref<StockItem>, by: String, at: Moment) {
        if let plan {
            guard let known = estate.materials.plans[plan] else { throw plan.unknown }
            return (known.item, known.by, known.at)
        }
        guard let ask, let known = estate.materials.asks[ask] else { throw (ask ?? .placeholder).unknown }
        return (known.item, known.by, known.at)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        let answer = StockApproval(at: metadata.at, by: metadata.by, refused: refused)
        if let plan {
            estate.materials.plans.change(plan) {
                if refused == nil { $0.approval = answer } else { $0.refusal = answer }
            }
        }
        if let ask {
            estate.materials.asks.change(ask) {
                if refused == nil { $0.approval = answer } else { $0.refusal = answer }
            }
        }
    }
}

extension Materials {
    /// The answer to a plan or an ask, `.some(nil)` before it is answered; `nil` if it is not there.
    fileprivate func approval(plan: Ref<StockPlan>?, ask: Ref<StockAsk>?) -> StockApproval?? {
        if let plan { return plans[plan].map { $0.approval ?? $0.refusal } }
        return ask.flatMap { asks[$0] }.map { $0.approval ?? $0.refusal }
    }
}
