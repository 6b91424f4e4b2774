import Screen

/// The cells of the rows that were drawn, and the details of the selected one, until the rows are worked out again.
struct RowStrips {
    private var measure = TextWidth()
    private var cells: [Int: [Line]] = [:]
    /// The width of each column's widest cell so far. It stays when the rows are worked out again, so that columns do
    /// not move to and fro.
    private(set) var widths: [Int] = []
    private var details: (place: Int, lines: [Line])?

    /// More rows than this are kept of no list: a few screens full.
    private static let limit = 500

    /// Forgets the rows.
    mutating func clear() { (cells, details) = ([:], nil) }

    /// Forgets what was made for another text measure.
    mutating func keep(for measure: TextWidth) {
        if measure != self.measure { self = RowStrips() }
        if cells.count > RowStrips.limit { clear() }
        self.measure = measure
    }

    /// The cells of the row at an index of the list's own order.
    mutating func cells(_ place: Int, _ make: () -> [Line]) -> [Line] {
        if let kept = cells[place] { return kept }
        let made = make()
        cells[place] = made
        if widths.count != made.count { widths = made.map { _ in 0 } }
        for (index, line) in made.enumerated() { widths[index] = max(widths[index], line.width(measure)) }
        return made
    }

    mutating func details(_ place: Int, _ make: () -> [Line]) -> [Line] {
        if let details, details.place == place { return details.lines }
        let lines = make()
        details = (place, lines)
        return lines
    }
}
