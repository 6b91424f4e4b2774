import Estate
import Screen

/// The figures of a month that is over, as of its end. The arrows go to other months; each figure opens its cases.
struct MonthLayer: RowLayer {
    private var period: Period
    private var figures: [IndicatorsView.Subject] = []
    private var position = ListPosition(selection: 0)

    init(_ period: Period, _ context: Context) {
        self.period = period
        refresh(context)
    }

    mutating func refresh(_ context: Context) {
        figures = (try? IndicatorsView(period: period).subjects(in: context.view)) ?? []
        position.move(by: 0, count: figures.count)
    }

    private mutating func go(to month: Period, _ context: Context) -> LayerResult {
        // The month that runs is the list below.
        if month >= context.view.month { return .dismissed() }
        period = max(context.view.month.adding(-11), month)
        refresh(context)
        return .handled()
    }

    mutating func handle(_ event: Event, _ context: Context) -> LayerResult {
        guard case .key(let key) = event else { return .ignored }
        switch key.commandEquivalent {
        case .escape: return .dismissed()
        case .left: return go(to: period.adding(-1), context)
        case .right: return go(to: period.adding(1), context)
        case .enter, .character(" "):
            guard let index = position.selection, figures.indices.contains(index) else { return .handled() }
            return .handled([.open(IndicatorLayer(figures[index].indicator, in: period, context))])
        case .control("e"): return .handled([report(context)])
        case let key: return position.step(on: key, count: figures.count) ? .handled() : .ignored
        }
    }

    private func report(_ context: Context) -> Intent {
        do {
            return .effect(.save(try MonthReport(period: period).document(in: context.view, context.language)))
        } catch { return .error(error) }
    }

    mutating func choose(at point: Point, in screen: Rect, _ measure: TextWidth, _ context: Context) -> Bool {
        // Below the header.
        let rows = popup(in: screen, context, .fine).inner(in: screen).inset(left: 0, top: 1, right: 0, bottom: 0)
        return position.choose(at: point, of: figures.count, in: rows)
    }

    // MARK: Drawing

    private func rows(_ context: Context) -> [IndicatorList.Row] {
        figures.map { IndicatorList.Row($0, in: context.view) }
    }

    private func popup(in screen: Rect, _ context: Context, _ glyphs: Glyphs) -> Popup {
        let summary = IndicatorList.summary(rows(context), glyphs, context)
        let place = position.selection.map { "\($0 + 1)/\(figures.count)" } ?? "0"
        return Popup(
            title: Line([Span(context(IndicatorList.label), .title), Span(" · ", .faint)] + summary),
            trailing: Line(place, .muted),
            size: Size(width: min(screen.width - 2, 112), height: min(screen.height - 2, max(figures.count, 1) + 3)))
    }

    func draw(into grid: inout Grid, rect: Rect, _ context: Context) {
        let (glyphs, rows) = (grid.glyphs, rows(context))
        let popup = popup(in: rect, context, glyphs)
        popup.draw(into: &grid, rect: rect)
        let settings = ListSettings()
        Table(
            columns: IndicatorList.columns.map { $0.column(settings, glyphs, context) }, count: rows.count,
            position: position, isFocused: true, showsHeader: true
        ) { Table.Row(IndicatorList.cells(rows[$0], glyphs, context)) }
        .draw(into: &grid, rect: popup.inner(in: rect))
    }

    func hints(_ context: Context) -> [KeyHint] {
        [
            KeyHint("↑↓", context(Label("选择", en: "choose")), priority: 3),
            KeyHint("←", context(Label("上月", en: "month before")), priority: 5),
            KeyHint("→", context(Label("下月", en: "month after")), priority: 4),
            KeyHint("Enter", context(Label("明细", en: "cases")), priority: 6),
            KeyHint("Ctrl-E", context(Label("月报表", en: "report")), priority: 6),
            KeyHint("Esc", context(Label("返回", en: "back")), priority: 7),
        ]
    }
}
