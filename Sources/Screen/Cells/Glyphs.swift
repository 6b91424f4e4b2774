/// The characters that frames, gauges, scroll bars and step marks are drawn with.
///
/// Most of the ``fine`` ones have ambiguous width (UAX #11). Terminals that show those two columns wide get ``plain``
/// (ASCII) instead, because frames assume one column.
public struct Glyphs: Hashable, Sendable {
    public var horizontal: String
    public var vertical: String
    /// Order: upper left, upper right, lower left, lower right.
    public var corners: [String]
    public var roundCorners: [String]
    /// Eight characters that fill 1/8 to 8/8 of a cell from the left.
    public var gauge: [String]
    public var gaugeRest: String
    /// Eight characters that fill 1/8 to 8/8 of a cell from below.
    public var bars: [String]
    public var scrollTrack: String
    public var scrollThumb: String
    /// Marks the selected row, at its left edge.
    public var pointer: String
    public var done: String
    public var failed: String
    public var open: String
    public var none: String
    public var current: String
    public var up: String
    public var down: String
}

extension Glyphs {
    /// The characters for terminals with this measure.
    public init(_ measure: TextWidth) {
        self = measure.ambiguousIsWide ? .plain : .fine
    }

    public static let fine = Glyphs(
        horizontal: "─", vertical: "│", corners: ["┌", "┐", "└", "┘"], roundCorners: ["╭", "╮", "╰", "╯"],
        gauge: ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"], gaugeRest: "─",
        bars: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
        scrollTrack: "│", scrollThumb: "┃", pointer: "▌",
        done: "✓", failed: "✗", open: "○", none: "·", current: "▸", up: "▲", down: "▼")

    public static let plain = Glyphs(
        horizontal: "-", vertical: "|", corners: ["+", "+", "+", "+"], roundCorners: ["+", "+", "+", "+"],
        gauge: [".", ":", ":", "-", "-", "=", "=", "#"], gaugeRest: "-",
        bars: ["_", ".", ",", ":", "-", "=", "+", "#"],
        scrollTrack: "|", scrollThumb: "#", pointer: ">",
        done: "✓", failed: "✗", open: "o", none: ".", current: ">", up: "^", down: "v")
}
