extension Key: CustomStringConvertible, LosslessStringConvertible {
    /// Parses a name as in ``description``: `a`, `张`, `Space`, `Enter`, `F2`, `Ctrl-P`, `Alt-x`, `Shift-Up`; `Shift-F1` is
    /// another name of F13.
    ///
    /// Key and modifier names are case-insensitive. `nil` for an unknown name.
    public init?(_ name: String) {
        if let character = name.first, name.count == 1 {
            self = .character(character)
        } else if let key = Key.named[name.lowercased()] {
            self = key
        } else if name.first?.lowercased() == "f", let number = Int(name.dropFirst()), (1...63).contains(number) {
            self = .function(number)
        } else if let dash = name.firstIndex(of: "-"),
            let key = Key.modified(name[..<dash], name[name.index(after: dash)...])
        {
            self = key
        } else {
            return nil
        }
    }

    public var description: String {
        switch self {
        case .character(" "): "Space"
        case .character(let character): String(character)
        case .control(let character): "Ctrl-" + (character == " " ? "Space" : character.uppercased())
        case .alt(let character): "Alt-" + (character == " " ? "Space" : String(character))
        case .function(let number): "F\(number)"
        case .shifted(let motion): "Shift-" + motion.rawValue
        case .controlled(let motion): "Ctrl-" + motion.rawValue
        default: Key.plain.first { $0.key == self }?.name ?? ""
        }
    }

    /// Keys without a parameter, and their names.
    private static let plain: [(key: Key, name: String)] = [
        (.character(" "), "Space"), (.enter, "Enter"), (.escape, "Esc"), (.tab, "Tab"), (.backTab, "Shift-Tab"),
        (.backspace, "Backspace"), (.delete, "Delete"), (.insert, "Insert"), (.up, "Up"), (.down, "Down"),
        (.left, "Left"), (.right, "Right"), (.home, "Home"), (.end, "End"), (.pageUp, "PageUp"),
        (.pageDown, "PageDown"),
    ]

    private static let named: [String: Key] = Dictionary(
        uniqueKeysWithValues: plain.map { ($0.name.lowercased(), $0.key) } + [
            ("escape", .escape), ("backtab", .backTab),
        ])

    private static func modified(_ modifier: Substring, _ name: Substring) -> Key? {
        let motion = Motion.allCases.first { $0.rawValue.lowercased() == name.lowercased() }
        let character: Character? = name.lowercased() == "space" ? " " : name.count == 1 ? name.first : nil
        switch modifier.lowercased() {
        case "ctrl": return motion.map(Key.controlled) ?? character.map { .control(Character($0.lowercased())) }
        case "alt": return character.map(Key.alt)
        case "shift":
            // Most terminals report Shift-F1 as F13.
            if name.first?.lowercased() == "f", let number = Int(name.dropFirst()), (1...12).contains(number) {
                return .function(number + 12)
            }
            return motion.map(Key.shifted)
        default: return nil
        }
    }
}
