import Journal

/// What goods somebody wants, and who approved it: a plan to buy, or an ask for more than the quota.
protocol StockWish: Entity {
    var item: Ref<StockItem> { get }
    var quantity: StockQuantity { get }
    var why: String { get }
    var at: Moment { get }
    var by: String { get }
    var approval: StockApproval? { get }
}

extension StockPlan: StockWish {}
extension StockAsk: StockWish {}

extension ViewRow where V.Subject: StockWish {
    var item: StockItem? { estate.materials.items[subject.item] }
}

extension View where Subject: StockWish {
    /// The columns of what is wanted, and why; then those of when, by whom, and who approved it.
    @ViewColumns<Self> fileprivate static var wanted: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("sku", .stockNumber) { $0.item?.number }
        Column("name", .itemName) { $0.item?.name }
        Column("qty", .quantity) { $0.quantity }
        Column("unit", .measure) { $0.item?.measure }
        Column("why") { $0.why }
    }

    @ViewColumns<Self> fileprivate static func asked(_ at: Label, by: Label) -> [ViewColumn<Self>] {
        Column("at", at) { $0.at }
        Column("by", by) { $0.estate.staff.name(of: $0.by) }
        Column("approved", Label("批准人", en: "Approved by")) { row in
            row.approval.map { row.estate.staff.name(of: $0.by) }
        }
    }
}

/// The purchases: planned, approved, ordered, received.
public struct PurchasesView: PlainView {
    public static let name = "purchases"
    public static let label = Label("采购", en: "Purchases")
    public static let changesWithTime = false
    public static let timeKey: String? = "at"

    public static var columns: [ViewColumn<Self>] {
        wanted
        Column("state") { $0.state }
        asked(Label("计划时间", en: "Planned at"), by: Label("计划人", en: "Planned by"))
        Column("refused", Label("不批的原因", en: "Why turned down")) { $0.refusal?.refused }
        Column("supplier", .supplier) { $0.order?.supplier }
        Column("ordered", Label("订货时间", en: "Ordered at")) { $0.order?.at }
        Column("received", Label("已到货", en: "Received")) { $0.received }
        Column("outstanding", Label("未到货", en: "To come")) { $0.outstanding }
        Column("rejected", Label("拒收数量", en: "Rejected")) { $0.rejected }
        Column("rejection", Label("拒收原因", en: "Why rejected")) { $0.rejection }
    }

    public init() {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    public func subjects(in context: ViewContext) -> EntityTable<StockPlan>.Values {
        context.estate.materials.plans.values
    }
}

/// The asks for goods beyond the quota.
public struct AsksView: PlainView {
    public static let name = "stock.asks"
    public static let label = Label("超定额", en: "Beyond quota")
    public static let changesWithTime = false
    public static let timeKey: String? = "at"

    public static var columns: [ViewColumn<Self>] {
        wanted
        asked(Label("申请时间", en: "Asked at"), by: Label("申请人", en: "Asked by"))
        Column("refused", Label("不批的原因", en: "Why turned down")) { $0.refusal?.refused }
        Column("used", Label("已领", en: "Issued")) { $0.used }
    }

    public init() {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    public func subjects(in context: ViewContext) -> EntityTable<StockAsk>.Values {
        context.estate.materials.asks.values
    }
}

/// What is short: less is there than the minimum, with what is ordered.
public struct ShortagesView: PlainView {
    public static let name = "shortages"
    public static let label = Label("短缺", en: "Shortages")
    public static let changesWithTime = false

    public static var columns: [ViewColumn<Self>] {
        Column("sku", .stockNumber) { $0.number }
        Column("name", .itemName) { $0.name }
        Column("ledger", .ledgerBalance) { $0.onHand }
        Column("unit", .measure) { $0.measure }
        Column("min", .leastStock) { $0.least }
        Column("max", .mostStock) { $0.most }
        Column("coming", Label("在途", en: "To come")) { $0.coming }
        Column("missing", Label("建议采购", en: "To buy")) { $0.missing }
        Column("place", .shelf) { $0.place }
    }

    public init() {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    public func subjects(in context: ViewContext) -> [StockItem] {
        StockView().subjects(in: context).filter(\.isShort)
    }
}

extension ViewRow<ShortagesView> {
    public var coming: StockQuantity { estate.materials.coming(of: subject.id) }
    public var missing: StockQuantity { estate.materials.missing(of: subject) }
}

/// The counts (盘点), the latest of an item and those before it: what was counted against ledger and card.
public struct StocktakesView: PlainView {
    public static let name = "stocktakes"
    public static let label = Label("盘点", en: "Stocktakes")
    public static let changesWithTime = false
    public static let timeKey: String? = "at"

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("sku", .stockNumber) { $0.item?.number }
        Column("name", .itemName) { $0.item?.name }
        Column("at", Label("盘点时间", en: "Counted at")) { $0.at }
        Column("by", Label("盘点人", en: "Counted by")) { $0.estate.staff.name(of: $0.by) }
        Column("ledger", .ledgerBalance) { $0.ledger }.restricted(to: Materials.openCountReaders) { $0.isUnsettled }
        Column("card", .cardFigure) { $0.subject.card?.quantity }.restricted(to: Materials.openCountReaders) {
            $0.isUnsettled
        }
        Column("count", .stockCounted) { $0.counted }.restricted(to: Materials.openCountReaders) { $0.isUnsettled }
        Column("difference", Label("差异", en: "Difference")) { $0.difference }
            .restricted(to: Materials.openCountReaders) { $0.isUnsettled }
        Column("value", Label("差异金额", en: "Value")) { $0.value }.restricted(to: Materials.openCountReaders) {
            $0.isUnsettled
        }
        Column("verdict", .verdict) { $0.verdict }.restricted(to: Materials.openCountReaders) { $0.isUnsettled }
        Column("state") { $0.state }
        Column("settled", Label("审批时间", en: "Settled at")) { $0.settlement?.at }
        Column("approver", Label("审批人", en: "Settled by")) { row in
            (row.settlement?.by ?? row.refusal?.by).map { row.estate.staff.name(of: $0) }
        }
        Column("refused", Label("退回复盘的原因", en: "Why counted again")) { $0.refusal?.refused }
    }

    public init() {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    public func subjects(in context: ViewContext) -> EntityTable<StockCount>.Values {
        context.estate.materials.counts.values
    }
}

/// What becomes of a count.
public enum StockCountState: String, NamedChoice {
    case open, settled, refused, replaced

    public var label: Label {
        switch self {
        case .open: Label("待审批", en: "to be settled")
        case .settled: Label("已审批", en: "settled")
        case .refused: Label("退回复盘", en: "sent back")
        case .replaced: Label("已重盘", en: "counted again")
        }
    }
}

extension ViewRow<StocktakesView> {
    public var item: StockItem? { estate.materials.items[subject.item] }
    public var ledger: StockQuantity { estate.materials.ledger(at: subject) }
    var isUnsettled: Bool { subject.settlement == nil }
    /// Whether its figures are kept from the reader.
    var isHidden: Bool { isUnsettled && !context.seesOpenCounts }
    /// What was posted; before that, what would be.
    public var difference: SignedQuantity {
        subject.settlement?.difference ?? SignedQuantity(scaled: estate.materials.difference(of: subject))
    }
    public var value: SignedAmount? {
        if let settlement = subject.settlement { return settlement.value }
        return item.map { SignedAmount(estate.materials.value(of: difference.scaled, of: $0)) }
    }
    /// What it was settled as; before that, what it would be.
    public var verdict: StockVerdict { subject.settlement?.verdict ?? estate.materials.verdict(of: subject) }
}
