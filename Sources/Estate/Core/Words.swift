import Handbook
import Journal

/// Text for which the handbook has words to offer: a purpose, a way to pay. Anything else may be typed as well.
public protocol WordList: Sendable, Hashable {
    static func words(in estate: Estate) -> [Candidate]
}

/// A text of a kind that has words to offer.
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
