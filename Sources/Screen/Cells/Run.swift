/// Characters written next to each other, from left to right, into the cells of one row.
///
/// Wide characters of which only half is overwritten are mended at the two ends of the run: what is between is replaced
/// as a whole.
struct Run {
    private let row: UnsafeMutableBufferPointer<Cell>
    /// The columns that may be changed, within the row.
    private let clip: Range<Int>
    private let style: PackedStyle
    /// The column after the last one written; -1 before the first.
    private var end = -1

    /// - Parameter style: A style without a ground keeps that of each cell.
    init(row: UnsafeMutableBufferPointer<Cell>, clip: Range<Int>, style: PackedStyle) {
        (self.row, self.clip, self.style) = (row, clip, style)
    }

    /// Writes a character of one or two columns. If the clip cuts it in half, the visible column becomes blank.
    @inline(__always)
    mutating func write(_ glyph: UInt32, width: Int, at x: Int) {
        guard x >= clip.lowerBound, x + width <= clip.upperBound else { return writeHalf(width: width, at: x) }
        begin(at: x)
        let style = style.over(row[x].packedStyle)
        row[x] = Cell(glyph: glyph, width: width, style: style)
        if width == 2 { row[x + 1] = .continuation(style) }
        end = x + width
    }

    @inline(never)
    private mutating func writeHalf(width: Int, at x: Int) {
        for column in x..<x + width where width == 2 && clip.contains(column) { write(0x20, width: 1, at: column) }
    }

    /// Writes blanks; the columns must lie within the clip.
    mutating func fill(_ columns: Range<Int>) {
        guard !columns.isEmpty, !clip.isEmpty else { return }
        begin(at: columns.lowerBound)
        if style.over(PackedStyle(Style(.text, on: .plain))) == style {
            for x in columns { row[x] = .blank(style) }
        } else {
            for x in columns { row[x] = .blank(style.over(row[x].packedStyle)) }
        }
        end = columns.upperBound
    }

    /// Blanks the left half of a wide character whose right half is the first to be overwritten.
    @inline(__always)
    private func begin(at x: Int) {
        if end < 0, row[x].width == 0 { row[x - 1] = .blank(row[x - 1].packedStyle) }
    }

    /// Ends the run.
    func finish() {
        if end >= 0, end < row.count, row[end].width == 0 { row[end] = .blank(row[end].packedStyle) }
    }
}
