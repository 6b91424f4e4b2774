import Journal

/// What a person agrees to before an action is recorded: the question and its facts. Scripts and imports are not asked.
///
/// Actions that move money, mark a person gone or end a matter ask, so that a stray key does not record them. An action
/// that would be refused anyway does not ask.
public struct Confirmation: Sendable {
    public let question: Label
    /// The facts, one a line.
    public let facts: [Label]
    /// The answer that records the action.
    public let yes: Label
    /// The action that is recorded instead, which says that the person has agreed; `nil` for the same.
    public let agreed: (any Action)?

    init(_ question: Label, _ facts: [Label?], yes: Label, agreed: (any Action)? = nil) {
        (self.question, self.facts, self.yes) = (question, facts.compactMap { $0 }, yes)
        self.agreed = agreed
    }

    /// The same with another fact.
    func adding(_ fact: Label?) -> Confirmation {
        Confirmation(question, facts + [fact], yes: yes, agreed: agreed)
    }
}

extension Label {
    /// A fact: its name and its value.
    static func fact(_ name: Label, _ value: String, en: String? = nil) -> Label {
        Label("\(name.chinese)：\(value)", en: "\(name.english): \(en ?? value)")
    }
}
