import Estate
import Screen

/// The figures of a month. Enter lists the cases that the selected figure counts.
struct FiguresLayer: RowLayer {
    private let figures: Figures
    private var period: Period
    /// Computed when the month was opened.
    private var rows: [Figures.Row]
    private var position = ListPosition(selection: 0)
    /// The index of the selected count in its row.
    private var column = 0

    init(_ figures: Figures, _ context: Context) {
        (self.figures, period) = (figures, Period(context.today))
        rows = figures.rows(period, context)
    }

    private mutating func show(_ other: Period, _ context: Context) {
        if other == period { return }
        (period, rows) = (other, figures.rows(other, context))
        position.move(by: 0, count: rows.count)
    }

    mutating func handle(_ event: Event, _ context: Context) -> LayerResult {
        guard case .key(let key) = event else { return .ignored }
        switch key.commandEquivalent {
        case .escape, .control("s"): return .dismissed()
        case .left: column = max(0, column - 1)
        case .right: column = min(figures.counts.count - 1, column + 1)
        case .pageUp: show(period.adding(-1), context)
        case .pageDown: show(min(Period(context.today), period.adding(1)), context)
        case .enter: return open(context)
        case let key: return position.step(on: key, count: rows.count) ? .handled() : .ignored
        }
        return .handled()
    }

    /// The cases behind the selected figure.
    private func open(_ context: Context) -> LayerResult {
        guard let index = position.selection, rows.indices.contains(index) else { return .handled() }
        let title = [period.text, rows[index].name, context(figures.counts[column])].joined(separator: " · ")
        let layer = CasesLayer(title, figures.caseColumns, rows[index].counts[column].cases)
        return .handled([.open(layer)])
    }

    /// Selects the figure at a point; `true` if it was selected already.
    mutating func choose(at point: Point, in screen: Rect, _ measure: TextWidth, _ context: Context) -> Bool {
        let place = popup(context).inner(in: screen).inset(horizontal: -1)
        guard let index = table(context).index(at: point, in: place) else { return false }
        let former = (position.selection, column)
        position.selection = index
        let hit = Column.layout(columns(context), width: place.width - 2, gap: 1).first {
            (0..<$0.width).contains(point.x - place.x - 1 - $0.x)
        }
        if let hit, figures.counts.indices.contains(hit.index - 1) { column = hit.index - 1 }
        return former == (position.selection, column)
    }

    // MARK: Drawing

    private func columns(_ context: Context) -> [Column] {
        [Column(context(figures.name), min: 8, ideal: 15, priority: 9)]
            + figures.counts.map {
                .fixed(context($0), max(6, TextWidth().width(of: context($0))), alignment: .right, priority: 8)
            } + figures.remarks.map { .fixed(context($0.label), $0.width, alignment: .right, priority: 7) }
    }

    private func popup(_ context: Context) -> Popup {
        let title: Line = [Span(context(figures.title), .title), Span(" · ", .faint), Span(period.text, .accent)]
        let loading =
            context.historyFailed
            ? Label("历史没能读出", en: "history could not be read") : Label("历史载入中…", en: "history is still being read…")
        let columns = columns(context)
        let width = columns.reduce(columns.count + 3) { $0 + $1.ideal }
        return Popup(
            title: title, trailing: Line(context.hasFullHistory ? "" : context(loading), .warning),
            size: Size(width: width, height: max(rows.count, 1) + 3))
    }

    private func table(_ context: Context) -> Table {
        let (rows, position, column) = (rows, position, column)
        return Table(
            columns: columns(context), count: rows.count, position: position, isFocused: true, showsHeader: true,
            emptyMessage: Line(context(Label("这个月没有", en: "none in this month")), .muted), gap: 1
        ) { index in
            let counts = rows[index].counts.enumerated().map { place, count in
                let number = count.cases.count
                if index == position.selection, place == column {
                    return Line("  \(number) ", Style(.strong, on: .accent, .bold))
                }
                return Line("\(number) ", number == 0 ? .faint : count.style)
            }
            return Table.Row([Line(rows[index].name, .strong)] + counts + rows[index].remarks)
        }
    }

    func draw(into grid: inout Grid, rect: Rect, _ context: Context) {
        let popup = popup(context)
        popup.draw(into: &grid, rect: rect)
        table(context).draw(into: &grid, rect: popup.inner(in: rect).inset(horizontal: -1))
    }

    func hints(_ context: Context) -> [KeyHint] {
        [
            KeyHint("↑↓←→", context(Label("选数字", en: "choose a figure")), priority: 3),
            KeyHint("Enter", context(Label("看是哪些", en: "show its cases")), priority: 6),
            KeyHint("PageUp", context(Label("上月", en: "month before")), priority: 5),
            KeyHint("PageDown", context(Label("下月", en: "month after")), priority: 4),
            KeyHint("Esc", context(Label("返回", en: "back")), priority: 7),
        ]
    }
}
