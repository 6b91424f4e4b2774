import Estate
import Screen

/// Wrapped text that says how much of it does not fit: `↓ 还有 4 行`.
struct FoldedText {
    let lines: [Line]
    /// The rows scrolled out at the top.
    var offset = 0
    /// The key that shows the rest, if it is not an arrow key.
    var key = ""

    /// The offset at which the end of the text is in sight, in a place of a size.
    func lastOffset(in size: Size, _ measure: TextWidth) -> Int {
        // The last row is taken by the remark, until the end is reached.
        max(0, Paragraph(lines).height(width: size.width, measure) - size.height)
    }

    func draw(into grid: inout Grid, rect: Rect, _ context: Context) {
        let offset = min(offset, lastOffset(in: rect.size, grid.measure))
        let hidden = Paragraph(lines).height(width: rect.width, grid.measure) - offset - rect.height
        guard hidden > 0, rect.height > 1 else { return Paragraph(lines, offset: offset).draw(into: &grid, rect: rect) }
        Paragraph(lines, offset: offset).draw(into: &grid, rect: rect.inset(bottom: 1))
        let words = Label("还有 \(hidden + 1) 行", en: "\(hidden + 1) more lines")
        grid.put(
            [Span(key.isEmpty ? "↓ " : "\(key) ", .key), Span(context(words), .muted)], in: rect.row(rect.height - 1))
    }
}
