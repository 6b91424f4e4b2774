/// A colour in sRGB, 8 bits a channel.
public struct RGB: Hashable, Sendable, ExpressibleByIntegerLiteral {
    public var red: UInt8
    public var green: UInt8
    public var blue: UInt8

    /// A colour from its usual notation: `0x101418`.
    public init(integerLiteral value: UInt32) {
        red = UInt8(truncatingIfNeeded: value >> 16)
        green = UInt8(truncatingIfNeeded: value >> 8)
        blue = UInt8(truncatingIfNeeded: value)
    }

    /// The three channels in one number, as terminals with direct colour take it.
    public var packed: Int { Int(red) << 16 | Int(green) << 8 | Int(blue) }
}

/// One colour in the three vocabularies terminals have: exact, the 256-colour palette, and the sixteen basic colours.
public struct Color: Hashable, Sendable {
    public var rgb: RGB
    /// Index in the xterm palette; 16…255, since the first sixteen are the user's own.
    public var index256: Int
    /// Index among the basic colours, 0…15; `nil` for the terminal's own foreground or background.
    public var index16: Int?

    public init(_ rgb: RGB, _ index256: Int, _ index16: Int?) {
        self.rgb = rgb
        self.index256 = index256
        self.index16 = index16
    }
}

/// How many colours a terminal can show.
public enum ColorDepth: Hashable, Sendable {
    case none, eight, sixteen, indexed, direct
}

/// What is sent to a terminal for one style: colour numbers in its own vocabulary, `-1` for its default, and attributes.
public struct Appearance: Hashable, Sendable {
    public var foreground: Int
    public var background: Int
    public var attributes: Attributes
}
