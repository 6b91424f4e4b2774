import Foundation
import Journal

/// A unit (房号): `building-unit-room`, e.g. `3-2-501`.
public struct UnitCode: Hashable, Comparable, Sendable {
    public let text: String

    /// Building, entrance and room. Shorter parts sort first, so that building 2 comes before 10 and room 201 before
    /// 1001.
    private var parts: [String] { text.split(separator: "-").map(String.init) }

    public var building: String { parts.first ?? "" }

    public static func < (a: UnitCode, b: UnitCode) -> Bool {
        for (x, y) in zip(a.parts, b.parts) where x != y {
            return (x.count, x) < (y.count, y)
        }
        return false
    }
}

extension UnitCode: FieldValue {
    public static var type: FieldType { .unit }
    public static var placeholder: UnitCode { UnitCode(text: "0-0-0") }

    /// Three parts of letters and digits, separated by dashes, spaces or 栋/单元/室; full-width forms are accepted.
    public init(text: String, zone: Zone) throws {
        if UnitCode.isCanonical(text) {
            self.text = text
            return
        }
        var typed = text.halfwidth.uppercased()
        for sign in ["－", "—", "–", "号楼", "栋", "幢", "单元", " "] { typed = typed.replacing(sign, with: "-") }
        for sign in ["室", "号"] where typed.hasSuffix(sign) { typed.removeLast() }
        guard UnitCode.isCanonical(typed) else {
            throw Refusal.input(
                "unit.malformed", "“\(text)”不是房号，例：3-2-501", en: "“\(text)” is not a unit, e.g. 3-2-501")
        }
        self.text = typed
    }

    /// Whether the text has three parts of 1 to 6 capitals and digits, separated by dashes.
    private static func isCanonical(_ text: String) -> Bool {
        var (parts, length) = (1, 0)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
                length += 1
                if length > 6 { return false }
            case UInt8(ascii: "-") where length > 0: (parts, length) = (parts + 1, 0)
            default: return false
            }
        }
        return parts == 3 && length > 0
    }

    public func text(zone: Zone) -> String { text }
    public func check(in estate: Estate) throws { try estate.people.check(self) }

    public init(scanning scanner: inout JSONScanner, zone: Zone) throws { text = try scanner.string() }
}

/// A telephone number: digits without `+86` and separators; an extension follows after `#`.
public struct Phone: Hashable, Sendable {
    public let text: String

    /// The number without its extension.
    var trunk: Substring { text.prefix { $0 != "#" } }

    /// Whether both may be the same telephone: equal, or one lacks the extension, as a caller's number does.
    func mayBe(_ other: Phone) -> Bool {
        self == other || trunk == other.trunk && (trunk.count == text.count || other.trunk.count == other.text.count)
    }

    /// The number for lists: all but the first three and the last four digits are hidden.
    public var masked: String {
        let digits = trunk
        guard digits.count >= 7 else {
            return String(repeating: "*", count: max(digits.count - 2, 0)) + digits.suffix(2)
        }
        let shown = digits.count >= 11 ? 3 : 0
        return digits.prefix(shown) + String(repeating: "*", count: digits.count - shown - 4) + digits.suffix(4)
    }
}

extension Phone: FieldValue {
    public static var type: FieldType { .phone }
    public static var placeholder: Phone { Phone(text: "") }

    /// Digits with spaces, slashes, dashes or brackets, `+86` or `0086` before them, and an extension after `#`, `x` or
    /// `转`.
    public init(text: String, zone: Zone) throws {
        var typed = text.halfwidth.lowercased()
        var suffix = ""
        if let mark = typed.firstIndex(where: { "#x转".contains($0) }) {
            suffix = typed[typed.index(after: mark)...].filter(\.isNumber)
            typed = String(typed[..<mark])
        }
        var digits = typed.filter { !" -/().－—".contains($0) }
        for prefix in ["+86", "0086"] where digits.hasPrefix(prefix) { digits.removeFirst(prefix.count) }
        if digits.hasPrefix("+") { digits.removeFirst() }
        guard (3...15).contains(digits.count), digits.utf8.allSatisfy({ (48...57).contains($0) }) else {
            throw Refusal.input("phone.malformed", "“\(text)”不是电话号码", en: "“\(text)” is not a telephone number")
        }
        self.text = suffix.isEmpty ? digits : "\(digits)#\(suffix)"
    }

    public func text(zone: Zone) -> String { text }
    /// Masked: no sentence shows a full number.
    public func words(in estate: Estate, _ language: Language) -> String { masked }

    public init(scanning scanner: inout JSONScanner, zone: Zone) throws { text = try scanner.string() }
}
