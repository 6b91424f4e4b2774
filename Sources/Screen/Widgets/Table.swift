/// Rows in aligned columns, one of them selected.
///
/// One column at each side is reserved: the left one for the pointer at the selected row, the right one for the scroll
/// bar. Only visible rows are computed, so a table may have millions. Widths are laid out by
/// ``Column/layout(_:width:gap:)``.
public struct Table: Widget {
    /// One line for each column; `ground` is the background of the whole row.
    public struct Row: Hashable, Sendable {
        public var cells: [Line]
        public var ground: Ground?

        public init(_ cells: [Line], on ground: Ground? = nil) {
            self.cells = cells
            self.ground = ground
        }
    }

    public var columns: [Column]
    public var count: Int
    public var row: (Int) -> Row
    public var position: ListPosition
    public var isFocused: Bool
    public var showsHeader: Bool
    /// Shown in the centre if there are no rows.
    public var emptyMessage: Line
    /// Blank terminal columns between two table columns.
    public var gap: Int

    /// A table of `count` rows; `row` is called for each visible row when the table is drawn.
    public init(
        columns: [Column], count: Int, position: ListPosition = ListPosition(), isFocused: Bool = false,
        showsHeader: Bool = false, emptyMessage: Line = Line([]), gap: Int = 2, row: @escaping (Int) -> Row
    ) {
        self.columns = columns
        self.count = count
        self.row = row
        self.position = position
        self.isFocused = isFocused
        self.showsHeader = showsHeader
        self.emptyMessage = emptyMessage
        self.gap = gap
    }

    /// A table of precomputed rows.
    public init(
        columns: [Column], rows: [Row], position: ListPosition = ListPosition(), isFocused: Bool = false,
        showsHeader: Bool = false, emptyMessage: Line = Line([]), gap: Int = 2
    ) {
        self.init(
            columns: columns, count: rows.count, position: position, isFocused: isFocused, showsHeader: showsHeader,
            emptyMessage: emptyMessage, gap: gap, row: { rows[$0] })
    }

    /// `rect` without the header.
    public func body(_ rect: Rect) -> Rect { rect.inset(top: showsHeader ? 1 : 0) }

    /// Index of the row at a point, for mouse clicks; `nil` if there is none.
    public func index(at point: Point, in rect: Rect) -> Int? {
        let body = body(rect)
        guard body.contains(point) else { return nil }
        let index = offset(height: body.height) + point.y - body.y
        return index < count ? index : nil
    }

    public func draw(into grid: inout Grid, rect: Rect) {
        var rendered = RenderedRows()
        draw(into: &grid, rect: rect, keeping: &rendered) { _ in nil }
    }

    /// Draws on blank cells, and copies the rows that were drawn before. `number` is what a row without a ground of its own
    /// is kept by while its cells are the same; `nil`: it is drawn each time.
    public func draw(into grid: inout Grid, rect: Rect, keeping rendered: inout RenderedRows, number: (Int) -> Int?) {
        guard !rect.isEmpty else { return }
        let places = Column.layout(columns, width: max(0, rect.width - 2), gap: gap)
        if showsHeader { drawHeader(into: &grid, rect: rect.row(0), places: places) }
        let body = body(rect)
        rendered.keep(
            for: [grid.measure.ambiguousIsWide ? 1 : 0, gap] + places.flatMap { [$0.index, $0.x, $0.width] })
        if count == 0 {
            grid.put(emptyMessage, in: body.row((body.height - 1) / 2).inset(horizontal: 1), align: .centre)
            return
        }
        let first = offset(height: body.height)
        for index in first..<min(count, first + body.height) {
            // The highlight ends before the scroll bar, which then looks the same beside every row.
            let row = body.row(index - first).inset(right: count > body.height ? 1 : 0)
            if index != position.selection, let number = number(index) {
                rendered.show(number, into: &grid, rect: row) { drawRow(index, into: &$0, rect: row, places: places) }
            } else {
                drawRow(index, into: &grid, rect: row, places: places)
            }
        }
        let edge = Rect(x: rect.maxX - 1, y: body.y, width: 1, height: body.height)
        ScrollBar(total: count, offset: first, visible: body.height).draw(into: &grid, rect: edge)
    }

    private func offset(height: Int) -> Int {
        ListPosition.offset(keeping: position.selection, in: count, height: height, from: position.offset)
    }

    private func drawHeader(into grid: inout Grid, rect: Rect, places: [Column.Placement]) {
        for place in places {
            let column = columns[place.index]
            let cell = Rect(x: rect.x + 1 + place.x, y: rect.y, width: place.width, height: 1)
            grid.put(Line(column.title, .muted), in: cell, align: column.alignment)
        }
    }

    private func drawRow(_ index: Int, into grid: inout Grid, rect: Rect, places: [Column.Placement]) {
        let row = row(index)
        let isSelected = index == position.selection
        if let ground = isSelected ? (isFocused ? .selected : .selectedUnfocused) : row.ground {
            grid.restyle(rect) { $0.ground = ground }
        }
        for place in places where place.index < row.cells.count {
            let cell = Rect(x: rect.x + 1 + place.x, y: rect.y, width: place.width, height: 1)
            grid.put(row.cells[place.index], in: cell, align: columns[place.index].alignment)
        }
        if isSelected {
            grid.put(grid.glyphs.pointer, at: rect.origin, style: Style(isFocused ? .frameFocused : .frame))
        }
    }
}
