/// One column of one row.
public struct Cell: Hashable, Sendable {
    /// One character as shown; empty in the second column of a wide character.
    public private(set) var text: String
    /// The columns the character takes: 1 or 2, or 0 for the second column of a wide one.
    public private(set) var width: UInt8
    public var style: Style

    init(_ text: String, width: Int, style: Style) {
        self.text = text
        self.width = UInt8(width)
        self.style = style
    }

    /// An empty cell.
    static func blank(_ style: Style = Style(.text, on: .plain)) -> Cell { Cell(" ", width: 1, style: style) }

    /// The second half of a wide character.
    static func continuation(_ style: Style) -> Cell { Cell("", width: 0, style: style) }
}
