import Foundation
import Journal

// Field values of the standard types.

extension String: FieldValue {
    public static var type: FieldType { .text }
    public static var placeholder: String { "" }
    public static var isFreeText: Bool { true }

    /// Text of 1 to 4,000 bytes, without surrounding whitespace and without characters that nobody sees.
    public init(text: String, zone: Zone) throws {
        let trimmed = text.withoutInvisible.trimmed
        if trimmed.isEmpty { throw Refusal.input("field.empty", "不能为空", en: "must not be empty") }
        if trimmed.utf8.count > 4000 { throw Refusal.input("field.long", "文字太长", en: "the text is too long") }
        self = trimmed
    }

    public func text(zone: Zone) -> String { self }

    public init(scanning scanner: inout JSONScanner, zone: Zone) throws { self = try scanner.string() }
}

extension Int: FieldValue {
    public static var type: FieldType { .integer }
    public static var placeholder: Int { 0 }
    /// What is read from a fact, far more than can be typed: no sum over a journal overflows.
    private static let recorded = -9_999_999_999...9_999_999_999

    /// A whole number from 0 to 999,999; `3.0` is one as well.
    public init(text: String, zone: Zone) throws {
        let number = text.plain.withoutZeroDecimals
        guard let value = Int(number), (0...999_999).contains(value) else {
            if !number.isEmpty, number.drop(while: { "+-".contains($0) }).allSatisfy({ $0.isASCII && $0.isNumber }) {
                throw Refusal.input(
                    "number.malformed", "“\(text)”超出范围：填 0 到 999999", en: "“\(text)” is not from 0 to 999999")
            }
            throw Refusal.input("number.malformed", "“\(text)”不是整数", en: "“\(text)” is not a whole number")
        }
        self = value
    }

    public func text(zone: Zone) -> String { String(self) }
    public init(scanning scanner: inout JSONScanner, zone: Zone) throws {
        self = try scanner.integer()
        if !Int.recorded.contains(self) { throw scanner.malformed() }
    }
    public func write(to json: inout JSONWriter, zone: Zone) { json.integer(self) }
}

extension Bool: FieldValue {
    public static var type: FieldType { .flag }
    public static var placeholder: Bool { false }

    public init(text: String, zone: Zone) throws {
        switch text.plain.lowercased() {
        case "true", "yes", "y", "1", "是", "已", "√", "✓": self = true
        case "false", "no", "n", "0", "否", "未", "×": self = false
        default: throw Refusal.input("flag.malformed", "“\(text)”：请填 是 或 否", en: "“\(text)”: say yes or no")
        }
    }

    public func text(zone: Zone) -> String { self ? "true" : "false" }

    public func display(zone: Zone, language: Language) -> String {
        language == .chinese ? (self ? "是" : "否") : (self ? "yes" : "no")
    }

    public init(scanning scanner: inout JSONScanner, zone: Zone) throws { self = try scanner.bool() }
    public func write(to json: inout JSONWriter, zone: Zone) { json.bool(self) }
}

extension Optional: FieldValue where Wrapped: FieldValue {
    public static var type: FieldType { Wrapped.type }
    public static var isRequired: Bool { false }
    public static var placeholder: Wrapped? { nil }
    public static var isFreeText: Bool { Wrapped.isFreeText }
    public static func candidates(in estate: Estate) -> [Candidate] { Wrapped.candidates(in: estate) }
    public var isAbsent: Bool { self == nil }
    public func check(in estate: Estate) throws { try self?.check(in: estate) }
    public func current(in estate: Estate) -> Wrapped? { map { $0.current(in: estate) } }

    public static func isNothing(_ text: String) -> Bool { text.isEmpty || Wrapped.isNothing(text) }

    public init(text: String, zone: Zone) throws {
        self = Self.isNothing(text) ? nil : try Wrapped(text: text, zone: zone)
    }

    public init(typed text: String, _ present: Present) throws {
        self = Self.isNothing(text) ? nil : try Wrapped(typed: text, present)
    }

    public func text(zone: Zone) -> String { self?.text(zone: zone) ?? "" }

    public func display(zone: Zone, language: Language) -> String {
        self?.display(zone: zone, language: language) ?? "—"
    }

    public func words(in estate: Estate, _ language: Language) -> String { self?.words(in: estate, language) ?? "" }

    public init(json: JSONValue, zone: Zone) throws {
        switch json {
        case .null: self = nil
        case .string(let text) where Self.isNothing(text): self = nil
        default: self = try Wrapped(json: json, zone: zone)
        }
    }

    public init(scanning scanner: inout JSONScanner, zone: Zone) throws {
        self = scanner.take("null") ? nil : try Wrapped(scanning: &scanner, zone: zone)
    }

    public func write(to json: inout JSONWriter, zone: Zone) {
        if let self { self.write(to: &json, zone: zone) } else { json.null() }
    }
}

extension Array: FieldValue where Element: FieldValue {
    public static var type: FieldType { .list(Element.type) }
    public static var isRequired: Bool { false }
    public static var placeholder: [Element] { [] }
    public static var isFreeText: Bool { Element.isFreeText }
    public var isAbsent: Bool { isEmpty }
    public func check(in estate: Estate) throws { for element in self { try element.check(in: estate) } }
    public func current(in estate: Estate) -> [Element] { map { $0.current(in: estate) } }

    /// Elements separated by `,`, `，` or `、`.
    public init(text: String, zone: Zone) throws {
        self = try text.split { ",，、".contains($0) }.map { try Element(text: String($0), zone: zone) }
    }

    public func text(zone: Zone) -> String { map { $0.text(zone: zone) }.joined(separator: ",") }

    public func display(zone: Zone, language: Language) -> String {
        isEmpty
            ? "—"
            : map { $0.display(zone: zone, language: language) }.joined(separator: language == .chinese ? "、" : ", ")
    }

    /// What has no name that people know is left out.
    public func words(in estate: Estate, _ language: Language) -> String {
        map { $0.words(in: estate, language) }.filter { !$0.isEmpty }
            .joined(separator: language == .chinese ? "、" : ", ")
    }

    public init(json: JSONValue, zone: Zone) throws {
        if case .array(let elements) = json {
            self = try elements.map { try Element(json: $0, zone: zone) }
        } else if case .string(let text) = json {
            try self.init(text: text, zone: zone)
        } else {
            throw Refusal.input("field.type", "这里要填列表", en: "a list is expected here")
        }
    }

    public init(scanning scanner: inout JSONScanner, zone: Zone) throws {
        self = []
        guard scanner.take("[") else { throw scanner.malformed() }
        if scanner.take("]") { return }
        repeat { append(try Element(scanning: &scanner, zone: zone)) } while scanner.take(",")
        guard scanner.take("]") else { throw scanner.malformed() }
    }

    public func write(to json: inout JSONWriter, zone: Zone) {
        json.openArray()
        for element in self { element.write(to: &json, zone: zone) }
        json.closeArray()
    }
}

extension String {
    /// Without what nobody sees: control characters other than line ends and tabs, joiners, variation selectors,
    /// fillers, marks of direction. Two texts that look alike in this respect are equal.
    public var withoutInvisible: String {
        unicodeScalars.allSatisfy(\.isSeen) ? self : String(UnicodeScalarView(unicodeScalars.filter(\.isSeen)))
    }

    /// Runs of line ends and tabs replaced by a space.
    var oneLine: String {
        contains { $0.isNewline || $0 == "\t" }
            ? split { $0.isNewline || $0 == "\t" }.joined(separator: " ").trimmed : self
    }

    /// Without leading and trailing whitespace and line ends, full-width spaces included.
    public var trimmed: String {
        // Most texts have nothing to trim, which costs little to see.
        guard let first = unicodeScalars.first, let last = unicodeScalars.last else { return self }
        return first.isSpace || last.isSpace ? trimmingCharacters(in: .whitespacesAndNewlines) : self
    }

    /// Full-width ASCII and the ideographic space replaced by ASCII, without leading and trailing spaces.
    public var halfwidth: String {
        if utf8.allSatisfy({ (0x21...0x7E).contains($0) }) { return self }
        return String(
            String.UnicodeScalarView(
                unicodeScalars.map {
                    switch $0.value {
                    case 0xFF01...0xFF5E: Unicode.Scalar($0.value - 0xFEE0) ?? $0
                    case 0x3000: " "
                    default: $0
                    }
                })
        ).trimmingCharacters(in: .whitespaces)
    }
}

extension Unicode.Scalar {
    /// Whether the scalar is in the block of most Chinese characters. Tables are searched only for what is not.
    private var isCommonIdeograph: Bool { (0x4E00...0x9FFF).contains(value) }

    /// Whether the scalar is whitespace or a line end.
    fileprivate var isSpace: Bool {
        if (0x21..<0x7F).contains(value) || isCommonIdeograph { return false }
        return properties.isWhitespace
    }

    /// Whether the scalar is visible, or a space, tab or line end between visible ones.
    fileprivate var isSeen: Bool {
        if (0x20..<0x7F).contains(value) || isCommonIdeograph || value == 0x0A || value == 0x09 { return true }
        return ![.control, .format].contains(properties.generalCategory) && !properties.isDefaultIgnorableCodePoint
    }
}
