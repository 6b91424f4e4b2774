/// One position of a ``Grid``: one column of one row.
public struct Cell: Hashable, Sendable {
    /// The character (grapheme cluster) shown here; empty in the second column of a wide character.
    public private(set) var text: String
    /// Width of the character in columns: 1 or 2; 0 marks the second column of a wide one.
    public private(set) var width: UInt8
    public var style: Style

    init(_ text: String, width: Int, style: Style) {
        self.text = text
        self.width = UInt8(width)
        self.style = style
    }

    static func blank(_ style: Style = Style(.text, on: .plain)) -> Cell { Cell(" ", width: 1, style: style) }

    /// The second column of a wide character.
    static func continuation(_ style: Style) -> Cell { Cell("", width: 0, style: style) }
}
