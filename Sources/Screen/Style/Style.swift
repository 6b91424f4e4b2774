/// The role of a piece of text. A ``Theme`` maps it to a colour and attributes.
public enum Tone: UInt8, CaseIterable, Hashable, Sendable {
    /// Ordinary text.
    case text
    /// The most important part of a line, such as a name or an amount.
    case strong
    /// Secondary text: units, column heads, explanations.
    case muted
    /// The least visible text: placeholders, separators, disabled commands.
    case faint
    /// The accent colour, for the current item.
    case accent
    case good, warning, danger, info
    /// The title of a pane.
    case title
    /// A key to press.
    case key
    /// The matching part of a search hit.
    case match
    /// Frames, rules and scroll bars; `frameFocused` is the frame of the focused pane.
    case frame, frameFocused
}

/// The role of a background. A ``Theme`` maps it to a colour and attributes.
public enum Ground: UInt8, CaseIterable, Hashable, Sendable {
    /// The background of the screen.
    case plain
    /// Alternate rows of a long table.
    case stripe
    /// The selected row of the focused pane, and of any other pane.
    case selected, selectedUnfocused
    /// The bars at the top and bottom of the screen.
    case bar
    /// A text field without and with focus.
    case field, fieldFocused
    /// A layer above the panes.
    case popup
    /// Badges: a few words that must not be overlooked.
    case accent, good, warning, danger
}

/// Text attributes, as terminals offer them. A style's attributes are added to those of the theme.
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

/// The roles of a piece of text and its background, with additional attributes.
public struct Style: Hashable, Sendable {
    public var tone: Tone
    /// `nil` keeps the cell's present background, so that one line can be drawn on a pane, a popup or a selected row.
    public var ground: Ground?
    public var attributes: Attributes

    public init(_ tone: Tone = .text, on ground: Ground? = nil, _ attributes: Attributes = []) {
        self.tone = tone
        self.ground = ground
        self.attributes = attributes
    }

    /// The same style on another background.
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
