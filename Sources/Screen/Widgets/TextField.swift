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

    /// The column of the text that the field begins with.
    private func firstColumn(width: Int, _ measure: TextWidth) -> Int {
        isFocused ? TextField.scroll(caret: columns(of: input.beforeCaret, measure), width: width) : 0
    }

    /// The columns that a part of the text takes.
    private func columns(of text: String, _ measure: TextWidth) -> Int {
        isSecret ? text.count : measure.width(of: text)
    }

    /// The input with the caret where a field drawn in `rect` was clicked.
    public func clicked(at point: Point, in rect: Rect, _ measure: TextWidth) -> TextInput {
        var input = input
        input.moveCaret(toColumn: point.x - rect.x + firstColumn(width: rect.width, measure), measure)
        return input
    }

    /// Draws what is visible of the text: from the caret to both edges.
    public func draw(into grid: inout Grid, rect: Rect) {
        let field = rect.row(0)
        guard !field.isEmpty else { return }
        grid.clear(field, style: Style(.text, on: isFocused ? .fieldFocused : .field))
        if input.isEmpty { grid.put(Line(placeholder, .faint), in: field) }
        let measure = grid.measure
        let caret = isFocused ? columns(of: input.beforeCaret, measure) - firstColumn(width: field.width, measure) : 0
        let before = visible((isFocused ? input.beforeCaret : "").reversed(), columns: caret, measure)
        let after = visible(isFocused ? input.afterCaret : input.text, columns: field.width - caret, measure)
        grid.clipped(to: field) { grid in
            grid.put(
                String(before.characters.reversed()) + String(after.characters),
                at: Point(x: field.x + caret - before.width, y: field.y))
        }
        if isFocused { grid.cursor = Point(x: field.x + caret, y: field.y) }
    }

    /// The first characters that fill some columns, and the columns they take.
    private func visible(
        _ text: some Sequence<Character>, columns: Int, _ measure: TextWidth
    ) -> (characters: [Character], width: Int) {
        var (characters, width): ([Character], Int) = ([], 0)
        for character in text {
            if width >= columns { break }
            characters.append(isSecret ? "*" : character)
            width += isSecret ? 1 : measure.width(of: character)
        }
        return (characters, width)
    }
}
