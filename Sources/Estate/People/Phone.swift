import Foundation
import Journal

/// A telephone number, or several of one person, in the form in which it is dialled from within the country.
///
/// Mobile numbers have no 0 and no country code before them, numbers of the fixed network their area code where it is
/// known, and those of other countries `00` and the country code. An extension follows after `#`. Several numbers are
/// separated by a space.
public struct Phone: Hashable, Sendable {
    public let text: String

    /// The numbers, each by itself.
    public var each: [Phone] {
        text.contains(" ") ? text.split(separator: " ").map { Phone(text: String($0)) } : [self]
    }

    /// The number without its extension.
    var trunk: Substring { text.prefix { $0 != "#" } }

    /// The number without its extension and its area code: what a directory finds it by.
    var subscriber: Substring { trunk.dropFirst(Phone.areaCode(of: trunk)?.count ?? 0) }

    /// Whether both may be the same telephone: one may lack the extension, as a caller's number does, or the area code,
    /// which is then `areaCode` or, if the estate has not said which it is, any.
    func mayBe(_ other: Phone, areaCode: String?) -> Bool {
        if self == other { return true }
        if text.contains(" ") || other.text.contains(" ") {
            return each.contains { one in other.each.contains { one.mayBe($0, areaCode: areaCode) } }
        }
        let hasExtension = (trunk.count < text.count, other.trunk.count < other.text.count)
        if hasExtension == (true, true), text.drop(while: { $0 != "#" }) != other.text.drop(while: { $0 != "#" }) {
            return false
        }
        if trunk == other.trunk { return true }
        guard subscriber == other.subscriber, subscriber.count >= 7 else { return false }
        let codes = (Phone.areaCode(of: trunk) ?? areaCode?[...], Phone.areaCode(of: other.trunk) ?? areaCode?[...])
        return codes.0 == nil || codes.1 == nil || codes.0 == codes.1
    }

    /// The number for lists: all but the first three and the last four digits are hidden.
    public var masked: String {
        if text.contains(" ") { return each.map(\.masked).joined(separator: " ") }
        let digits = trunk
        guard digits.count >= 7 else {
            return String(repeating: "*", count: max(digits.count - 2, 0)) + digits.suffix(2)
        }
        let shown = digits.count >= 11 ? 3 : 0
        return digits.prefix(shown) + String(repeating: "*", count: digits.count - shown - 4) + digits.suffix(4)
    }

    /// The area code with which a number of the fixed network begins: `010`, `0571`.
    private static func areaCode(of trunk: Substring) -> Substring? {
        guard trunk.hasPrefix("0"), !trunk.hasPrefix("00"), trunk.count >= 10 else { return nil }
        return trunk.prefix(trunk.hasPrefix("01") || trunk.hasPrefix("02") ? 3 : 4)
    }
}

extension Phone: FieldValue {
    public static var type: FieldType { .phone }
    public static var placeholder: Phone { Phone(text: "") }
    public static func isNothing(_ text: String) -> Bool { text.meansNothing }

    /// The number of a person: one that reaches them from any telephone, so that it has 7 digits or more. Throws ``Refusal``
    /// with cause `input`.
    public init(text: String, zone: Zone) throws {
        try self.init(dialled: text)
        if trunk.count < Phone.shortest { throw Phone.short(text, trunk.count) }
    }

    /// A number with spaces, slashes, dashes or brackets, `+86`, `86` or `0086` before it, an extension after `#`, `x`,
    /// `转` or `分机`, remarks in ideographs; or several of them. Emergency and service numbers and extensions of the estate,
    /// of 3 to 6 digits, are numbers as well. Throws ``Refusal`` with cause `input`.
    init(dialled text: String) throws {
        let isMobile = text.utf8.count == 11 && text.hasPrefix("1") && Phone.isDialled(text)
        self.text = isMobile ? text : try PhoneReader(text).number()
    }

    /// The least digits of a number that reaches a person from any telephone.
    private static let shortest = 7

    private static func short(_ text: String, _ count: Int) -> Refusal {
        .input(
            "phone.short", "“\(text)”只有 \(count) 位：请填手机号或固定电话，分机写在总机后面（88887777转8012），短号写进备注",
            en:
                "“\(text)” has only \(count) digits: give a mobile or fixed number, an extension behind it (88887777x8012), a short number in a note"
        )
    }

    /// 3 to 15 digits with the signs of a number, whatever they are the number of; `nil` for other texts.
    init?(shown text: String) {
        let digits = text.plain.filter { !" -/().+".contains($0) }
        guard 3...15 ~= digits.count, digits.utf8.allSatisfy({ 48...57 ~= $0 }) else { return nil }
        self.text = digits
    }

    public func text(zone: Zone) -> String { text }
    /// Masked: no sentence shows a full number.
    public func words(in estate: Estate, _ language: Language) -> String { masked }

    public init(scanning scanner: inout JSONScanner, zone: Zone) throws { text = try scanner.string() }

    /// The digits of a number, or of part of one, as far as it has no more than the signs of one.
    static func digits(of typed: String) -> String? {
        if let whole = try? Phone(text: typed, zone: .utc), !whole.text.contains(" ") { return String(whole.trunk) }
        let digits = typed.plain.filter { !" -/().+".contains($0) }
        return digits.isEmpty || !digits.utf8.allSatisfy { 48...57 ~= $0 }
            ? nil : digits.hasPrefix("86") && digits.count > 4 ? String(digits.dropFirst(2)) : digits
    }
}

extension Phone {
    /// Whether digits are a whole number, as it is dialled from within the country.
    fileprivate static func isDialled(_ digits: String) -> Bool {
        guard digits.utf8.allSatisfy({ 48...57 ~= $0 }) else { return false }
        let isLocal = 7...8 ~= digits.count && !digits.hasPrefix("0") && !digits.hasPrefix("1")
        let isAbroad = digits.hasPrefix("00") && 9...17 ~= digits.count
        return isMobile(digits) || isFixed(digits) || isService(digits) || isLocal || isAbroad
    }

    fileprivate static func isMobile(_ digits: some StringProtocol) -> Bool {
        digits.count == 11 && digits.hasPrefix("1") && digits.dropFirst().first.map { "3456789".contains($0) } ?? false
    }

    /// A number of the fixed network with its area code: 010 and 02x have three digits, the others four.
    fileprivate static func isFixed(_ digits: some StringProtocol) -> Bool {
        guard let code = areaCode(of: Substring(digits)) else { return false }
        if code.count == 4 { return 11...12 ~= digits.count }
        return (code == "010" || code.hasPrefix("02")) && digits.count == 11
    }

    /// An emergency or service number, an extension of a switchboard, or a number of 400 and 800.
    fileprivate static func isService(_ digits: some StringProtocol) -> Bool {
        3...6 ~= digits.count || digits.count == 10 && (digits.hasPrefix("400") || digits.hasPrefix("800"))
    }
}

/// Reads the forms in which telephone numbers are written.
private struct PhoneReader {
    /// The input, for messages.
    let text: String

    init(_ text: String) { self.text = text }

    func number() throws -> String {
        let typed = text.plain.lowercased()
        if typed.isPowerOfTen { throw Refusal.damaged("phone.damaged", text, .powerOfTen) }
        let plain = typed.withoutWords.withoutZeroDecimals
        if let one = one(plain) { return one }
        let several = plain.split { "/、;,，|&\n".contains($0) }.map { String($0).trimmed }.filter { !$0.isEmpty }
        let numbers = several.map { part in
            // Spaces within a number, or between two.
            one(part).map { [$0] } ?? part.split(separator: " ").map { one(String($0)) ?? "" }
        }.joined()
        // A part of a few digits may replace the end of the number before it.
        guard numbers.count > 1, numbers.allSatisfy({ $0.prefix { $0 != "#" }.count >= 7 }) else {
            throw malformed(plain)
        }
        var seen: Set<String> = []
        return numbers.filter { seen.insert($0).inserted }.joined(separator: " ")
    }

    /// One number; `nil` if the text is none or may be several.
    private func one(_ typed: String) -> String? {
        var typed = typed[...]
        var digitsBehind = ""
        if let match = typed.firstMatch(of: /\s*-?\s*(?:#|x|转|分机|ext\.?)\s*-?\s*/) {
            digitsBehind = String(typed[match.range.upperBound...])
            guard 1...6 ~= digitsBehind.count, digitsBehind.utf8.allSatisfy({ 48...57 ~= $0 }) else { return nil }
            typed = typed[..<match.range.lowerBound]
        }
        let form = /[+]?[-0-9 \/().]*/
        guard typed.wholeMatch(of: form) != nil else { return nil }
        let hasSlash = typed.contains("/")
        let groups = typed.split { !("0"..."9").contains($0) }
        guard let digits = PhoneReader.dialled(groups.joined(), isAbroad: typed.hasPrefix("+")),
            !hasSlash || digits.count >= 11
        else {
            // 0571-88887777-123
            guard digitsBehind.isEmpty, let last = groups.last, 1...6 ~= last.count, typed.hasSuffix("-\(last)"),
                let trunk = PhoneReader.dialled(groups.dropLast().joined(), isAbroad: typed.hasPrefix("+")),
                Phone.isFixed(trunk) || trunk.count == 10 || 7...8 ~= trunk.count && groups.count == 2
            else { return nil }
            return "\(trunk)#\(last)"
        }
        return digitsBehind.isEmpty ? digits : "\(digits)#\(digitsBehind)"
    }

    /// The digits as they are dialled from within the country; `nil` if they are no number.
    private static func dialled(_ digits: String, isAbroad: Bool) -> String? {
        var digits = digits
        if isAbroad { digits = "00\(digits)" }
        if digits.hasPrefix("0086") {
            return national(String(digits.dropFirst(4)))
        }
        if digits.hasPrefix("86"), digits.count >= 12 { return national(String(digits.dropFirst(2))) }
        if digits.hasPrefix("0"), Phone.isMobile(digits.dropFirst()) { digits.removeFirst() }
        return Phone.isDialled(digits) ? digits : nil
    }

    /// A number that stood behind the country's code, where the area code has no 0.
    private static func national(_ digits: String) -> String? {
        if Phone.isMobile(digits) { return digits }
        if digits.hasPrefix("0") {
            let rest = digits.dropFirst()
            return Phone.isMobile(rest) ? String(rest) : Phone.isFixed(digits) ? digits : nil
        }
        if digits.count == 10, Phone.isService(digits) { return digits }
        return Phone.isFixed("0\(digits)") ? "0\(digits)" : Phone.isService(digits) && digits.count < 7 ? digits : nil
    }

    private func malformed(_ plain: String) -> Refusal {
        let digits = plain.filter { ("0"..."9").contains($0) }
        let others = plain.filter { !("0"..."9").contains($0) && !" -/().+、;,".contains($0) }
        if others.isEmpty, 7...15 ~= digits.count {
            return .input(
                "phone.malformed", "“\(text)”有 \(digits.count) 位：手机号应为 11 位，固定电话请带区号",
                en: "“\(text)” has \(digits.count) digits: a mobile number has 11, another needs its area code")
        }
        return .input("phone.malformed", "“\(text)”不是电话号码", en: "“\(text)” is not a telephone number")
    }
}

extension String {
    /// Without remarks, and words that are no part of a number: `老婆13812345678`, `手机：138…`. Brackets around digits stay.
    fileprivate var withoutWords: String {
        if utf8.allSatisfy({ (0x20..<0x3A).contains($0) && $0 != UInt8(ascii: "(") }) { return self }
        return replacing(/\(\s*(\+?[0-9]{2,4})\s*\)/) { " \($0.output.1) " }.withoutRemarks
            .replacing(/^(?:tel|phone|mobile)\.?\s*:?\s*/, with: "")
            .replacing(/[\p{Han}·:]+/) { match in
                let word = match.output
                return word == "转" || word == "分机"
                    ? String(word) : word.contains("分机") || word.hasSuffix("转") ? "转" : " "
            }.trimmed
    }
}
