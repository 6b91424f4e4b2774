/// A course of values as one row of bars, each of one column: the lowest and the highest fill 1/8 and 8/8 of it.
public struct Sparkline: Widget, Sendable {
    /// `nil` where there is no value.
    public var values: [Double?]
    public var style: Style
    /// Of the last one.
    public var lastStyle: Style

    public init(_ values: [Double?], style: Style = .muted, lastStyle: Style? = nil) {
        (self.values, self.style, self.lastStyle) = (values, style, lastStyle ?? style)
    }

    public func draw(into grid: inout Grid, rect: Rect) { grid.put(line(grid.glyphs), in: rect.row(0)) }

    /// The bars as text, for use within a line.
    public func line(_ glyphs: Glyphs) -> Line {
        let known = values.compactMap(\.self)
        guard let least = known.min(), let most = known.max() else {
            return Line(String(repeating: glyphs.none, count: values.count), .faint)
        }
        let marks = values.map { value in
            guard let value else { return glyphs.none }
            // Values that are all the same stand in the middle.
            let height = most > least ? Int(((value - least) / (most - least) * 7).rounded()) : 3
            return glyphs.bars[height]
        }
        return [Span(marks.dropLast().joined(), style), Span(marks.last ?? "", lastStyle)]
    }
}
