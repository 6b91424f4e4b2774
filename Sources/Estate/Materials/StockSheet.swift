import Journal

/// The sheet with which the goods are counted (盘点表): blind, without any figure, also in what is exported.
public struct StockSheet: Report {
    public static let name = "stocksheet"
    public static let label = Label("盘点表", en: "Stocktake sheet")
    public static let changesWithTime = false
    var place: String?

    public static var columns: [ViewColumn<Self>] {
        Column("sku", .stockNumber) { $0.number }
        Column("name", .itemName) { $0.name }
        Column("unit", .measure) { $0.measure }
        Column("place", .shelf) { $0.place }
        Column("card", .cardFigure) { _ in String?.none }
        Column("count", .stockCounted) { _ in String?.none }
        Column("time", Label("盘点时刻", en: "Counted at")) { _ in String?.none }
    }

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("place", &place, .shelf)
    }

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    public func subjects(in context: ViewContext) -> [StockItem] {
        StockView().subjects(in: context).filter { item in place.map { item.place == $0 } ?? true }
            .sorted { ($0.place ?? "") < ($1.place ?? "") }
    }

    public static func document(of rows: [Row], in estate: Estate, at moment: Moment, _ language: Language) -> Document
    {
        let day = Day(asOf: moment, in: estate.zone)
        let head = [Label.stockNumber, .itemName, .measure, .shelf, .cardFigure, .stockCounted].map { $0[language] }
        let table = rows.map { [$0.number, $0.name, $0.measure, $0.place ?? "", "", ""] }
        return Document(
            name: "\(name)-\(day.text)", title: label[language], language: language,
            sheets: rows.isEmpty
                ? []
                : [
                    Sheet(
                        heading: "\(estate.name) \(label[language])", number: day.text,
                        blocks: [
                            .table(head, table),
                            .entries([
                                .init(Label("盘点人签名", en: "Counted by")[language], nil),
                                .init(Label("盘点日期、起止时刻", en: "Day, from and to")[language], nil),
                            ]),
                        ],
                        foot: Label(
                            "盲盘：先数实物、抄卡片，不看帐面。没有盘到的留空，不写 0。",
                            en: "Count first and read the card, without the ledger. Leave open what was not counted.")[
                                language])
                ],
            empty: Label("还没有登记物资", en: "there are no items")[language])
    }
}

/// The result of the counts of a month (盘点结果), with signatures.
public struct StocktakeReport: Report {
    public static let name = "stocktake"
    public static let label = Label("盘点结果", en: "Stocktake")
    public static let changesWithTime = false
    var period: Period?

    public static var columns: [ViewColumn<Self>] {
        columns(of: StocktakesView.self)
    }

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("period", &period, Label("月份", en: "Month"))
    }

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    /// Those that were not counted again and are not to be, by number.
    public func subjects(in context: ViewContext) throws -> [StockCount] {
        let (month, materials) = (try period.month(in: context), context.estate.materials)
        let counts = materials.counts.values.filter {
            !$0.isReplaced && $0.refusal == nil && Period($0.at, in: context.zone) == month
        }
        let places = StockView().subjects(in: context).enumerated().map { ($0.element.id, $0.offset) }
        let place = Dictionary(uniqueKeysWithValues: places)
        return counts.sorted { (place[$0.item] ?? 0, $0.at) < (place[$1.item] ?? 0, $1.at) }
    }

    /// Counts that are not settled without their figures, unless the rows are for who sees these.
    public static func document(of rows: [Row], in estate: Estate, at moment: Moment, _ language: Language) -> Document
    {
        let context = rows.first?.context ?? ViewContext(estate, at: moment)
        let counts = rows.map { StocktakesView.Row($0.subject, in: context) }
        let counted = Set(rows.map(\.subject.item))
        let missing = StockView().subjects(in: context).filter { !counted.contains($0.id) }
        let day = rows.first.map { Day($0.at, in: estate.zone) } ?? Day(asOf: moment, in: estate.zone)
        return Document(
            name: "\(name)-\(Period(day).text)", title: label[language], language: language,
            sheets: rows.isEmpty ? [] : [sheet(of: counts, missing, Period(day), in: estate, at: moment, language)],
            empty: Label("这个月没有盘点", en: "nothing was counted in the month")[language])
    }

    private static func sheet(
        of counts: [StocktakesView.Row], _ missing: [StockItem], _ month: Period, in estate: Estate,
        at moment: Moment, _ language: Language
    ) -> Sheet {
        let head = [
            Label.stockNumber, .itemName, .ledgerBalance, .cardFigure, Label("初盘", en: "Counted before"), .stockCounted,
            Label("差异", en: "Difference"),
            Label("差异金额", en: "Value"), .verdict, Label("审批人", en: "Settled by"),
        ].map { $0[language] }
        // What was counted first stays on the paper.
        func former(_ row: StocktakesView.Row) -> String {
            estate.materials.counts.values.filter { count in
                (count.isReplaced || count.refusal != nil) && count.item == row.subject.item
                    && Period(count.at, in: estate.zone) == month
            }.map(\.counted.text).joined(separator: "、")
        }
        let table = counts.map { row in
            let item = [row.item?.number ?? "", row.item?.name ?? ""]
            if row.isHidden {
                return item + Array(repeating: "", count: head.count - 4) + [row.state.label[language], ""]
            }
            return item + [
                row.ledger.text, row.subject.card?.quantity.text ?? "—", former(row), row.counted.text,
                row.difference.signed, row.value?.money.grouped ?? "", row.verdict.label[language],
                row.settlement.map { estate.staff.name(of: $0.by) } ?? "",
            ]
        }
        let shown = counts.filter { !$0.isHidden }
        let sum = shown.reduce(Money.zero) { $0 + ($1.value?.money ?? .zero) }
        let agreed = shown.count { $0.verdict == .agree }
        let unread = counts.count { $0.subject.isCardless }
        let open = missing.map(\.name).joined(separator: "、")
        let figures = Sheet.Block.entries([
            .init(Label("盘点", en: "Counted")[language], "\(counts.count)"),
            .init(StockVerdict.agree.label[language], "\(agreed)"),
            .init(Label("未抄卡", en: "Card not read")[language], "\(unread)"),
            .init(StockVerdict.uncounted.label[language], "\(missing.count)"),
            .init(Label("差异金额合计", en: "Value of differences")[language], sum.grouped),
        ])
        let uncounted: [Sheet.Block] =
            open.isEmpty ? [] : [.words(Label("没有盘到", en: "Not counted")[language], open, lines: 1)]
        let names = [
            Label("盘点人签名", en: "Counted by"), Label("审批人签名", en: "Settled by"), Label("财务签名", en: "Finance"),
            Label("日期", en: "Day"),
        ]
        let signatures = Sheet.Block.entries(names.map { Sheet.Entry($0[language], nil) })
        let foot = Label(
            "差异按盘点时刻的帐面算，另记一笔，不改原数。打印于 ", en: "Differences are to the ledger at the moment of the count. Printed ")
        return Sheet(
            heading: "\(estate.name) \(month.text) \(label[language])", number: "",
            blocks: [figures, .table(head, table)] + uncounted + [signatures],
            foot: foot[language] + moment.display(zone: estate.zone, language: language))
    }
}
