import Screen

/// The rows of the call pane while no call is shown, for one size. They hold until the pane's contents change.
struct IdleRows: Sendable {
    struct Row {
        let line: Line
        let trailing: Line
        /// Shown where there is room for it.
        let aside: Line
        let call: CallPane.Selection?

        init(_ line: Line, trailing: Line = Line([]), aside: Line = Line([]), of call: CallPane.Selection? = nil) {
            (self.line, self.trailing, self.aside, self.call) = (line, trailing, aside, call)
        }

        func draw(into grid: inout Grid, rect: Rect) {
            let rest = rect.width - line.width(grid.measure) - trailing.width(grid.measure)
            let trailing =
                rest > aside.width(grid.measure) + 2 ? Line(trailing.spans + [Span("  ")] + aside.spans) : trailing
            grid.put(line, in: rect.inset(right: trailing.width(grid.measure) + 1))
            grid.put(trailing, in: rect, align: .right)
        }
    }

    private let rows: [Row]
    /// The rows above the titles of past calls.
    private let fixed: Int
    /// See ``IdleCallDrawing/basis(_:_:)``.
    let basis: [Int]
    private var strips = Strips()

    /// The row that names the keys, which depend on the selection.
    private static let keys = 2

    init(_ rows: [Row], fixed: Int, basis: [Int]) { (self.rows, self.fixed, self.basis) = (rows, fixed, basis) }

    mutating func draw(
        into grid: inout Grid, rect: Rect, keys: Line, selection: CallPane.Selection?, isFocused: Bool
    ) {
        strips.keep(for: basis)
        // Past calls at the top go until the selected one is visible; the section's title stays.
        let selected = selection.flatMap { selection in rows.lastIndex { $0.call == selection } } ?? 0
        let gone = selected < max(fixed, rect.height) ? 0 : min(selected - rect.height + 1, selected - fixed - 2)
        for y in 0..<min(rect.height, rows.count - max(0, gone)) {
            let index = y < fixed + 2 ? y : y + max(0, gone)
            let (place, row) = (rect.row(y), rows[index])
            if index == IdleRows.keys {
                grid.put(keys, in: place.inset(right: 1))
            } else if let call = row.call, call == selection {
                grid.restyle(place) { $0.ground = isFocused ? .selected : .selectedUnfocused }
                row.draw(into: &grid, rect: place)
            } else {
                strips.show(index, into: &grid, rect: place) { row.draw(into: &$0, rect: place) }
            }
        }
    }
}
