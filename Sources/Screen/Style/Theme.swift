/// The colours of meanings. A theme is data; no widget knows one.
///
/// Every state that a colour tells is also told by a sign, a weight or a reversal: ``mono`` has no colours at all and is
/// what every theme becomes on a terminal without them.
public struct Theme: Sendable {
    /// How one tone is written. `color` is `nil` for the terminal's own.
    public struct Ink: Hashable, Sendable {
        public var color: Color?
        public var attributes: Attributes

        public init(_ color: Color?, _ attributes: Attributes = []) {
            self.color = color
            self.attributes = attributes
        }
    }

    /// How one ground looks.
    public struct Paint: Hashable, Sendable {
        public var color: Color?
        public var attributes: Attributes
        /// Tones that would be hard to read on this ground, and what they become there.
        public var inks: [Tone: Ink]

        public init(_ color: Color?, _ attributes: Attributes = [], inks: [Tone: Ink] = [:]) {
            self.color = color
            self.attributes = attributes
            self.inks = inks
        }
    }

    public var name: String
    public var inks: [Tone: Ink]
    public var paints: [Ground: Paint]

    public init(name: String, inks: [Tone: Ink], paints: [Ground: Paint]) {
        self.name = name
        self.inks = inks
        self.paints = paints
    }

    /// Every theme, in the order in which a user may go through them.
    public static let all: [Theme] = [.dark, .light, .highContrast, .mono]

    /// The theme called `name`: dark, light, high-contrast or mono.
    public init?(named name: String) {
        guard let theme = Theme.all.first(where: { $0.name == name }) else { return nil }
        self = theme
    }

    /// The ink of a style on its ground.
    public func ink(of style: Style) -> Ink {
        paints[style.ground ?? .plain]?.inks[style.tone] ?? inks[style.tone] ?? Ink(nil)
    }

    /// What a terminal of this depth is sent for `style`.
    public func appearance(of style: Style, depth: ColorDepth) -> Appearance {
        if depth == .none, name != Theme.mono.name { return Theme.mono.appearance(of: style, depth: depth) }
        let paint = paints[style.ground ?? .plain] ?? Paint(nil)
        let ink = ink(of: style)
        var attributes = ink.attributes.union(paint.attributes).union(style.attributes)
        var foreground = ink.color.map { $0.number(at: depth) } ?? -1
        var background = paint.color.map { $0.number(at: depth) } ?? -1
        if depth == .eight {
            // Eight colours have no bright half: bright ink becomes bold, and bright black, which would vanish, dim.
            background = background >= 8 ? background - 8 : background
            if foreground == 8 {
                foreground = background == 7 ? 0 : 7
                attributes.insert(.dim)
            } else if foreground > 8 {
                foreground -= 8
                attributes.insert(.bold)
            }
            // Bold black is shown as grey, which no coloured ground bears.
            if foreground == 0 { attributes.remove(.bold) }
        }
        return Appearance(foreground: foreground, background: background, attributes: attributes)
    }
}

extension Color {
    fileprivate func number(at depth: ColorDepth) -> Int {
        switch depth {
        case .none: -1
        case .eight, .sixteen: index16 ?? -1
        case .indexed: index256
        case .direct: rgb.packed
        }
    }
}
