import Foundation
import Journal

/// An amount in whole fen (分); never a floating-point number.
///
/// 128 bits: what can be typed has 43 of them and what can be read 77, so no sum of a journal's amounts can overflow,
/// nor can a product of one with a rate or a number of days.
public struct Money: Hashable, Comparable, Sendable {
    public var fen: Int128

    public init(fen: Int128) { self.fen = fen }
    public init(fen: Int) { self.fen = Int128(fen) }

    public static let zero = Money(fen: Int128.zero)
    /// The greatest amount that can be typed, and that a bill may have.
    static let greatest = Money(fen: Int128(9_999_999_999_999))
    public static func < (a: Money, b: Money) -> Bool { a.fen < b.fen }
    public static func + (a: Money, b: Money) -> Money { Money(fen: a.fen + b.fen) }
    public static func - (a: Money, b: Money) -> Money { Money(fen: a.fen - b.fen) }
    public static func += (a: inout Money, b: Money) { a.fen += b.fen }
    public static func -= (a: inout Money, b: Money) { a.fen -= b.fen }

    /// `1240.00`
    public var text: String { Hundredths.text(fen) }
    /// `1,240.00`
    public var grouped: String {
        let (text, sign) = (text, fen < 0 ? "-" : "")
        return sign + text.dropFirst(sign.count).dropLast(3).grouped + text.suffix(3)
    }
}

extension Int {
    /// `1,240`
    public var grouped: String { (self < 0 ? "-" : "") + "\(magnitude)"[...].grouped }
}

extension Substring {
    /// Digits with a comma before every group of three.
    fileprivate var grouped: String {
        var digits = Array(self)
        for place in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: place) }
        return String(digits)
    }
}

extension Money: FieldValue {
    public static var type: FieldType { .amount }
    public static var placeholder: Money { .zero }

    /// Yuan with at most two decimals that are not 0, not negative: `1240`, `1,240.5`, `￥1240.500`, `人民币12元`. Throws
    /// ``Refusal`` with cause `input`.
    public init(text: String, zone: Zone) throws { try self.init(text: text, digits: 11) }

    /// The same with at most so many digits before the decimals.
    init(text: String, digits: Int) throws {
        let plain = text.plain
        let typed = Hundredths.isBare(plain) ? plain : try Money.yuan(plain, text)
        let typedFen = try Hundredths.parse(
            typed, digits: digits,
            malformed: .input(
                "amount.malformed", "“\(text)”不是金额，例：1240.00", en: "“\(text)” is not an amount, e.g. 1240.00"),
            tooLarge: Refusal.tooLarge("amount.large", text, digits),
            tooFine: .input("amount.fen", "金额最小到分（两位小数）：\(text)", en: "an amount has at most two decimals: \(text)"))
        fen = Int128(typedFen)
    }

    /// What is left without the words and signs for yuan. Throws for other currencies, negative amounts and powers of ten.
    private static func yuan(_ plain: String, _ text: String) throws -> String {
        let typed = withoutCurrency(plain)
        if typed.isPowerOfTen { throw Refusal.damaged("amount.damaged", text, .powerOfTen) }
        // Accounts write a negative amount in brackets, or with the sign behind it.
        let digits = typed.filter { !"()-".contains($0) }
        if digits.first?.isNumber == true, ["-\(digits)", "\(digits)-", "(\(digits))"].contains(typed) {
            throw Refusal.input("amount.negative", "金额不能为负：\(text)", en: "an amount cannot be negative: \(text)")
        }
        if plain.contains(where: { $0.isCurrencySymbol && !"¥￥".contains($0) })
            || plain.firstMatch(of: /[A-Z]{2}[$D]|美|欧|港|英镑|日元|韩元/) != nil
        {
            throw Refusal.input("amount.currency", "只收人民币：\(text)", en: "amounts are in yuan: \(text)")
        }
        return typed
    }

    /// Without what says that it is yuan.
    private static func withoutCurrency(_ text: String) -> String {
        var rest = text[...].trimmingPrefix(/(?:人民币|RMB|CNY)?\s*[¥￥]?\s*/.ignoresCase())
        if let match = rest.firstMatch(of: /\s*(?:元整|元正|圆整|元|圆|RMB|CNY)$/.ignoresCase()) {
            rest = rest[..<match.range.lowerBound]
        }
        return String(rest)
    }

    public func text(zone: Zone) -> String { text }
    public func display(zone: Zone, language: Language) -> String { grouped }
    public init(scanning scanner: inout JSONScanner, zone: Zone) throws {
        fen = try Hundredths.scan(&scanner)
    }
    public func write(to json: inout JSONWriter, zone: Zone) { json.plain(text) }

    /// The amount itself; throws ``Refusal`` `amount.zero` unless it is above zero.
    func positive() throws -> Money {
        if fen <= 0 {
            throw Refusal(.input, "amount.zero", "金额必须大于零", en: "an amount must be above zero", field: "amount")
        }
        return self
    }
}

/// A floor area (建筑面积) in hundredths of a square metre.
public struct Area: Hashable, FieldValue {
    public var hundredths: Int

    public static var type: FieldType { .area }
    public static var placeholder: Area { Area(hundredths: 0) }

    public init(hundredths: Int) { self.hundredths = hundredths }

    /// Square metres with at most two decimals that are not 0: `89.5`, `89.50㎡`.
    public init(text: String, zone: Zone) throws {
        var refusal: Refusal {
            .input("area.malformed", "“\(text)”不是面积，例：89.50", en: "“\(text)” is not an area, e.g. 89.50")
        }
        let typed = text.plain
        let unit = Hundredths.isBare(typed) ? nil : typed.firstMatch(of: /\s*(?:㎡|m2|m²|平方米|平方|平米)$/.ignoresCase())
        hundredths = try Hundredths.parse(
            String(typed[..<(unit?.range.lowerBound ?? typed.endIndex)]), malformed: refusal,
            tooLarge: Refusal.tooLarge("area.large", text, 11), tooFine: refusal)
    }

    public func text(zone: Zone) -> String { Hundredths.text(hundredths) }
}

/// Reads and writes numbers with two decimals, stored as integers of hundredths.
enum Hundredths {
    /// Whether a text is a number without a sign or unit, as facts have it: such need no search for these.
    static func isBare(_ text: String) -> Bool {
        text.utf8.allSatisfy { 48...57 ~= $0 || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
    }

    static func text(_ value: Int128) -> String {
        if let value = Int(exactly: value) { return text(value) }
        let (whole, rest) = value.magnitude.quotientAndRemainder(dividingBy: 100)
        return (value < 0 ? "-" : "") + String(whole) + (rest < 10 ? ".0" : ".") + String(rest)
    }

    static func text(_ value: Int) -> String {
        let magnitude = value.magnitude
        let rest = magnitude % 100
        return (value < 0 ? "-" : "") + String(magnitude / 100) + (rest < 10 ? ".0" : ".") + String(rest)
    }

    /// Digits, optionally grouped by commas, with at most two decimals that are not 0; `most` digits before these.
    static func parse(
        _ text: String, digits most: Int = 11, malformed: @autoclosure () -> Refusal,
        tooLarge: @autoclosure () -> Refusal, tooFine: @autoclosure () -> Refusal
    ) throws -> Int {
        if let value = Int(decimal: text, digits: most, places: 2) { return value }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count) else { throw malformed() }
        let groups = parts[0].split(separator: ",", omittingEmptySubsequences: false)
        guard groups.dropFirst().allSatisfy({ $0.count == 3 }), groups.count == 1 || (1...3).contains(groups[0].count)
        else { throw malformed() }
        let digits = groups.joined()
        var decimals = parts.count == 2 ? parts[1] : ""
        func areDigits(_ text: some StringProtocol) -> Bool { text.utf8.allSatisfy { (48...57).contains($0) } }
        guard !digits.isEmpty, areDigits(digits), areDigits(decimals), parts.count == 1 || !decimals.isEmpty
        else { throw malformed() }
        if digits.drop(while: { $0 == "0" }).count > most { throw tooLarge() }
        while decimals.count > 2, decimals.last == "0" { decimals.removeLast() }
        if decimals.count > 2 { throw tooFine() }
        guard let value = Int(digits + decimals + String(repeating: "0", count: 2 - decimals.count)) else {
            throw tooLarge()
        }
        return value
    }

    /// Reads `"-1240.00"`. Both decimals are required. A sum may have more digits than an amount that is typed.
    static func scan(_ scanner: inout JSONScanner) throws -> Int128 {
        let bytes = try scanner.plain()
        guard (4...24).contains(bytes.count), bytes[bytes.count - 3] == UInt8(ascii: ".") else {
            throw scanner.malformed()
        }
        return bytes.count <= 18
            ? Int128(try value(of: bytes, Int.self, scanner)) : try value(of: bytes, Int128.self, scanner)
    }

    @inline(__always)
    private static func value<Number: FixedWidthInteger & SignedInteger>(
        of bytes: UnsafeRawBufferPointer, _: Number.Type, _ scanner: JSONScanner
    ) throws -> Number {
        var value: Number = 0
        for (place, byte) in bytes.enumerated() {
            if place == 0, byte == UInt8(ascii: "-") { continue }
            if place == bytes.count - 3, byte == UInt8(ascii: ".") { continue }
            guard (48...57).contains(byte) else { throw scanner.malformed() }
            value = value * 10 + Number(byte - 48)
        }
        return bytes.first == UInt8(ascii: "-") ? -value : value
    }
}

/// A ratio, compared by cross-multiplication and truncated when shown: 99.996 % is shown as 99.99 %, never as 100 %.
public struct Share: Hashable, Sendable {
    /// Of sums of ``Money``, too.
    public let part: Int128
    public let whole: Int128

    /// `nil` unless `whole` is above zero.
    public init?(_ part: some BinaryInteger, of whole: some BinaryInteger) {
        guard whole > 0 else { return nil }
        (self.part, self.whole) = (Int128(part), Int128(whole))
    }

    /// Whether the ratio is at least `percent` %.
    public func meets(percent: Int) -> Bool { part * 100 >= whole * Int128(percent) }

    /// The percentage with two decimals, truncated.
    public var text: String { Hundredths.text(hundredths) }
    /// Hundredths of a percent, truncated.
    public var hundredths: Int { Int(clamping: part * 10000 / whole) }
    /// The ratio itself, for sorting and drawing.
    public var ratio: Double { Double(part) / Double(whole) }
    /// The percentage with one decimal, truncated.
    public var short: String { String(text.dropLast()) }
}
