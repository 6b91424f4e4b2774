import Foundation
import Journal

extension Label {
    static let itemName = Label("品名", en: "Name")
    static let ledgerBalance = Label("帐面", en: "Ledger")
    static let cardFigure = Label("卡片", en: "Card")
    static let worth = Label("金额", en: "Value")
    static let verdict = Label("结论", en: "Verdict")
}

/// The items of the store with ledger, card and goods (帐、卡、物), what is lent, and what is short.
public struct StockView: PlainView {
    public static let name = "stock"
    public static let label = Label("库存", en: "Stock")
    public static let timeKey: String? = "counted"

    public static var columns: [ViewColumn<Self>] {
        Column("sku", .stockNumber) { $0.subject.number }
        Column("name", .itemName) { $0.subject.name }
        Column("ledger", .ledgerBalance) { $0.onHand }
        Column("value", .worth) { $0.subject.value }
        Column("card", .cardFigure) { $0.card }.restricted(to: Materials.openCountReaders) { $0.isUnsettled }
        Column("count", .stockCounted) { $0.count?.counted }
            .restricted(to: Materials.openCountReaders) { $0.isUnsettled }
        Column("verdict", .verdict) { $0.verdict }.restricted(to: Materials.openCountReaders) { $0.isUnsettled }
        Column("counted", Label("最近盘点", en: "Last counted")) { $0.count?.at }
        Column("lent", Label("借出", en: "Lent")) { $0.lent }
        Column("unit", .measure) { $0.measure }
        Column("kind", Label("类别", en: "Kind")) { $0.subject.kind }
        Column("place", .shelf) { $0.place }
        Column("quota", .quota) { $0.quota }
        Column("used", Label("本月已领", en: "Issued this month")) { $0.used }
        Column("min", .leastStock) { $0.least }
        Column("max", .mostStock) { $0.most }
        Column("short", Label("短缺", en: "Short")) { $0.isShort }
        Column("coming", Label("在途", en: "To come")) { $0.coming }
        Column("price", Label("最近单价", en: "Last price")) { $0.lastPrice }
        Column("supplier", .supplier) { $0.supplier }
        Column("moved", Label("最近进出", en: "Last moved")) { $0.moved }
        Column("idle", Label("闲置天数", en: "Idle days")) { $0.idleDays }
    }

    public init() {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    public func subjects(in context: ViewContext) -> [StockItem] {
        context.estate.materials.items.values.sorted { $0.number.localizedLess($1.number) }
    }
}

extension String {
    /// Whether it comes before another, numbers in it by their value: A-2 before A-10.
    fileprivate func localizedLess(_ other: String) -> Bool {
        compare(other, options: .numeric) == .orderedAscending
    }
}

extension ViewRow<StockView> {
    public var count: StockCount? { subject.count.flatMap { estate.materials.counts[$0] } }
    /// What stands on the bin card, as it was read last.
    public var card: StockQuantity? { (subject.card ?? count?.card)?.quantity }
    /// When that was.
    public var cardRead: Moment? { (subject.card ?? count?.card)?.at }
    public var verdict: StockVerdict { estate.materials.verdict(of: subject) }
    /// Whether the last count waits to be settled.
    public var isToSettle: Bool { count?.isOpen ?? false }
    /// Whether the last count was not approved: it waits, or is to be made again. Its figures are not for all.
    public var isUnsettled: Bool { count.map { $0.settlement == nil } ?? false }
    /// Whether what was counted is not settled, and the reader has no part in it.
    public var isCountHidden: Bool { isUnsettled && !context.seesOpenCounts }
    public var used: StockQuantity { estate.materials.used(in: Period(context.day), of: subject.id, context.zone) }
    public var coming: StockQuantity { estate.materials.coming(of: subject.id) }
    public var supplier: String? { estate.materials.supplier(of: subject.id) }
    /// Days since anything was moved; `nil` for an item of which there is nothing.
    public var idleDays: Int? {
        guard subject.ledger.quantity > 0, let moved = subject.moved else { return nil }
        return max(0, context.day.days(since: Day(moved, in: context.zone)))
    }
}

extension Materials {
    /// The roles that see what was counted before it is settled: counting is blind. Keepers do, as they count.
    static let openCountReaders: Set<Role> = [.keeper, .supervisor, .regional, .manager, .finance]
    /// All other roles.
    static let openCountsHiddenFrom = Set(Role.allCases).subtracting(openCountReaders)

    /// Who delivered an item last.
    func supplier(of item: Ref<StockItem>) -> String? {
        receipts.values.last { $0.item == item && $0.supplier != nil }?.supplier
    }
}

extension ViewContext {
    /// Whether the reader sees what was counted before it is settled.
    var seesOpenCounts: Bool { reader.map(Materials.openCountReaders.contains) ?? false }
}

/// The account book of the store (明细帐), in the order of recording: of one item or all.
public struct MovementsView: View {
    public static let name = "movements"
    public static let label = Label("明细帐", en: "Book")
    public static let changesWithTime = false
    public static let timeKey: String? = "at"
    var sku: StockNumber?

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("at") { $0.at }
        Column("sku", .stockNumber) { $0.item?.number }
        Column("name", .itemName) { $0.item?.name }
        Column("what", Label("事项", en: "What")) { $0.what }
        Column("qty", .quantity) { $0.quantity }
        Column("price", .unitPrice) { $0.price }
        Column("value", .worth) { $0.value }
        Column("ledger", Label("结存", en: "Balance")) { $0.balance }
        Column("total", Label("结存金额", en: "Value left")) { $0.balanceValue }
        Column("to", Label("去向/来源", en: "To or from")) { $0.to }
        Column("request") { $0.request }
        Column("issued", Label("库外金额", en: "Value outside")) { $0.issued }
        Column("note") { $0.note }
        Column("counter", Label("盘点人", en: "Counted by")) { row in row.counter.map { row.estate.staff.name(of: $0) } }
        Column("by", Label("经办", en: "By")) { $0.estate.staff.name(of: $0.by) }
    }

    public init() {}

    public init(sku: String) { self.sku = StockNumber(sku) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("sku", &sku, .stockItem)
    }

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    public func subjects(in context: ViewContext) throws -> [StockMovement] {
        let materials = context.estate.materials
        guard let sku else { return materials.movements }
        return try materials.movements(of: materials.known(sku).id)
    }
}

extension ViewRow<MovementsView> {
    public var item: StockItem? { estate.materials.items[subject.item] }
    public var issued: SignedAmount? { subject.issuedValue == .zero ? nil : subject.issuedValue }
}

/// The loans of turnover materials and tools.
public struct LoansView: PlainView {
    public static let name = "loans"
    public static let label = Label("借用", en: "Loans")
    public static let timeKey: String? = "at"

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("sku", .stockNumber) { $0.item?.number }
        Column("name", .itemName) { $0.item?.name }
        Column("to", Label("借用人/班组", en: "Lent to")) { $0.to }
        Column("qty", .quantity) { $0.quantity }
        Column("returned", Label("已还", en: "Returned")) { $0.returned }
        Column("damaged", Label("损坏", en: "Damaged")) { $0.damaged }
        Column("lost", Label("丢失", en: "Lost")) { $0.lost }
        Column("outstanding", Label("未还", en: "Outstanding")) { $0.outstanding }
        Column("at", Label("借出", en: "Lent at")) { $0.at }
        Column("due", Label("应还日", en: "Due back")) { $0.due }
        Column("overdue", Label("逾期", en: "Overdue")) { $0.isOverdue }
        Column("back", Label("归还", en: "Back at")) { $0.back }
        Column("by", Label("经办", en: "By")) { $0.estate.staff.name(of: $0.by) }
    }

    public init() {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    public func subjects(in context: ViewContext) -> EntityTable<StockLoan>.Values {
        context.estate.materials.loans.values
    }
}

extension ViewRow<LoansView> {
    public var item: StockItem? { estate.materials.items[subject.item] }
    public var isOverdue: Bool { subject.isOverdue(on: context.day) }
}
