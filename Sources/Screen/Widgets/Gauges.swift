/// A horizontal bar that shows a share of a total, with a resolution of 1/8 column.
public struct Gauge: Widget, Sendable {
    /// 0…1; other values are clamped.
    public var share: Double
    public var style: Style

    public init(_ share: Double, style: Style = .accent) {
        self.share = share
        self.style = style
    }

    public func draw(into grid: inout Grid, rect: Rect) {
        grid.put(line(width: rect.width, grid.glyphs), in: rect.row(0))
    }

    /// The bar as text of `width` columns, for use within a line.
    public func line(width: Int, _ glyphs: Glyphs) -> Line {
        let eighths = Int((min(1, max(0, share)) * Double(max(0, width) * 8)).rounded())
        let (full, part) = (eighths / 8, eighths % 8)
        let bar =
            String(repeating: glyphs.gauge[7], count: full) + (part > 0 ? glyphs.gauge[part - 1] : "")
        let rest = String(repeating: glyphs.gaugeRest, count: max(0, width) - full - (part > 0 ? 1 : 0))
        return [Span(bar, style), Span(rest, Style(.frame))]
    }
}
