/// A text field of one row, drawn from a ``TextInput``. If focused, it sets the grid's cursor to the caret.
public struct TextField: Widget, Sendable {
    public var input: TextInput
    public var placeholder: String
    public var isFocused: Bool
    /// Shows `*` for each character.
    public var isSecret: Bool

    public init(_ input: TextInput, placeholder: String = "", isFocused: Bool = false, isSecret: Bool = false) {
        self.input = input
        self.placeholder = placeholder
        self.isFocused = isFocused
        self.isSecret = isSecret
    }

    /// The columns to scroll out at the left so that column `caret` is visible in a field of `width` columns.
    ///
    /// Scrolls by half a field, so that the text rarely moves and an input method has room to compose.
    public static func scroll(caret: Int, width: Int) -> Int {
        let step = max(1, width / 2)
        return caret < width ? 0 : ((caret - width) / step + 1) * step
    }

    public func draw(into grid: inout Grid, rect: Rect) {
        let field = rect.row(0)
        guard !field.isEmpty else { return }
        grid.clear(field, style: Style(.text, on: isFocused ? .fieldFocused : .field))
        let measure = grid.measure
        let before = isSecret ? String(repeating: "*", count: input.caret) : input.beforeCaret
        let after = isSecret ? String(repeating: "*", count: input.text.count - input.caret) : input.afterCaret
        let caret = measure.width(of: before)
        let scroll = isFocused ? TextField.scroll(caret: caret, width: field.width) : 0
        grid.clipped(to: field) { grid in
            if input.isEmpty {
                grid.put(Line(placeholder, .faint), in: field)
            } else {
                grid.put(before + after, at: Point(x: field.x - scroll, y: field.y))
            }
        }
        if isFocused { grid.cursor = Point(x: field.x + caret - scroll, y: field.y) }
    }
}
