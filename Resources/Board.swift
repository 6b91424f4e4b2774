extension Handbook {
    /// The desk's board: the answers to questions that are asked often. All of it is policy.
    public struct Board: Decodable, Equatable, Sendable {
        /// An answer, and the words of a demand that call for it.
        public struct Answer: Decodable, Equatable, Sendable {
            public let question: String
            public let words: [String]
            public let answer: String
        }

        private struct Policy: Decodable, Equatable {
            let answers: [Answer]
        }

        public let clause: String
        private let policy: Policy

        /// At most `limit` answers to a demand with such words, those with the longest words first.
        public func answers(to demand: String, limit: Int) -> [Answer] {
            let found = policy.answers.enumerated().compactMap { index, answer in
                answer.words.filter { demand.contains($0) }.map(\.count).max().map {
                    (length: $0, index: index, answer: answer)
                }
            }
            return found.sorted { (-$0.length, $0.index) < (-$1.length, $1.index) }.prefix(limit).map(\.answer)
        }
    }
}

extension Handbook {
    public var board: Board { self[Board.self] }
}

extension Handbook.Board: Chapter {
    public static let file = "board.json"
    public static var shipped: [UInt8] { PackageResources.board_json }

    public func check() throws(HandbookError.Reason) {
        for answer in policy.answers {
            try require(
                !answer.words.isEmpty && !answer.words.contains(""), "policy.answers.\(answer.question)", "至少写一个词",
                "needs at least one word")
        }
    }
}
