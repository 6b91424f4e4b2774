import Screen

/// The cells of the rows that were drawn, and the details of the selected one, until the rows are worked out again.
struct RowStrips {
    private var measure = TextWidth()
    private var cells: [Int: [Line]] = [:]
    private var details: (place: Int, lines: [Line])?

    /// The most rows that are kept: a few screens full.
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
