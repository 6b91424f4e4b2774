/// An escape sequence that a terminal sends, by its form (ECMA-48); what it means is not decided here.
enum EscapeSequence: Equatable {
    /// `ESC [`, parameters, intermediate bytes and a final byte.
    case control(ControlSequence)
    /// `ESC O`, parameters (only some terminals send them) and a character: a key of the keypad.
    case keypad(ControlSequence)
    /// `ESC [ [` and a character: F1 to F5 of the Linux console.
    case console(Unicode.Scalar)
    /// `ESC [ M` and three bytes: an X10 mouse report.
    case mouse(button: UInt8, column: UInt8, row: UInt8)
    /// A control string (OSC, DCS, APC, PM, SOS): an answer of the terminal, not a key.
    case string

    /// What begins at an Esc byte.
    enum Scan: Equatable {
        case complete(EscapeSequence, length: Int)
        /// Further bytes decide.
        case incomplete
        /// The byte behind so many bytes cannot belong to the sequence.
        case cutShort(length: Int)
        /// The Esc byte begins no sequence.
        case none
    }

    static func scan(_ bytes: [UInt8], at start: Int) -> Scan {
        guard start + 1 < bytes.count else { return .incomplete }
        switch Unicode.Scalar(bytes[start + 1]) {
        case "[": return scanControl(bytes, at: start)
        case "O": return scanKeypad(bytes, at: start)
        case "]", "P", "_", "^", "X": return scanString(bytes, at: start)
        default: return .none
        }
    }

    private static func scanControl(_ bytes: [UInt8], at start: Int) -> Scan {
        let place = start + 2
        guard place < bytes.count else { return .incomplete }
        switch Unicode.Scalar(bytes[place]) {
        case "[":
            guard place + 1 < bytes.count else { return .incomplete }
            let key = bytes[place + 1]
            return key.isPrintable ? .complete(.console(Unicode.Scalar(key)), length: 4) : .cutShort(length: 3)
        case "M": return scanMouse(bytes, at: start)
        default: break
        }
        var end = place
        while end < bytes.count, (0x20...0x3F).contains(bytes[end]) {
            // rxvt's Shift, which is an intermediate byte in ECMA-48 and ends no other sequence of one number.
            if bytes[end] == UInt8(ascii: "$"), end > place,
                bytes[place..<end].allSatisfy({ (0x30...0x39).contains($0) })
            {
                break
            }
            end += 1
        }
        guard end < bytes.count else { return .incomplete }
        guard bytes[end] == UInt8(ascii: "$") || (0x40...0x7E).contains(bytes[end]) else {
            return .cutShort(length: end - start)
        }
        return .complete(.control(ControlSequence(bytes[place...end])), length: end + 1 - start)
    }

    /// The report is of button, column and row, each plus 32; 0 is a place too far off.
    private static func scanMouse(_ bytes: [UInt8], at start: Int) -> Scan {
        let report = bytes[start...].dropFirst(3).prefix(3)
        if let bad = report.firstIndex(where: { $0 != 0 && $0 < 0x20 }) { return .cutShort(length: bad - start) }
        guard report.count == 3 else { return .incomplete }
        return .complete(.mouse(button: bytes[start + 3], column: bytes[start + 4], row: bytes[start + 5]), length: 6)
    }

    /// At most a digit, a semicolon and two digits, so that Alt-O and a typed number stay what they are.
    private static func scanKeypad(_ bytes: [UInt8], at start: Int) -> Scan {
        let place = start + 2
        let end = bytes[place...].prefix(5).firstIndex { !(0x30...0x3B).contains($0) }
        guard let end else { return bytes.count - place > 4 ? .cutShort(length: 2) : .incomplete }
        let isKey = end == place ? bytes[end].isPrintable : (0x40...0x7E).contains(bytes[end])
        guard isKey else { return .cutShort(length: 2) }
        return .complete(.keypad(ControlSequence(bytes[place...end])), length: end + 1 - start)
    }

    /// Up to ST (`ESC \`) or BEL. Any other control character shows that Alt and text were typed instead.
    private static func scanString(_ bytes: [UInt8], at start: Int) -> Scan {
        guard let end = bytes[(start + 2)...].firstIndex(where: \.isControl) else { return .incomplete }
        if bytes[end] == 0x07 { return .complete(.string, length: end + 1 - start) }
        guard bytes[end] == 0x1B else { return .cutShort(length: 2) }
        guard end + 1 < bytes.count else { return .incomplete }
        return bytes[end + 1] == UInt8(ascii: "\\") ? .complete(.string, length: end + 2 - start) : .cutShort(length: 2)
    }
}

/// The parts of a control sequence: `ESC [ < 0 ; 5 ; 7 M` has the prefix `<`, three parameters and the final byte `M`.
struct ControlSequence: Equatable {
    /// `<`, `=`, `>` or `?`: a private sequence.
    var prefix: Unicode.Scalar?
    /// Each parameter with its subparameters, which colons separate; empty ones are 0. Above 2^24 a number is not exact.
    var parameters: [[Int]] = []
    var hasIntermediate = false
    var final: Unicode.Scalar

    /// - Parameter bytes: All behind the introducer; at least the final byte.
    init(_ bytes: ArraySlice<UInt8>) {
        final = Unicode.Scalar(bytes.last ?? 0)
        var bytes = bytes.dropLast()
        if let first = bytes.first, (0x3C...0x3F).contains(first) {
            prefix = Unicode.Scalar(first)
            bytes = bytes.dropFirst()
        }
        if !bytes.isEmpty { parameters = [[0]] }
        for byte in bytes {
            let last = parameters.count - 1
            switch Unicode.Scalar(byte) {
            case "0"..."9":
                let number = parameters[last][parameters[last].count - 1]
                parameters[last][parameters[last].count - 1] = min(number * 10 + Int(byte - 0x30), 1 << 24)
            case ";": parameters.append([0])
            case ":": parameters[last].append(0)
            default: hasIntermediate = true
            }
        }
    }

    /// A parameter's number; 0 if it is missing.
    subscript(_ index: Int) -> Int { parameters.indices.contains(index) ? parameters[index][0] : 0 }
}
