import Journal

/// A number that is not negative, with a fixed number of decimals, kept as an integer of the last decimal.
public protocol DecimalValue: FieldValue, Hashable, Comparable {
    /// The number of decimals that are kept.
    static var places: Int { get }
    /// The number of decimals that are always written.
    static var writtenPlaces: Int { get }
    /// What the number is, for messages, e.g. 读数.
    static var label: Label { get }
    /// Words and signs of its unit that may stand around the number in a form or file.
    static var units: [String] { get }
    /// The number times ten to the power of ``places``.
    var scaled: Int { get }
    init(scaled: Int)
}

/// The most digits before the decimals.
private let wholeDigits = 9

extension DecimalValue {
    public static var type: FieldType { .decimal }
    public static var placeholder: Self { Self(scaled: 0) }
    public static func < (a: Self, b: Self) -> Bool { a.scaled < b.scaled }

    /// Ten to the power of ``places``.
    static var scale: Int { (0..<places).reduce(1) { power, _ in power * 10 } }

    /// Digits, optionally grouped by commas, below a thousand million, with at most ``places`` decimals that are not 0.
    /// Throws ``Refusal`` `number.malformed` or `number.large`.
    public init(text: String, zone: Zone) throws {
        if let scaled = Self.canonical(text) {
            self.init(scaled: scaled)
            return
        }
        var plain = text.plain
        for unit in Self.units where plain.count > unit.count {
            if plain.hasPrefix(unit) { plain = String(plain.dropFirst(unit.count)).trimmed }
            if plain.hasSuffix(unit) { plain = String(plain.dropLast(unit.count)).trimmed }
        }
        guard let match = plain.wholeMatch(of: /(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?/) else {
            throw Self.malformed(text)
        }
        var decimals = match.2 ?? ""
        while decimals.count > Self.places, decimals.last == "0" { decimals.removeLast() }
        let digits = match.1.filter { $0 != "," }
        let padded = digits + decimals + String(repeating: "0", count: max(0, Self.places - decimals.count))
        guard decimals.count <= Self.places else { throw Self.malformed(text) }
        guard digits.drop(while: { $0 == "0" }).count <= wholeDigits, let scaled = Int(padded) else {
            throw Refusal.tooLarge("number.large", text, wholeDigits)
        }
        self.init(scaled: scaled)
    }

    /// The form `12.5`, as facts and most files have it; `nil` for others.
    private static func canonical(_ text: String) -> Int? {
        var text = text
        return text.withUTF8 { bytes in
            let point = bytes.firstIndex(of: UInt8(ascii: ".")) ?? bytes.count
            var scanner = DigitReader(bytes: UnsafeRawBufferPointer(bytes))
            guard (1...wholeDigits).contains(point), let whole = scanner.number(point) else { return nil }
            if scanner.isAtEnd { return whole * scale }
            let decimals = bytes.count - point - 1
            guard decimals >= 1, decimals <= places, scanner.take("."), var rest = scanner.number(decimals) else {
                return nil
            }
            for _ in decimals..<places { rest *= 10 }
            return whole * scale + rest
        }
    }

    private static func malformed(_ text: String) -> Refusal {
        .input(
            "number.malformed", "“\(text)”不是\(label.chinese)：填数字，最多 \(places) 位小数",
            en: "“\(text)” is not a \(label.english): a number with at most \(places) decimals")
    }

    /// Without zeros at the end beyond ``writtenPlaces``.
    public var text: String {
        var decimals = (scaled % Self.scale).padded(Self.places)
        while decimals.count > Self.writtenPlaces, decimals.last == "0" { decimals.removeLast() }
        return "\(scaled / Self.scale)\(decimals.isEmpty ? "" : ".\(decimals)")"
    }

    public func text(zone: Zone) -> String { text }
}

extension Refusal {
    /// The refusal of a number with more digits before its decimals than there may be.
    static func tooLarge(_ code: String, _ text: String, _ digits: Int) -> Refusal {
        let most = Int(String(repeating: "9", count: digits))?.grouped ?? ""
        return .input(
            code, "“\(text)”太大：整数部分最多到 \(most)", en: "“\(text)” is too large: at most \(most) before the point")
    }
}
