import Estate
import Screen

/// The account book of the store (明细帐), the latest first.
struct MovementList: ViewSource {
    typealias Shown = MovementsView
    static let name = "movements"
    static let label = MovementsView.label
    static let creates: (any Action.Type)? = nil
    static let refreshPolicy = RefreshPolicy.inSight
    static func parts(of estate: Estate) -> [Int] { [estate.$materials, estate.$requests, estate.$staff] }
    static let granularity = ClockGranularity.day
    static let commands: [Command] = [
        rowCommand(
            "movements.reprice", Label("改价", en: "Correct price"),
            doc: Label("入库单价写错的改过来，差额分摊到库存和已领部分", en: "a wrong price of a receipt; the difference is split"),
            keys: [.enter], priority: 6, action: RepriceStock.self,
            disabledReason: { row, _ in
                row.what == .received ? nil : Label("只有入库可以改价", en: "only what was received has a price")
            }
        ) { row, _ in
            let name = row.item?.name ?? ""
            return .form(
                RepriceStock.self, fixed: ["receipt": Ref<StockReceipt>(row.id.id)], first: "price",
                title: Label("改价 · \(name)", en: "Correct price · \(name)"))
        }
    ]

    /// The movements that are listed without a filter.
    private static let limit = 2000

    static func empty(_ context: Context) -> Label { Label("还没有进出", en: "nothing has moved") }

    static let columns: [ListColumn<Row>] = [
        ListColumn("at", Label("时间", en: "At"), .fixed("", 11, priority: 8)) { $0.at },
        ListColumn("what", Label("事项", en: "What"), .fixed("", 8, priority: 9)) { $0.what.rawValue },
        ListColumn("name", .stockName, .filling("", min: 16, priority: 9)) { Pinyin.spelled($0.item?.name ?? "") },
        ListColumn("qty", Label("数量", en: "Quantity"), .fixed("", 8, alignment: .right, priority: 9)) {
            $0.quantity.scaled
        },
        ListColumn("ledger", Label("结存", en: "Balance"), .fixed("", 10, alignment: .right, priority: 8)) { $0.balance },
        ListColumn("to", Label("去向/来源", en: "To or from"), Column("", min: 11, ideal: 14, priority: 7)) {
            Pinyin.spelled($0.to ?? "")
        },
        ListColumn("price", Label("单价", en: "Price"), .fixed("", 9, alignment: .right, priority: 5)) {
            $0.price ?? Rate(scaled: 0)
        },
        ListColumn("value", Label("金额", en: "Value"), .fixed("", 10, alignment: .right, priority: 6)) {
            $0.value.money.fen
        },
        ListColumn("total", Label("结存金额", en: "Value left"), .fixed("", 11, alignment: .right, priority: 3)) {
            $0.balanceValue
        },
        ListColumn("note", Label("用途/说明", en: "Purpose"), .filling("", min: 14, priority: 4)) {
            $0.work?.unit.text ?? $0.note?.chinese ?? ""
        },
        ListColumn("by", Label("经办", en: "By"), Column("", min: 6, ideal: 8, priority: 2)) { $0.subject.by },
    ]

    static func rows(_ context: Context) -> [Row] { rows(context, limit) }
    static func allRows(_ context: Context) -> [Row] { rows(context, .max) }
    static func isCut(_ count: Int) -> Bool { count >= limit }

    private static func rows(_ context: Context, _ limit: Int) -> [Row] {
        let latest = context.estate.materials.movements.suffix(limit).enumerated()
        return latest.sorted { ($1.element.at, $1.offset) < ($0.element.at, $0.offset) }.map {
            Row($0.element, in: context.view)
        }
    }

    /// A movement never changes; what it is of may.
    static func updated(_ movement: StockMovement, _ context: Context) -> Row? { Row(movement, in: context.view) }

    /// What comes back damaged of a loan has the same fact as what comes back whole.
    static func id(_ row: Row) -> String { "\(row.id.id.text) \(row.what.rawValue)" }
    static func subject(_ row: Row) -> String? { row.id.id.text }
    static func words(_ row: Row) -> [String] {
        [row.item?.name ?? "", row.item?.number ?? "", row.what.label.chinese, row.to ?? ""]
    }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let style: Style = row.quantity.scaled < 0 ? .warning : row.quantity.scaled > 0 ? .good : .muted
        let balance = row.item?.amount(row.balance) ?? row.balance.text
        return [
            Line(context.clock(row.at), .muted), Line(context(row.what.label), .info),
            Line(row.item?.name ?? "", .strong), Line(row.quantity.scaled == 0 ? "" : row.quantity.signed, style),
            Line(balance), Line(row.to ?? "", .muted), Line(row.price?.text ?? "", .muted), Line(amount(of: row)),
            Line(row.balanceValue.grouped, .muted), Line(purpose(of: row, context), .muted),
            Line(context.estate.staff.name(of: row.subject.by), .muted),
        ]
    }

    /// `3-2-501 角阀漏水`, else what was noted, or who counted.
    private static func purpose(of row: Row, _ context: Context) -> String {
        let counter = row.counter.map { context.estate.staff.name(of: $0) }
        let parts = [
            row.work.map { "\($0.unit.text) \($0.text)" }, row.note.map { context($0) },
            counter.map { context(Label("盘点 \($0)", en: "counted by \($0)")) },
        ]
        return parts.compactMap { $0 }.joined(separator: "  ")
    }

    private static func amount(of row: Row) -> String {
        if row.value.money != .zero { return row.value.money.grouped }
        return row.issued.map { $0.money.grouped } ?? ""
    }

    static func summary(_ rows: [Row], _ glyphs: Glyphs, _ context: Context) -> [Span] {
        isCut(rows.count) ? [Span(context(Label("最近 \(limit)", en: "latest \(limit)")), .warning)] : []
    }

    static func detail(_ row: Row, _ context: Context) -> [Line] {
        let item = row.item
        func amount(_ quantity: StockQuantity) -> String { item?.amount(quantity) ?? quantity.text }
        let left = "\(amount(row.balance))  \(row.balanceValue.grouped)"
        let price = row.price.map { detailLine(context(Label("单价", en: "Price")), $0.text) }
        let counter = row.counter.map {
            detailLine(context(Label("盘点人", en: "Counted by")), context.estate.staff.name(of: $0))
        }
        return [
            Line([
                Span("\(item?.name ?? "")  ", .strong), Span("\(item?.number ?? "")  \(context(row.what.label))  "),
                Span("\(row.quantity.signed)  \(row.value.money.grouped)"),
            ]),
            detailLine(context(Label("结存", en: "Balance")), left),
            detailLine(
                context.clock(row.at),
                [row.to, context.estate.staff.name(of: row.subject.by)].compactMap { $0 }.joined(separator: "  ")),
        ] + [price, counter].compactMap { $0 } + request(row, context) + note(row, context)
    }

    private static func note(_ row: Row, _ context: Context) -> [Line] {
        let issued = row.issued.map {
            detailLine(context(Label("库外金额", en: "Value outside")), $0.money.grouped)
        }
        let note = row.note.map { detailLine(context(Label("用途/说明", en: "Purpose")), context($0)) }
        return [note, issued].compactMap { $0 }
    }

    private static func request(_ row: Row, _ context: Context) -> [Line] {
        guard let request = row.work else { return [] }
        return [detailLine(context(Label("工单", en: "Request")), "\(request.unit.text) \(request.text)")]
    }
}

extension ViewRow<MovementsView> {
    /// The request that goods were for.
    fileprivate var work: Request? { subject.request.flatMap { estate.requests[$0] } }
}
