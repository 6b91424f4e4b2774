import Foundation
import Journal

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
