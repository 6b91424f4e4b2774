import Screen

/// The cells of the rows that were drawn, and the details of the selected one, until the rows are worked out again.
struct RowStrips {
    private var measure = TextWidth()
    private var cells: [Int: [Line]] = [:]
    private var details: (place: Int, lines: [Line])?

    /// More rows than this are kept of no list: a few screens full.
    private static let limit = 500

    /// Forgets what was made for another text measure.
    mutating func keep(for measure: TextWidth) {
        if measure != self.measure || cells.count > RowStrips.limit { self = RowStrips() }
        self.measure = measure
    }

    /// The cells of the row at an index of the list's own order.
    mutating func cells(_ place: Int, _ make: () -> [Line]) -> [Line] {
        if let kept = cells[place] { return kept }
        let made = make()
        cells[place] = made
        return made
    }

    mutating func details(_ place: Int, _ make: () -> [Line]) -> [Line] {
        if let details, details.place == place { return details.lines }
        let lines = make()
        details = (place, lines)
        return lines
    }
}

extension ListPosition {
    /// Clamps selection and offset to a list of `count` rows, of which `height` are visible. A selection that has left them
    /// by less than their number scrolls the list by a third: rows that move with every key are hard to read.
    mutating func scroll(count: Int, height: Int) {
        if let selection, height > 0 {
            let third = height / 3
            if selection < offset, selection > offset - height {
                offset = min(selection, offset - third)
            } else if selection >= offset + height, selection < offset + 2 * height {
                offset = max(selection - height + 1, offset + third)
            }
        }
        fit(count: count, height: height)
    }
}
