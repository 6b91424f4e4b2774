import Screen

/// Converts a cell's character to characters that take the same number of columns in every terminal.
///
/// Terminals disagree on emoji sequences: some draw a family as one picture, others as four. Therefore:
/// - joiners and variation selectors are omitted, and of joined pictures only those that fit are sent,
/// - a flag is sent as its two letters,
/// - a control character is sent as a blank,
/// - the result is padded with blanks to the cell's columns.
struct CellEncoding {
    let measure: TextWidth

    /// The maximum number of scalars sent for one character with its marks.
    private static let limit = 5

    /// Appends the UTF-8 to send for `cell`. It takes the cell's columns.
    func append(_ cell: Cell, to output: inout [UInt8]) {
        if CellEncoding.isCertain(cell) { return output.append(scalar: cell.glyph) }
        var (rest, count) = (Int(cell.width), 0)
        for scalar in cell.scalars {
            let value = scalar.value
            if value < 0x20 || (0x7F...0x9F).contains(value) || (0xFE00...0xFE0F).contains(value) || value == 0x200D {
                continue
            }
            let letter = regionalLetter(scalar) ?? scalar
            let width = measure.width(of: letter)
            if width > rest { break }
            if width == 0, count == 0 || count == CellEncoding.limit { continue }
            count = width == 0 ? count + 1 : 1
            rest -= width
            output.append(scalar: letter.value)
        }
        output.append(contentsOf: repeatElement(0x20, count: rest))
    }

    /// Whether all terminals agree on the character's columns: ASCII, ideographs and full-width characters.
    static func isCertain(_ cell: Cell) -> Bool {
        switch cell.glyph {
        case 0x20...0x7E: cell.width == 1
        case 0x4E00...0x9FFF, 0x3000...0x301F, 0xFF01...0xFF60: cell.width == 2
        default: false
        }
    }

    /// The letter A–Z of a regional indicator symbol, half of a flag; `nil` for other scalars.
    private func regionalLetter(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        guard (0x1F1E6...0x1F1FF).contains(scalar.value) else { return nil }
        return Unicode.Scalar(scalar.value - 0x1F1E6 + 0x41)
    }
}

extension [UInt8] {
    /// Appends the UTF-8 of a scalar.
    @inline(__always)
    fileprivate mutating func append(scalar value: UInt32) {
        func byte(_ bits: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: bits) }
        func rest(_ shift: UInt32) -> UInt8 { 0x80 | byte(value >> shift & 0x3F) }
        switch value {
        case ..<0x80: append(byte(value))
        case ..<0x800: append(contentsOf: [0xC0 | byte(value >> 6), rest(0)])
        case ..<0x10000:
            append(0xE0 | byte(value >> 12))
            append(rest(6))
            append(rest(0))
        default: append(contentsOf: [0xF0 | byte(value >> 18), rest(12), rest(6), rest(0)])
        }
    }
}
