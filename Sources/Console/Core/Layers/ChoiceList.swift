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
        /// Why it cannot be taken now; `nil` if it can.
        var disabledReason: Label?
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

    /// What can be taken now, then the rest, each in its own order.
    static func enabledFirst(_ items: [Item]) -> [Item] {
        items.filter { $0.disabledReason == nil } + items.filter { $0.disabledReason != nil }
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

    /// Replaces the text.
    mutating func type(_ text: String, _ context: Context) {
        input = TextInput(text)
        search(context)
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
        return Popup(title: title, trailing: Line(count, .muted), size: size)
    }

    private func place(in inner: Rect) -> Rect { inner.inset(left: -1, top: 2, right: -1, bottom: 0) }

    /// Selects the choice at a point, or sets the caret in the text; `true` if the choice was selected already, which acts
    /// as Enter.
    mutating func click(at point: Point, in screen: Rect, _ measure: TextWidth) -> Bool {
        let inner = popup(in: screen).inner(in: screen)
        if inner.row(0).contains(point) {
            input = TextField(input, isFocused: true).clicked(at: point, in: inner.row(0), measure)
        }
        return position.choose(at: point, of: shown.count, in: place(in: inner))
    }

    func draw(into grid: inout Grid, rect screen: Rect, _ heading: ChoiceHeading, _ context: Context) {
        let popup = popup(in: screen, heading.title)
        popup.draw(into: &grid, rect: screen)
        let inner = popup.inner(in: screen)
        TextField(input, placeholder: context(heading.placeholder), isFocused: true)
            .draw(into: &grid, rect: inner.row(0))
        let nameWidth = shown.map { $0.name.width(grid.measure) }.max() ?? 0
        let trailingWidth = shown.map { $0.trailing.width(grid.measure) }.max() ?? 0
        var columns: [Column] = [
            Column("", min: 8, ideal: min(nameWidth, inner.width / 3), priority: 3),
            .filling("", min: 8, priority: 2),
        ]
        if trailingWidth > 0 { columns.append(.fixed("", min(trailingWidth, 24), alignment: .right, priority: 1)) }
        Table(
            columns: columns, count: shown.count, position: position, isFocused: true,
            emptyMessage: Line(context(heading.empty), .muted)
        ) { index in
            Table.Row([shown[index].name, shown[index].detail, shown[index].trailing])
        }.draw(into: &grid, rect: place(in: inner))
    }
}

/// A layer with a list to choose from: it names the list and says what taking a choice does.
protocol ChoiceLayer: RowLayer {
    associatedtype Choice
    var list: ChoiceList<Choice> { get set }
    func heading(_ context: Context) -> ChoiceHeading
    mutating func take(_ choice: Choice, _ context: Context) -> LayerResult
}

/// The words around a list of choices.
struct ChoiceHeading {
    let title: Line
    /// What can be typed.
    let placeholder: Label
    /// Shown when nothing matches.
    let empty: Label
}

extension ChoiceLayer {
    mutating func handle(_ event: Event, _ context: Context) -> LayerResult { choose(by: event, context) }

    /// Esc closes the layer, Enter takes the selected choice, other keys move or search.
    mutating func choose(by event: Event, _ context: Context) -> LayerResult {
        switch event {
        case .key(.escape): return .dismissed()
        case .key(.enter):
            guard let item = list.selected else { return .handled() }
            if let why = item.disabledReason { return .handled([.error(why)]) }
            return take(item.choice, context)
        default: return list.handle(event, context) ? .handled() : .ignored
        }
    }

    mutating func choose(at point: Point, in screen: Rect, _ measure: TextWidth, _ context: Context) -> Bool {
        list.click(at: point, in: screen, measure)
    }

    func draw(into grid: inout Grid, rect: Rect, _ context: Context) {
        list.draw(into: &grid, rect: rect, heading(context), context)
    }
}
