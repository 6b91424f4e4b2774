import Estate
import Screen

/// The cases that a figure counts; Enter shows the details of one.
struct CasesLayer: RowLayer {
    private let title: String
    private let columns: [Column]
    private let cases: [Figures.Case]
    private var position: ListPosition

    init(_ title: String, _ columns: [Column], _ cases: [Figures.Case]) {
        (self.title, self.columns, self.cases) = (title, columns, cases)
        position = ListPosition(selection: cases.isEmpty ? nil : 0)
    }

    mutating func handle(_ event: Event, _ context: Context) -> LayerResult {
        guard case .key(let key) = event else { return .ignored }
        switch key.commandEquivalent {
        case .escape: return .dismissed()
        case .enter, .character(" "):
            guard let index = position.selection else { return .handled() }
            let detail = DetailLayer(title: Line(title, .title), lines: cases[index].detail(context))
            return .handled([.open(detail)])
        case let key: return position.step(on: key, count: cases.count) ? .handled() : .ignored
        }
    }

    mutating func choose(at point: Point, in screen: Rect, _ measure: TextWidth, _ context: Context) -> Bool {
        position.choose(at: point, of: cases.count, in: popup(in: screen).inner(in: screen).inset(horizontal: -1))
    }

    // MARK: Drawing

    private func popup(in screen: Rect) -> Popup {
        let place = position.selection.map { "\($0 + 1)/\(cases.count)" } ?? "0"
        return Popup(
            title: Line(title, .title), trailing: Line(place, .muted),
            size: Size(width: min(screen.width - 4, 88), height: min(screen.height - 4, max(cases.count, 1) + 2)))
    }

    private func table(_ context: Context) -> Table {
        Table(
            columns: columns, count: cases.count, position: position, isFocused: true,
            emptyMessage: Line(context(Label("没有", en: "none")), .muted)
        ) { Table.Row(cases[$0].cells(context)) }
    }

    func draw(into grid: inout Grid, rect: Rect, _ context: Context) {
        let popup = popup(in: rect)
        popup.draw(into: &grid, rect: rect)
        table(context).draw(into: &grid, rect: popup.inner(in: rect).inset(horizontal: -1))
    }

    func hints(_ context: Context) -> [KeyHint] { .choosing(Label("详情", en: "details"), context) }
}
