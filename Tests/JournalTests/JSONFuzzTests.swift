import Foundation
import Testing

@testable import Journal

/// Of any text we think what Foundation thinks: whether it is JSON, and what it says.
@Suite struct JSONFuzzTests {
    /// A text of chance: JSON of any shape, spelled in any way.
    private func text(_ depth: Int = 0) -> String {
        func space() -> String { Int.random(in: 0..<4) == 0 ? [" ", "\t", "\r\n", "  "].randomElement() ?? "" : "" }
        func digits() -> String { (0..<Int.random(in: 1...4)).map { _ in "\(Int.random(in: 0...9))" }.joined() }
        func string() -> String {
            let pieces = [
                "a", "Z", " ", "0", "/", "\\/", "\\\"", "\\\\", "\\b", "\\f", "\\n", "\\r", "\\t", "\\u0041", "\\u00e9",
                "\\u4E09", "\\ud83d\\ude00", "张", "é", "e\u{301}", "😀", "\u{7f}", "\u{2028}", "\\u0000", "{", "]", ",",
                ":",
            ]
            return "\"" + (0..<Int.random(in: 0..<6)).map { _ in pieces.randomElement() ?? "" }.joined() + "\""
        }
        switch Int.random(in: 0..<(depth < 4 ? 9 : 6)) {
        case 0: return ["null", "true", "false"].randomElement() ?? ""
        case 1: return "\(Int.random(in: -1_000_000...1_000_000))"
        case 2: return (Bool.random() ? "-" : "") + "\(Int.random(in: 0...99)).\(digits())"
        case 3:
            return "\(Int.random(in: 1...9))" + (Bool.random() ? ".\(digits())" : "")
                + (["e", "E", "e+", "E-"].randomElement() ?? "") + "\(Int.random(in: 0...30))"
        case 4, 5: return string()
        case 6, 7:
            let members = (0..<Int.random(in: 0..<4)).map { _ in
                "\(space())\(string())\(space()):\(space())\(text(depth + 1))"
            }
            return "{\(members.joined(separator: ","))\(space())}"
        default:
            let elements = (0..<Int.random(in: 0..<4)).map { _ in "\(space())\(text(depth + 1))" }
            return "[\(elements.joined(separator: ","))\(space())]"
        }
    }

    /// The same with a few bytes of it lost, doubled, changed or added.
    private func mutated(_ text: [UInt8]) -> [UInt8] {
        let alphabet = Array("{}[]\",:\\/ue0123456789+-.Ebfnrtalsd \n\u{0}\u{7f}é".utf8) + [0x80, 0xC0, 0xED, 0xFF]
        var text = text
        for _ in 0..<Int.random(in: 1...2) {
            let place = Int.random(in: 0...text.count)
            let end = Int.random(in: place...min(text.count, place + 3))
            switch Int.random(in: 0..<4) {
            case 0: text.removeSubrange(place..<end)
            case 1: text.insert(contentsOf: text[place..<end], at: place)
            case 2: if place < text.count { text[place] = alphabet.randomElement() ?? 0 }
            default: text.insert(alphabet.randomElement() ?? 0, at: place)
            }
        }
        // With zeros at its start, Foundation would take it for UTF-16 or UTF-32; we know UTF-8 only.
        for place in text.prefix(4).indices where text[place] == 0 { text[place] = 1 }
        return text
    }

    private func ours(_ text: [UInt8]) -> JSONValue? {
        text.withUnsafeBytes { bytes in
            var scanner = JSONScanner(bytes)
            guard let value = try? scanner.value(), scanner.isAtEnd else { return nil }
            return value
        }
    }

    private func isSame(_ ours: JSONValue, _ theirs: Any) -> Bool {
        switch ours {
        case .null: return theirs is NSNull
        case .bool(let value): return theirs as? Bool == value
        case .number(let digits): return (theirs as? NSNumber)?.doubleValue == Double(digits)
        case .string(let text): return (theirs as? String).map { Array($0.utf8) == Array(text.utf8) } ?? false
        case .array(let elements):
            guard let others = theirs as? [Any], others.count == elements.count else { return false }
            return zip(elements, others).allSatisfy(isSame)
        case .object(let members):
            guard let others = theirs as? [String: Any], others.count == members.count else { return false }
            return members.allSatisfy { key, value in others[key].map { isSame(value, $0) } ?? false }
        }
    }

    /// Where we mean to differ: Foundation takes a comma behind the last element, and no number that is too great for a
    /// `Double`, while we keep a number's digits whatever they are.
    private func isMeant(_ text: [UInt8], _ ours: JSONValue?, _ theirs: Any?) -> Bool {
        if let ours { return theirs == nil && holdsGreatNumber(ours) }
        guard let theirs else { return false }
        return text.indices.contains { comma in
            let next = text[(comma + 1)...].first { !Array(" \t\r\n".utf8).contains($0) }
            guard text[comma] == UInt8(ascii: ","), next == UInt8(ascii: "]") || next == UInt8(ascii: "}") else {
                return false
            }
            var strict = text
            strict.remove(at: comma)
            return self.ours(strict).map { isSame($0, theirs) } ?? isMeant(strict, nil, theirs)
        }
    }

    private func holdsGreatNumber(_ value: JSONValue) -> Bool {
        switch value {
        case .number(let digits): Double(digits)?.isInfinite ?? true
        case .array(let elements): elements.contains(where: holdsGreatNumber)
        case .object(let members): members.values.contains(where: holdsGreatNumber)
        case .null, .bool, .string: false
        }
    }

    @Test func whatFoundationThinksOfATextWeThink() {
        var (cases, taken) = (0, 0)
        for _ in 0..<(isLong ? 300_000 : 6_000) {
            let sound = Array(text().utf8)
            for text in [sound, mutated(sound), mutated(sound)] {
                let theirs = try? JSONSerialization.jsonObject(with: Data(text), options: .fragmentsAllowed)
                let ours = ours(text)
                let isAlike = theirs.map { theirs in ours.map { isSame($0, theirs) } ?? false } ?? (ours == nil)
                if !isAlike, !isMeant(text, ours, theirs) {
                    Issue.record(
                        "\(String(decoding: text, as: UTF8.self)): \(String(describing: ours)), \(String(describing: theirs))"
                    )
                }
                cases += 1
                if ours != nil { taken += 1 }
            }
        }
        #expect(taken > cases / 3 && taken < cases)
        print("JSON against Foundation: \(cases) cases, \(taken) of them JSON")
    }
}
