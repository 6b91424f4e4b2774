import Screen

/// A widget drawn at a size, as lines of text.
func picture(_ widget: some Widget, _ width: Int, _ height: Int, ambiguousIsWide: Bool = false) -> [String] {
    drawn(widget, width, height, ambiguousIsWide: ambiguousIsWide).lines
}

/// A widget drawn into a new grid.
func drawn(_ widget: some Widget, _ width: Int, _ height: Int, ambiguousIsWide: Bool = false) -> Grid {
    var grid = Grid(
        size: Size(width: width, height: height), measure: TextWidth(ambiguousIsWide: ambiguousIsWide))
    widget.draw(into: &grid, rect: grid.bounds)
    return grid
}

/// A grid of one row with a text at column `x`.
func grid(_ text: String, width: Int, at x: Int = 0) -> Grid {
    var grid = Grid(size: Size(width: width, height: 1))
    grid.put(text, at: Point(x: x, y: 0))
    return grid
}

extension Grid {
    /// Whether the widths of each row add up to the grid's width and every wide character has both columns.
    var hasFullHistory: Bool {
        (0..<size.height).allSatisfy { y in
            let row = Array(row(y))
            let hasPairs = row.indices.allSatisfy { x in
                switch row[x].width {
                case 2: x + 1 < row.count && row[x + 1].width == 0 && row[x + 1].style == row[x].style
                case 0: x > 0 && row[x - 1].width == 2 && row[x].text.isEmpty
                default: !row[x].text.isEmpty
                }
            }
            return hasPairs && row.reduce(0) { $0 + Int($1.width) } == size.width
        }
    }
}
