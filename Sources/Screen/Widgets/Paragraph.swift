/// Styled text wrapped to the available width by ``LineBreaking``.
public struct Paragraph: Widget, Sendable {
    public var lines: [Line]
    public var alignment: Alignment
    /// The number of wrapped lines scrolled out at the top.
    public var offset: Int

    public init(_ lines: [Line], alignment: Alignment = .left, offset: Int = 0) {
        self.lines = lines
        self.alignment = alignment
        self.offset = offset
    }

    public init(_ text: String, _ style: Style = Style(), alignment: Alignment = .left) {
        self.init([Line(text, style)], alignment: alignment)
    }

    /// The rows needed at a width of `width` columns.
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
