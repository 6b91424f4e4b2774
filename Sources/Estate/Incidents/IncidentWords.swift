import Handbook
import Journal

extension Label {
    static let incident = Label("应急", en: "Incident")
    public static let drill = Label("演练", en: "Drill")
    static let told = Label("告知了谁", en: "Who was told")
    public static let unaccounted = Label("未见到", en: "Unaccounted for")
    static let incidentNote = Label("结果", en: "What came of it")
}

/// The kinds of emergencies that have a card. Any other words are a kind too: an emergency is never refused.
public enum IncidentKinds: WordList {
    public static func words(in estate: Estate) -> [Candidate] {
        let rule = estate.handbook.incidents
        return rule.kinds.map { Candidate($0, detail: Label("", en: rule[$0]?.english ?? "")) }
    }
}

/// A step by its number on the card, or in one's own words.
public enum IncidentSteps: WordList {
    public static func words(in estate: Estate) -> [Candidate] { [] }
}

/// Who was told: a member by number or name, or anybody else in free words, e.g. 119.
public struct Informed: TextValue {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static var type: FieldType { .worker }
    public func words(in estate: Estate, _ language: Language) -> String { estate.staff.name(of: text) }

    /// The contacts of the handbook, then the members.
    public static func candidates(in estate: Estate) -> [Candidate] {
        let members = estate.staff.present
        let order: [Role] = [.manager, .supervisor, .operator, .guard, .administrator]
        let known = order.flatMap { role in members.filter { $0.role == role } }
        return estate.handbook.incidents.contacts.map { Candidate($0.name, detail: $0.phone) }
            + emergencyNumbers.map { Candidate($0) }
            + known.map { Candidate($0.code, text: $0.name, detail: $0.role.label) }
    }

    private static let emergencyNumbers = ["119", "120", "110"]

    /// A member by code, a contact of the handbook or an emergency number as it is; `nil` for anybody else.
    func known(in estate: Estate) -> Informed? {
        if let member = estate.staff.member(text) { return Informed(member.code) }
        let isListed =
            Self.emergencyNumbers.contains(text) || estate.handbook.incidents.contacts.contains { $0.name == text }
        return isListed ? self : nil
    }
}

extension Handbook.Incidents {
    /// What stands above a card that is a placeholder.
    public var notice: Label {
        Label(placeholder, en: "Placeholder text: this is not the estate's own emergency procedure.")
    }
}
