import Screen

/// What was made of the rows that were shown, until the rows are worked out again: their cells, the rows as drawn, and the
/// details of those that were selected. By the index in the list's own order.
struct RowCache {
    private var measure = TextWidth()
    private var cells: [Int: [Line]] = [:]
    /// The width of each column's widest cell so far. It stays when the rows are worked out again, so that columns do
    /// not move to and fro.
    private(set) var widths: [Int] = []
    private var details: [Int: [Line]] = [:]
    /// The rows as drawn while not selected.
    var drawn = RenderedRows()

    /// The most rows that are kept: a few screens full.
    private static let limit = 500

    /// Forgets the rows.
    mutating func clear() { (cells, details, drawn) = ([:], [:], RenderedRows()) }

    /// Forgets what was made for another text measure.
    mutating func keep(for measure: TextWidth) {
        if measure != self.measure { self = RowCache() }
        if max(cells.count, details.count) > RowCache.limit { clear() }
        self.measure = measure
    }

    mutating func cells(_ place: Int, _ make: () -> [Line]) -> [Line] {
        if let kept = cells[place] { return kept }
        let made = make()
        cells[place] = made
        if widths.count != made.count { widths = made.map { _ in 0 } }
        for (index, line) in made.enumerated() { widths[index] = max(widths[index], line.width(measure)) }
        return made
    }

    mutating func details(_ place: Int, _ make: () -> [Line]) -> [Line] {
        if let kept = details[place] { return kept }
        let made = make()
        details[place] = made
        return made
    }
}
