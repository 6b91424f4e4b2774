/// A vertical scroll bar of one column. Nothing is drawn if all rows are visible.
public struct ScrollBar: Widget, Sendable {
    /// Number of rows in all; `offset` are scrolled out at the top and `visible` are shown.
    public var total: Int
    public var offset: Int
    public var visible: Int

    public init(total: Int, offset: Int, visible: Int) {
        self.total = total
        self.offset = offset
        self.visible = visible
    }

    /// Rows of the thumb on a track of `height` rows; `nil` if all rows are visible.
    ///
    /// The thumb touches an end of the track only if the list is scrolled to that end.
    public func thumb(height: Int) -> Range<Int>? {
        guard total > visible, visible > 0, height > 0 else { return nil }
        let length = min(height, max(1, height * visible / total))
        let travel = height - length
        let hidden = total - visible
        let place = min(hidden, max(0, offset))
        var start = travel * place / hidden
        if place > 0, start == 0 { start = min(1, travel) }
        if place < hidden, start == travel { start = max(0, travel - 1) }
        return start..<start + length
    }

    public func draw(into grid: inout Grid, rect: Rect) {
        guard let thumb = thumb(height: rect.height), rect.width > 0 else { return }
        let glyphs = grid.glyphs
        for row in 0..<rect.height {
            let isThumb = thumb.contains(row)
            grid.put(
                isThumb ? glyphs.scrollThumb : glyphs.scrollTrack, at: Point(x: rect.x, y: rect.y + row),
                style: Style(isThumb ? .muted : .frame))
        }
    }
}
