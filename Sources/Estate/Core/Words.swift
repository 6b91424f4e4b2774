import Handbook
import Journal

/// A list of words that a form offers for a text field, e.g. purposes of a visit. Any other text is accepted as well.
public protocol WordList: Sendable, Hashable {
    static func words(in estate: Estate) -> [Candidate]
}

/// Text with a list of words to offer.
public struct Word<List: WordList>: FieldValue, Hashable {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static var type: FieldType { .text }
    public static var placeholder: Word { Word("") }
    public static func candidates(in estate: Estate) -> [Candidate] { List.words(in: estate) }

    public init(text: String, zone: Zone) throws { self.init(try String(text: text, zone: zone)) }
    public func text(zone: Zone) -> String { text }
}

/// A staff member by number or name.
public struct StaffName: FieldValue, Hashable {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static var type: FieldType { .staff }
    public static var placeholder: StaffName { StaffName("") }

    public init(text: String, zone: Zone) throws { self.init(try String(text: text, zone: zone)) }
    public func text(zone: Zone) -> String { text }
}
