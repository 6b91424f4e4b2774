import Estate
import Screen

/// A few operations on one thing, one of them chosen with the arrow keys, or by its number if they are numbered.
struct MenuLayer: RowLayer {
    struct Item {
        let label: Label
        let doc: Label
        let intents: [Intent]
    }

    /// What tells a menu from others; empty for most.
    let name: String
    let title: Line
    let items: [Item]
    private let isNumbered: Bool
    private(set) var position = ListPosition(selection: 0)

    init(title: Line, items: [Item], isNumbered: Bool = false, name: String = "") {
        (self.title, self.items, self.isNumbered, self.name) = (title, items, isNumbered, name)
    }

    mutating func handle(_ event: Event, _ context: Context) -> LayerResult {
        switch event {
        case .key(.escape): return .dismissed()
        case .key(.enter):
            guard let index = position.selection, items.indices.contains(index) else { return .handled() }
            return .dismissed(items[index].intents)
        case .key(let key) where number(key) != nil: return .dismissed(items[number(key) ?? 0].intents)
        case .key(let key): return position.step(on: key, count: items.count) ? .handled() : .ignored
        default: return .ignored
        }
    }

    /// The index of the item that a digit names.
    private func number(_ key: Key) -> Int? {
        guard isNumbered, case .character(let sign) = key.commandEquivalent, let digit = sign.wholeNumberValue,
            items.indices.contains(digit - 1)
        else { return nil }
        return digit - 1
    }

    private func label(_ index: Int, _ context: Context) -> String {
        (isNumbered ? (index < 9 ? "\(index + 1) " : "  ") : "") + context(items[index].label)
    }

    mutating func choose(at point: Point, in screen: Rect, _ measure: TextWidth, _ context: Context) -> Bool {
        let inner = popup(in: screen, measure, context).inner(in: screen)
        return position.choose(at: point, of: items.count, in: inner.inset(horizontal: -1))
    }

    private func labelWidth(_ measure: TextWidth, _ context: Context) -> Int {
        items.indices.map { measure.width(of: label($0, context)) }.max() ?? 0
    }

    private func popup(in screen: Rect, _ measure: TextWidth, _ context: Context) -> Popup {
        let docs = items.map { measure.width(of: context($0.doc)) }.max() ?? 0
        let width = max(title.width(measure) + 6, labelWidth(measure, context) + docs + 8)
        return Popup(
            title: title,
            size: Size(width: min(screen.width - 4, width), height: items.count + 2))
    }

    func draw(into grid: inout Grid, rect: Rect, _ context: Context) {
        let popup = popup(in: rect, grid.measure, context)
        popup.draw(into: &grid, rect: rect)
        Table(
            columns: [.fixed("", labelWidth(grid.measure, context)), .filling("", min: 4)],
            rows: items.enumerated().map { index, item in
                Table.Row([Line(label(index, context), .strong), Line(context(item.doc), .muted)])
            },
            position: position, isFocused: true
        ).draw(into: &grid, rect: popup.inner(in: rect).inset(horizontal: -1))
    }

    func hints(_ context: Context) -> [KeyHint] {
        let digits = KeyHint("1–\(min(9, items.count))", context(Label("直接选", en: "take it")), priority: 4)
        return .choosing(Label("确认", en: "take"), context) + (isNumbered ? [digits] : [])
    }
}
