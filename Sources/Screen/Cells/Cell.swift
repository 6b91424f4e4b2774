/// One position of a ``Grid``: one column of one row.
///
/// A cell is eight plain bytes without references or padding, so that grids are compared and copied as bytes. Equal cells
/// look the same.
public struct Cell: Hashable, Sendable {
    /// The scalar shown here, or ``clusterFlag`` plus the number of an interned cluster; 0 in the second column of a
    /// wide character.
    public let glyph: UInt32
    public internal(set) var packedStyle: PackedStyle
    /// Width of the character in columns: 1 or 2; 0 marks the second column of a wide one.
    public let width: UInt8
    private let unused: UInt8 = 0

    /// The bit of ``glyph`` that marks a character of several scalars (a cluster).
    public static let clusterFlag: UInt32 = 1 << 31

    init(glyph: UInt32, width: Int, style: PackedStyle) {
        self.glyph = glyph
        self.width = UInt8(truncatingIfNeeded: width)
        packedStyle = style
    }

    static func blank(_ style: PackedStyle) -> Cell { Cell(glyph: 0x20, width: 1, style: style) }

    /// The second column of a wide character.
    static func continuation(_ style: PackedStyle) -> Cell { Cell(glyph: 0, width: 0, style: style) }

    /// The character (grapheme cluster) shown here; empty in the second column of a wide character.
    public var text: String {
        var scalars = String.UnicodeScalarView()
        append(to: &scalars)
        return String(scalars)
    }

    /// The scalars of ``text``.
    public var scalars: [Unicode.Scalar] {
        if glyph & Cell.clusterFlag != 0 { return ClusterTable.scalars(of: glyph) }
        return glyph == 0 ? [] : Unicode.Scalar(glyph).map { [$0] } ?? []
    }

    /// Appends ``text`` to others, without a list of its scalars where it is one.
    func append(to scalars: inout String.UnicodeScalarView) {
        if glyph & Cell.clusterFlag != 0 {
            scalars.append(contentsOf: ClusterTable.scalars(of: glyph))
        } else if glyph != 0, let scalar = Unicode.Scalar(glyph) {
            scalars.append(scalar)
        }
    }

    public var style: Style {
        get { packedStyle.style }
        set { packedStyle = PackedStyle(newValue) }
    }
}

/// A ``Style`` in 16 bits: 4 for the tone, 4 for the ground (15: none), 8 for the attributes.
public struct PackedStyle: Hashable, Sendable {
    public let rawValue: UInt16

    private static let noGround: UInt16 = 15

    init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    public init(_ style: Style) {
        rawValue =
            UInt16(style.tone.rawValue) | (style.ground.map { UInt16($0.rawValue) } ?? PackedStyle.noGround) << 4
            | UInt16(style.attributes.rawValue) << 8
    }

    public var style: Style {
        Style(
            Tone(rawValue: UInt8(rawValue & 15)) ?? .text, on: Ground(rawValue: UInt8(rawValue >> 4 & 15)),
            Attributes(rawValue: UInt8(rawValue >> 8)))
    }

    /// This style on the ground of `other`, if it has none of its own.
    @inline(__always)
    func over(_ other: PackedStyle) -> PackedStyle {
        rawValue & 0xF0 == PackedStyle.noGround << 4
            ? PackedStyle(rawValue: rawValue & 0xFF0F | other.rawValue & 0xF0) : self
    }
}
