import Estate
import Screen

/// The columns of a list: which are shown, and which one it is sorted by. A change shows at once behind the layer.
struct ColumnLayer: RowLayer {
    private let pane: String
    private let title: Label
    private let columns: [ColumnName]
    private var settings: ListSettings
    private var position = ListPosition(selection: 0)

    init(_ pane: any Pane) {
        (self.pane, title) = (pane.name, pane.label)
        (columns, settings) = (pane.columns, pane.settings)
    }

    mutating func handle(_ event: Event, _ context: Context) -> LayerResult {
        guard case .key(let key) = event, let column = position.selection.map({ columns[$0].name }) else {
            return .ignored
        }
        switch key.commandEquivalent {
        case .escape, .control("k"): return .dismissed()
        case .enter, .character(" "):
            if settings.hidden.remove(column) == nil {
                // At least one column stays visible.
                guard settings.hidden.count + 1 < columns.count else { return .handled() }
                settings.hidden.insert(column)
            }
            return show()
        case .right: return sort(by: column, descending: false)
        case .left: return sort(by: column, descending: true)
        case let key: return position.step(on: key, count: columns.count) ? .handled() : .ignored
        }
    }

    /// Sorts by a column; if the list is sorted by it already, restores the list's own order.
    private mutating func sort(by column: String, descending: Bool) -> LayerResult {
        let isSorted = settings.sort == column && settings.descending == descending
        (settings.sort, settings.descending) = isSorted ? (nil, false) : (column, descending)
        // A list has one order at a time.
        if !isSorted { settings.groupedOn = nil }
        return show()
    }

    private func show() -> LayerResult { .handled([.settings(settings, pane: pane)]) }

    mutating func choose(at point: Point, in screen: Rect, _ measure: TextWidth, _ context: Context) -> Bool {
        position.choose(at: point, of: columns.count, in: place(in: screen))
    }

    private func popup(_ title: Line = Line([])) -> Popup {
        Popup(title: title, size: Size(width: 40, height: columns.count + 2))
    }

    private func place(in screen: Rect) -> Rect { popup().inner(in: screen).inset(horizontal: -1) }

    func draw(into grid: inout Grid, rect: Rect, _ context: Context) {
        popup(
            [Span(context(Label("列与排序", en: "Columns")), .title), Span(" · \(context(title))", .text)]
        ).draw(into: &grid, rect: rect)
        let (glyphs, settings, columns) = (grid.glyphs, settings, columns)
        Table(
            columns: [.fixed("", 1), .filling("", min: 8), .fixed("", 8, alignment: .right)], count: columns.count,
            position: position, isFocused: true
        ) { index in
            let column = columns[index]
            let isShown = !settings.hidden.contains(column.name)
            let word = settings.descending ? Label("降序", en: "down") : Label("升序", en: "up")
            return Table.Row([
                Line(isShown ? glyphs.done : glyphs.none, isShown ? .good : .faint),
                Line(context(column.label), isShown ? .strong : .muted),
                Line(settings.sort == column.name ? "\(context(word)) \(settings.sign(glyphs))" : "", .accent),
            ])
        }.draw(into: &grid, rect: place(in: rect))
    }

    func hints(_ context: Context) -> [KeyHint] {
        [
            KeyHint("↑↓", context(Label("选择", en: "choose")), priority: 3),
            KeyHint("Enter", context(Label("显示/隐藏", en: "show or hide")), priority: 6),
            KeyHint("→", context(Label("升序", en: "sort up")), priority: 5),
            KeyHint("←", context(Label("降序", en: "sort down")), priority: 4),
            KeyHint("Esc", context(Label("返回", en: "back")), priority: 7),
        ]
    }
}
