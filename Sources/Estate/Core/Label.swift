import Journal

/// The languages of the interface.
public enum Language: Sendable {
    case chinese
    case english
}

/// A text of the interface in both languages.
public struct Label: Hashable, Sendable {
    public let chinese: String
    public let english: String

    public init(_ chinese: String, en english: String) {
        self.chinese = chinese
        self.english = english
    }

    public static let none = Label("", en: "")

    public subscript(language: Language) -> String { language == .chinese ? chinese : english }

    /// The labels that are there as one; `nil` if there is none.
    static func joined(_ labels: [Label?]) -> Label? {
        let labels = labels.compactMap(\.self)
        return labels.isEmpty
            ? nil
            : Label(labels.map(\.chinese).joined(separator: "；"), en: labels.map(\.english).joined(separator: "; "))
    }
}

/// A label as a column's value: people read it in their language, scripts in Chinese.
extension Label: FieldValue {
    public static var type: FieldType { .text }
    public static var placeholder: Label { .none }

    public init(text: String, zone: Zone) throws { self.init(text, en: text) }
    public func text(zone: Zone) -> String { chinese }
    public func display(zone: Zone, language: Language) -> String { self[language] }
}
