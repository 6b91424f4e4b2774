/// What a piece of text means. Which colour that is, only a ``Theme`` says.
public enum Tone: UInt8, CaseIterable, Hashable, Sendable {
    /// Ordinary text.
    case text
    /// What matters most on the line: a name, a sum.
    case strong
    /// What may be passed over: units, column heads, explanations.
    case muted
    /// Hardly there: a placeholder, a separator, a command that is not available now.
    case faint
    /// The program's own colour: what is current.
    case accent
    case good, warning, danger, info
    /// The title of a pane.
    case title
    /// A key to press.
    case key
    /// What a search has found within a word.
    case match
    /// Frames, rules and scroll bars, and the frame of the pane that has the keyboard.
    case frame, frameFocused
}

/// What text lies on.
public enum Ground: UInt8, CaseIterable, Hashable, Sendable {
    /// The screen itself.
    case plain
    /// Every other row of a long table.
    case stripe
    /// The selected row of the pane that has the keyboard, and of one that has not.
    case selected, selectedUnfocused
    /// The bars at the top and bottom of the screen.
    case bar
    /// A place to type, without and with the caret.
    case field, fieldFocused
    /// A layer above the others.
    case popup
    /// Badges: a few words that must be seen.
    case accent, good, warning, danger
}

/// Weight and slant that belong to a text whatever the theme.
public struct Attributes: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    public static let bold = Attributes(rawValue: 1)
    public static let dim = Attributes(rawValue: 2)
    public static let italic = Attributes(rawValue: 4)
    public static let underline = Attributes(rawValue: 8)
    public static let reverse = Attributes(rawValue: 16)
}

/// How a piece of text is shown, by meaning.
public struct Style: Hashable, Sendable {
    public var tone: Tone
    /// `nil` leaves the ground that the cell has already, so that the same line can lie on a pane, a popup or a selected row.
    public var ground: Ground?
    public var attributes: Attributes

    public init(_ tone: Tone = .text, on ground: Ground? = nil, _ attributes: Attributes = []) {
        self.tone = tone
        self.ground = ground
        self.attributes = attributes
    }

    /// The same style on another ground.
    public func on(_ ground: Ground?) -> Style { Style(tone, on: ground, attributes) }

    /// The same style in bold.
    public var bold: Style { Style(tone, on: ground, attributes.union(.bold)) }
}

extension Style {
    public static let text = Style(.text)
    public static let strong = Style(.strong)
    public static let muted = Style(.muted)
    public static let faint = Style(.faint)
    public static let accent = Style(.accent)
    public static let good = Style(.good)
    public static let warning = Style(.warning)
    public static let danger = Style(.danger)
    public static let info = Style(.info)
    public static let title = Style(.title)
    public static let key = Style(.key)
    public static let match = Style(.match)
}
