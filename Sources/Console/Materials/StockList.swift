import Estate
import Screen

/// The items of the store: what is short first, then by number.
struct StockList: ViewSource {
    typealias Shown = StockView
    static let name = "stock"
    static let label = StockView.label
    static let creates: (any Action.Type)? = SetStockItem.self
    static let refreshPolicy = RefreshPolicy.always
    static func parts(of estate: Estate) -> [Int] { [estate.$materials] }
    static let granularity = ClockGranularity.day
    static let nothingSelected = Label("没有选中的物资", en: "no item is selected")
    static func empty(_ context: Context) -> Label {
        let key = context.keys.key(of: "new")
        return Label("还没有物资：\(key) 登记，或用 import stock 导入期初", en: "no items: \(key) sets one, import stock reads a file")
    }

    static let commands: [Command] = [
        rowCommand(
            "stock.issue", Label("领用/借出", en: "Issue"),
            doc: Label("消耗材料领用，周转性材料借出", en: "consumables are issued, turnover materials lent"), keys: [.enter],
            priority: 9, action: IssueStock.self
        ) { row, _ in
            let number = StockNumber(row.number)
            return row.kind == .turnover
                ? .form(
                    LendStock.self, fixed: ["sku": number], first: "qty",
                    title: Label("借出 · \(row.subject.name)", en: "Lend · \(row.subject.name)"))
                : .form(
                    IssueStock.self, fixed: ["sku": number], first: "qty",
                    title: Label("领用 · \(row.subject.name)", en: "Issue · \(row.subject.name)"))
        },
        rowCommand(
            "stock.receive", Label("入库", en: "Receive"),
            doc: Label("验收入库：合格数、单价、拒收原因", en: "accepted goods, their price, what was rejected"),
            keys: [.control("n")], priority: 8, action: ReceiveStock.self
        ) { row, _ in
            .form(
                ReceiveStock.self, fixed: ["sku": StockNumber(row.number)], first: "qty",
                title: Label("入库 · \(row.subject.name)", en: "Receive · \(row.subject.name)"))
        },
        rowCommand(
            "stock.buy", Label("采购", en: "Buy"),
            doc: Label("写采购计划，由另一人批准", en: "plan a purchase, which another approves"), keys: [.control("g")],
            priority: 6, action: PlanStock.self
        ) { row, _ in
            .form(
                PlanStock.self, fixed: ["sku": StockNumber(row.number)],
                title: Label("采购计划 · \(row.subject.name)", en: "Buy · \(row.subject.name)"))
        },
        rowCommand(
            "stock.ask", Label("超定额", en: "Ask"),
            doc: Label("超本月定额的申请，写明原因", en: "ask for more than the month's quota"), keys: [.control("a")],
            priority: 3, action: AskStock.self
        ) { row, _ in
            .form(
                AskStock.self, fixed: ["sku": StockNumber(row.number)],
                title: Label("超定额申请 · \(row.subject.name)", en: "Ask · \(row.subject.name)"))
        },
        rowCommand(
            "stock.scrap", Label("报废", en: "Scrap"), doc: Label("不能再用的报废，写明原因", en: "goods of no use any more"),
            keys: [.control("r")], priority: 2, action: ScrapStock.self
        ) { row, _ in
            .form(
                ScrapStock.self, fixed: ["sku": StockNumber(row.number)], first: "qty",
                title: Label("报废 · \(row.subject.name)", en: "Scrap · \(row.subject.name)"))
        },
        rowCommand(
            "stock.correct", Label("修改", en: "Correct"),
            doc: Label("改品名、定额、最低最高库存和位置", en: "its name, quota, bounds and place"), keys: [.control("u")],
            priority: 3, action: SetStockItem.self
        ) { row, _ in
            .form(
                SetStockItem.self, fixed: ["sku": StockCode(row.number)],
                title: Label("修改物资 · \(row.number) \(row.subject.name)", en: "Correct · \(row.subject.name)"))
        },
        rowCommand(
            "stock.reports", Label("报表", en: "Reports"),
            doc: Label("打印库存、用料报表和月报、年报", en: "stock, consumption, and the reports of month and year"),
            keys: [.control("e")], priority: 4
        ) { _, context in .open(reports(context)) },
    ]

    private static func reports(_ context: Context) -> MenuLayer {
        func item(_ label: Label, _ doc: Label, _ report: some Report) -> MenuLayer.Item {
            MenuLayer.Item(label: label, doc: doc, intents: [saved(report, context)])
        }
        let year = Period(context.today).number / 12
        return MenuLayer(
            title: Line(context(Label("物资报表", en: "Reports of the store")), .title),
            items: [
                item(
                    StockValueReport.label, Label("现在的数量和金额", en: "quantities and values by now"), StockValueReport()),
                item(
                    ConsumptionReport.label, Label("本月各班组领用", en: "what the teams took this month"),
                    ConsumptionReport()),
                item(
                    Label("月报", en: "Month"), Label("本月物资工作", en: "the store's work this month"), StockWorkReport()),
                item(
                    Label("年报", en: "Year"), Label("本年物资工作", en: "the store's work this year"),
                    StockWorkReport(year: year)),
            ], isNumbered: true)
    }

    /// Writes a report to be printed.
    static func saved(_ report: some Report, _ context: Context) -> Intent {
        (try? report.document(in: context.view, context.language)).map { .effect(.save($0)) }
            ?? .none
    }

    static let columns: [ListColumn<Row>] = [
        .sign(priority: 9),
        ListColumn("number", Label("编号", en: "Number"), Column("", min: 5, ideal: 8, priority: 7)) { $0.number },
        ListColumn("name", .stockName, .filling("", min: 10, priority: 9)) {
            Pinyin.spelled($0.subject.name)
        },
        ListColumn("ledger", Label("库存", en: "On hand"), .fixed("", 11, alignment: .right, priority: 9)) { $0.onHand },
        ListColumn("lent", Label("借出", en: "Lent"), .fixed("", 6, alignment: .right, priority: 5)) { $0.lent },
        ListColumn("used", Label("本月/定额", en: "Used/quota"), .fixed("", 10, alignment: .right, priority: 6)) {
            $0.used
        },
        ListColumn("value", Label("金额", en: "Value"), .fixed("", 11, alignment: .right, priority: 4)) {
            $0.subject.value
        },
        ListColumn("place", Label("位置", en: "Place"), Column("", min: 4, ideal: 8, priority: 6)) { $0.place ?? "" },
        ListColumn("verdict", Label("盘点", en: "Count"), .fixed("", 8, priority: 3)) { $0.shownVerdict.chinese },
    ]

    static func rows(_ context: Context) -> [Row] {
        let rows = StockView().subjects(in: context.view).map { Row($0, in: context.view) }
        return rows.filter(\.isShort) + rows.filter { !$0.isShort }
    }

    static func updated(_ item: StockItem, _ context: Context) -> Row? {
        context.estate.materials.items[item.id].map { Row($0, in: context.view) }
    }

    static func id(_ row: Row) -> String { row.subject.id.id.text }
    static func words(_ row: Row) -> [String] {
        [row.subject.name, row.number, row.place ?? "", row.kind.label.chinese, row.supplier ?? ""]
    }
    static func codes(_ row: Row) -> [String] { [row.number.lowercased().filter { $0 != "-" }] }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let sign = row.isShort ? Span("!", .danger.bold) : Span(" ")
        let quota = row.quota.map { "\(row.used.text)/\($0.text)" } ?? (row.used.scaled > 0 ? "\(row.used.text)/—" : "")
        let isOver = row.quota.map { $0 < row.used } ?? false
        return [
            [sign], Line(row.number, .muted), Line(row.subject.name, .strong),
            Line(row.subject.amount(row.onHand), row.isShort ? .danger : .text),
            Line(row.lent.scaled > 0 ? row.lent.text : "", .info), Line(quota, isOver ? .warning : .muted),
            Line(row.subject.value.grouped, .muted), Line(row.place ?? "", .muted),
            Line(context(row.shownVerdict), style(of: row)),
        ]
    }

    static func style(of row: Row) -> Style {
        if row.isCountHidden { return .muted }
        return switch row.verdict {
        case .agree: .good
        case .surplus, .shortage, .unposted, .card: .warning
        case .recount: .danger
        case .uncounted: .faint
        }
    }

    static func tally(_ rows: [Row], _ context: Context) -> (items: Int, short: Int) {
        (rows.count, rows.count { $0.isShort })
    }

    static func summary(_ tally: (items: Int, short: Int), _ glyphs: Glyphs, _ context: Context) -> [Span] {
        if tally.items == 0 { return [] }
        let items = Span(context(Label("\(tally.items) 种", en: "\(tally.items) items")), .muted)
        if tally.short == 0 { return [items] }
        return [items, Span(context(Label("  短缺 \(tally.short)", en: "  short \(tally.short)")), .danger)]
    }

    static func badges(_ tally: (items: Int, short: Int)?, _ context: Context) -> [Badge] {
        guard let tally, tally.short > 0 else { return [] }
        return [
            Badge(
                line: [
                    Span(context(Label("物资短缺 ", en: "short ")), .muted), Span("\(tally.short)", .warning),
                ], priority: 4)
        ]
    }

    static func detail(_ row: Row, _ context: Context) -> [Line] {
        let book = context.estate.materials.movements(of: row.subject.id).suffix(12).reversed()
        let lines = book.map { movement in
            let words = [
                context(movement.what.label), movement.quantity.signed, movement.to, movement.note.map { context($0) },
            ].compactMap { $0 }.joined(separator: "  ")
            return detailLine(context.clock(movement.at), words)
        }
        let counts: Set = ["card", "count", "verdict", "counted"]
        let head = Line([
            Span("\(row.subject.name)  ", .strong),
            Span([row.number, row.subject.amount(row.onHand), row.place ?? ""].joined(separator: "  ")),
        ])
        return [head, count(of: row, context)] + lines.prefix(2)
            + row.detailLines(context, without: counts.union(["short", "sku", "name", "ledger", "unit", "place"]))
            + lines.dropFirst(2)
    }

    /// `盘点  10-25 14:03  实盘 6 只  卡片 6  相符`: the day says that these are not figures of today.
    private static func count(of row: Row, _ context: Context) -> Line {
        let name = context(StocktakesView.label)
        let time = row.count.map { context.clock($0.at) }
        let figures = row.knownCount.map { count in
            [
                context(Label("实盘", en: "counted")) + " " + row.subject.amount(count.counted),
                row.card.map { context(Label("卡片", en: "card")) + " " + $0.text }
                    ?? context(Label("未抄卡", en: "card not read")),
            ]
        }
        let words = [time].compactMap { $0 } + (figures ?? []) + [context(row.shownVerdict)]
        return detailLine(name, words.joined(separator: "  "))
    }
}

extension Label {
    static let stockName = Label("品名", en: "Name")
}
