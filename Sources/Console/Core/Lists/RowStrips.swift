import Screen

/// What was made of the rows that were shown, until the rows are worked out again: their cells, the rows as drawn, and the
/// details of those that were selected. By the index in the list's own order.
struct RowStrips {
    private var measure = TextWidth()
    private var cells: [Int: [Line]] = [:]
    private var details: [Int: [Line]] = [:]
    /// The rows as drawn while not selected.
    var drawn = Strips()

    /// The most rows that are kept: a few screens full.
    private static let limit = 500

    /// Forgets what was made for another text measure.
    mutating func keep(for measure: TextWidth) {
        if measure != self.measure || max(cells.count, details.count) > RowStrips.limit { self = RowStrips() }
        self.measure = measure
    }

    mutating func cells(_ place: Int, _ make: () -> [Line]) -> [Line] { RowStrips.kept(place, in: &cells, make) }

    mutating func details(_ place: Int, _ make: () -> [Line]) -> [Line] { RowStrips.kept(place, in: &details, make) }

    private static func kept(_ place: Int, in lines: inout [Int: [Line]], _ make: () -> [Line]) -> [Line] {
        if let kept = lines[place] { return kept }
        let made = make()
        lines[place] = made
        return made
    }
}
