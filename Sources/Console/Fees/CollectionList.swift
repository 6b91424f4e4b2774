import Estate
import Screen

/// The collection of three months with what is missing, then twelve months as bars, and the month by building and by who
/// received it.
struct CollectionList: ListSource {
    /// A row, as text between events: a stored view row would retain the estate.
    @dynamicMemberLookup
    struct Row: Sendable {
        let id: String
        /// 当月, 2026-11, 3 栋 or a member's name.
        let name: String
        let group: Label
        let figures: CollectionByView.Subject
        let missing: Money?
        /// The number of households that close the gap.
        let fewest: Int
        /// Whether the figure is watched: 5.2 has targets for three months.
        let isWatched: Bool

        /// The gap is worked out once.
        init(_ id: String, _ name: String, _ group: Label, _ figures: CollectionByView.Subject, isWatched: Bool) {
            (self.id, self.name, self.group, self.figures, self.isWatched) = (id, name, group, figures, isWatched)
            (missing, fewest) = (figures.missing, figures.fewest ?? 0)
        }

        subscript<Value>(dynamicMember path: KeyPath<CollectionByView.Subject, Value>) -> Value {
            figures[keyPath: path]
        }
    }

    static let name = "collection"
    static let label = CollectionView.label
    static let creates: (any Action.Type)? = nil
    static var hiddenFrom: Set<Role> { CollectionView.hiddenFrom }
    static func parts(of estate: Estate) -> [Int] { [estate.$fees, estate.$billing, estate.$people, estate.$staff] }
    static let refreshPolicy = RefreshPolicy.inSight
    static let granularity = ClockGranularity.day

    static func empty(_ context: Context) -> Label {
        context.hasFullHistory
            ? Label("没有应收的账单", en: "nothing was billed")
            : context.historyFailed
                ? Label("历史没能读出", en: "history could not be read")
                : Label("历史载入中…", en: "history is still being read…")
    }

    static let commands: [Command] = [
        rowCommand(
            "collection.closing", Label("补足", en: "Close the gap"),
            doc: Label("收齐哪几户就达标", en: "the fewest households that close the gap"), keys: [.enter], priority: 8
        ) { row, context in
            .open(
                DetailLayer(
                    title: [Span(context(label), .title), Span(" · \(row.name)", .accent)], lines: detail(row, context))
            )
        }
    ]

    static let columns: [ListColumn<Row>] = [
        ListColumn("group", Label("分组", en: "By"), .fixed("", 8, priority: 6)) { $0.group.chinese },
        ListColumn("name", Label("名目", en: "Group"), .fixed("", 9, priority: 9)) { $0.name },
        ListColumn("bar", Label("进度", en: "Bar"), .fixed("", barWidth, priority: 5)) { $0.share?.text ?? "" },
        ListColumn("rate", Label("收缴率", en: "Rate"), .fixed("", 10, alignment: .right, priority: 9)) {
            $0.share?.ratio ?? -1
        },
        ListColumn("missing", Label("还差", en: "Missing"), .fixed("", 12, alignment: .right, priority: 8)) {
            $0.missing ?? .zero
        },
        ListColumn("fewest", Label("最少", en: "Fewest"), .fixed("", 6, alignment: .right, priority: 7)) {
            $0.fewest
        },
        ListColumn("households", Label("户缴清", en: "Households"), .fixed("", 8, alignment: .right, priority: 4)) {
            $0.sum?.householdRate?.text ?? ""
        },
        ListColumn("service", Label("物业费", en: "Service"), .fixed("", 8, alignment: .right, priority: 3)) {
            $0.service?.rate?.text ?? ""
        },
        ListColumn("received", Label("实收", en: "Received"), .fixed("", 13, alignment: .right, priority: 2)) {
            $0.received
        },
        ListColumn("net", Label("应收", en: "Billed"), .fixed("", 13, alignment: .right, priority: 1)) {
            $0.sum?.net ?? .zero
        },
    ]

    private static let barWidth = 20

    static func rows(_ context: Context) -> [Row] {
        if !context.hasFullHistory { return [] }
        let names = context.estate.handbook.fees.targets.map(\.name)
        let three = Label("三个月", en: "three months")
        let watched = CollectionView(period: nil).subjects(in: context.view).enumerated().map { index, row in
            Row("watched \(row.period.text)", names[index], three, CollectionByView.Subject(row), isWatched: true)
        }
        let others = CollectionByView(period: nil).subjects(in: context.view).map { row in
            Row(
                "\(row.by.rawValue) \(row.group)",
                row.by == .building && Int(row.group) != nil
                    ? context(Label("\(row.group) 栋", en: row.group)) : row.group, row.by.label, row, isWatched: false)
        }
        return watched + others.filter { $0.sum.map { $0.households > 0 } ?? true }
    }

    static func id(_ row: Row) -> String { row.id }
    static func subject(_ row: Row) -> String? { nil }
    static func words(_ row: Row) -> [String] { [row.name, row.group.chinese, row.group.english] }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let met = row.sum?.rate?.meets(percent: row.target)
        let style: Style = met.map { $0 ? .good : row.isWatched ? .danger : .warning } ?? .muted
        // Truncated: a bar is full at 100 % only.
        let share = row.share.map { ($0.ratio * Double(barWidth * 8)).rounded(.down) / Double(barWidth * 8) }
        return [
            Line(context(row.group), .muted), Line(row.name, .strong),
            share.map { Gauge($0, style: style).line(width: barWidth, glyphs) } ?? Line(""),
            rate(row, met, style, glyphs),
            Line(row.missing.map { $0 > .zero ? $0.grouped : "" } ?? "", .strong),
            Line(row.fewest > 0 ? context(Label("\(row.fewest)户", en: "\(row.fewest)")) : ""),
            Line(row.sum?.householdRate?.text ?? "", .muted), Line(row.service?.rate?.text ?? "", .muted),
            Line(row.received.grouped), Line(row.sum?.net.grouped ?? "", .muted),
        ]
    }

    /// `76.42/80▼`; of a collector only their part.
    private static func rate(_ row: Row, _ met: Bool?, _ style: Style, _ glyphs: Glyphs) -> Line {
        guard let share = row.share else { return Line("—", .faint) }
        guard let met else { return Line("\(share.text) ", .text) }
        return [Span(share.text, style), Span("/\(row.target)\(met ? glyphs.done : glyphs.down)", style)]
    }

    static func summary(_ rows: [Row], _ glyphs: Glyphs, _ context: Context) -> [Span] {
        let words = rows.filter(\.isWatched).compactMap { row -> Span? in
            guard let missing = row.missing, missing > .zero else { return nil }
            return Span(
                context(
                    Label(
                        " \(row.name)还差 \(missing.grouped)（\(row.fewest) 户）",
                        en: " \(row.period.text): \(missing.grouped) missing (\(row.fewest))")), .strong)
        }
        return words.isEmpty && !rows.isEmpty ? [Span(context(Label(" 三个月都达标", en: " all targets met")), .good)] : words
    }

    /// The figures, then the households that close the gap.
    static func detail(_ row: Row, _ context: Context) -> [Line] {
        let estate = context.estate
        var lines = [
            Line([
                Span("\(row.period.text)  ", .muted), Span(row.name, .strong),
                Span("  \(row.share.map { "\($0.text)%" } ?? context(Label("无应收", en: "nothing billed")))", .strong),
            ])
        ]
        guard let sum = row.sum else {
            return lines + [detailLine(context(Label("实收", en: "Received")), row.received.grouped)]
        }
        func line(_ label: Label, _ value: String) { lines.append(detailLine(context(label), value)) }
        line(Label("应收", en: "Billed"), sum.billed.grouped)
        if sum.reduced > .zero { line(Label("减免", en: "Reduced"), sum.reduced.grouped) }
        line(Label("实收", en: "Received"), sum.received.grouped)
        line(Label("目标", en: "Target"), "\(row.target)%")
        line(
            Label("户缴清", en: "Households"),
            "\(sum.paidHouseholds)/\(sum.households)" + (sum.householdRate.map { "  \($0.text)%" } ?? ""))
        if let service = row.service, let rate = service.rate {
            line(
                Label("物业服务费", en: "Service fee"),
                "\(rate.text)%  \(service.received.grouped)/\(service.net.grouped)")
        }
        guard let missing = row.missing, missing > .zero else { return lines }
        let closing = sum.closing(to: row.target)
        line(
            Label("还差", en: "Missing"),
            context(
                Label(
                    "\(missing.grouped) 元，收齐下面 \(closing.count) 户即达标",
                    en: "\(missing.grouped): these \(closing.count) households close the gap")))
        return lines
            + closing.map { unit, owed in
                detailLine(unit.text, "\(owed.grouped)  \(estate.people.owner(of: unit)?.name ?? "—")")
            }
    }
}

extension LateFeesView: ListedView {
    static var idKey: String { "bill" }

    static var rowCommands: [Command] {
        [
            ViewList<LateFeesView>.rowCommand(
                "latefees.waive", Label("减免", en: "Waive"),
                doc: Label("减免这笔违约金", en: "less of this late fee is asked for"),
                keys: [.control("g")], priority: 6, action: WaiveLateFee.self
            ) { row, context in
                let values = ViewList<LateFeesView>.values(of: [row])
                let what = ["unit", "period", "item"].map { values[$0].first ?? "" }.joined(separator: " ")
                return .fill(
                    FormRequest(
                        action: WaiveLateFee.self, prefill: ["amount": values["balance"].first ?? ""],
                        fixed: ["bill": row.id],
                        title: Label("减免违约金 · \(what)", en: "Waive a late fee · \(what)")))
            }
        ]
    }

    /// What is to be paid together, and the policy with its yearly rate.
    static func summary(_ rows: ShownValues, _ context: Context) -> [Span] {
        let penalty = context.estate.handbook.fees.penalty
        guard penalty.isEnabled else {
            return [
                Span(
                    context(
                        Label(
                            "没有启用：手册 fees.json 里 penalty.policy.enabled 设为 true",
                            en: "off: penalty.policy.enabled in the handbook's fees.json turns it on")), .muted)
            ]
        }
        let owed = rows.sum("balance").grouped
        return [
            Span(context(Label("未交 \(owed)", en: "\(owed) owed")), .strong),
            Span(
                context(
                    Label(
                        " \(penalty.explanation)", en: " \(penalty.yearlyPercent) % a year; a court may lower it")),
                .muted),
        ]
    }
}

extension PrepaymentsView: ListedView {
    static var creates: (any Action.Type)? { ReceivePrepayment.self }
}
