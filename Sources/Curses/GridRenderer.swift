import CNcurses
import Screen

/// Brings grids onto the screen, one after another, touching only the cells in which they differ.
struct Painter {
    var palette: Palette
    private let encoding: CellEncoding
    private var shown: Grid?

    init(palette: Palette, measure: TextWidth) {
        self.palette = palette
        encoding = CellEncoding(measure: measure)
    }

    /// Has the next grid drawn whole.
    mutating func forget() {
        shown = nil
    }

    mutating func present(_ grid: Grid) {
        let previous = shown?.size == grid.size ? shown : nil
        let width = min(grid.size.width, Int(cn_columns()))
        for y in 0..<min(grid.size.height, Int(cn_rows())) {
            let row = grid.row(y)
            let old = previous?.row(y)
            if old == row { continue }
            var run = Run()
            for x in 0..<width where changed(x, in: row, from: old) {
                put(row[row.startIndex + x], x: x, y: y, width: width, &run)
            }
        }
        shown = grid
        if let cursor = grid.cursor, grid.bounds.contains(cursor) {
            cn_show(Int32(cursor.y), Int32(cursor.x))
        } else {
            cn_show(-1, 0)
        }
    }

    /// Whether the character that begins in column `x` must be put again; a wide one if either half has changed.
    private func changed(_ x: Int, in row: ArraySlice<Cell>, from old: ArraySlice<Cell>?) -> Bool {
        let cell = row[row.startIndex + x]
        guard cell.width > 0 else { return false }
        guard let old else { return true }
        if old[old.startIndex + x] != cell { return true }
        return cell.width == 2 && old[old.startIndex + x + 1] != row[row.startIndex + x + 1]
    }

    /// What was put last in a row.
    private struct Run {
        var entry: Palette.Entry?
        var end = 0
    }

    private mutating func put(_ cell: Cell, x: Int, y: Int, width: Int, _ run: inout Run) {
        // A grid drawn for a wider screen than there is now may have a wide character across the edge.
        guard x + Int(cell.width) <= width else { return }
        var entry = palette.entry(for: cell.style)
        // A blank looks the same in the style of what stands before it, and needs no other one sent.
        if cell.text == " ", run.end == x, let before = run.entry, before.background == entry.background,
            !before.marksBlanks, !entry.marksBlanks
        {
            entry = before
        }
        run = Run(entry: entry, end: x + Int(cell.width))
        var column = x
        for scalars in encoding.characters(for: cell) {
            cn_put(Int32(y), Int32(column), scalars, Int32(scalars.count), entry.attributes, entry.pair)
            column += scalars.first.flatMap(Unicode.Scalar.init).map(encoding.measure.width) ?? 1
        }
    }
}
