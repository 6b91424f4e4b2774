import Screen

/// The rows of the call pane while no call is shown, for one size. They hold until the pane's contents change.
struct IdleRows: Sendable {
    struct Row {
        let line: Line
        let trailing: Line
        /// Shown where there is room for it.
        let aside: Line
        let target: CallPane.ClickTarget?

        init(
            _ line: Line, trailing: Line = Line([]), aside: Line = Line([]), target: CallPane.ClickTarget? = nil
        ) {
            (self.line, self.trailing, self.aside, self.target) = (line, trailing, aside, target)
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
    /// The last row of each call.
    private let places: [CallPane.Selection: Int]
    /// The rows above the titles of past calls.
    private let fixed: Int
    /// See ``IdleCallDrawing/basis(_:_:)``.
    let basis: [Int]
    private var rendered = RenderedRows()

    /// The row that names the keys, which depend on the selection.
    private static let keys = 2

    init(_ rows: [Row], fixed: Int, basis: [Int]) {
        (self.rows, self.fixed, self.basis) = (rows, fixed, basis)
        places = rows.indices.reduce(into: [:]) { if case .call(let call) = rows[$1].target { $0[call] = $1 } }
    }

    /// Draws the rows and returns what a click on each is for.
    mutating func draw(
        into grid: inout Grid, rect: Rect, keys: Row, selection: CallPane.Selection?, isFocused: Bool
    ) -> [CallPane.ClickTarget?] {
        rendered.keep(for: basis)
        // Past calls at the top go until the selected one is visible; the section's title stays.
        let selected = selection.flatMap { places[$0] } ?? 0
        let gone = selected < max(fixed, rect.height) ? 0 : min(selected - rect.height + 1, selected - fixed - 2)
        return (0..<max(0, min(rect.height, rows.count - max(0, gone)))).map { y in
            let index = y < fixed + 2 ? y : y + max(0, gone)
            let (place, row) = (rect.row(y), rows[index])
            if index == IdleRows.keys {
                grid.put(keys.line, in: place.inset(right: 1))
                return keys.target
            } else if let selection, row.target == .call(selection) {
                grid.restyle(place) { $0.ground = isFocused ? .selected : .selectedUnfocused }
                row.draw(into: &grid, rect: place)
            } else {
                rendered.show(index, into: &grid, rect: place) { row.draw(into: &$0, rect: place) }
            }
            return row.target
        }
    }
}
