import CNcurses
import Screen

/// Converts ncurses input to events.
///
/// - Scalars read in one go are joined into characters, because an input method sends a cluster as several scalars.
/// - Text between the bracketed-paste sequences becomes one paste event; key sequences in it are ignored.
/// - Escape followed at once by an ASCII character is Alt with that character.
struct InputReader {
    /// Text of an unfinished paste; `nil` outside a paste.
    private var pasted: String?
    /// Scalars read in one go, not yet split into characters.
    private var typed = ""
    private let eraseIsControlH: Bool

    init() {
        eraseIsControlH = cn_erase_character() == 8
    }

    var isPasting: Bool { pasted != nil }

    /// All events that can be read without waiting.
    ///
    /// - Parameter isIdle: Whether waiting for input timed out; an unfinished paste is delivered then, as its end may
    ///   be lost.
    mutating func drain(isIdle: Bool, size: () -> Size) -> [Event] {
        var events: [Event] = []
        var hasRead = false
        while true {
            let input = cn_read()
            if input.kind == CN_NOTHING.kind { break }
            hasRead = true
            read(input, into: &events, size: size)
        }
        if isIdle, !hasRead { endPaste(into: &events) }
        flush(into: &events)
        return events
    }

    private mutating func read(_ input: cn_input, into events: inout [Event], size: () -> Size) {
        if input.kind == CN_CHARACTER.kind, let scalar = Unicode.Scalar(input.value) {
            if pasted != nil {
                pasted?.unicodeScalars.append(scalar)
            } else if scalar.value == 0x1B {
                flush(into: &events)
                readAfterEscape(into: &events, size: size)
            } else if let key = controlKey(scalar) {
                flush(into: &events)
                events.append(.key(key))
            } else {
                typed.unicodeScalars.append(scalar)
            }
            return
        }
        flush(into: &events)
        switch input.kind {
        case CN_PASTE_BEGIN.kind: pasted = pasted ?? ""
        case CN_PASTE_END.kind: endPaste(into: &events)
        case CN_RESIZE.kind: events.append(.resize(size()))
        case CN_FOCUS_IN.kind: events.append(.focusGained)
        case CN_FOCUS_OUT.kind: events.append(.focusLost)
        case CN_MOUSE.kind: if let mouse = Mouse(input) { events.append(.mouse(mouse)) }
        // Key sequences in pasted text were not typed by the user.
        case CN_KEY.kind where pasted == nil: if let key = Key(input) { events.append(.key(key)) }
        case CN_FUNCTION.kind where pasted == nil: events.append(.key(.function(Int(input.value))))
        default: break
        }
    }

    /// Handles the input after an Escape byte: a printable ASCII character gives an Alt key, anything else a separate
    /// key.
    private mutating func readAfterEscape(into events: inout [Event], size: () -> Size) {
        let next = cn_read()
        if next.kind == CN_CHARACTER.kind, (0x20..<0x7F).contains(next.value), let scalar = Unicode.Scalar(next.value) {
            events.append(.key(.alt(Character(scalar))))
            return
        }
        events.append(.key(.escape))
        if next.kind != CN_NOTHING.kind { read(next, into: &events, size: size) }
    }

    private func controlKey(_ scalar: Unicode.Scalar) -> Key? {
        switch scalar.value {
        case 0x00: .control(" ")
        case 0x08 where eraseIsControlH: .backspace
        case 0x09: .tab
        case 0x0D: .enter
        case 0x7F: .backspace
        case 0x01...0x1A: Unicode.Scalar(scalar.value + 0x60).map { .control(Character($0)) }
        case 0x1C...0x1F: Unicode.Scalar(scalar.value + 0x40).map { .control(Character($0)) }
        default: nil
        }
    }

    private mutating func flush(into events: inout [Event]) {
        events += typed.map { .key(.character($0)) }
        typed = ""
    }

    private mutating func endPaste(into events: inout [Event]) {
        guard let text = pasted else { return }
        pasted = nil
        // Terminals send pasted line breaks as carriage returns.
        events.append(.paste(String(text.map { $0 == "\r" || $0 == "\r\n" ? "\n" : $0 })))
    }
}

extension cn_input_kind {
    fileprivate var kind: Int32 { Int32(bitPattern: rawValue) }
}

extension Key {
    private static let plain: [Key] = [.up, .down, .left, .right, .home, .end, .pageUp, .pageDown]
    private static let motions: [Motion] = [.up, .down, .left, .right, .home, .end, .pageUp, .pageDown]
    private static let others: [Key] = [.enter, .backspace, .delete, .insert, .backTab]

    /// The key of a `CN_KEY` input: three groups of eight navigation keys (plain, Shift, Ctrl), then the others.
    fileprivate init?(_ input: cn_input) {
        let place = Int(input.value % 8)
        switch input.value / 8 {
        case 0: self = Key.plain[place]
        case 1: self = .shifted(Key.motions[place])
        case 2: self = .controlled(Key.motions[place])
        case 3 where place < Key.others.count: self = Key.others[place]
        default: return nil
        }
    }
}

extension Mouse {
    private static let actions: [Action] = [
        .press(.left), .press(.middle), .press(.right), .release(.left), .release(.middle), .release(.right), .drag,
        .wheelUp, .wheelDown,
    ]

    fileprivate init?(_ input: cn_input) {
        guard input.value < Mouse.actions.count else { return nil }
        self.init(Mouse.actions[Int(input.value)], at: Point(x: Int(input.column), y: Int(input.row)))
    }
}
