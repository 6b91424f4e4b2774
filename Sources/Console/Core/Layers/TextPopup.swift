import Screen

/// A text in a frame that can be scrolled.
struct TextPopup {
    let lines: [Line]
    /// The greatest width, in columns.
    private let widest: Int
    private var offset = 0

    init(_ lines: [Line], widest: Int) { (self.lines, self.widest) = (lines, widest) }

    /// Scrolls by rows, towards the end if positive, no further than there is text.
    mutating func scroll(by rows: Int, _ context: Context) {
        let screen = Rect(context.screen)
        let inner = popup(in: screen, Line([]), TextWidth()).inner(in: screen)
        let last = TruncatedText(lines: lines).lastOffset(in: inner.size, TextWidth())
        offset = min(max(0, offset + rows), last)
    }

    private func popup(in rect: Rect, _ title: Line, _ measure: TextWidth) -> Popup {
        let width = min(rect.width - 4, widest)
        let height = min(rect.height - 2, Paragraph(lines).height(width: width - 4, measure) + 2)
        return Popup(title: title, size: Size(width: width, height: max(5, height)))
    }

    func draw(into grid: inout Grid, rect: Rect, _ title: Line, _ context: Context) {
        let popup = popup(in: rect, title, grid.measure)
        popup.draw(into: &grid, rect: rect)
        TruncatedText(lines: lines, offset: offset).draw(into: &grid, rect: popup.inner(in: rect), context)
    }
}
