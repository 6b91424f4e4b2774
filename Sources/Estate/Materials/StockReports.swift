import Journal

/// Stock and its value by kind, as of a moment.
public struct StockValueReport: Report {
    public static let name = "stockvalue"
    public static let label = Label("库存报表", en: "Stock and value")

    public static var columns: [ViewColumn<Self>] {
        columns(of: StockView.self)
    }

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    public func subjects(in context: ViewContext) -> [StockItem] { StockView().subjects(in: context) }

    /// Cost follows the order of recording (Rules, Materials): as of an earlier moment it is worked out from what had
    /// happened by then, which may be another value than the book's lines of today add up to.
    private static let rule = Label(
        "金额按登记先后计价，以前的不回改；按某日打印的只算到那日，其后补登的更早单据会使它与帐上各笔之和不同。",
        en:
            "Cost follows the order of recording. As of a day only what had happened by then counts: entries of earlier days that were recorded later make it differ from the sum of the book's lines. "
    )

    public static func document(of rows: [Row], in estate: Estate, at moment: Moment, _ language: Language) -> Document
    {
        let day = Day(asOf: moment, in: estate.zone)
        let idle = estate.handbook.materials.idleDays
        let stock = rows.map { StockView.Row($0.subject, in: $0.context) }
        let head = [
            Label.stockNumber, .itemName, .measure, .onHand, .worth, Label("借出", en: "Lent"), .shelf,
            Label("备注", en: "Note"),
        ].map { $0[language] }
        func note(_ row: StockView.Row) -> String {
            if row.isShort { return Label("短缺", en: "short")[language] }
            if let days = row.idleDays, days > idle { return Label("闲置 \(days) 天", en: "idle \(days) d")[language] }
            return ""
        }
        let blocks: [Sheet.Block] = StockKind.allCases.flatMap { kind -> [Sheet.Block] in
            let own = stock.filter { $0.subject.kind == kind }
            if own.isEmpty { return [] }
            let table = own.map {
                [
                    $0.number, $0.subject.name, $0.measure, $0.onHand.text, $0.subject.value.grouped, $0.lent.text,
                    $0.place ?? "", note($0),
                ]
            }
            let sum = own.reduce(Money.zero) { $0 + $1.subject.value }.grouped
            return [
                .heading(kind.label[language]),
                .table(head, table + [["", Label("合计", en: "Total")[language], "", "", sum, "", "", ""]]),
            ]
        }
        let total = stock.reduce(Money.zero) { $0 + $1.subject.value }.grouped
        return Document(
            name: "\(name)-\(day.text)", title: label[language], language: language,
            sheets: rows.isEmpty
                ? []
                : [
                    Sheet(
                        heading: "\(estate.name) \(label[language])", number: day.text,
                        blocks: [.entries([.init(Label("库存总额", en: "Value in all")[language], total)])] + blocks
                            + [
                                .entries([
                                    .init(Label("物管科长签名", en: "Keeper")[language], nil),
                                    .init(Label("财务签名", en: "Finance")[language], nil),
                                ])
                            ],
                        foot: StockValueReport.rule[language] + Label("打印于 ", en: "Printed ")[language]
                            + moment.display(zone: estate.zone, language: language))
                ],
            empty: Label("还没有登记物资", en: "there are no items")[language])
    }
}

/// What a team has used of an item in a month: issued less returned.
public struct Consumption: Sendable {
    public let month: Period
    public let to: String
    let item: Ref<StockItem>
    public fileprivate(set) var quantity = SignedQuantity(scaled: 0)
    public fileprivate(set) var cost = SignedAmount.zero
    /// The number of requests that it was for.
    fileprivate var requests: Set<Ref<Request>> = []
    public var requestCount: Int { requests.count }
}

extension Materials {
    /// The consumption of a month, by who took and item, the dearest of each first. Price differences stand in none.
    func consumption(in period: Period, _ zone: Zone) -> [Consumption] {
        struct Key: Hashable { let to: String, item: Ref<StockItem> }
        var found: [Key: Consumption] = [:]
        for movement in movements where movement.what == .issued || movement.what == .returned {
            guard Period(movement.at, in: zone) == period else { continue }
            let key = Key(to: movement.to ?? "", item: movement.item)
            var one = found[key] ?? Consumption(month: period, to: key.to, item: movement.item)
            one.quantity = SignedQuantity(scaled: one.quantity.scaled - movement.quantity.scaled)
            one.cost = SignedAmount(one.cost.money - movement.value.money)
            if let request = movement.request { one.requests.insert(request) }
            found[key] = one
        }
        return found.values.sorted {
            ($0.to, -$0.cost.money.fen, $0.item.id) < ($1.to, -$1.cost.money.fen, $1.item.id)
        }
    }

    /// The movements of some kinds from a moment on and before another.
    func movements(of kinds: Set<StockMovementKind>, in span: Range<Moment>) -> [StockMovement] {
        movements.filter { kinds.contains($0.what) && span.contains($0.at) }
    }
}

/// The consumption of a month by team and item.
public struct ConsumptionReport: Report {
    public static let name = "consumption"
    public static let label = Label("用料报表", en: "Consumption")
    public static let changesWithTime = false
    var period: Period?

    public static var columns: [ViewColumn<Self>] {
        Column("to", .taker) { $0.to }
        Column("sku", .stockNumber) { $0.item?.number }
        Column("name", .itemName) { $0.item?.name }
        Column("qty", .quantity) { $0.quantity }
        Column("unit", .measure) { $0.item?.measure }
        Column("cost", .worth) { $0.cost }
        Column("requests", Label("工单数", en: "Requests")) { $0.requestCount }
    }

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("period", &period, Label("月份", en: "Month"))
    }

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    public func subjects(in context: ViewContext) throws -> [Consumption] {
        context.estate.materials.consumption(in: try period.month(in: context), context.zone)
    }

    public static func document(of rows: [Row], in estate: Estate, at moment: Moment, _ language: Language) -> Document
    {
        let teams = rows.map(\.to).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let head = [Label.itemName, .quantity, .measure, .worth, Label("工单数", en: "Requests")].map { $0[language] }
        let blocks: [Sheet.Block] = teams.flatMap { team -> [Sheet.Block] in
            let own = rows.filter { $0.to == team }
            let table = own.map {
                [
                    $0.item?.name ?? "", $0.quantity.text, $0.item?.measure ?? "", $0.cost.money.grouped,
                    "\($0.requestCount)",
                ]
            }
            let sum = own.reduce(Money.zero) { $0 + $1.cost.money }.grouped
            return [.heading(team), .table(head, table + [[Label("合计", en: "Total")[language], "", "", sum, ""]])]
        }
        let sums = teams.map { team in
            (team, rows.filter { $0.to == team }.reduce(Money.zero) { $0 + $1.cost.money })
        }
        let month = rows.first.map {
            $0.month.first.start(in: estate.zone)..<$0.month.last.end(in: estate.zone)
        }
        let isRepriced = month.map { !estate.materials.movements(of: [.repriced], in: $0).isEmpty } ?? false
        // A corrected price changes no cost of an issue; what it makes of goods that had left stands beside them.
        let differences: [Sheet.Block] =
            isRepriced
            ? [
                .entries([
                    .init(
                        Label("改价差额", en: "Price differences")[language],
                        month.map { estate.materials.repriced(in: $0)[language] }, isWide: true)
                ])
            ] : []
        let bars = sums.map { Sheet.Bar($0.0, size: $0.1.size, $0.1.grouped) }
        return Document(
            name: rows.first.map { "\(name)-\($0.month.text)" } ?? name, title: label[language], language: language,
            sheets: rows.isEmpty
                ? []
                : [
                    Sheet(
                        heading: "\(estate.name) \(rows[0].month.text) \(label[language])", number: "",
                        blocks: [.chart(Label("各班组用料金额", en: "By team")[language], bars)] + blocks + differences,
                        foot: Label("领用减退库，按出库时的成本。打印于 ", en: "Issued less returned, at cost. Printed ")[language]
                            + moment.display(zone: estate.zone, language: language))
                ],
            empty: Label("这个月没有领用", en: "nothing was issued in the month")[language])
    }
}

extension ViewRow<ConsumptionReport> {
    public var item: StockItem? { estate.materials.items[subject.item] }
}
