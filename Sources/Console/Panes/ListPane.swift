import Estate
import Screen

/// What a list pane is about: its rows, how they are shown, and what may be done with them.
protocol ListSource: Sendable {
    associatedtype Row: Sendable
    static var name: String { get }
    static var label: Label { get }
    static var commands: [Command] { get }
    static var creates: (any Action.Type)? { get }
    /// What a new record's form has filled in already.
    static func proposal(_ context: Context) -> [String: String]
    static var columns: [Column] { get }
    static func empty(_ context: Context) -> Label
    /// What concerns somebody now, what must happen first at the top.
    static func rows(_ context: Context) -> [Row]
    static func id(_ row: Row) -> String
    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line]
    /// Whether the selection goes on to the next row once a row has become so.
    static func isSettled(_ row: Row, since former: Row) -> Bool
    /// What a filter looks for words in.
    static func words(_ row: Row) -> [String]
    /// What is counted whenever the rows are worked out, so that no picture has to; the rows themselves, if nothing is said.
    associatedtype Tally: Sendable = [Row]
    static func tally(_ rows: [Row], _ context: Context) -> Tally
    /// What is worth knowing at a glance, beside the title.
    static func summary(_ tally: Tally, _ glyphs: Glyphs, _ context: Context) -> [Span]
    /// All that is known of a row.
    static func detail(_ row: Row, _ context: Context) -> [Line]
}

extension ListSource {
    static func isSettled(_ row: Row, since former: Row) -> Bool { false }
    static func proposal(_ context: Context) -> [String: String] { [:] }
}

extension ListSource where Tally == [Row] {
    static func tally(_ rows: [Row], _ context: Context) -> [Row] { rows }
}

/// A list with a selection, a filter and, where there is room, the details of the selected row.
struct ListPane<Source: ListSource>: Pane {
    private(set) var rows: [Source.Row] = []
    /// The rows that the filter lets through.
    private(set) var shown: [Source.Row] = []
    private(set) var tally: Source.Tally?
    private var position = ListPosition(selection: 0)
    private(set) var filter: TextInput?
    /// What was selected before a filter let nothing through.
    private var chosen: String?
    /// Whether keys go to the filter.
    private(set) var isFiltering = false

    var name: String { Source.name }
    var label: Label { Source.label }
    var creates: (any Action.Type)? { Source.creates }
    var takesText: Bool { isFiltering }
    func proposal(_ context: Context) -> [String: String] { Source.proposal(context) }

    var commands: [Command] {
        Source.commands + [
            Command(
                "\(Source.name).detail", Label("详情", en: "Details"),
                doc: Label("选中记录的全部内容", en: "all of the selected record"), keys: [.character(" "), .control("d")],
                priority: 4,
                whyNot: { session, _ in
                    session.pane(Self.self)?.selected == nil ? Label("没有选中的记录", en: "nothing is selected") : nil
                },
                run: { session, context in
                    if let row = session.pane(Self.self)?.selected {
                        session.open(
                            DetailLayer(title: Line(context(Source.label), .title), lines: Source.detail(row, context)))
                    }
                    return []
                }),
            Command(
                "\(Source.name).filter", Label("筛选", en: "Filter"),
                doc: Label("只看含有这些字或拼音的记录", en: "only what has these words or their pinyin"),
                keys: [.control("f"), .character("/")], priority: 4,
                run: { session, context in
                    _ = session.change(Self.self) { $0.startFiltering() }
                    return []
                }),
        ]
    }


    var selectedIndex: Int? { position.selection }

    var moves: [Move] {
        [
            Move(
                label: Label("上一条", en: "Up"), doc: Label("选上一条记录", en: "the record above"),
                keys: [.up, .character("k")]),
            Move(
                label: Label("下一条", en: "Down"), doc: Label("选下一条记录", en: "the record below"),
                keys: [.down, .character("j")]),
            Move(label: Label("上翻", en: "Page up"), doc: Label("往上十条", en: "ten records up"), keys: [.pageUp]),
            Move(label: Label("下翻", en: "Page down"), doc: Label("往下十条", en: "ten records down"), keys: [.pageDown]),
            Move(
                label: Label("第一条", en: "First"), doc: Label("选第一条记录", en: "the first record"),
                keys: [.home, .character("g")]),
            Move(
                label: Label("最后一条", en: "Last"), doc: Label("选最后一条记录", en: "the last record"),
                keys: [.end, .character("G")]),
            Move(
                label: Label("取消筛选", en: "No filter"), doc: Label("重新列出全部记录", en: "all records again"),
                keys: [.escape]),
        ]
    }

    var selected: Source.Row? { position.selection.flatMap { shown.indices.contains($0) ? shown[$0] : nil } }

    mutating func refresh(_ context: Context) {
        let former = selected
        rows = Source.rows(context)
        tally = Source.tally(rows, context)
        sift(keepingPlace: true)
        if let former, let selected, Source.id(former) == Source.id(selected),
            Source.isSettled(selected, since: former)
        {
            position.move(by: 1, count: shown.count)
        }
    }

    private mutating func startFiltering() {
        filter = filter ?? TextInput()
        isFiltering = true
    }

    /// Applies the filter; the selected record stays selected if it is still there.
    private mutating func sift(keepingPlace: Bool) {
        let id = selected.map(Source.id) ?? chosen
        chosen = id
        let query = filter?.text ?? ""
        shown =
            query.isEmpty ? rows : rows.filter { row in Source.words(row).contains { Pinyin.matches(query, in: $0) } }
        let place = id.flatMap { id in shown.firstIndex { Source.id($0) == id } }
        if let place {
            position.selection = place
        } else {
            let near = keepingPlace ? position.selection ?? 0 : 0
            position.selection = shown.isEmpty ? nil : min(near, shown.count - 1)
        }
    }

    // MARK: Finding

    func find(_ wanted: Wanted, limit: Int) -> [Found] {
        let found = rows.compactMap { row -> Found? in
            let words = Source.words(row)
            return wanted.rank(of: words).map { Found(pane: name, id: Source.id(row), words: words, rank: $0) }
        }
        return Array(found.sorted { $0.rank < $1.rank }.prefix(limit))
    }

    mutating func select(_ found: Found) {
        (filter, isFiltering) = (nil, false)
        sift(keepingPlace: true)
        if let place = shown.firstIndex(where: { Source.id($0) == found.id }) { position.selection = place }
    }

    // MARK: Keys

    mutating func handle(_ key: Key, _ context: Context) -> [Effect]? {
        if isFiltering { return type(key) }
        switch key.commandEquivalent {
        case .escape where filter != nil:
            filter = nil
            sift(keepingPlace: true)
        case .up, .character("k"): position.move(by: -1, count: shown.count)
        case .down, .character("j"): position.move(by: 1, count: shown.count)
        case .pageUp: position.move(by: -10, count: shown.count)
        case .pageDown: position.move(by: 10, count: shown.count)
        case .home, .character("g"): position.move(by: -shown.count, count: shown.count)
        case .end, .character("G"): position.move(by: shown.count, count: shown.count)
        case let typed where typed.isComposed:
            // Chinese text can only mean that something is looked for.
            startFiltering()
            return type(key)
        default: return nil
        }
        return []
    }

    private mutating func type(_ key: Key) -> [Effect]? {
        switch key {
        case .escape: (filter, isFiltering) = (nil, false)
        case .enter, .down, .up, .tab: isFiltering = false
        default:
            guard filter?.handle(key) == true else { return nil }
        }
        sift(keepingPlace: false)
        return []
    }

    mutating func click(at point: Point, in rect: Rect) {
        if let index = table.index(at: point, in: listRect(rect)) { position.selection = index }
    }

    mutating func scroll(by rows: Int) { position.move(by: rows, count: shown.count) }

    // MARK: Drawing

    /// The table as far as places in it go; what its rows show is no matter.
    private var table: Table {
        Table(columns: Source.columns, count: shown.count, position: position) { _ in Table.Row([]) }
    }

    /// Where the rows go: less a line for the filter and, in a tall pane, some for the details.
    private func listRect(_ rect: Rect) -> Rect {
        let inner = Frame().inner(rect)
        return inner.inset(left: 0, top: filter == nil ? 0 : 1, right: 0, bottom: detailHeight(inner))
    }

    private func detailHeight(_ inner: Rect) -> Int { inner.height >= 16 ? min(9, inner.height / 3) : 0 }

    mutating func draw(into grid: inout Grid, rect: Rect, number: Int, isFocused: Bool, _ context: Context) {
        var title = [Span("F\(number)", .key), Span(" \(context(Source.label))", isFocused ? .title : .strong)]
        let summary = tally.map { Source.summary($0, grid.glyphs, context) } ?? []
        if !summary.isEmpty { title += [Span(" · ", .faint)] + summary }
        let count = position.selection.map { "\($0 + 1)/\(shown.count)" } ?? ""
        Frame(title: Line(title), trailing: Line(count, .muted), isFocused: isFocused).draw(into: &grid, rect: rect)
        let inner = Frame().inner(rect)
        if let filter {
            let row = inner.row(0).inset(horizontal: 1)
            let word = context(Label("筛选 ", en: "Filter "))
            let used = grid.put(Line(word, .accent), in: row)
            TextField(filter, isFocused: isFocused && isFiltering).draw(
                into: &grid, rect: row.inset(left: used, top: 0, right: 0, bottom: 0))
        }
        let list = listRect(rect)
        position.fit(count: shown.count, height: list.height)
        let empty = filter == nil ? Source.empty(context) : Label("没有符合的记录", en: "nothing fits")
        let (glyphs, rows) = (grid.glyphs, self.shown)
        // What is selected elsewhere is no business of the eye.
        let visible = ListPosition(selection: isFocused ? position.selection : nil, offset: position.offset)
        Table(
            columns: Source.columns, count: rows.count, position: visible, isFocused: isFocused,
            emptyMessage: Line(context(empty), .muted)
        ) { Table.Row(Source.cells(rows[$0], glyphs, context)) }.draw(into: &grid, rect: list)
        let height = detailHeight(inner)
        if height > 0, let selected {
            let strip = Rect(x: inner.x, y: inner.maxY - height, width: inner.width, height: height)
            grid.horizontalRule(strip.row(0), style: Style(.frame))
            Paragraph(Source.detail(selected, context)).draw(
                into: &grid, rect: strip.inset(left: 1, top: 1, right: 1, bottom: 0))
        }
    }
}

/// A line of a detail: the field's name, then its value.
func detailLine(_ name: String, _ value: String, _ style: Style = .text) -> Line {
    Line([Span("\(name)  ", .muted), Span(value, style)])
}

extension Record {
    /// A detail line for each field that has something in it.
    func detailLines(_ context: Context, without: Set<String> = ["id"]) -> [Line] {
        zip(Self.description, displayed(zone: context.estate.zone, language: context.language)).compactMap {
            $0.label == .none || without.contains($0.key) || $1 == "—" ? nil : detailLine(context($0.label), $1)
        }
    }
}
