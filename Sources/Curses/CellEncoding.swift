import Screen

/// How the character of a cell is handed to a terminal so that it takes exactly the columns it takes in the grid.
///
/// Terminals do not agree on emoji sequences: one draws a family as one picture, another as four. What is sent therefore
/// never joins pictures: of a sequence the first, a heart without its emoji variation, a flag as its two letters, each made
/// up with blanks. The screen stays in step everywhere, at the price of some charm.
struct CellEncoding {
    let measure: TextWidth

    /// The most scalars ncurses takes in one character.
    private static let limit = 5

    /// The characters to put side by side for `cell`, each with its marks; together they take the cell's columns.
    func characters(for cell: Cell) -> [[UInt32]] {
        if let byte = cell.text.utf8.first, byte < 0x80, cell.text.utf8.count == 1 { return [[UInt32(byte)]] }
        var groups: [[UInt32]] = []
        var rest = Int(cell.width)
        for scalar in cell.text.unicodeScalars {
            if (0xFE00...0xFE0F).contains(scalar.value) || scalar.value == 0x200D { continue }
            let letter = regionalLetter(scalar) ?? scalar
            let width = measure.width(of: letter)
            if width == 0 {
                guard let last = groups.indices.last else { continue }
                if groups[last].count < CellEncoding.limit { groups[last].append(letter.value) }
            } else {
                if width > rest { break }
                groups.append([letter.value])
                rest -= width
            }
        }
        return groups + Array(repeating: [0x20], count: rest)
    }

    /// The letter that a regional indicator, half of a flag, stands for.
    private func regionalLetter(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        guard (0x1F1E6...0x1F1FF).contains(scalar.value) else { return nil }
        return Unicode.Scalar(scalar.value - 0x1F1E6 + 0x41)
    }
}
