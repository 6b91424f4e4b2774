/// The signs that frames, bars and marks are drawn with.
///
/// Most of the fine ones are of ambiguous width; a terminal that gives them two columns gets plain ASCII, so that
/// nothing is pushed out of its place.
public struct Glyphs: Hashable, Sendable {
    public var horizontal: String
    public var vertical: String
    /// Upper left, upper right, lower left, lower right.
    public var corners: [String]
    public var roundCorners: [String]
    /// From one to eight eighths of a cell's width.
    public var gauge: [String]
    public var gaugeRest: String
    /// From one to eight eighths of a cell's height.
    public var bars: [String]
    public var scrollTrack: String
    public var scrollThumb: String
    /// Stands at the left edge of the selected row.
    public var pointer: String
    public var done: String
    public var failed: String
    public var open: String
    public var none: String
    public var current: String
    public var up: String
    public var down: String

    public init(_ measure: TextWidth) {
        self = measure.ambiguousIsWide ? .plain : .fine
    }

    public static let fine = Glyphs(
        horizontal: "─", vertical: "│", corners: ["┌", "┐", "└", "┘"], roundCorners: ["╭", "╮", "╰", "╯"],
        gauge: ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"], gaugeRest: "─",
        bars: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"], scrollTrack: "│", scrollThumb: "┃", pointer: "▌",
        done: "✓", failed: "✗", open: "○", none: "·", current: "▸", up: "▲", down: "▼")

    public static let plain = Glyphs(
        horizontal: "-", vertical: "|", corners: ["+", "+", "+", "+"], roundCorners: ["+", "+", "+", "+"],
        gauge: [".", ":", ":", "-", "-", "=", "=", "#"], gaugeRest: "-",
        bars: [".", ".", "-", "-", "=", "=", "#", "#"], scrollTrack: "|", scrollThumb: "#", pointer: ">",
        done: "✓", failed: "✗", open: "o", none: ".", current: ">", up: "^", down: "v")

    private init(
        horizontal: String, vertical: String, corners: [String], roundCorners: [String], gauge: [String],
        gaugeRest: String, bars: [String], scrollTrack: String, scrollThumb: String, pointer: String, done: String,
        failed: String, open: String, none: String, current: String, up: String, down: String
    ) {
        self.horizontal = horizontal
        self.vertical = vertical
        self.corners = corners
        self.roundCorners = roundCorners
        self.gauge = gauge
        self.gaugeRest = gaugeRest
        self.bars = bars
        self.scrollTrack = scrollTrack
        self.scrollThumb = scrollThumb
        self.pointer = pointer
        self.done = done
        self.failed = failed
        self.open = open
        self.none = none
        self.current = current
        self.up = up
        self.down = down
    }
}
