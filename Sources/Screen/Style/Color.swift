/// An sRGB colour with 8 bits per channel.
public struct RGB: Hashable, Sendable, ExpressibleByIntegerLiteral {
    public var red: UInt8
    public var green: UInt8
    public var blue: UInt8

    /// A colour written as `0xRRGGBB`.
    public init(integerLiteral value: UInt32) {
        red = UInt8(truncatingIfNeeded: value >> 16)
        green = UInt8(truncatingIfNeeded: value >> 8)
        blue = UInt8(truncatingIfNeeded: value)
    }

    /// The colour as `0xRRGGBB`, the number used by terminals with direct colour.
    public var packed: Int { Int(red) << 16 | Int(green) << 8 | Int(blue) }
}

/// One colour for the three kinds of terminals: direct colour, 256-colour palette, sixteen basic colours.
public struct Color: Hashable, Sendable {
    public var rgb: RGB
    /// Index in the xterm palette, 16…255; users redefine the first sixteen.
    public var index256: Int
    /// Index among the basic colours, 0…15; `nil` for the terminal's default foreground or background.
    public var index16: Int?

    public init(_ rgb: RGB, _ index256: Int, _ index16: Int?) {
        self.rgb = rgb
        self.index256 = index256
        self.index16 = index16
    }
}

/// The number of colours of a terminal.
public enum ColorDepth: Hashable, Sendable {
    case none, eight, sixteen, indexed, direct
}

/// A style resolved for one ``ColorDepth``: attributes and the terminal's colour numbers; `-1` is its default colour.
public struct Appearance: Hashable, Sendable {
    public var foreground: Int
    public var background: Int
    public var attributes: Attributes
}
