import Estate
import Screen

/// The cases behind a figure of a month; those that keep it from its target come first. The arrows go to other months.
struct IndicatorLayer: RowLayer {
    private let indicator: Indicator
    private var period: Period
    private var subject: IndicatorsView.Subject?
    private var cases: [IndicatorCase] = []
    private var position = ListPosition()

    init(_ indicator: Indicator, in period: Period, _ context: Context) {
        (self.indicator, self.period) = (indicator, period)
        show(context)
    }

    private mutating func show(_ context: Context) {
        let rows = (try? IndicatorsView(period: period).subjects(in: context.view)) ?? []
        subject = rows.first { $0.name == indicator.name }
        let all = subject?.cases ?? []
        cases = all.filter { !$0.isCounted } + all.filter(\.isCounted)
        position = ListPosition(selection: cases.isEmpty ? nil : min(position.selection ?? 0, cases.count - 1))
    }

    private mutating func go(to month: Period, _ context: Context) {
        let first = context.view.month.adding(-11)
        period = min(context.view.month, max(first, month))
        position = ListPosition()
        show(context)
    }

    mutating func refresh(_ context: Context) { show(context) }

    mutating func handle(_ event: Event, _ context: Context) -> LayerResult {
        guard case .key(let key) = event else { return .ignored }
        switch key.commandEquivalent {
        case .escape: return .dismissed()
        case .left: go(to: period.adding(-1), context)
        case .right: go(to: period.adding(1), context)
        case .enter:
            guard let index = position.selection else { return .handled() }
            return .handled([record(of: cases[index], context)])
        case .character(" "):
            guard let index = position.selection else { return .handled() }
            return .handled([.open(DetailLayer(title: title(context), lines: detail(cases[index], context)))])
        case let key: return position.step(on: key, count: cases.count) ? .handled() : .ignored
        }
        return .handled()
    }

    /// The record in the list that has it; one that no list has, as its history.
    private func record(of one: IndicatorCase, _ context: Context) -> Intent {
        guard let id = one.id?.text else { return .say(one.state) }
        // What is told from others by its part, or has none, is listed so.
        let ids = ["\(id) \(one.part)", id]
        let feature = String(indicator.name.prefix { $0 != "." })
        return .record(ids, first: feature, otherwise: .history(of: id, context))
    }

    mutating func choose(at point: Point, in screen: Rect, _ measure: TextWidth, _ context: Context) -> Bool {
        position.choose(
            at: point, of: cases.count, in: popup(in: screen, context).inner(in: screen).inset(horizontal: -1))
    }

    private func detail(_ one: IndicatorCase, _ context: Context) -> [Line] {
        [
            detailLine(context(Label("日期", en: "Day")), one.day.text),
            detailLine(context(Label("房号", en: "Where")), one.place.isEmpty ? "—" : one.place),
            detailLine(context(Label("事项", en: "What")), context(one.text)),
            detailLine(context(Label("情况", en: "State")), context(one.state)),
        ]
    }

    // MARK: Drawing

    /// 三声内接听 · 2026-11 · 96.15% ≥100 未达标
    private func title(_ context: Context) -> Line {
        var spans = [
            Span(context(indicator.label), .title), Span(" · ", .faint), Span(period.text, .accent),
            Span(" · ", .faint),
        ]
        guard let subject, subject.measured != nil else {
            let none = Label("没有数据", en: "no data")
            return Line(spans + [Span(context(isUnread(context) ? context.loading : none), .muted)])
        }
        spans.append(Span(subject.words(context.language), IndicatorList.style(subject.met).bold))
        if let target = subject.target { spans.append(Span(" \(indicator.words(target, context.language))", .muted)) }
        if let verdict = subject.verdict {
            spans.append(Span(" \(context(verdict.label))", IndicatorList.style(subject.met)))
        }
        return Line(spans)
    }

    /// Whether the month is over and its figures are still being read.
    private func isUnread(_ context: Context) -> Bool {
        period < context.view.month && !context.view.past.holds(period)
    }

    private func popup(in screen: Rect, _ context: Context) -> Popup {
        let place = position.selection.map { "\($0 + 1)/\(cases.count)" } ?? "0"
        return Popup(
            title: title(context), trailing: Line(place, .muted),
            size: Size(width: min(screen.width - 4, 100), height: min(screen.height - 4, max(cases.count, 1) + 2)))
    }

    private func table(_ context: Context) -> Table {
        let isKept = period >= context.view.month.adding(-1)
        let empty =
            isUnread(context)
            ? context.loading
            : isKept
                ? Label("这个月没有", en: "none in this month")
                : Label("更早的月份只留数值，明细看上月和本月", en: "of earlier months only the value is kept")
        return Table(
            columns: [
                .fixed("", 5, priority: 6), Column("", min: 6, ideal: 9, priority: 7),
                .filling("", min: 16, priority: 8),
                Column("", min: 8, ideal: 16, priority: 7),
            ], count: cases.count, position: position, isFocused: true, emptyMessage: Line(context(empty), .muted)
        ) { index in
            let one = cases[index]
            let isAmiss = !one.isCounted
            return Table.Row([
                Line(one.day.short, .muted), Line(one.place, .strong), Line(context(one.text)),
                Line(context(one.state), isAmiss ? .danger : .text),
            ])
        }
    }

    func draw(into grid: inout Grid, rect: Rect, _ context: Context) {
        let popup = popup(in: rect, context)
        popup.draw(into: &grid, rect: rect)
        table(context).draw(into: &grid, rect: popup.inner(in: rect).inset(horizontal: -1))
    }

    func hints(_ context: Context) -> [KeyHint] {
        [
            KeyHint("↑↓", context(Label("选择", en: "choose")), priority: 3),
            KeyHint("←", context(Label("上月", en: "month before")), priority: 5),
            KeyHint("→", context(Label("下月", en: "month after")), priority: 4),
            KeyHint("Enter", context(Label("看这条记录", en: "the record")), priority: 6),
            KeyHint("Esc", context(Label("返回", en: "back")), priority: 7),
        ]
    }
}
