/// Maps the roles ``Tone`` and ``Ground`` to colours and attributes. Widgets use roles only.
///
/// Any state shown by colour is also shown by a sign, weight or reverse video: terminals without colours get ``mono``,
/// whichever theme is chosen.
public struct Theme: Sendable {
    /// Text colour and attributes of one tone; `color` is `nil` for the terminal's default.
    public struct Foreground: Hashable, Sendable {
        public var color: Color?
        public var attributes: Attributes

        public init(_ color: Color?, _ attributes: Attributes = []) {
            self.color = color
            self.attributes = attributes
        }
    }

    /// Background colour and attributes of one ground; `color` is `nil` for the terminal's default.
    public struct Background: Hashable, Sendable {
        public var color: Color?
        public var attributes: Attributes
        /// Replacements for tones with too little contrast on this background.
        public var foregrounds: [Tone: Foreground]

        public init(_ color: Color?, _ attributes: Attributes = [], foregrounds: [Tone: Foreground] = [:]) {
            self.color = color
            self.attributes = attributes
            self.foregrounds = foregrounds
        }
    }

    public var name: String
    public var foregrounds: [Tone: Foreground]
    public var backgrounds: [Ground: Background]

    public init(name: String, foregrounds: [Tone: Foreground], backgrounds: [Ground: Background]) {
        self.name = name
        self.foregrounds = foregrounds
        self.backgrounds = backgrounds
    }

    /// All themes, in the order offered to the user.
    public static let all: [Theme] = [.dark, .light, .highContrast, .mono]

    /// The theme of this name (dark, light, high-contrast, mono); `nil` if there is none.
    public init?(named name: String) {
        guard let theme = Theme.all.first(where: { $0.name == name }) else { return nil }
        self = theme
    }

    /// Text colour and attributes of a style, with the replacements of its background applied.
    public func foreground(of style: Style) -> Foreground {
        backgrounds[style.ground ?? .plain]?.foregrounds[style.tone] ?? foregrounds[style.tone] ?? Foreground(nil)
    }

    /// The colour numbers and attributes of `style` on a terminal with this colour depth.
    public func appearance(of style: Style, depth: ColorDepth) -> Appearance {
        if depth == .none, name != Theme.mono.name { return Theme.mono.appearance(of: style, depth: depth) }
        let (text, ground) = (foreground(of: style), backgrounds[style.ground ?? .plain])
        var attributes = text.attributes.union(ground?.attributes ?? []).union(style.attributes)
        var foreground = text.color.map { $0.number(at: depth) } ?? -1
        var background = ground?.color.map { $0.number(at: depth) } ?? -1
        if depth == .eight {
            // There are no bright colours: bright text becomes bold, and bright black (grey) becomes dim.
            background = background >= 8 ? background - 8 : background
            if foreground == 8 {
                foreground = background == 7 ? 0 : 7
                attributes.insert(.dim)
            } else if foreground > 8 {
                foreground -= 8
                attributes.insert(.bold)
            }
            // Terminals show bold black as grey, which is unreadable on a coloured background.
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
