import Foundation
import Testing

@testable import Journal

/// The parser accepts the same texts as Foundation's, with the same values.
@Suite struct JSONFuzzTests {
    /// Random JSON, with random space and escapes.
    private func text(_ random: inout SeededGenerator, _ depth: Int = 0) -> String {
        func space() -> String { random.int(0..<4) == 0 ? random.pick([" ", "\t", "\r\n", "  "]) : "" }
        func digits() -> String { (0..<random.int(1...4)).map { _ in "\(random.int(0...9))" }.joined() }
        func string() -> String {
            let parts = [
                "a", "Z", " ", "0", "/", "\\/", "\\\"", "\\\\", "\\b", "\\f", "\\n", "\\r", "\\t", "\\u0041", "\\u00e9",
                "\\u4E09", "\\ud83d\\ude00", "张", "é", "e\u{301}", "😀", "\u{7f}", "\u{2028}", "\\u0000", "{", "]", ",",
                ":",
            ]
            return "\"" + (0..<random.int(0..<6)).map { _ in random.pick(parts) }.joined() + "\""
        }
        switch random.int(0..<(depth < 4 ? 9 : 6)) {
        case 0: return random.pick(["null", "true", "false"])
        case 1: return "\(random.int(-1_000_000...1_000_000))"
        case 2: return (random.bool() ? "-" : "") + "\(random.int(0...99)).\(digits())"
        case 3:
            return "\(random.int(1...9))" + (random.bool() ? ".\(digits())" : "")
                + random.pick(["e", "E", "e+", "E-"]) + "\(random.int(0...30))"
        case 4, 5: return string()
        case 6, 7:
            let members = (0..<random.int(0..<4)).map { _ in
                "\(space())\(string())\(space()):\(space())\(text(&random, depth + 1))"
            }
            return "{\(members.joined(separator: ","))\(space())}"
        default:
            let elements = (0..<random.int(0..<4)).map { _ in "\(space())\(text(&random, depth + 1))" }
            return "[\(elements.joined(separator: ","))\(space())]"
        }
    }

    /// The text with a few bytes removed, doubled, changed or added.
    private func mutated(_ text: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        let alphabet = Array("{}[]\",:\\/ue0123456789+-.Ebfnrtalsd \n\u{0}\u{7f}é".utf8) + [0x80, 0xC0, 0xED, 0xFF]
        var text = text
        for _ in 0..<random.int(1...2) {
            let place = random.int(0...text.count)
            let end = random.int(place...min(text.count, place + 3))
            switch random.int(0..<4) {
            case 0: text.removeSubrange(place..<end)
            case 1: text.insert(contentsOf: text[place..<end], at: place)
            case 2: if place < text.count { text[place] = random.pick(alphabet) }
            default: text.insert(random.pick(alphabet), at: place)
            }
        }
        // Foundation detects UTF-16 and UTF-32 by zeros at the start; the parser reads UTF-8 only.
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

    /// Intended differences: Foundation accepts a trailing comma, and refuses numbers too great for a `Double`, whose
    /// digits the parser keeps.
    private func isIntended(_ text: [UInt8], _ ours: JSONValue?, _ theirs: Any?) -> Bool {
        if let ours { return theirs == nil && holdsGreatNumber(ours) }
        guard let theirs else { return false }
        return text.indices.contains { comma in
            let next = text[(comma + 1)...].first { !Array(" \t\r\n".utf8).contains($0) }
            guard text[comma] == UInt8(ascii: ","), next == UInt8(ascii: "]") || next == UInt8(ascii: "}") else {
                return false
            }
            var strict = text
            strict.remove(at: comma)
            return self.ours(strict).map { isSame($0, theirs) } ?? isIntended(strict, nil, theirs)
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

    @Test(.hangLimit, arguments: Seed.current) func sameTextIsAcceptedAsByFoundation(seed: Seed) {
        var random = seed.generator
        var (cases, accepted) = (0, 0)
        for _ in 0..<(isLong ? 300_000 : 6_000) {
            let valid = Array(text(&random).utf8)
            for text in [valid, mutated(valid, &random), mutated(valid, &random)] {
                let theirs = try? JSONSerialization.jsonObject(with: Data(text), options: .fragmentsAllowed)
                let ours = ours(text)
                let isEqual = theirs.map { theirs in ours.map { isSame($0, theirs) } ?? false } ?? (ours == nil)
                if !isEqual, !isIntended(text, ours, theirs) {
                    Issue.record(
                        "\(String(decoding: text, as: UTF8.self)): \(String(describing: ours)), \(String(describing: theirs))"
                    )
                }
                cases += 1
                if ours != nil { accepted += 1 }
            }
        }
        #expect(accepted > cases / 3 && accepted < cases)
        print("JSON against Foundation: \(cases) cases, \(accepted) of them JSON")
    }
}
