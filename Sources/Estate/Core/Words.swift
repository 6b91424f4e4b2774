import Handbook
import Journal

/// A text that a form reads without change. Once recorded, it is not checked again.
public protocol TextValue: FieldValue, Hashable {
    var text: String { get }
    init(_ text: String)
}

extension TextValue {
    public static var placeholder: Self { Self("") }
    public static var isFreeText: Bool { true }

    public init(text: String, zone: Zone) throws { self.init(try String(text: text, zone: zone).oneLine) }
    public init(scanning scanner: inout JSONScanner, zone: Zone) throws { self.init(try scanner.string()) }
    public func text(zone: Zone) -> String { text }
}

/// A list of words that a form offers for a text field, e.g. purposes of a visit. Any other text is accepted as well.
public protocol WordList: Sendable, Hashable {
    static func words(in estate: Estate) -> [Candidate]
    /// Throws ``Refusal`` for a text that cannot be such a word. Default: every text can.
    static func check(_ text: String) throws
}

extension WordList {
    public static func check(_ text: String) throws {}
}

/// Text with a list of words to offer.
public struct Word<List: WordList>: TextValue {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static var type: FieldType { .text }
    public static func candidates(in estate: Estate) -> [Candidate] { List.words(in: estate) }
    public func check(in estate: Estate) throws { try List.check(text) }
}

/// The name of a person, or of several who come together: one line.
public struct Name: TextValue {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static var type: FieldType { .text }

    public init(text: String, zone: Zone) throws {
        self.text = Name.normalised(try String(text: text, zone: zone))
    }

    /// One line; of one person without spaces within it.
    static func normalised(_ text: String) -> String {
        let line = text.oneLine
        return line.plain.oneName ?? line
    }
}

/// A staff member by number or name.
public struct StaffName: TextValue {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static var type: FieldType { .staff }
    public static var isFreeText: Bool { false }
    public func check(in estate: Estate) throws { _ = try estate.staff.named(text) }
}
