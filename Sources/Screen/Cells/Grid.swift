/// An off-screen picture: a matrix of ``Cell``s to draw into.
///
/// Invariants:
/// - The widths of the cells in a row add up to the grid's width. Overwriting half of a wide character blanks the other
///   half; a wide character that would start in the last column becomes a blank.
/// - Text from data is made safe by ``VisibleText`` when it is drawn.
public struct Grid: Hashable, Sendable {
    public let size: Size
    public let measure: TextWidth
    /// Position of the terminal's cursor, `nil` to hide it. Set to the caret: input methods show their candidates
    /// there.
    public var cursor: Point?
    /// Drawing outside this rectangle has no effect.
    public private(set) var clip: Rect
    private var cells: [Cell]

    /// An empty grid; negative sizes count as 0.
    public init(size: Size, measure: TextWidth = TextWidth()) {
        self.size = Rect(size).size
        self.measure = measure
        clip = Rect(self.size)
        cells = Array(repeating: .blank(), count: self.size.width * self.size.height)
    }

    public var bounds: Rect { Rect(size) }
    public var glyphs: Glyphs { Glyphs(measure) }

    /// The cell at a column and row. Both must lie within the grid.
    public subscript(x: Int, y: Int) -> Cell { cells[y * size.width + x] }

    /// One row of cells. `y` must lie within the grid.
    public func row(_ y: Int) -> ArraySlice<Cell> { cells[y * size.width..<(y + 1) * size.width] }

    /// The rows as plain text, each padded to the grid's width.
    public var lines: [String] {
        (0..<size.height).map { y in row(y).reduce(into: "") { $0 += $1.text } }
    }

    /// Runs `draw` with the clip reduced to `rect`.
    public mutating func clipped(to rect: Rect, _ draw: (inout Grid) -> Void) {
        let outer = clip
        clip = outer.intersection(rect)
        draw(&self)
        clip = outer
    }

    /// Sets one character of one or two columns. If the clip cuts it in half, the visible column becomes blank.
    mutating func set(_ text: String, width: Int, x: Int, y: Int, style: Style) {
        guard y >= clip.y, y < clip.maxY, x < clip.maxX, x + width > clip.x else { return }
        if x < clip.x || x + width > clip.maxX {
            for column in max(x, clip.x)..<min(x + width, clip.maxX) {
                set(" ", width: 1, x: column, y: y, style: style)
            }
            return
        }
        let index = y * size.width + x
        var style = style
        style.ground = style.ground ?? cells[index].style.ground
        if cells[index].width == 0 { cells[index - 1] = .blank(cells[index - 1].style) }
        let last = index + width - 1
        if cells[last].width == 2 { cells[last + 1] = .blank(cells[last + 1].style) }
        cells[index] = Cell(text, width: width, style: style)
        if width == 2 { cells[index + 1] = .continuation(style) }
    }

    /// Changes the styles within a rectangle, including both columns of a wide character on its edge.
    public mutating func restyle(_ rect: Rect, _ change: (inout Style) -> Void) {
        let area = rect.intersection(clip)
        for y in area.y..<area.maxY {
            for x in area.x..<area.maxX {
                let index = y * size.width + x
                if cells[index].width == 0, x > area.x { continue }
                let start = cells[index].width == 0 ? index - 1 : index
                change(&cells[start].style)
                if cells[start].width == 2 { cells[start + 1].style = cells[start].style }
            }
        }
    }
}

extension Grid: CustomStringConvertible {
    public var description: String { lines.joined(separator: "\n") }
}
