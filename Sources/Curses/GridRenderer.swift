import CNcurses
import Screen

/// Draws grids on the screen through ncurses and updates only the cells that differ from the previous grid.
struct GridRenderer {
    var palette: Palette
    private let encoding: CellEncoding
    private var previous: Grid?

    init(palette: Palette, measure: TextWidth) {
        self.palette = palette
        encoding = CellEncoding(measure: measure)
    }

    /// Makes the next grid be drawn completely.
    mutating func invalidate() {
        previous = nil
    }

    mutating func present(_ grid: Grid) {
        let previous = previous?.size == grid.size ? previous : nil
        let width = min(grid.size.width, Int(cn_columns()))
        for y in 0..<min(grid.size.height, Int(cn_rows())) {
            let row = grid.row(y)
            let old = previous?.row(y)
            if old == row { continue }
            var last = LastCell()
            for x in 0..<width where changed(x, in: row, from: old) {
                put(row[row.startIndex + x], x: x, y: y, width: width, &last)
            }
        }
        self.previous = grid
        if let cursor = grid.cursor, grid.bounds.contains(cursor) {
            cn_show(Int32(cursor.y), Int32(cursor.x))
        } else {
            cn_show(-1, 0)
        }
    }

    /// Whether the character that starts in column `x` differs; for a wide one, in either of its columns.
    private func changed(_ x: Int, in row: ArraySlice<Cell>, from old: ArraySlice<Cell>?) -> Bool {
        let cell = row[row.startIndex + x]
        guard cell.width > 0 else { return false }
        guard let old else { return true }
        if old[old.startIndex + x] != cell { return true }
        return cell.width == 2 && old[old.startIndex + x + 1] != row[row.startIndex + x + 1]
    }

    /// The cell drawn last in the current row: its attributes and the column after it.
    private struct LastCell {
        var entry: Palette.Entry?
        var end = 0
    }

    private mutating func put(_ cell: Cell, x: Int, y: Int, width: Int, _ last: inout LastCell) {
        // If the screen became narrower than the grid, a wide character may cross the edge.
        guard x + Int(cell.width) <= width else { return }
        var entry = palette.entry(for: cell.style)
        // A blank on the same background looks the same with the attributes of the cell before it; this saves escape
        // sequences.
        if cell.text == " ", last.end == x, let before = last.entry, before.background == entry.background,
            !before.marksBlanks, !entry.marksBlanks
        {
            entry = before
        }
        last = LastCell(entry: entry, end: x + Int(cell.width))
        var column = x
        for scalars in encoding.characters(for: cell) {
            cn_put(Int32(y), Int32(column), scalars, Int32(scalars.count), entry.attributes, entry.pair)
            column += scalars.first.flatMap(Unicode.Scalar.init).map(encoding.measure.width) ?? 1
        }
    }
}
