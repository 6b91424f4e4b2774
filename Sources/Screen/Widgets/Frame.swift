/// A border with a title at the left of its upper edge and a short text, such as a count, at the right.
///
///     ╭─ F3 回访 · 逾期 2 ──────── 2/18 ─╮
///
/// The title is truncated if necessary; the trailing text is shown only beside a complete title. A focused frame
/// differs in weight as well as colour.
public struct Frame: Widget, Sendable {
    public var title: Line
    public var trailing: Line
    public var isFocused: Bool
    public var isRounded: Bool

    public init(title: Line = Line([]), trailing: Line = Line([]), isFocused: Bool = false, isRounded: Bool = true) {
        self.title = title
        self.trailing = trailing
        self.isFocused = isFocused
        self.isRounded = isRounded
    }

    /// The area inside the border.
    public func inner(_ rect: Rect) -> Rect { rect.inset(horizontal: 1, vertical: 1) }

    public func draw(into grid: inout Grid, rect: Rect) {
        let style = isFocused ? Style(.frameFocused, on: nil, .bold) : Style(.frame)
        grid.box(rect, style: style, rounded: isRounded)
        // Three columns at each side: corner, rule, blank.
        let room = rect.row(0).inset(horizontal: 3)
        guard room.width > 0 else { return }
        let shown = label(title, in: room, grid: &grid, x: room.x)
        let rest = room.width - shown - 3
        guard shown == title.width(grid.measure), !trailing.isEmpty, trailing.width(grid.measure) <= rest else {
            return
        }
        _ = label(trailing, in: room, grid: &grid, x: room.maxX - trailing.width(grid.measure))
    }

    /// Draws a text with a blank at each side and returns the text's own columns.
    private func label(_ line: Line, in room: Rect, grid: inout Grid, x: Int) -> Int {
        guard !line.isEmpty else { return 0 }
        let fitted = line.truncated(to: room.maxX - x, grid.measure)
        let width = fitted.width(grid.measure)
        grid.put(" ", at: Point(x: x - 1, y: room.y))
        grid.put(fitted, at: Point(x: x, y: room.y), maxWidth: room.maxX - x)
        grid.put(" ", at: Point(x: x + width, y: room.y))
        return width
    }
}
