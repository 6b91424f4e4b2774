import Estate
import Screen

/// A text field and the choices that match its text, for the palette, the sign-in and searches.
struct ChoiceList<Choice> {
    struct Item {
        let choice: Choice
        /// The left, middle and right part of the row.
        let name: Line
        let detail: Line
        let trailing: Line
        /// The words that a query is compared with.
        let words: [String]
        var isEnabled = true
    }

    var input = TextInput()
    private(set) var shown: [Item] = []
    var position = ListPosition(selection: 0)
    /// The items that match a query, best first.
    let find: (String, Context) -> [Item]

    init(_ context: Context, find: @escaping (String, Context) -> [Item]) {
        self.find = find
        search(context)
    }

    /// A fixed list of choices, found by their words or pinyin. An empty query shows all in their own order.
    init(_ items: [Item], _ context: Context) {
        self.init(context) { text, _ in
            let query = Query(text)
            return query.isEmpty ? items : ChoiceList.best(of: items.map { ($0, query.rank(of: $0.words)) })
        }
    }

    /// The items with a rank, best first; equal ranks keep their order.
    static func best(of items: [(item: Item, rank: Rank?)]) -> [Item] {
        items.enumerated().compactMap { place, found in found.rank.map { (found.item, $0, place) } }
            .sorted { ($0.1, $0.2) < ($1.1, $1.2) }.map(\.0)
    }

    var selected: Item? { position.selection.flatMap { shown.indices.contains($0) ? shown[$0] : nil } }

    private mutating func search(_ context: Context) {
        shown = find(input.text, context)
        position = ListPosition(selection: shown.isEmpty ? nil : 0)
    }

    /// Moves the selection or edits the text; `false` for any other event.
    mutating func handle(_ event: Event, _ context: Context) -> Bool {
        switch event {
        case .paste(let text): input.insert(text)
        // Home and End move the caret, not the selection.
        case .key(let key):
            if key != .home, key != .end, position.step(on: key, count: shown.count) { return true }
            let before = input.text
            guard input.handle(key) else { return false }
            if input.text == before { return true }
        default: return false
        }
        search(context)
        return true
    }

    private func popup(in screen: Rect, _ title: Line = Line([])) -> Popup {
        // A wide screen has room for the whole description of a command.
        let most = Size(width: max(76, screen.width * 3 / 4), height: max(20, screen.height * 2 / 3))
        let size = Size(
            width: min(screen.width - 4, most.width),
            height: min(screen.height - 2, max(8, min(shown.count + 4, most.height))))
        let count = position.selection.map { "\($0 + 1)/\(shown.count)" } ?? ""
        return Popup(Frame(title: title, trailing: Line(count, .muted), isFocused: true), size: size)
    }

    private func place(in inner: Rect) -> Rect { inner.inset(left: -1, top: 2, right: -1, bottom: 0) }

    /// Selects the choice at a point; `true` if it was selected already, which acts as Enter.
    mutating func click(at point: Point, in screen: Rect) -> Bool {
        position.choose(at: point, of: shown.count, in: place(in: popup(in: screen).inner(in: screen)))
    }

    func draw(into grid: inout Grid, rect screen: Rect, title: Line, placeholder: String, empty: String) {
        let popup = popup(in: screen, title)
        popup.draw(into: &grid, rect: screen)
        let inner = popup.inner(in: screen)
        TextField(input, placeholder: placeholder, isFocused: true).draw(into: &grid, rect: inner.row(0))
        let nameWidth = shown.map { $0.name.width(grid.measure) }.max() ?? 0
        let trailingWidth = shown.map { $0.trailing.width(grid.measure) }.max() ?? 0
        var columns: [Column] = [
            Column("", min: 8, ideal: min(nameWidth, inner.width / 3), priority: 3),
            .filling("", min: 8, priority: 2),
        ]
        if trailingWidth > 0 { columns.append(.fixed("", min(trailingWidth, 24), alignment: .right, priority: 1)) }
        Table(
            columns: columns, count: shown.count, position: position, isFocused: true,
            emptyMessage: Line(empty, .muted)
        ) { index in
            Table.Row([shown[index].name, shown[index].detail, shown[index].trailing])
        }.draw(into: &grid, rect: place(in: inner))
    }
}

/// A layer with a list to choose from.
protocol ChoiceLayer: RowLayer {
    associatedtype Choice
    var list: ChoiceList<Choice> { get set }
}

extension ChoiceLayer {
    mutating func choose(at point: Point, in screen: Rect, _ measure: TextWidth, _ context: Context) -> Bool {
        list.click(at: point, in: screen)
    }
}
