/// A key press, as a terminal can tell it.
public enum Key: Hashable, Sendable {
    /// A character typed, of whatever script; a space is one too.
    case character(Character)
    /// A letter or sign pressed with Ctrl; letters in lower case, `" "` for Ctrl-Space.
    case control(Character)
    /// A character pressed with Alt.
    case alt(Character)
    /// F1 is 1. With Shift most terminals send F13…F24 for F1…F12.
    case function(Int)
    case enter, escape, tab, backTab, backspace, delete, insert
    case up, down, left, right, home, end, pageUp, pageDown
    /// A moving key pressed with Shift, and with Ctrl.
    case shifted(Motion)
    case controlled(Motion)

    /// A key that moves.
    public enum Motion: String, CaseIterable, Hashable, Sendable {
        case up = "Up"
        case down = "Down"
        case left = "Left"
        case right = "Right"
        case home = "Home"
        case end = "End"
        case pageUp = "PageUp"
        case pageDown = "PageDown"
    }

    /// The key as a command: full-width ASCII, as a Chinese input method sends it (`？`, `ｊ`, `　`), counts as ASCII.
    public var commandEquivalent: Key {
        switch self {
        case .character(let character): .character(Key.halfWidth(character))
        case .alt(let character): .alt(Key.halfWidth(character))
        default: self
        }
    }

    /// Whether this is text that an input method has composed, which no command is bound to.
    public var isComposed: Bool {
        if case .character(let character) = commandEquivalent { !character.isASCII } else { false }
    }

    private static func halfWidth(_ character: Character) -> Character {
        guard character.unicodeScalars.count == 1, let scalar = character.unicodeScalars.first else { return character }
        switch scalar.value {
        case 0x3000: return " "
        case 0xFF01...0xFF5E: return Unicode.Scalar(scalar.value - 0xFEE0).map { Character($0) } ?? character
        default: return character
        }
    }
}
