import Screen

/// Converts a cell's character to characters that take the same number of columns in every terminal.
///
/// Terminals disagree on emoji sequences: some draw a family as one picture, others as four. Therefore:
/// - joiners and variation selectors are omitted, and of joined pictures only those that fit are sent,
/// - a flag is sent as its two letters,
/// - the result is padded with blanks to the cell's columns.
struct CellEncoding {
    let measure: TextWidth

    /// The maximum number of scalars in one ncurses character (`CCHARW_MAX`).
    private static let limit = 5

    /// The characters to send for `cell`, from left to right, each as its scalars. Together they take the cell's
    /// columns.
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

    /// The letter A–Z of a regional indicator symbol, half of a flag; `nil` for other scalars.
    private func regionalLetter(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        guard (0x1F1E6...0x1F1FF).contains(scalar.value) else { return nil }
        return Unicode.Scalar(scalar.value - 0x1F1E6 + 0x41)
    }
}
