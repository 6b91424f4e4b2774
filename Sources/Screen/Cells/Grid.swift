/// An off-screen picture: a matrix of ``Cell``s to draw into.
///
/// Invariants:
/// - The widths of the cells in a row add up to the grid's width. Overwriting half of a wide character blanks the other
///   half; a wide character that would start in the last column becomes a blank.
/// - Text from data is made safe by ``VisibleText`` when it is drawn.
public struct Grid: Sendable {
    public let size: Size
    public let measure: TextWidth
    /// Position of the terminal's cursor, `nil` to hide it. Set to the caret: input methods show their candidates
    /// there.
    public var cursor: Point?
    /// Drawing outside this rectangle has no effect.
    public private(set) var clip: Rect
    var cells: [Cell]

    /// An empty grid; negative sizes count as 0.
    public init(size: Size, measure: TextWidth = TextWidth()) {
        self.size = Rect(size).size
        self.measure = measure
        clip = Rect(self.size)
        cells = Array(
            repeating: .blank(PackedStyle(Style(.text, on: .plain))), count: self.size.width * self.size.height)
    }

    public var bounds: Rect { Rect(size) }
    public var glyphs: Glyphs { Glyphs(measure) }

    /// The cell at a column and row. Both must lie within the grid.
    public subscript(x: Int, y: Int) -> Cell { cells[y * size.width + x] }

    /// One row of cells. `y` must lie within the grid.
    public func row(_ y: Int) -> ArraySlice<Cell> { cells[y * size.width..<(y + 1) * size.width] }

    /// Calls `body` with all cells, row by row.
    public func withCells<Result>(_ body: (UnsafeBufferPointer<Cell>) -> Result) -> Result {
        cells.withUnsafeBufferPointer(body)
    }

    /// The rows as plain text, each padded to the grid's width.
    public var lines: [String] {
        (0..<size.height).map { y in
            var line = String.UnicodeScalarView()
            for cell in row(y) { cell.append(to: &line) }
            return String(line)
        }
    }

    /// Runs `draw` with the clip reduced to `rect`.
    public mutating func clipped(to rect: Rect, _ draw: (inout Grid) -> Void) {
        let outer = clip
        clip = outer.intersection(rect)
        draw(&self)
        clip = outer
    }

    /// Changes the styles within a rectangle, including both columns of a wide character on its edge.
    ///
    /// `change` must depend on the style only: it is called once for neighbours of the same style.
    public mutating func restyle(_ rect: Rect, _ change: (inout Style) -> Void) {
        let area = rect.intersection(clip)
        guard !area.isEmpty else { return }
        var (old, new): (PackedStyle?, PackedStyle) = (nil, PackedStyle(Style()))
        for y in area.y..<area.maxY {
            let row = y * size.width
            let first = cells[row + area.x].width == 0 ? area.x - 1 : area.x
            let end = area.maxX < size.width && cells[row + area.maxX].width == 0 ? area.maxX + 1 : area.maxX
            for index in row + first..<row + end {
                if cells[index].packedStyle != old {
                    old = cells[index].packedStyle
                    var style = cells[index].style
                    change(&style)
                    new = PackedStyle(style)
                }
                cells[index].packedStyle = new
            }
        }
    }
}

extension Grid: Hashable {
    public static func == (left: Grid, right: Grid) -> Bool {
        left.size == right.size && left.measure == right.measure && left.cursor == right.cursor
            && left.clip == right.clip && left.bytes { left in right.bytes { haveEqualWords(left, $0) } }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(size)
        hasher.combine(cursor)
        bytes { hasher.combine(bytes: $0) }
    }

    /// Whether two grids of the same size have the same cells, compared as words without a branch for each.
    private static func haveEqualWords(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
        var difference: UInt64 = 0
        for offset in stride(from: 0, to: left.count, by: 8) {
            difference |=
                left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                ^ right.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        }
        return difference == 0
    }

    private func bytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        cells.withUnsafeBytes(body)
    }
}

extension Grid: CustomStringConvertible {
    public var description: String { lines.joined(separator: "\n") }
}
