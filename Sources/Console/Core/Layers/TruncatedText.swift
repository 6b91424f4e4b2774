import Estate
import Screen

/// Wrapped text that says how much of it does not fit: `↓ 还有 4 行`.
struct TruncatedText {
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
        let wrapped = lines.flatMap { $0.wrapped(to: rect.width, grid.measure) }
        let offset = min(offset, max(0, wrapped.count - rect.height))
        let hidden = wrapped.count - offset - rect.height
        let height = hidden > 0 && rect.height > 1 ? rect.height - 1 : rect.height
        for (index, line) in wrapped.dropFirst(offset).prefix(height).enumerated() {
            grid.put(line, in: rect.row(index))
        }
        if height == rect.height { return }
        let words = Label("还有 \(hidden + 1) 行", en: "\(hidden + 1) more lines")
        grid.put(
            [Span(key.isEmpty ? "↓ " : "\(key) ", .key), Span(context(words), .muted)], in: rect.row(rect.height - 1))
    }
}
