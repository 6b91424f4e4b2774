import Foundation
import Screen
import Testing

/// Input in pieces: where the terminal's bytes are divided must make no difference.
@Suite("Input that arrives in pieces")
struct SplitInputTests {
    /// Bytes and what they are: a character, a key, a paste, or nothing.
    private struct Part {
        var bytes: [UInt8]
        var event: Event?
    }

    private static let isLong = ProcessInfo.processInfo.environment["FRONTDESK_LONG_TESTS"] == "1"

    // MARK: Parts

    private static let chinese =
        "前台记录：３栋２单元501室业主张三（电话138-1234-5678）来电，厨房水管漏水。“已派工”—— 预计下午两点到；"
        + "𠮷野家𪚥、㐂、ｶﾞ、한국어、ภาษาไทยก็ได้、e\u{301}a\u{302}\u{323}、🇨🇳🇯🇵、👨‍👩‍👧👍🏽❤️1️⃣🏳️‍🌈、İstanbul、naïve。"

    private static let stray: [[UInt8]] = [
        [0x80], [0xBF], [0xC0], [0xC1], [0xF5], [0xFF], [0xFE, 0xFE], [0xE4], [0xE4, 0xB8], [0xF0, 0x9F, 0x91], [0xED],
    ]

    /// Complete sequences that are no key of the program.
    private static func unknownSequence(_ dice: inout SplitMix) -> String {
        let parameters = (0..<dice.next(0...4)).map { _ in String(dice.next(0...9999)) }
            .joined(separator: dice.next(0...4) == 0 ? ":" : ";")
        func pick(_ text: String) -> Character { text.randomElement(using: &dice) ?? "z" }
        let answer = "text;门岗 \(parameters)"
        return switch dice.next(0...9) {
        case 0: "\u{1B}[\(parameters)\(pick("efghijklnopqrstvwxyzJKLNTUVWXY\\]_`{|}"))"
        case 1: "\u{1B}[\(pick("?>="))\(parameters)\(pick("ABCDHFPQRSZIOu~cnMmh"))"
        case 2: "\u{1B}[\(parameters)\(pick(" !\"'*+"))\(pick("ABCDHFPQ~puq"))"
        case 3: "\u{1B}[\(dice.next(35...199))~"
        case 4: "\u{1B}[\(dice.next(57428...63743));\(dice.next(1...8))u"
        case 5: "\u{1B}[1;7\(pick("PQRS"))"
        case 6: "\u{1B}O\(pick("EGJKLNTUVWYZ[\\]^_`efgh{|}"))"
        case 7: "\u{1B}[[\(pick("FGHXYZ09"))"
        case 8: "\u{1B}]\(answer)\(dice.next(0...1) == 0 ? "\u{7}" : "\u{1B}\\")"
        default: "\u{1B}\(pick("P_^X"))\(answer)\u{1B}\\"
        }
    }

    /// The text with 500 known and 500 unknown sequences between its characters, and stray bytes between all.
    private static let mixed: [Part] = {
        var dice = SplitMix(state: 1)
        var parts: [Part] = []
        let characters = Array(chinese)
        for index in 0..<1000 {
            let character = characters[index % characters.count]
            parts.append(Part(bytes: Array(String(character).utf8), event: .key(.character(character))))
            if index % 3 == 0 { parts.append(Part(bytes: stray[index / 3 % stray.count])) }
            if index % 2 == 0 {
                let known = KnownSequences.all[index / 2 * 7 % KnownSequences.all.count]
                parts.append(Part(bytes: known.bytes, event: known.event))
            } else {
                parts.append(Part(bytes: Array(unknownSequence(&dice).utf8)))
            }
            if index % 3 == 1 { parts.append(Part(bytes: stray[index / 3 % stray.count])) }
        }
        return parts
    }()

    /// 100,000 characters with key sequences and unfinished ends of a paste in them.
    private static let paste: Part = {
        var text = ""
        let pieces = [chinese, "\u{1B}[A", "\n", "\u{1B}[201", "\u{1B}\u{1B}[20", "漏水 6-2-903", "\u{1B}OQ"]
        var (count, index) = (0, 0)
        while count < 100_000 {
            let piece = pieces[index % 5 == 0 ? index / 5 % pieces.count : 0]
            text += piece
            (count, index) = (count + piece.count, index + 1)
        }
        let sent = text.replacing("\n", with: "\r")
        return Part(bytes: Array("\u{1B}[200~\(sent)\u{1B}[201~".utf8), event: .paste(text))
    }()

    private static let whole: [Part] = Array(mixed[..<1500]) + [paste] + mixed[1500...]

    // MARK: Comparison

    /// Text as its bytes, because characters that arrive in pieces are joined only by their reader; other events by
    /// themselves.
    private enum Item: Equatable {
        case text([UInt8])
        case event(Event)
    }

    private func items(_ events: some Sequence<Event>) -> [Item] {
        var items: [Item] = []
        var text: [UInt8] = []
        for event in events {
            if case .key(.character(let character)) = event {
                text += Array(String(character).utf8)
                continue
            }
            if !text.isEmpty { items.append(.text(text)) }
            items.append(.event(event))
            text = []
        }
        return text.isEmpty ? items : items + [.text(text)]
    }

    /// Whether two lists of events are the same, byte for byte: `==` of texts takes composed characters for equal.
    private func isSame(_ events: [Event], as expected: [Item]) -> Bool {
        items(events).elementsEqual(expected) { one, other in
            if case .event(.paste(let text)) = one, case .event(.paste(let expected)) = other {
                return text.utf8.elementsEqual(expected.utf8)
            }
            return one == other
        }
    }

    private func decode(_ bytes: [UInt8], cutAt places: some Sequence<Int>) -> [Event] {
        var (decoder, start, events) = (InputDecoder(), 0, [Event]())
        for place in places where place < bytes.count {
            events += decoder.decode(bytes[start..<place])
            start = place
        }
        return events + decoder.decode(bytes[start...])
    }

    // MARK: Tests

    @Test("In one piece, every character and every key arrives")
    func onePiece() {
        let bytes = Self.whole.flatMap(\.bytes)
        #expect(decode(bytes, cutAt: []) == Self.whole.compactMap(\.event))
    }

    @Test("Divided at every place, two pieces give the same")
    func everyPlace() {
        // Between two parts the decoder is as at the start, so that three parts tell as much as all.
        for index in 0..<(Self.mixed.count - 2) {
            let parts = Self.mixed[index..<(index + 3)]
            let bytes = parts.flatMap(\.bytes)
            // The middle part is the third of one window and the first of another one: each place is met.
            let expected = items(parts.compactMap(\.event))
            for place in 0...bytes.count where !isSame(decode(bytes, cutAt: [place]), as: expected) {
                Issue.record("\(bytes) divided at \(place)")
            }
        }
    }

    @Test("Divided at all places at once and in pieces of any length, it gives the same")
    func everyLength() {
        let bytes = Self.whole.flatMap(\.bytes)
        let expected = items(Self.whole.compactMap(\.event))
        for length in Self.isLong ? Array(1...64) : [1, 2, 3, 7] {
            for offset in 0..<length
            where !isSame(
                decode(bytes, cutAt: stride(from: offset, to: bytes.count, by: length)), as: expected)
            {
                Issue.record("pieces of \(length) bytes from \(offset)")
            }
        }
    }

    @Test("Divided at random places, it gives the same", arguments: 1...(isLong ? 1000 : 10))
    func randomPlaces(seed: Int) {
        var dice = SplitMix(state: UInt64(seed))
        let bytes = Self.whole.flatMap(\.bytes)
        let longest = 1 << dice.next(1...14)
        var places = [dice.next(0...longest)]
        while let last = places.last, last < bytes.count { places.append(last + dice.next(0...longest)) }
        #expect(isSame(decode(bytes, cutAt: places), as: items(Self.whole.compactMap(\.event))))
    }

    @Test("A paste divided near its ends and its unfinished ends gives the same")
    func pasteEnds() {
        let text = "漏\u{1B}[201\u{1B}\u{1B}[20\u{1B}[A\r水"
        let bytes = Array("门\u{1B}[200~\(text)\u{1B}[201~岗".utf8)
        let expected = items([
            .key(.character("门")), .paste(text.replacing("\r", with: "\n")), .key(.character("岗")),
        ])
        for first in 0...bytes.count {
            for second in first...bytes.count where !isSame(decode(bytes, cutAt: [first, second]), as: expected) {
                Issue.record("divided at \(first) and \(second)")
            }
        }
    }

    @Test("A timeout at any place never makes a sequence typed text")
    func timeouts() {
        for part in Self.mixed where part.bytes.starts(with: [0x1B, 0x5B]) {
            for place in 3..<part.bytes.count {
                var decoder = InputDecoder()
                var events = decoder.decode(part.bytes[..<place])
                events += decoder.timeOut()
                #expect(events.isEmpty, "\(part.bytes) timed out at \(place)")
            }
        }
    }
}
