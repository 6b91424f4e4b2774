import Estate
import Screen

/// A list with a selection, a filter and, if there is room, the details of the selected row.
struct ListPane<Source: ListSource>: Pane {
    /// An item with its id and its search words, so that filtering needs no context.
    private struct Entry {
        let item: Source.Item
        let id: String
        let words: [String]
        let codes: [String]
        let groups: [String]
        /// The index in the list's own order.
        let place: Int

        init(_ row: Source.Row, at place: Int) {
            (item, id, words, self.place) = (Source.item(of: row), Source.id(row), Source.words(row), place)
            (codes, groups) = (Source.codes(row), Source.groups(row))
        }

        func fits(_ query: Query) -> Bool {
            query.matches(words) || codes.contains { $0.hasPrefix(query.text) }
        }
    }

    private var entries: [Entry] = []
    /// The entries in display order: the list's own, sorted by a column, or grouped.
    private var ordered: [Entry] = []
    /// The ordered entries that pass the filter.
    private var shown: [Entry] = []
    /// The query that `shown` was last filtered by; `nil` when the order has changed since.
    private var applied: Query?
    private var cache = RowCache()
    private(set) var tally: Source.Tally?
    /// The tally of the rows that pass the filter; `nil` without one.
    private var filteredTally: Source.Tally?
    let listColumns = Source.columns
    private var position = ListPosition(selection: 0)
    /// The row selected by the last click: a second click on it acts as Enter.
    private var clicked: String?
    private(set) var filter: TextInput?
    private(set) var settings = ListSettings()
    /// The ids of the marked rows, on which some commands act together.
    private(set) var marked: Set<String> = []
    /// The id to select again after a filter without matches.
    private var chosen: String?
    /// A row that work was begun on, and those that followed it then; until another row is selected.
    private var kept: (id: String, followers: [String])?
    /// Whether the filter is being typed.
    private(set) var isFiltering = false
    /// Whether rows are listed that the list leaves out without a filter.
    private var listsAll = false
    private var isFiltered: Bool { filter.map { !Query($0.text).isEmpty } ?? false }

    var name: String { Source.name }
    var label: Label { Source.label }
    var creates: (any Action.Type)? { Source.creates }
    var showsNew: Bool { Source.showsNew }
    var takesText: Bool { isFiltering }
    var refreshPolicy: RefreshPolicy { Source.refreshPolicy }
    func parts(of estate: Estate) -> [Int] { Source.parts(of: estate) }
    var granularity: ClockGranularity { Source.granularity }
    var needsPast: Bool { Source.needsPast }
    /// A header, the rows, whether they pass the filter or not, and two lines of the selected row's details.
    var contentHeight: Int? { max(1, entries.count) + 4 }
    var hiddenFrom: Set<Role> { Source.hiddenFrom }
    func proposal(_ context: Context) -> [String: String] { Source.proposal(context) }

    var selectedIndex: Int? { position.selection }

    private var selected: Entry? {
        position.selection.flatMap { shown.indices.contains($0) ? shown[$0] : nil }
    }

    func selected(_ context: Context) -> Source.Row? { selected.map { Source.row($0.item, context) } }

    /// The rows that pass the filter, in order.
    func shownRows(_ context: Context) -> [Source.Row] { shown.map { Source.row($0.item, context) } }

    /// The marked rows in order, whether they pass the filter or not; without any the selected one.
    func markedRows(_ context: Context) -> [Source.Row] {
        marked.isEmpty
            ? [selected(context)].compactMap { $0 }
            : ordered.filter { marked.contains($0.id) }.map { Source.row($0.item, context) }
    }

    mutating func refresh(_ context: Context) {
        let former = selected
        if let day = settings.groupedOn, day != context.today { settings.groupedOn = nil }
        var rows = Source.rows(context)
        listsAll = isFiltered && Source.isCut(rows.count)
        if listsAll { rows = Source.allRows(context) }
        entries = rows.enumerated().map { Entry($1, at: $0) }
        if !marked.isEmpty { marked.formIntersection(entries.map(\.id)) }
        cache.clear()
        tally = Source.tally(rows, context)
        order(rows, context)
        applyFilter(keepingPlace: true, context)
        if let former, let selected, former.id == selected.id,
            Source.isSettled(Source.row(selected.item, context), since: Source.row(former.item, context))
        {
            position.move(by: 1, count: shown.count)
        }
    }

    /// Puts the entries in order. `rows` are their rows.
    private mutating func order(_ rows: [Source.Row], _ context: Context) {
        applied = nil
        if grouping == nil, sortedBy == nil {
            ordered = entries
            return
        }
        let places = Dictionary(entries.map { ($0.id, $0) }) { first, _ in first }
        let rows = grouping?.rows(rows, context) ?? rows
        ordered = (sortedBy?.sorted.map { $0(rows, settings.descending) } ?? rows).compactMap { places[Source.id($0)] }
    }

    func badges(_ context: Context, inSight: Bool) -> [Badge] { Source.badges(tally, context) }

    func card(of unit: UnitCode, _ context: Context) -> CardSection? { Source.card(of: unit, context) }

    mutating func handle(_ action: PaneAction, _ context: Context) {
        switch action {
        case .filter: startFiltering()
        case .mark:
            guard let id = selected?.id else { return }
            if marked.remove(id) == nil { marked.insert(id) }
            position.move(by: 1, count: shown.count)
        case .unmark(let id): marked.remove(id)
        case .keepOrder(let id):
            kept = shown.firstIndex { $0.id == id }.map { (id, shown[($0 + 1)...].map(\.id)) }
        case .resume(let id):
            if lists(id) {
                select(id, context)
            } else if kept?.id == id {
                (position.gap, position.selection) = (position.selection ?? position.gap, nil)
            }
        case .showNext: break
        }
    }

    /// The rows below the selected one. After work on a row, which may have moved or gone meanwhile, those that followed it
    /// when the work began.
    func rowsToFollow(_ context: Context) -> [Source.Row] {
        if let kept, selected.map({ $0.id == kept.id }) ?? true {
            let places = Dictionary(shown.map { ($0.id, $0) }) { first, _ in first }
            return kept.followers.compactMap { places[$0] }.map { Source.row($0.item, context) }
        }
        return position.selection.map { shown.dropFirst($0 + 1).map { Source.row($0.item, context) } } ?? []
    }

    private mutating func startFiltering() {
        filter = filter ?? TextInput()
        isFiltering = true
    }

    /// Applies a changed filter: to all rows, not only to the latest that the list has without one.
    private mutating func filterChanged(keepingPlace: Bool, _ context: Context) {
        if listsAll != (isFiltered && (listsAll || Source.isCut(entries.count))) { refresh(context) }
        applyFilter(keepingPlace: keepingPlace, context)
    }

    /// Applies the filter; the selected row stays selected if it is still there.
    private mutating func applyFilter(keepingPlace: Bool, _ context: Context) {
        let hadSelection = selected != nil || position.gap != nil
        let id = selected?.id ?? chosen
        chosen = id
        let query = Query(filter?.text ?? "")
        let group = settings.group?.id
        if query.isEmpty, group == nil {
            shown = ordered
        } else if applied?.text != query.text {
            // What a longer query matches, the shorter one matched too.
            let isLonger = applied.map { !$0.isEmpty && query.text.hasPrefix($0.text) } ?? false
            shown = (isLonger ? shown : ordered).filter { entry in
                (group.map { entry.groups.contains($0) } ?? true) && (query.isEmpty || entry.fits(query))
            }
        }
        applied = query
        filteredTally =
            query.isEmpty && group == nil
            ? nil : tally.map { Source.tally(filtered: shownRows(context), of: $0, context) }
        if let index = id.flatMap({ id in shown.firstIndex { $0.id == id } }) {
            position.selection = index
        } else if keepingPlace, hadSelection, !Source.selectsNext, !shown.isEmpty {
            (position.gap, position.selection) = (position.selection ?? position.gap, nil)
        } else {
            position.gap = nil
            let near = keepingPlace ? position.selection ?? 0 : 0
            position.selection = shown.isEmpty ? nil : min(near, shown.count - 1)
        }
    }

    // MARK: Settings

    mutating func apply(_ settings: ListSettings, _ context: Context) {
        let former = self.settings
        (self.settings, kept) = (settings, nil)
        cache = RowCache()
        if let day = settings.groupedOn, day != context.today { self.settings.groupedOn = nil }
        // A list has one order at a time: the one chosen last.
        if settings.isGrouped, !former.isGrouped { self.settings.sort = nil }
        if settings.sort != nil, settings.sort != former.sort { self.settings.groupedOn = nil }
        if settings.filter != former.filter { (filter, isFiltering) = (settings.filter.map { TextInput($0) }, false) }
        order(entries.map { Source.row($0.item, context) }, context)
        filterChanged(keepingPlace: true, context)
        // A new order starts at its first row.
        if self.settings.order != former.order { position = ListPosition(selection: shown.isEmpty ? nil : 0) }
    }

    var columns: [ColumnName] { listColumns.filter(\.isNamed).map { ColumnName(name: $0.name, label: $0.label) } }

    private var grouping: ListGrouping<Source.Row>? { settings.isGrouped ? Source.grouping : nil }

    /// The group header above a row: for the first row of a group, and for the first visible row.
    func head(at index: Int, isFirst: Bool, _ context: Context) -> String? {
        guard let grouping else { return nil }
        let groups = ListGroups(shownRows(context), grouping)
        return isFirst || groups.begins(at: index) ? context(groups.head(at: index, grouping)) : nil
    }

    private var sortedBy: ListColumn<Source.Row>? {
        settings.sort.flatMap { name in listColumns.first { $0.name == name } }
    }

    /// The indices of the columns that are shown.
    var places: [Int] {
        listColumns.indices.filter {
            !listColumns[$0].isNamed || !settings.hidden.contains(listColumns[$0].name)
        }
    }

    // MARK: Search

    func find(_ query: Query, limit: Int) -> [Hit] {
        let found = entries.compactMap { entry in
            query.rank(of: entry.words).map { Hit(pane: name, id: entry.id, words: entry.words, rank: $0) }
        }
        return Array(found.sorted { $0.rank < $1.rank }.prefix(limit))
    }

    func lists(_ id: String) -> Bool { entries.contains { $0.id == id } }

    mutating func select(_ id: String, _ context: Context) {
        // Filter and order stay if they include the row.
        if !shown.contains(where: { $0.id == id }) {
            (filter, isFiltering, settings.filter, settings.group) = (nil, false, nil, nil)
            if !ordered.contains(where: { $0.id == id }) {
                settings.groupedOn = nil
                order(entries.map { Source.row($0.item, context) }, context)
            }
            applyFilter(keepingPlace: true, context)
        }
        if let index = shown.firstIndex(where: { $0.id == id }) { position.selection = index }
    }

    // MARK: Keys

    mutating func handle(_ key: Key, _ context: Context) -> [Intent]? {
        (clicked, kept) = (nil, nil)
        if isFiltering { return type(key, context) }
        switch key.commandEquivalent {
        case .escape where filter != nil:
            (filter, settings.filter) = (nil, nil)
            filterChanged(keepingPlace: true, context)
        case .escape where settings.group != nil:
            (settings.group, applied) = (nil, nil)
            applyFilter(keepingPlace: true, context)
        case .escape where !marked.isEmpty: marked = []
        case .character("k"): position.move(by: -1, count: shown.count)
        case .character("j"): position.move(by: 1, count: shown.count)
        case .character("g"): position.move(by: -shown.count, count: shown.count)
        case .character("G"): position.move(by: shown.count, count: shown.count)
        case let typed where typed.isComposed || Source.filtersByDigits && typed.isDigit:
            // Chinese text starts a filter: it cannot be a command. Nor are digits where they filter.
            startFiltering()
            return type(key, context)
        // Tab goes to the next pane.
        case .tab, .backTab: return nil
        case let key: return position.step(on: key, count: shown.count) ? [] : nil
        }
        return []
    }

    /// Whether the filter consists of digits, and the list takes such for a part of a plate or a room.
    private var isFilteredByDigits: Bool {
        guard Source.filtersByDigits, let text = filter?.text, !text.isEmpty else { return false }
        return text.halfwidth.allSatisfy { $0.isASCII && $0.isNumber }
    }

    private mutating func type(_ key: Key, _ context: Context) -> [Intent]? {
        switch key {
        case .escape: (filter, isFiltering, settings.filter) = (nil, false, nil)
        case .enter where isFilteredByDigits && Source.isOne(shownRows(context)):
            endFiltering()
            return [.press(.enter)]
        case .enter, .down, .up, .tab: endFiltering()
        default:
            guard filter?.handle(key) == true else { return nil }
        }
        filterChanged(keepingPlace: false, context)
        return []
    }

    mutating func paste(_ text: String, _ context: Context) -> [Intent]? {
        // Pasted letters are not keys: only text that no key is made of starts a filter.
        guard isFiltering || text.contains(where: { Key.character($0).isComposed }) else { return nil }
        clicked = nil
        startFiltering()
        filter?.insert(text.split(whereSeparator: \.isNewline).joined(separator: " "))
        filterChanged(keepingPlace: false, context)
        return []
    }

    private mutating func endFiltering() {
        isFiltering = false
        settings.filter = filter.flatMap { $0.isEmpty ? nil : $0.text }
    }

    mutating func click(at point: Point, in rect: Rect) -> Key? {
        kept = nil
        if isFiltering { endFiltering() }
        let list = listRect(rect)
        guard let index = table(in: Frame().inner(rect)).index(at: point, in: list) else { return nil }
        let id = shown[index].id
        let isAgain = clicked == id
        (position.selection, clicked) = (index, isAgain ? nil : id)
        return isAgain ? .enter : nil
    }

    mutating func scroll(by rows: Int) { position.move(by: rows, count: shown.count) }

    // MARK: Drawing

    /// The table with empty rows, to find rows by their places.
    private func table(in inner: Rect) -> Table {
        Table(columns: [], count: shown.count, position: position, showsHeader: showsHeader(inner)) { _ in
            Table.Row([])
        }
    }

    /// A list in a low pane has no header, unless it is sorted: the sorted column must be seen.
    private func showsHeader(_ inner: Rect) -> Bool { hasRoomForHeader(inner) && !shown.isEmpty }

    private func hasRoomForHeader(_ inner: Rect) -> Bool { inner.height >= (sortedBy == nil ? 12 : 4) }

    /// The place of the rows: without the line for the filter and, in a tall pane, the lines for the details.
    private func listRect(_ rect: Rect) -> Rect {
        let inner = Frame().inner(rect)
        return inner.inset(left: 0, top: filter == nil ? 0 : 1, right: 0, bottom: detailHeight(inner))
    }

    /// In a tall pane the details have a third of the height; they also have what a short list leaves.
    ///
    /// Filtered-out rows count too, and lines for the filter and the header: a filter does not move the details.
    private func detailHeight(_ inner: Rect) -> Int {
        let left = inner.height - max(1, ordered.count) - (hasRoomForHeader(inner) ? 2 : 1)
        return inner.height >= Source.detailsHeight ? max(min(9, inner.height / 3), left) : left < 2 ? 0 : left
    }

    mutating func draw(
        into grid: inout Grid, rect: Rect, heading: PaneHeading, isFocused: Bool, _ context: Context
    ) {
        var title: [Span] = []
        let grouping = grouping
        let groups = grouping.map { ListGroups(shownRows(context), $0) }
        if let grouping, let groups {
            title += [Span(" · ", .faint), Span(context(grouping.title(groups.count, shown.count)), .accent)]
        }
        if let group = settings.group { title += [Span(" · ", .faint), Span(context(group.label), .accent)] }
        if !marked.isEmpty {
            let count = marked.count
            title += [Span(" · ", .faint), Span(context(Label("已选 \(count)", en: "\(count) marked")), .accent)]
        }
        let summary = (filteredTally ?? tally).map { Source.summary($0, grid.glyphs, context) } ?? []
        if !summary.isEmpty { title += [Span(" · ", .faint)] + summary }
        let count = position.selection.map { "\($0 + 1)/\(shown.count)" } ?? ""
        let trailing = Line(count, .muted)
        Frame(
            title: heading.line(title, trailing: trailing, isFocused: isFocused, in: rect, grid.measure, context),
            trailing: trailing,
            isFocused: isFocused
        ).draw(into: &grid, rect: rect)
        let inner = Frame().inner(rect)
        if let filter {
            let row = inner.row(0).inset(horizontal: 1)
            let word = context(Label("筛选 ", en: "Filter "))
            let used = grid.put(Line(word, .accent), in: row)
            TextField(filter, isFocused: isFocused && isFiltering).draw(
                into: &grid, rect: row.inset(left: used, top: 0, right: 0, bottom: 0))
        }
        let list = listRect(rect)
        let header = showsHeader(inner)
        position.fit(count: shown.count, height: list.height - (header ? 1 : 0))
        let beginning = shown.isEmpty && filter == nil ? Beginning.lines(context) : []
        let empty =
            !beginning.isEmpty
            ? isFocused ? Label.none : Beginning.short
            : filter == nil && settings.group == nil
                ? grouping?.empty ?? Source.empty(context) : Label("没有符合的记录", en: "nothing fits")
        let (glyphs, places, settings) = (grid.glyphs, places, settings)
        cache.keep(for: grid.measure)
        let inSight = shown[position.offset...].prefix(max(0, list.height))
        let cells = inSight.map { entry in
            cache.cells(entry.place) { Source.cells(Source.row(entry.item, context), glyphs, context) }
        }
        // Only the focused pane highlights its row.
        let visible = ListPosition(selection: isFocused ? position.selection : nil, offset: position.offset)
        // The first row in sight shows its group, which may begin above.
        let first = position.offset
        var heads = grouping.map { [Column.fixed(context($0.label), $0.width, priority: 9)] } ?? []
        let marked = marked
        if !marked.isEmpty { heads.insert(.fixed("", 1, priority: 9), at: 0) }
        let widths = cache.widths
        let columns = places.map { place in
            let column = listColumns[place].column(settings, glyphs, context)
            let title = header ? grid.measure.width(of: column.title) : 0
            return widths.indices.contains(place) ? column.fitted(to: max(widths[place], title)) : column
        }
        Table(
            columns: heads + columns, count: shown.count,
            position: visible, isFocused: isFocused, showsHeader: header, emptyMessage: Line(context(empty), .muted)
        ) { index in
            var row = places.map { cells[index - first][$0] }
            if let grouping, let groups {
                let isHead = groups.begins(at: index) || index == first
                row.insert(isHead ? Line(context(groups.head(at: index, grouping)), .accent) : Line([]), at: 0)
            }
            if !marked.isEmpty {
                row.insert(Line(marked.contains(inSight[index].id) ? glyphs.done : "", .accent), at: 0)
            }
            return Table.Row(row)
        }
        // A group's name stands in another row after each scrolling.
        .draw(into: &grid, rect: list, keeping: &cache.drawn) {
            grouping == nil && marked.isEmpty ? inSight[$0].place : nil
        }
        if isFocused, !beginning.isEmpty {
            return TruncatedText(lines: beginning).draw(
                into: &grid, rect: inner.inset(left: 1, top: 0, right: 1, bottom: 0), context)
        }
        let height = detailHeight(inner)
        if height > 0 {
            let strip = Rect(x: inner.x, y: inner.maxY - height, width: inner.width, height: height)
            // The line stays while nothing is selected, so that a filter without matches moves nothing.
            grid.horizontalRule(strip.row(0), style: Style(.frame))
            if let selected {
                let details = cache.details(selected.place) {
                    Source.detail(Source.row(selected.item, context), context)
                }
                TruncatedText(lines: details, key: context.keys.key(of: "\(Source.name).detail")).draw(
                    into: &grid, rect: strip.inset(left: 1, top: 1, right: 1, bottom: 0), context)
            }
        }
    }
}

extension Key {
    /// Whether it is a digit, full width as well.
    fileprivate var isDigit: Bool {
        if case .character(let sign) = commandEquivalent { sign.isASCII && sign.isNumber } else { false }
    }
}
