import Estate
import Screen

/// The bills of last, this and the coming months as they follow from the tariffs: new bills first, then those
/// whose amount has changed, then those already issued.
struct BillingList: ViewSource {
    typealias Shown = BillingView
    static let name = "billing"
    static let label = BillingView.label
    static let creates: (any Action.Type)? = GenerateBills.self
    static func parts(of estate: Estate) -> [Int] { [estate.$billing, estate.$fees, estate.$people] }
    static var refreshPolicy: RefreshPolicy { .inSight }
    static let granularity = ClockGranularity.day

    static func empty(_ context: Context) -> Label {
        if !context.hasFullHistory { return loading(context) }
        return context.estate.billing.items.isEmpty
            ? Label("还没有收费标准：到“收费标准”页登记", en: "there is no tariff yet: the next tab has them")
            : Label("这几个月没有可出的账单", en: "nothing is to be billed for these months")
    }

    private static func loading(_ context: Context) -> Label {
        context.historyFailed
            ? Label("历史没能读出", en: "history could not be read") : Label("历史载入中…", en: "history is still being read…")
    }

    static func proposal(_ context: Context) -> [String: String] { ["period": Period(context.today).text] }

    static let commands: [Command] = [
        Command(
            "billing.generate", Label("出本期", en: "Issue"),
            doc: Label(
                "出选中账期的全部待出账单，先问笔数和金额", en: "issue all new bills of the selected month; the totals are asked first"),
            keys: [.control("g")], priority: 9, action: { _ in GenerateBills.self },
            disabledReason: { session, context in
                if !context.hasFullHistory { return loading(context) }
                return period(session, context) == nil
                    ? Label("没有待出的账单", en: "no bill is to be issued") : context.disabledReason(GenerateBills.self)
            },
            run: { session, context in
                guard let period = period(session, context) else { return .none }
                return .form(GenerateBills.self, prefill: ["period": period])
            }),
        rowCommand(
            "billing.how", Label("算法", en: "How"), doc: Label("这笔账单怎么算出来", en: "how the bill comes about"),
            keys: [.enter], priority: 8
        ) { row, context in
            .open(DetailLayer(title: Line(context(label), .title), lines: detail(row, context)))
        },
    ]

    /// The period of the selected row if it has something to issue, else the first one that has.
    private static func period(_ session: Session, _ context: Context) -> Period? {
        let rows = session.pane(ListPane<BillingList>.self)?.shownRows(context).filter { $0.state == .new } ?? []
        let selected = selected(in: session, context)?.period
        return rows.first { $0.period == selected }?.period ?? rows.first?.period
    }

    static let columns: [ListColumn<Row>] = [
        ListColumn("unit", .unit, .fixed("", 8, priority: 9)) { $0.unit },
        ListColumn("period", Label("账期", en: "Month"), .fixed("", 7, priority: 6)) { $0.period },
        ListColumn("item", Label("项目", en: "Item"), Column("", min: 6, ideal: 10, priority: 5)) {
            Pinyin.spelled($0.item)
        },
        ListColumn("amount", Label("金额", en: "Amount"), .fixed("", 10, alignment: .right, priority: 8)) {
            $0.amount
        },
        ListColumn("state", Label("状态", en: "State"), .fixed("", 8, priority: 7)) { $0.state.rawValue },
        ListColumn("how", Label("算法", en: "How"), .filling("", min: 12, priority: 4)) { $0.how },
    ]

    private static let order: [BillingState] = [.new, .changed, .exists]

    static func rows(_ context: Context) -> [Row] {
        if !context.hasFullHistory { return [] }
        let month = Period(context.today)
        let lines = (-1...context.estate.handbook.billing.monthsAhead).flatMap {
            BillingView(period: month.adding($0)).subjects(in: context.view)
        }
        return order.flatMap { state in lines.filter { $0.state == state } }.map { Row($0, in: context.view) }
    }

    static func id(_ row: Row) -> String { "\(row.unit.text) \(row.period.text) \(row.item) \(row.from.text)" }
    static func subject(_ row: Row) -> String? { row.unit.text }
    static func words(_ row: Row) -> [String] {
        [row.unit.text, row.item, row.period.text, row.state.label.chinese, row.debtor.label.chinese]
    }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        [
            Line(row.unit.text, .strong), Line(row.period.text, .muted), Line(row.item), Line(row.amount.grouped),
            Line(context(row.state.label), style(row.state)), Line(row.how, .muted),
        ]
    }

    private static func style(_ state: BillingState) -> Style {
        switch state {
        case .new: .info
        case .exists: .muted
        case .changed: .warning
        }
    }

    /// How many rows are in each state, and what the new ones come to.
    struct BillingTally: Sendable {
        var counts: [BillingState: Int] = [:]
        var amount = Money.zero
        /// The items without a tariff that were billed last month.
        var withoutTariff: [String] = []
    }

    static func tally(_ rows: [Row], _ context: Context) -> BillingTally {
        var tally = sums(rows)
        tally.withoutTariff = context.estate.itemsWithoutTariff(in: Period(context.today))
        return tally
    }

    static func tally(filtered rows: [Row], of all: BillingTally, _ context: Context) -> BillingTally { sums(rows) }

    private static func sums(_ rows: [Row]) -> BillingTally {
        rows.reduce(into: BillingTally()) { tally, row in
            tally.counts[row.state, default: 0] += 1
            if row.state == .new { tally.amount += row.amount }
        }
    }

    /// 待出 897 笔 250,404.00 不一致 3 已出 1794 没有标准：物业费
    static func summary(_ tally: BillingTally, _ glyphs: Glyphs, _ context: Context) -> [Span] {
        order.flatMap { state -> [Span] in
            guard let count = tally.counts[state] else { return [] }
            let words = context(state.label)
            let sum = state == .new ? context(Label(" 笔 \(tally.amount.grouped)", en: " \(tally.amount.grouped)")) : ""
            return [Span(" \(words) \(count)\(sum)", style(state))]
        }
            + (tally.withoutTariff.isEmpty
                ? []
                : [
                    Span(
                        context(
                            Label(
                                " 没有标准：\(tally.withoutTariff.joined(separator: "、"))",
                                en: " no tariff: \(tally.withoutTariff.joined(separator: ", "))")), .warning)
                ])
    }

    static func detail(_ row: Row, _ context: Context) -> [Line] {
        let owner = context.estate.people.owner(of: row.unit)?.name ?? "—"
        let days = row.to.days(since: row.from) + 1
        return [
            Line([Span("\(row.unit.text)  ", .strong), Span("\(owner)  "), Span("\(row.period.text) \(row.item)")]),
            detailLine(context(Label("金额", en: "Amount")), row.amount.grouped, .strong),
            detailLine(context(Label("算法", en: "How")), row.how),
            detailLine(
                context(Label("计费日", en: "Days")),
                context(
                    Label(
                        "\(row.from.text) 至 \(row.to.text)，\(days) 天", en: "\(row.from.text) to \(row.to.text), \(days)"
                    ))),
            detailLine(context(Label("承担人", en: "Who owes")), context(row.debtor.label)),
            detailLine(context(Label("费用性质", en: "Nature")), context(row.nature.label)),
            detailLine(context(Label("状态", en: "State")), context(row.state.label), style(row.state)),
        ] + (row.billed.map { [detailLine(context(Label("已出金额", en: "Billed")), $0.grouped)] } ?? [])
    }
}

extension TariffsView: ListedView {
    static var creates: (any Action.Type)? { SetTariff.self }
}

extension MetersView: ListedView {
    static var creates: (any Action.Type)? { ReadMeter.self }
}

extension ReadingsView: ListedView {
    static var creates: (any Action.Type)? { ReadMeter.self }
}
