import Estate
import Screen
import struct Journal.EntryID

/// The stocktake (盘点): the items by place. Counting is blind: the ledger's figure shows once something was counted.
struct StocktakeList: ViewSource {
    typealias Shown = StockView
    static let name = "stocktakes"
    static let label = StocktakesView.label
    static let creates: (any Action.Type)? = CountStock.self
    static let refreshPolicy = RefreshPolicy.always
    static func parts(of estate: Estate) -> [Int] { [estate.$materials, estate.$staff] }
    static let granularity = ClockGranularity.day
    static let nothingSelected = Label("没有选中的物资", en: "no item is selected")
    static func empty(_ context: Context) -> Label { Label("还没有物资可盘", en: "there is nothing to count") }

    static let commands: [Command] = [
        rowCommand(
            "stocktakes.count", Label("盘点", en: "Count"),
            doc: Label("填数到的实物；先数后看帐面", en: "what was counted; the ledger shows afterwards"), keys: [.enter],
            priority: 9, action: CountStock.self
        ) { row, _ in
            .form(
                CountStock.self, fixed: ["sku": StockNumber(row.number)], first: "qty",
                title: Label("盘点 · \(row.subject.name)（\(row.measure)）", en: "Count · \(row.subject.name)"),
                done: Label("\(row.subject.name) 已盘", en: "\(row.subject.name) is counted"))
        },
        rowCommand(
            "stocktakes.card", Label("抄卡", en: "Card"), doc: Label("抄货架卡片上的数", en: "the figure on the bin card"),
            keys: [.control("n")], priority: 8, action: NoteStockCard.self
        ) { row, _ in
            .form(
                NoteStockCard.self, fixed: ["sku": StockNumber(row.number)], first: "qty",
                title: Label("卡片数 · \(row.subject.name)（\(row.measure)）", en: "Card · \(row.subject.name)"))
        },
        rowCommand(
            "stocktakes.settle", Label("审批", en: "Settle"),
            doc: Label("审批盘点，差异另记一笔；不能是盘点人", en: "approve a count; another than who counted"),
            keys: [.control("g")], priority: 7, action: SettleStock.self, disabledReason: settledReason
        ) { row, _ in
            .perform(
                SettleStock(sku: row.number),
                done: Label("\(row.subject.name) 盘点已审批", en: "\(row.subject.name): settled"))
        },
        rowCommand(
            "stocktakes.refuse", Label("退回复盘", en: "Send back"),
            doc: Label("退回这次盘点，写明原因，重新盘", en: "send a count back with the reason: it is made again"),
            keys: [.control("u")], priority: 6, action: SettleStock.self, disabledReason: refusedReason
        ) { row, _ in
            .form(
                SettleStock.self, fixed: ["sku": StockNumber(row.number)], required: ["refused"],
                title: Label("退回复盘 · \(row.subject.name)", en: "Send back · \(row.subject.name)"),
                done: Label("\(row.subject.name) 盘点已退回", en: "\(row.subject.name): sent back"))
        },
        rowCommand(
            "stocktakes.sheet", Label("盘点表", en: "Sheet"), doc: Label("打印不带数的盘点表", en: "a sheet without figures"),
            keys: [.control("e")], priority: 5
        ) { _, context in StockList.saved(StockSheet(), context) },
        rowCommand(
            "stocktakes.result", Label("盘点结果", en: "Result"),
            doc: Label("打印本月盘点结果，签字", en: "this month's result, to be signed"), keys: [.control("r")], priority: 4
        ) { _, context in StockList.saved(StocktakeReport(), context) },
    ]

    @Sendable private static func settledReason(_ row: Row, _ context: Context) -> Label? {
        if let reason = refusedReason(row, context) { return reason }
        // The verdict is not for this reader; the role's own refusal follows.
        if row.isCountHidden || row.mustCountAgain { return nil }
        return row.verdict == .recount ? Label("帐、卡、物各不相同：先重新盘点", en: "all differ: count again") : nil
    }

    @Sendable private static func refusedReason(_ row: Row, _ context: Context) -> Label? {
        guard let count = row.count, row.isToSettle else {
            return Label("\(row.subject.name) 没有待审批的盘点", en: "\(row.subject.name): no count to be settled")
        }
        return count.by == context.member?.code ? Label("审批人不能是盘点人", en: "another than who counted settles it") : nil
    }

    static let columns: [ListColumn<Row>] = [
        .sign(priority: 9),
        ListColumn("place", Label("位置", en: "Place"), Column("", min: 4, ideal: 8, priority: 8)) { $0.place ?? "" },
        ListColumn("number", Label("编号", en: "Number"), Column("", min: 5, ideal: 8, priority: 6)) { $0.number },
        ListColumn("name", .stockName, .filling("", min: 10, priority: 9)) {
            Pinyin.spelled($0.subject.name)
        },
        ListColumn("card", Label("卡片", en: "Card"), .fixed("", 7, alignment: .right, priority: 7)) {
            $0.shownCard ?? StockQuantity(scaled: 0)
        },
        ListColumn("count", Label("实盘", en: "Counted"), .fixed("", 11, alignment: .right, priority: 9)) {
            $0.shownCount?.counted ?? StockQuantity(scaled: 0)
        },
        ListColumn("difference", Label("差异", en: "Difference"), .fixed("", 8, alignment: .right, priority: 8)) {
            $0.shownDifference?.scaled ?? 0
        },
        ListColumn("verdict", Label("结论", en: "Verdict"), .fixed("", 8, priority: 8)) { $0.shownVerdict.chinese },
        ListColumn("counted", Label("盘点时间", en: "Counted at"), .fixed("", 11, priority: 5)) {
            $0.count?.at ?? .distantPast
        },
    ]

    /// By place and number.
    static func rows(_ context: Context) -> [Row] {
        StockView().subjects(in: context.view).map { Row($0, in: context.view) }
            .sorted { ($0.place ?? "") < ($1.place ?? "") }
    }

    static func updated(_ item: StockItem, _ context: Context) -> Row? {
        context.estate.materials.items[item.id].map { Row($0, in: context.view) }
    }

    static func id(_ row: Row) -> String { row.subject.id.id.text }
    static func words(_ row: Row) -> [String] {
        [row.subject.name, row.number, row.place ?? "", row.shownVerdict.chinese]
    }
    static func codes(_ row: Row) -> [String] { StockList.codes(row) }

    /// The last count of an item, and whether it is settled. After a count the next item is to be counted, after a
    /// settlement the next to be settled.
    struct Stage: Equatable {
        let count: EntryID?
        let isOpen: Bool
    }

    static func stage(_ row: Row) -> Stage { Stage(count: row.count?.id.id, isOpen: row.isToSettle) }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let sign =
            row.isToSettle
            ? Span("?", .warning.bold) : row.isCounted(in: context.today) ? Span(glyphs.done, .good) : Span(" ")
        let shown = row.shownCount
        let difference = row.shownDifference.map { $0.scaled == 0 ? "" : $0.signed } ?? ""
        let settled = shown?.settlement.flatMap { row.verdict == .agree && $0.verdict != .agree ? $0.verdict : nil }
        return [
            [sign], Line(row.place ?? "—", .muted), Line(row.number, .muted), Line(row.subject.name, .strong),
            Line(row.shownCard?.text ?? "", .muted), Line(shown.map { row.subject.amount($0.counted) } ?? ""),
            Line(difference, .warning),
            Line(context(settled?.label ?? row.shownVerdict), settled == nil ? StockList.style(of: row) : .muted),
            Line(row.count.map { context.clock($0.at) } ?? "", .muted),
        ]
    }

    static func tally(_ rows: [Row], _ context: Context) -> (open: Int, uncounted: Int) {
        (rows.count { $0.isToSettle }, rows.count { !$0.isCounted(in: context.today) })
    }

    static func summary(_ tally: (open: Int, uncounted: Int), _ glyphs: Glyphs, _ context: Context) -> [Span] {
        var spans: [Span] = []
        if tally.open > 0 {
            spans.append(Span(context(Label("待审批 \(tally.open)", en: "to settle \(tally.open)")), .warning))
        }
        if tally.uncounted > 0 {
            spans.append(
                Span(
                    context(Label("  本月未盘 \(tally.uncounted)", en: "  uncounted this month \(tally.uncounted)")), .muted
                ))
        }
        return spans
    }

    /// Who may settle is told of counts.
    static func badges(_ tally: (open: Int, uncounted: Int)?, _ context: Context) -> [Badge] {
        guard let tally, tally.open > 0, context.member != nil, context.disabledReason(SettleStock.self) == nil else {
            return []
        }
        return [
            Badge(
                line: [Span(context(Label("盘点待批 ", en: "counts ")), .muted), Span("\(tally.open)", .warning)],
                priority: 4)
        ]
    }

    /// The ledger's figure is among them only once the item was counted.
    static func detail(_ row: Row, _ context: Context) -> [Line] {
        var lines = [
            Line([Span("\(row.subject.name)  ", .strong), Span([row.number, row.place ?? ""].joined(separator: "  "))])
        ]
        if let refusal = row.count?.refusal {
            let name = context.estate.staff.name(of: refusal.by)
            let words = "\(context.clock(refusal.at))  \(name)  \(refusal.refused ?? "")"
            lines.append(detailLine(context(StockCountState.refused.label), words))
        }
        guard let count = row.shownCount else {
            let words =
                row.isCountHidden
                ? row.shownVerdict : Label("今天还没有盘：先数实物、抄卡片", en: "not counted today: count first")
            return lines + [Line(context(words), .muted)]
        }
        if row.mustCountAgain {
            let words = "\(row.subject.amount(count.counted))  \(context.clock(count.at))"
            return lines + [
                detailLine(context(.stockCountedOf), words),
                Line(context(Label("和帐不一致：请复盘，主管审批时看差异", en: "it differs from the ledger: count again")), .warning),
            ]
        }
        let shown = StocktakesView.Row(count, in: context.view)
        lines += shown.detailLines(context, without: ["id", "sku", "name", "refused"])
        if let meaning = context.estate.handbook.materials.verdict(row.verdict.rawValue)?.meaning {
            lines.append(Line(meaning, .muted))
        }
        return lines
    }
}

extension Label {
    fileprivate static let countAgain = Label("请复盘", en: "count again")
    fileprivate static let stockCountedOf = Label("实盘", en: "Counted")
}

extension ViewRow<StockView> {
    /// Whether the count differs and waits or was sent back, and a keeper looks: figures would tell what to find the next time.
    var mustCountAgain: Bool { isUnsettled && verdict != .agree && context.reader == .keeper }

    /// The last count, unless it is kept from the reader, or another keeper's that is not settled: its figures would tell
    /// what to expect.
    var knownCount: StockCount? {
        guard let count, !isCountHidden else { return nil }
        return isUnsettled && context.reader == .keeper && count.by != context.member ? nil : count
    }

    /// The same, unless it is of a former stocktake.
    var shownCount: StockCount? {
        knownCount.flatMap { isUnsettled || Day($0.at, in: context.zone) == context.day ? $0 : nil }
    }

    /// The card's figure; one that was read at a former stocktake would tell what to expect as well.
    var shownCard: StockQuantity? {
        if isCountHidden { return nil }
        let isOfToday = cardRead.map { Day($0, in: context.zone) == context.day } ?? false
        return shownCount != nil || isOfToday ? card : nil
    }

    /// By how much the shown count differs. Who counts is not told: the ledger's figure would follow.
    var shownDifference: SignedQuantity? {
        mustCountAgain ? nil : shownCount.map { StocktakesView.Row($0, in: context).difference }
    }

    /// The verdict, as far as the reader may know it.
    var shownVerdict: Label {
        if isCountHidden { return count?.state.label ?? verdict.label }
        return mustCountAgain ? .countAgain : verdict.label
    }

    /// Whether it was counted in the month of a day, and not sent back.
    func isCounted(in day: Day) -> Bool {
        count.map { $0.refusal == nil && Period($0.at, in: context.zone) == Period(day) } ?? false
    }
}
