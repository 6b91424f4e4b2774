import Handbook
import Journal

/// An answer that is offered for a demand: one that a similar demand was given, or the handbook's.
public struct OfferedAnswer: Hashable, Sendable {
    /// The demand that was answered, or the question in the handbook.
    public let question: String
    public let note: String
    /// When it was given; `nil`: it is the handbook's.
    public let at: Moment?
}

extension Estate {
    /// At most `limit` answers to a demand, those that were given before the handbook's.
    public func offeredAnswers(to demand: String, limit: Int) -> [OfferedAnswer] {
        let earlier = calls.answers.similar(to: demand, limit: limit).map {
            OfferedAnswer(question: $0.demand, note: $0.note, at: $0.at)
        }
        let standard = handbook.board.answers(to: demand, limit: limit).map {
            OfferedAnswer(question: $0.question, note: $0.answer, at: nil)
        }
        return Array((earlier + standard).prefix(limit))
    }
}
