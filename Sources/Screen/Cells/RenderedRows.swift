/// Rows of cells as they were drawn once, by number, so that later pictures copy them.
public struct RenderedRows: Sendable {
    private var basis: [Int] = []
    private var rows: [Int: [Cell]] = [:]

    /// More rows than this are not kept: a few screens full.
    private static let limit = 500

    public init() {}

    /// Forgets the rows if they were drawn on another basis. The picture of a row must depend on nothing but its number
    /// and the basis.
    public mutating func keep(for basis: [Int]) {
        if basis == self.basis, rows.count <= RenderedRows.limit { return }
        (self.basis, rows) = (basis, [:])
    }

    /// Shows a row on blank cells; `draw` draws it within `rect` the first time.
    public mutating func show(_ number: Int, into grid: inout Grid, rect: Rect, _ draw: (inout Grid) -> Void) {
        // What the clip cuts off is not known.
        guard !rect.isEmpty, grid.clip.intersection(rect) == rect else { return draw(&grid) }
        let place = rect.y * grid.size.width + rect.x
        if let cells = rows[number], cells.count == rect.width {
            grid.cells.withUnsafeMutableBufferPointer { all in
                for column in cells.indices { all[place + column] = cells[column] }
            }
        } else {
            draw(&grid)
            rows[number] = Array(grid.cells[place..<place + rect.width])
        }
    }
}
