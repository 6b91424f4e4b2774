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
        if let scaled = Int(decimal: text, digits: wholeDigits, places: Self.places) {
            self.init(scaled: scaled)
            return
        }
        var plain = text.plain
        for unit in Self.units where plain.count > unit.count {
            if plain.hasPrefix(unit) { plain = String(plain.dropFirst(unit.count)).trimmed }
            if plain.hasSuffix(unit) { plain = String(plain.dropLast(unit.count)).trimmed }
        }
        guard let match = plain.wholeMatch(of: /([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]+))?/) else {
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

extension Int {
    /// Times ten to the power of `places`, a number in the form `12.5`, as facts and most files have it: up to so many
    /// digits, and at most so many decimals; `nil` for others. Many are read, so no pattern is used.
    init?(decimal text: String, digits: Int, places: Int) {
        var text = text
        let value = text.withUTF8 { bytes -> Int? in
            let point = bytes.firstIndex(of: UInt8(ascii: ".")) ?? bytes.count
            var scanner = DigitReader(bytes: UnsafeRawBufferPointer(bytes))
            guard (1...digits).contains(point), var value = scanner.number(point) else { return nil }
            var decimals = 0
            if scanner.take(".") {
                decimals = bytes.count - point - 1
                guard decimals >= 1, decimals <= places, let rest = scanner.number(decimals) else { return nil }
                for _ in 0..<decimals { value *= 10 }
                value += rest
            }
            for _ in decimals..<places { value *= 10 }
            return value
        }
        guard let value else { return nil }
        self = value
    }
}

extension Refusal {
    /// The refusal of a number with more digits before its decimals than there may be.
    static func tooLarge(_ code: String, _ text: String, _ digits: Int) -> Refusal {
        let most = Int(String(repeating: "9", count: digits))?.grouped ?? ""
        return .input(
            code, "“\(text)”太大：整数部分最多到 \(most)", en: "“\(text)” is too large: at most \(most) before the point")
    }
}
