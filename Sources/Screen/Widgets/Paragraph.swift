/// Lines of styled text, wrapped to the width at hand by the rules of Chinese typesetting.
public struct Paragraph: Widget, Sendable {
    public var lines: [Line]
    public var alignment: Alignment
    /// How many wrapped lines are scrolled out above.
    public var offset: Int

    public init(_ lines: [Line], alignment: Alignment = .left, offset: Int = 0) {
        self.lines = lines
        self.alignment = alignment
        self.offset = offset
    }

    public init(_ text: String, _ style: Style = Style(), alignment: Alignment = .left) {
        self.init([Line(text, style)], alignment: alignment)
    }

    /// The rows the text needs at a width of so many columns.
    public func height(width: Int, _ measure: TextWidth) -> Int {
        lines.reduce(0) { $0 + $1.wrapped(to: width, measure).count }
    }

    public func draw(into grid: inout Grid, rect: Rect) {
        let measure = grid.measure
        let wrapped = lines.flatMap { $0.wrapped(to: rect.width, measure) }
        for (index, line) in wrapped.dropFirst(max(0, offset)).prefix(rect.height).enumerated() {
            grid.put(line, in: rect.row(index), align: alignment)
        }
    }
}
