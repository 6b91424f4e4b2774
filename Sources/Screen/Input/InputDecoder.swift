/// Decodes the bytes that a terminal sends to events.
///
/// A value without a clock or a file. The caller passes bytes as they arrive, in pieces of any size; where a piece ends
/// makes no difference. If ``waitMilliseconds`` pass without further bytes, the caller says so with ``timeOut()``.
///
/// - A UTF-8 character may arrive in several pieces. A byte that belongs to no character is dropped, and only that byte.
/// - Scalars of one piece are joined to characters (grapheme clusters), because an input method sends a cluster as
///   several scalars. A combining mark in a later piece is a character of its own, which a text field joins.
/// - Escape sequences follow ECMA-48, with the exceptions that terminals make. A complete but unknown sequence is
///   dropped; one that is cut short by another byte or by a timeout is dropped too, except that Esc followed by one
///   ASCII character is that character with Alt.
/// - Text between the bracketed-paste sequences is one event; nothing in it is a key.
public struct InputDecoder: Equatable, Sendable {
    private let keys: KeySequences
    private let eraseIsControlH: Bool
    /// Bytes whose meaning the next ones decide.
    private var unread: [UInt8] = []
    /// Bytes of an unfinished paste; `nil` outside a paste.
    private var pasted: [UInt8]?
    /// The mouse button pressed last, because an X10 report of a release does not name it.
    var pressedButton = Mouse.Button.left

    /// - Parameters:
    ///   - keys: Sequences of the terminal's terminfo entry; they precede the general forms.
    ///   - eraseIsControlH: Whether the terminal's Backspace key sends Ctrl-H (`stty erase`).
    public init(keys: KeySequences = KeySequences(), eraseIsControlH: Bool = false) {
        (self.keys, self.eraseIsControlH) = (keys, eraseIsControlH)
    }

    /// How long to wait for the rest of what has arrived, before ``timeOut()``; `nil` if nothing waits for time to pass.
    ///
    /// A lone Esc is decided soon, as a person waits for it; a longer sequence is hardly ever typed by hand.
    public var waitMilliseconds: Int? {
        if pasted != nil { return 500 }
        guard let first = unread.first, first.isControl else { return nil }
        return switch unread.count {
        case 1: 25
        case 2: 100
        default: 500
        }
    }

    /// The events that are complete with these bytes.
    public mutating func decode(_ bytes: some Sequence<UInt8>) -> [Event] {
        unread += bytes
        return decodeUnread(isOver: false)
    }

    /// Decides what is unfinished: a lone Esc is the key, and the end of a paste is taken for lost.
    public mutating func timeOut() -> [Event] {
        var events = decodeUnread(isOver: true)
        endPaste(&events)
        return events
    }

    private mutating func decodeUnread(isOver: Bool) -> [Event] {
        var events: [Event] = []
        var typed = String.UnicodeScalarView()
        var place = 0
        while place < unread.count {
            if pasted != nil {
                guard let length = paste(at: place, isOver: isOver, &events) else { break }
                place += length
                continue
            }
            guard let (input, length) = input(at: place, isOver: isOver) else { break }
            place += length
            if case .scalar(let scalar) = input {
                typed.append(scalar)
                continue
            }
            InputDecoder.flush(&typed, into: &events)
            switch input {
            case .event(let event): events.append(event)
            case .pasteStart: pasted = []
            case .scalar, .nothing: break
            }
        }
        InputDecoder.flush(&typed, into: &events)
        unread.removeFirst(place)
        return events
    }

    private static func flush(_ typed: inout String.UnicodeScalarView, into events: inout [Event]) {
        if typed.isEmpty { return }
        events += String(typed).map { .key(.character($0)) }
        typed = String.UnicodeScalarView()
    }

    // MARK: One input

    /// The meaning of one character, key or sequence.
    enum Input: Equatable {
        case scalar(Unicode.Scalar)
        case event(Event)
        case pasteStart
        case nothing

        static func key(_ key: Key?) -> Input { key.map { .event(.key($0)) } ?? .nothing }
    }

    /// The input at a place in the bytes and its length; `nil` if further bytes decide, and time is not over.
    private mutating func input(at place: Int, isOver: Bool) -> (Input, length: Int)? {
        let byte = unread[place]
        if byte.isControl {
            let match = keys.match(unread, at: place)
            if match.mayContinue, !isOver { return nil }
            if let key = match.key { return (.key(key), match.length) }
            if byte == 0x1B { return sequence(at: place, isOver: isOver) }
            return (.key(control(byte)), 1)
        }
        return switch UTF8Piece(unread, at: place) {
        case .scalar(let scalar, let length): (.scalar(scalar), length)
        case .invalid(let length): (.nothing, length)
        case .incomplete: nil
        }
    }

    private mutating func sequence(at place: Int, isOver: Bool) -> (Input, length: Int)? {
        switch EscapeSequence.scan(unread, at: place) {
        case .incomplete where !isOver: return nil
        case .complete(let sequence, let length): return (meaning(of: sequence), length)
        case .cutShort(let length) where length > 2: return (.nothing, length)
        case .incomplete where unread.count - place > 2 && unread[place + 1] == UInt8(ascii: "["):
            return (.nothing, unread.count - place)
        case .incomplete, .cutShort, .none:
            guard place + 1 < unread.count, unread[place + 1].isPrintable else { return (.key(.escape), 1) }
            return (.key(.alt(Character(Unicode.Scalar(unread[place + 1])))), 2)
        }
    }

    /// The key of a control character.
    func control(_ byte: UInt8) -> Key? {
        switch byte {
        case 0x00: .control(" ")
        case 0x08 where eraseIsControlH: .backspace
        case 0x09: .tab
        case 0x0D: .enter
        case 0x1B: .escape
        case 0x7F: .backspace
        case 0x01...0x1A: .control(Character(Unicode.Scalar(byte + 0x60)))
        case 0x1C...0x1F: .control(Character(Unicode.Scalar(byte + 0x40)))
        default: nil
        }
    }

    // MARK: Paste

    private static let pasteStart = Array("\u{1B}[200~".utf8)
    private static let pasteEnd = Array("\u{1B}[201~".utf8)

    /// Reads pasted text up to the end of the bytes or the next Esc, which may begin the end of the paste. Returns the
    /// number of bytes read; `nil` if further bytes decide, and time is not over.
    private mutating func paste(at place: Int, isOver: Bool, _ events: inout [Event]) -> Int? {
        guard unread[place] == 0x1B else {
            let end = unread[place...].firstIndex(of: 0x1B) ?? unread.count
            pasted? += unread[place..<end]
            return end - place
        }
        let rest = unread[place...].prefix(InputDecoder.pasteEnd.count)
        if rest.elementsEqual(InputDecoder.pasteEnd) {
            endPaste(&events)
            return rest.count
        }
        // The end of the paste before this one was lost.
        if rest.elementsEqual(InputDecoder.pasteStart) { return rest.count }
        if InputDecoder.pasteEnd.starts(with: rest) || InputDecoder.pasteStart.starts(with: rest) {
            return isOver ? rest.count : nil
        }
        pasted?.append(0x1B)
        return 1
    }

    private mutating func endPaste(_ events: inout [Event]) {
        guard let bytes = pasted else { return }
        pasted = nil
        // Terminals send pasted line breaks as carriage returns.
        var lines: [UInt8] = []
        lines.reserveCapacity(bytes.count)
        var last: UInt8 = 0
        for byte in bytes {
            if byte != 0x0A || last != 0x0D { lines.append(byte == 0x0D ? 0x0A : byte) }
            last = byte
        }
        let text = String(wholeCharactersOf: lines)
        if !text.isEmpty { events.append(.paste(text)) }
    }
}
