import Estate
import Screen

/// A field with some usual values side by side, the first nine of which have a digit: one key chooses while nothing is
/// typed. Any other text may be typed as well.
extension FormField {
    /// Whether all values are listed, whatever the field holds: they are numbered, and nothing is typed.
    var offersAll: Bool { isNumbered && (input.isEmpty || isProposed) }

    /// Whether the field holds a value beside the list, so that the arrow keys go on to other fields.
    var isAnswered: Bool { offersAll && !input.isEmpty }

    /// Chooses the listed value of a digit, which another digit replaces; `false` if the key is none.
    mutating func choose(numbered key: Key) -> Bool {
        guard offersAll, case .character(let sign) = key.commandEquivalent, sign.isASCII,
            let digit = sign.wholeNumberValue, digit > 0, completions.indices.contains(digit - 1)
        else { return false }
        propose(completions[digit - 1].text, yields: true)
        return true
    }

    /// A listed value with its digit, if it has one.
    fileprivate func numbered(_ index: Int) -> String { (index < 9 ? "\(index + 1) " : "") + completions[index].text }

    /// Where the numbered values stand in rows of a width; empty if there are none now.
    func numberedPlaces(width: Int, _ measure: TextWidth) -> [Rect] {
        guard offersAll else { return [] }
        var (x, y) = (1, 0)
        return completions.indices.map { index in
            let length = measure.width(of: numbered(index))
            if x > 1, x + length > width { (x, y) = (1, y + 1) }
            defer { x += length + 2 }
            return Rect(x: x, y: y, width: min(length, max(0, width - x)), height: 1)
        }
    }
}

extension FormLayer {
    /// The same on the screen, those in sight.
    func numberedPlaces(_ places: Places, _ measure: TextWidth) -> [Rect] {
        let area = places.completions
        return fields[current].numberedPlaces(width: area.width, measure).filter { $0.y < area.height }.map {
            Rect(x: area.x + $0.x, y: area.y + $0.y, width: $0.width, height: 1)
        }
    }

    /// Draws the numbered values, the field's own in bold.
    func drawNumbered(into grid: inout Grid, _ places: Places) {
        let field = fields[current]
        for (index, place) in numberedPlaces(places, grid.measure).enumerated() {
            let text = field.completions[index].text
            let isOwn = field.completion.map { $0 == index } ?? (text == field.input.text)
            if field.completion == index { grid.restyle(place) { $0.ground = .selected } }
            let digit = Span(index < 9 ? "\(index + 1) " : "", .key)
            grid.put([digit, Span(text, isOwn ? .strong : .text)], in: place)
        }
    }
}
