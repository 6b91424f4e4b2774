/// The keys and reports of xterm, rxvt, the Linux console, PuTTY, tmux and kitty.
extension InputDecoder {
    mutating func meaning(of sequence: EscapeSequence) -> Input {
        switch sequence {
        case .control(let sequence): meaning(of: sequence)
        case .keypad(let sequence): .key(InputDecoder.keypadKey(sequence))
        case .console(let final): .key("ABCDE".unicodeScalars.firstPlace(of: final).map { .function($0 + 1) })
        case .mouse(let button, let column, let row):
            column < 0x21 || row < 0x21
                ? .nothing
                : mouse(Int(button) - 0x20, x: Int(column) - 0x20, y: Int(row) - 0x20, isRelease: button & 3 == 3)
        case .string: .nothing
        }
    }

    private mutating func meaning(of sequence: ControlSequence) -> Input {
        if sequence.prefix == "<", sequence.final == "M" || sequence.final == "m", sequence.parameters.count == 3 {
            return mouse(sequence[0], x: sequence[1], y: sequence[2], isRelease: sequence.final == "m")
        }
        guard sequence.prefix == nil, !sequence.hasIntermediate || sequence.final == "$" else { return .nothing }
        switch sequence.final {
        case "I" where sequence.parameters.isEmpty: return .event(.focusGained)
        case "O" where sequence.parameters.isEmpty: return .event(.focusLost)
        case "~" where sequence[0] == 200: return .pasteStart
        case "~" where sequence[0] == 27: return .key(encodedKey(sequence[2], Modifiers(sequence.parameters, at: 1)))
        case "u":
            // The second subparameter is the character with Shift.
            let code = sequence.parameters.first ?? []
            return .key(
                encodedKey(code.first ?? 0, shifted: code.dropFirst().first, Modifiers(sequence.parameters, at: 1)))
        case "Z": return .key(.backTab)
        case "a", "b", "c", "d": return .key(InputDecoder.arrow("abcd", sequence.final).map(Key.shifted))
        case "~": return .key(InputDecoder.numberedKey(sequence[0], Modifiers(sequence.parameters, at: 1)))
        case "$": return .key(InputDecoder.numberedKey(sequence[0], .shift))
        case "^": return .key(InputDecoder.numberedKey(sequence[0], .control))
        case "@": return .key(InputDecoder.numberedKey(sequence[0], [.shift, .control]))
        default: return .key(InputDecoder.letterKey(sequence))
        }
    }

    // MARK: Modifiers

    /// Modifier keys as xterm and kitty number them: 1 plus the sum of the values.
    struct Modifiers: OptionSet {
        let rawValue: Int

        static let shift = Modifiers(rawValue: 1)
        static let alt = Modifiers(rawValue: 2)
        static let control = Modifiers(rawValue: 4)
        /// Super, Hyper and Meta: no key of the program has them.
        static let others = Modifiers(rawValue: 8 + 16 + 32)
        /// Caps Lock and Num Lock, which change no key here.
        static let locks = Modifiers(rawValue: 64 + 128)
        /// Not a modifier: kitty's report of a key that is released.
        static let released = Modifiers(rawValue: 1 << 16)

        init(rawValue: Int) { self.rawValue = rawValue }

        /// The modifiers of a parameter; none if it is missing.
        init(_ parameters: [[Int]], at index: Int) {
            let parameter = parameters.indices.contains(index) ? parameters[index] : []
            self = Modifiers(rawValue: max(0, (parameter.first ?? 0) - 1) & 0xFF).subtracting(.locks)
            if parameter.dropFirst().first == 3 { insert(.released) }
        }

        var isIgnored: Bool { !isDisjoint(with: [.others, .released]) }
    }

    /// Shift alone is Shift; Alt, Ctrl and their combinations count as Ctrl.
    private static func key(_ plain: Key, _ motion: Key.Motion, _ modifiers: Modifiers) -> Key? {
        if modifiers.isIgnored { return nil }
        return modifiers.isEmpty ? plain : modifiers == .shift ? .shifted(motion) : .controlled(motion)
    }

    /// As xterm's terminfo entry numbers them: F13 is Shift-F1, F25 Ctrl-F1, F37 Ctrl-Shift-F1, F49 Alt-F1, F61
    /// Alt-Shift-F1; the last one is F63.
    private static func function(_ number: Int, _ modifiers: Modifiers) -> Key? {
        let groups: [Modifiers] = [[], .shift, .control, [.shift, .control], .alt, [.shift, .alt]]
        guard let group = groups.firstIndex(of: modifiers), number <= 12 || group == 0 else { return nil }
        let result = number + 12 * group
        return result <= 63 ? .function(result) : nil
    }

    // MARK: Keys

    private static let motions: [(plain: Key, motion: Key.Motion)] = [
        (.up, .up), (.down, .down), (.right, .right), (.left, .left), (.home, .home), (.end, .end), (.pageUp, .pageUp),
        (.pageDown, .pageDown),
    ]

    private static func arrow(_ letters: String, _ letter: Unicode.Scalar) -> Key.Motion? {
        letters.unicodeScalars.firstPlace(of: letter).map { motions[$0].motion }
    }

    /// `ESC [ A` or `ESC [ 1 ; 5 A`; old terminals leave out the 1. Cursor position reports, which end with R, are not
    /// asked for.
    private static func letterKey(_ sequence: ControlSequence) -> Key? {
        let isShort = sequence.parameters.count == 1
        guard isShort || sequence[0] <= 1 else { return nil }
        let modifiers = Modifiers(sequence.parameters, at: isShort ? 0 : 1)
        if let place = "ABCDHF".unicodeScalars.firstPlace(of: sequence.final) {
            return key(motions[place].plain, motions[place].motion, modifiers)
        }
        return "PQRS".unicodeScalars.firstPlace(of: sequence.final).flatMap { function($0 + 1, modifiers) }
    }

    private static func numberedKey(_ number: Int, _ modifiers: Modifiers) -> Key? {
        switch number {
        case 1, 7: return key(.home, .home, modifiers)
        case 4, 8: return key(.end, .end, modifiers)
        case 5: return key(.pageUp, .pageUp, modifiers)
        case 6: return key(.pageDown, .pageDown, modifiers)
        case 2: return modifiers.isIgnored ? nil : .insert
        case 3: return modifiers.isIgnored ? nil : .delete
        case 11...15: return function(number - 10, modifiers)
        case 17...21: return function(number - 11, modifiers)
        case 23...26: return function(number - 12, modifiers)
        case 28, 29: return function(number - 13, modifiers)
        case 31...34: return function(number - 14, modifiers)
        default: return nil
        }
    }

    /// Keys of the keypad in application mode count as without it.
    private static func keypadKey(_ sequence: ControlSequence) -> Key? {
        switch sequence.final {
        case "M": return .enter
        case "I": return .tab
        case " ": return .character(" ")
        case "X": return .character("=")
        case "a", "b", "c", "d": return arrow("abcd", sequence.final).map(Key.controlled)
        case "j"..."y": return .character(Array("*+,-./0123456789")[Int(sequence.final.value) - 0x6A])
        default: return letterKey(sequence)
        }
    }

    /// A key that is sent as a character's number with modifiers (kitty's `CSI u` and xterm's `modifyOtherKeys`): the
    /// same as the key that a terminal without these protocols sends.
    private func encodedKey(_ code: Int, shifted: Int? = nil, _ modifiers: Modifiers) -> Key? {
        if modifiers.isIgnored { return nil }
        switch code {
        case 9: return modifiers.contains(.shift) ? .backTab : .tab
        case 13, 57414: return .enter
        case 27: return .escape
        case 127: return .backspace
        case 57376...57398: return InputDecoder.function(code - 57363, modifiers)
        case 57399...57416: return .character(Array("0123456789./*-+\r=,")[code - 57399])
        case 57417...57424:
            let place = [3, 2, 0, 1, 6, 7, 4, 5][code - 57417]
            return InputDecoder.key(InputDecoder.motions[place].plain, InputDecoder.motions[place].motion, modifiers)
        case 57425: return .insert
        case 57426: return .delete
        default: break
        }
        // The rest of kitty's own numbers are keys that other terminals do not have.
        guard code >= 0x20, !(0x80...0x9F).contains(code), !(0xE000...0xF8FF).contains(code),
            let scalar = Unicode.Scalar(UInt32(code))
        else { return nil }
        if modifiers.contains(.control) { return InputDecoder.controlByte(scalar).flatMap(control) }
        var character = Character(scalar)
        if modifiers.contains(.shift) {
            let capital = shifted.flatMap { Unicode.Scalar(UInt32($0)) }.map(String.init) ?? character.uppercased()
            if capital.count == 1, let first = capital.first { character = first }
        }
        if modifiers.contains(.alt) { return character.isASCII ? .alt(character) : nil }
        return .character(character)
    }

    /// The byte that a terminal sends for a character with Ctrl; on most keyboards digits stand for the signs beside.
    private static func controlByte(_ scalar: Unicode.Scalar) -> UInt8? {
        switch scalar {
        case " ", "@", "2": 0x00
        case "a"..."z", "A"..."Z": UInt8(scalar.value & 0x1F)
        case "[", "3": 0x1B
        case "\\", "4": 0x1C
        case "]", "5": 0x1D
        case "^", "~", "6": 0x1E
        case "_", "/", "7": 0x1F
        case "?", "8": 0x7F
        default: nil
        }
    }

    // MARK: Mouse

    /// A mouse report: bits 0 and 1 are the button, 2 to 4 modifier keys, 5 a move, 6 and 7 other buttons (the wheel);
    /// places count from 1.
    private mutating func mouse(_ code: Int, x: Int, y: Int, isRelease: Bool) -> Input {
        let button: Mouse.Button? = [.left, .middle, .right, nil][code & 3]
        let action: Mouse.Action
        switch (code & 0xC0, code & 0x20) {
        case (0x40, 0) where code & 2 == 0 && !isRelease: action = code & 1 == 0 ? .wheelUp : .wheelDown
        case (0, 0x20) where button != nil: action = .drag
        case (0, 0) where isRelease: action = .release(button ?? pressedButton)
        case (0, 0):
            guard let button else { return .nothing }
            (action, pressedButton) = (.press(button), button)
        default: return .nothing
        }
        guard x > 0, y > 0 else { return .nothing }
        return .event(.mouse(Mouse(action, at: Point(x: x - 1, y: y - 1))))
    }
}

extension String.UnicodeScalarView {
    /// The number of scalars before the first that equals `scalar`.
    fileprivate func firstPlace(of scalar: Unicode.Scalar) -> Int? {
        firstIndex(of: scalar).map { distance(from: startIndex, to: $0) }
    }
}
