/// A key press, as far as terminals can report it.
public enum Key: Hashable, Sendable {
    /// A typed character of any script, including space.
    case character(Character)
    /// A character pressed with Ctrl; letters in lower case, `" "` for Ctrl-Space.
    case control(Character)
    /// A character pressed with Alt.
    case alt(Character)
    /// The number n of Fn. Most terminals report Shift-F1…F12 as F13…F24.
    case function(Int)
    case enter, escape, tab, backTab, backspace, delete, insert
    case up, down, left, right, home, end, pageUp, pageDown
    /// A navigation key pressed with Shift or with Ctrl.
    case shifted(Motion)
    case controlled(Motion)

    /// A navigation key.
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

    /// The key with full-width ASCII (`？`, `ｊ`, `　`), as Chinese input methods send it, replaced by ASCII; a letter with
    /// Alt in lower case, as Caps Lock does not matter to a command.
    public var commandEquivalent: Key {
        switch self {
        case .character(let character): .character(Key.halfWidth(character))
        case .alt(let character): .alt(Character(Key.halfWidth(character).lowercased()))
        default: self
        }
    }

    /// Whether this is non-ASCII text from an input method; commands are never bound to such keys.
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
