import Estate
import Screen

/// The months by method as they are checked with finance (对账): what is left first, then what differs, then the month under
/// way.
struct ReconciliationList: ViewSource {
    typealias Shown = ReconciliationView
    static let name = "reconciliation"
    static let label = ReconciliationView.label
    static let creates: (any Action.Type)? = Reconcile.self
    static let refreshPolicy = RefreshPolicy.inSight
    static func parts(of estate: Estate) -> [Int] {
        [estate.$reconciliations, estate.$fees, estate.$deposits, estate.$staff]
    }
    static let granularity = ClockGranularity.day

    static func empty(_ context: Context) -> Label {
        context.hasFullHistory
            ? Label("上月没有收款，不用对账", en: "no money came last month: nothing is to be checked")
            : Label("历史载入中…", en: "history is still being read…")
    }

    static let commands: [Command] = [
        rowCommand(
            "reconciliation.do", Label("对账/说明", en: "Check"),
            doc: Label("未对的填财务数，有差异的写说明", en: "what finance has or, where it differs, why"), keys: [.enter],
            priority: 9,
            action: Reconcile.self,
            disabledReason: { row, _ in
                switch row.state {
                case .agrees: Label("已对账，没有差异", en: "checked, without a difference")
                case .underWay: Label("\(row.period.text) 还没有过完，下月再对", en: "\(row.period.text) is not over yet")
                case .open, .differs, .explained: nil
                }
            }
        ) { row, context in
            row.reconciliation == nil
                ? .form(
                    Reconcile.self, fixed: ["period": row.period, "method": row.method], first: "counted",
                    title: Label(
                        "对账 · \(row.period.text) \(row.method)", en: "Check \(row.method) of \(row.period.text)"))
                : .form(
                    ExplainReconciliation.self, prefill: row.why.map { ["why": $0] } ?? [:],
                    fixed: ["period": row.period, "method": row.method],
                    title: Label(
                        "差异说明 · \(row.period.text) \(row.method) \(words(of: row, context))",
                        en: "Explain \(row.method) of \(row.period.text) \(words(of: row, context))"))
        },
        rowCommand(
            "reconciliation.unmatched", Label("对不上的", en: "Unmatched"),
            doc: Label("这个月账上和对账单各自多出的", en: "what only the books or only a statement has"), keys: [.control("u")],
            priority: 7
        ) { row, context in
            .open(
                DetailLayer(
                    title: Line(
                        "\(row.period.text) \(context(Label("对不上的", en: "unmatched")))", .title),
                    lines: unmatched(of: row.period, context)))
        },
        rowCommand(
            "reconciliation.print", Label("对账表", en: "Print"),
            doc: Label("打印这个月的收缴对账表", en: "the month's sheet, to be printed"),
            keys: [.control("g")], priority: 5
        ) { row, context in
            let report = ReconciliationReport(period: row.period)
            return (try? report.document(of: context.estate, at: context.now, context.language)).map {
                .effect(.save($0))
            } ?? .none
        },
    ]

    private static func words(of row: Row, _ context: Context) -> String {
        [
            row.difference.flatMap {
                $0 == .zero ? nil : context(Label("差额 \($0.grouped)", en: "difference \($0.grouped)"))
            },
            row.later.map { context(Label("对账后 \($0.grouped)", en: "since \($0.grouped)")) },
            row.why == nil ? nil : unexplainedWords(row, context),
        ].compactMap { $0 }.joined(separator: "，")
    }

    private static func unexplainedWords(_ row: Row, _ context: Context) -> String? {
        row.unexplained.map { context(Label("未说明 \($0.grouped)", en: "not explained \($0.grouped)")) }
    }

    private static func unmatched(of period: Period, _ context: Context) -> [Line] {
        let all = context.estate.unmatched(of: period)
        if all.isEmpty {
            return [
                Line(
                    context(Label("都对上了；没有导入对账单的账户不比", en: "all match; accounts without a statement are not compared")),
                    .muted)
            ]
        }
        return [Unmatched.Side.statement, .book].flatMap { side -> [Line] in
            let rows = all.filter { $0.side == side }
            if rows.isEmpty { return [] }
            return [Line("\(context(side.label)) \(rows.count)", .strong)]
                + rows.map { one in
                    Line(
                        [
                            context.clock(one.at), one.account, one.amount.grouped, one.unit?.text ?? "",
                            one.reference ?? "",
                            one.note ?? "",
                        ].filter { !$0.isEmpty }.joined(separator: "  "))
                }
        }
    }

    static let columns: [ListColumn<Row>] = [
        ListColumn("period", Label("月份", en: "Month"), .fixed("", 7, priority: 9)) { $0.period },
        ListColumn("method", Label("方式", en: "Method"), Column("", min: 6, ideal: 8, priority: 9)) { $0.method },
        ListColumn("booked", Label("账面", en: "Booked"), .fixed("", 12, alignment: .right, priority: 8)) { $0.booked },
        ListColumn("counted", Label("财务数", en: "Finance"), .fixed("", 12, alignment: .right, priority: 8)) {
            $0.counted ?? .zero
        },
        ListColumn("difference", Label("差额", en: "Differs"), .fixed("", 10, alignment: .right, priority: 8)) {
            $0.difference ?? .zero
        },
        ListColumn("state", Label("状态", en: "State"), .fixed("", 9, priority: 7)) { $0.state.rawValue },
        ListColumn("unmatched", Label("对不上", en: "Unmatched"), .fixed("", 9, priority: 4)) {
            ($0.unmatched?.books ?? 0) + ($0.unmatched?.lines ?? 0)
        },
        ListColumn("why", Label("说明", en: "Why"), .filling("", min: 8, priority: 5)) { $0.why ?? "" },
    ]

    static func rows(_ context: Context) -> [Row] {
        if !context.hasFullHistory { return [] }
        let rows = context.estate.reconciledMethods(of: nil, at: context.today, withPresent: true)
        let months = Set(rows.map(\.period)).sorted(by: >)
        return [ReconciliationState.open, .differs, .underWay, .explained, .agrees].flatMap { state in
            months.flatMap { month in rows.filter { $0.state == state && $0.period == month } }
        }.map { Row($0, in: context.view) }
    }

    static func id(_ row: Row) -> String { "\(row.period.text) \(row.method)" }
    static func subject(_ row: Row) -> String? { row.reconciliation?.id.id.text }
    static func words(_ row: Row) -> [String] { [row.period.text, row.method, row.why ?? "", row.state.label.chinese] }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let style: Style =
            switch row.state {
            case .open: .warning
            case .agrees: .good
            case .differs: .danger
            case .explained: .info
            case .underWay: .muted
            }
        let unmatched = row.unmatched.map { "\($0.books)/\($0.lines)" } ?? "—"
        return [
            Line(row.period.text, .muted), Line(row.method, .strong), Line(row.booked.grouped),
            Line(row.counted?.grouped ?? "—", row.counted == nil ? .faint : .text),
            Line(row.difference?.grouped ?? "", row.difference == .zero ? .muted : .danger),
            Line(context(row.state.label), style), Line(unmatched, .muted),
            Line(
                [
                    row.why == nil ? nil : unexplainedWords(row, context),
                    row.state == .differs && row.why != nil
                        ? nil : row.later.map { context(Label("又变 \($0.grouped)", en: "since \($0.grouped)")) },
                    row.why,
                ].compactMap { $0 }.joined(separator: " "), row.state == .differs ? .warning : .muted),
        ]
    }

    /// 未对 2 有差异 1
    static func summary(_ rows: [Row], _ glyphs: Glyphs, _ context: Context) -> [Span] {
        [(ReconciliationState.open, Style.warning), (.differs, .danger)].compactMap { state, style in
            let count = rows.count { $0.state == state }
            return count == 0 ? nil : Span(" \(context(state.label)) \(count)", style)
        }
    }

    static func detail(_ row: Row, _ context: Context) -> [Line] {
        row.detailLines(context, without: ["id", "period", "method"])
            + row.laterDays.map {
                detailLine(
                    $0.day.short, context(Label("对账后变动 \($0.change.grouped)", en: "changed by \($0.change.grouped)")),
                    .warning)
            }
    }
}
