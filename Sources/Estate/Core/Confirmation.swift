import Journal

/// What a person agrees to before an action is recorded: the question and its facts. Scripts and imports are not asked.
///
/// It protects actions that move money, mark a person as gone, or end a matter from a stray key. There is none for an
/// action that would be refused.
public struct Confirmation: Sendable {
    public let question: Label
    /// The facts, one a line.
    public let facts: [Label]
    /// The answer that records the action.
    public let yes: Label

    init(_ question: Label, _ facts: [Label?], yes: Label) {
        (self.question, self.facts, self.yes) = (question, facts.compactMap { $0 }, yes)
    }
}

extension Label {
    /// A fact: its name and its value.
    static func fact(_ name: Label, _ value: String, en: String? = nil) -> Label {
        Label("\(name.chinese)：\(value)", en: "\(name.english): \(en ?? value)")
    }
}
