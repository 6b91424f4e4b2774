/// A place to type, drawn from a ``TextInput``. The terminal's cursor is put at the caret.
public struct TextField: Widget, Sendable {
    public var input: TextInput
    public var placeholder: String
    public var isFocused: Bool
    /// Shown as `*` for each character, for secrets.
    public var isSecret: Bool

    public init(_ input: TextInput, placeholder: String = "", isFocused: Bool = false, isSecret: Bool = false) {
        self.input = input
        self.placeholder = placeholder
        self.isFocused = isFocused
        self.isSecret = isSecret
    }

    /// The columns scrolled out at the left so that a caret at column `caret` is in sight in `width` columns.
    ///
    /// Scrolling goes by half a field: the text rests while the caret moves about, and an input method has room to compose.
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
