import Estate
import Screen

/// The month at a glance (本月): each figure with its target, that of the month before and its course over twelve months.
struct IndicatorList: ViewSource {
    typealias Shown = IndicatorsView
    static let name = "month"
    static let label = Label("指标", en: "Figures")
    static let creates: (any Action.Type)? = nil
    static let refreshPolicy = RefreshPolicy.inSight
    static let needsPast = true
    /// On a small screen all figures are in sight.
    static let detailsHeight = 30
    static let nothingSelected = Label("没有选中的指标", en: "no figure is selected")
    static func empty(_ context: Context) -> Label {
        Label("没有指标", en: "there are no figures")
    }

    static let commands: [Command] = [
        rowCommand(
            "month.cases", Label("明细", en: "Cases"), doc: Label("这个数是哪些记录算出来的", en: "the records behind the figure"),
            keys: [.enter], priority: 9, disabledReason: { row, context in row.measured == nil ? context.loading : nil }
        ) { row, context in .open(IndicatorLayer(row.indicator, in: context.view.month, context)) },
        Command(
            "month.before", Label("上月", en: "Month before"),
            doc: Label("以前的月份：指标、明细和月报", en: "the months before: figures, cases, report"), keys: [.left],
            priority: 6, disabledReason: { _, context in context.isPastRead ? nil : context.loading },
            run: { _, context in .open(MonthLayer(context.view.month.adding(-1), context)) }),
        printing(
            "month.report", Label("月报表", en: "Month's report"),
            doc: Label("本月指标，开会用的一页报表", en: "the figures as a page for the meeting"), .control("e"), priority: 7
        ) { try MonthReport().document(in: $0, $1) },
        printing(
            "month.year", Label("年终总结", en: "Year's summary"),
            doc: Label("由记录起草的年终总结报表，每句注明依据", en: "drafted from the records, each sentence with its figure"),
            .control("g"), priority: 4
        ) { try YearReport().document(in: $0, $1) },
        printing(
            "month.publication", Label("公示报表", en: "Public notice"),
            doc: Label("收费、公共收益、人员和服务情况，张贴公示", en: "charges, common income, staff and service, to be posted"),
            .control("b"), priority: 3
        ) { try PublicationReport().document(in: $0, $1) },
    ]

    private static func printing(
        _ name: String, _ label: Label, doc: Label, _ key: Key, priority: Int,
        _ document: @escaping @Sendable (ViewContext, Language) throws -> Document
    ) -> Command {
        Command(
            name, label, doc: doc, keys: [key], priority: priority, worksInWindow: true,
            disabledReason: { _, context in context.isPastRead ? nil : context.loading },
            run: { _, context in
                do { return .effect(.save(try document(context.view, context.language))) } catch {
                    return .error(error)
                }
            })
    }

    static let columns: [ListColumn<Row>] = [
        .sign(priority: 9),
        ListColumn("label", Label("指标", en: "Figure"), Column("", min: 14, ideal: 16, priority: 9)) {
            Pinyin.spelled($0.indicator.label.chinese)
        },
        ListColumn("value", Label("数值", en: "Value"), .fixed("", 9, alignment: .right, priority: 9)) {
            $0.value.size ?? -1
        },
        ListColumn("target", Label("标准", en: "Target"), .fixed("", 6, alignment: .right, priority: 8)) {
            $0.subject.target?.number ?? -1
        },
        ListColumn("met", Label("结果", en: "Result"), .fixed("", 6, priority: 8)) { $0.met.map { $0 ? 2 : 0 } ?? 1 },
        ListColumn("last", Label("上月", en: "Last"), .fixed("", 9, alignment: .right, priority: 7)) {
            $0.former?.value.size ?? -1
        },
        ListColumn("trend", Label("近 12 个月", en: "12 months"), .fixed("", 12, priority: 6)) { $0.value.size ?? -1 },
        ListColumn("note", Label("说明", en: "Note"), .filling("", min: 20, priority: 2)) {
            $0.measured?.note?.chinese ?? ""
        },
    ]

    /// Without values until all records are read, as a figure of some of them is wrong; none before there are units.
    static func rows(_ context: Context) -> [Row] {
        if context.estate.people.units.isEmpty { return [] }
        if !context.hasFullHistory {
            return context.estate.indicators(for: context.view.reader).map {
                Row(IndicatorsView.Subject(unread: $0, in: context.view.month), in: context.view)
            }
        }
        return ((try? IndicatorsView().subjects(in: context.view)) ?? []).map { Row($0, in: context.view) }
    }

    static func id(_ row: Row) -> String { row.name }
    static func subject(_ row: Row) -> String? { nil }
    static func words(_ row: Row) -> [String] {
        [row.indicator.label.chinese, "本月", "报表", row.subject.verdict?.label.chinese ?? ""]
    }

    static func style(_ met: Bool?) -> Style { met.map { $0 ? .good : .danger } ?? .text }

    /// What stands for a figure that is not read yet.
    private static let unread = Line("…", .faint)

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        if row.measured == nil {
            return [
                Line(""), Line(context(row.indicator.label)), unread, unread, Line(""), unread, unread, Line(""),
            ]
        }
        let (style, language) = (style(row.met), context.language)
        let sign =
            switch row.met {
            case true?: Span(glyphs.done, .good)
            case false?: Span(glyphs.failed, .danger.bold)
            case nil: Span(glyphs.none, .faint)
            }
        let period = row.subject.period
        let isPastRead = period < context.view.month || context.isPastRead
        let trend = period.lastTwelve.map { month in
            context.view.measurement(of: row.indicator, in: month)?.value.size
        }
        return [
            [sign], Line(row.indicator.label[language]),
            Line(row.value == .none ? "—" : row.subject.words(language), row.value == .none ? .faint : style.bold),
            Line(row.subject.target.map { row.indicator.words($0, language) } ?? "—", .muted),
            Line(row.subject.verdict.map { context($0.label) } ?? "", style),
            isPastRead
                ? Line(
                    row.former.map { $0.value == .none ? "—" : row.indicator.words($0.value, language) } ?? "", .muted)
                : unread,
            isPastRead ? Sparkline(trend, lastStyle: style).line(glyphs) : unread,
            Line(row.measured?.note.map { context($0) } ?? "", .muted),
        ]
    }

    /// 2026-11 达标 9 未达标 3
    static func summary(_ rows: [Row], _ glyphs: Glyphs, _ context: Context) -> [Span] {
        guard let first = rows.first else { return [] }
        let month = Span(first.subject.period.text, .muted)
        if first.measured == nil { return [month, Span(" " + context(context.loading), .muted)] }
        let (met, missed) = (rows.count { $0.met == true }, rows.count { $0.met == false })
        var spans = [
            month, Span(context(Label(" 达标 \(met)", en: " met \(met)")), .good),
        ]
        if missed > 0 {
            spans.append(Span(context(Label(" 未达标 \(missed)", en: " not met \(missed)")), .danger))
        }
        if !context.isPastRead {
            spans.append(Span(" " + context(context.loading), .muted))
        }
        return spans
    }

    /// The value with its target, that of each month, and who has what part in it.
    static func detail(_ row: Row, _ context: Context) -> [Line] {
        if row.measured == nil { return [Line(context(context.loading), .muted)] }
        let (indicator, language) = (row.indicator, context.language)
        var lines = [
            Line([
                Span("\(indicator.label[language])  ", .muted), Span(row.subject.words(language), style(row.met).bold),
                Span(row.subject.verdict.map { "  \(context($0.label))" } ?? "", style(row.met)),
            ]),
            detailLine(
                context(Label("标准", en: "Target")),
                row.subject.target.map { indicator.words($0, language) } ?? context(Label("未定", en: "not set"))),
        ]
        if let note = row.measured?.note { lines.append(detailLine(context(Label("说明", en: "Note")), context(note))) }
        let months = context.view.month.lastTwelve.reversed().compactMap { month in
            context.view.measurement(of: indicator, in: month).map { (month, $0.value) }
        }
        return lines
            + months.map { month, value in
                detailLine(month.text, value == .none ? "—" : indicator.words(value, language))
            }
    }
}

extension Context {
    /// Whether the figures of the months before are there, as far as there are any.
    var isPastRead: Bool { view.past.holds(view.month.adding(-1)) }
}
