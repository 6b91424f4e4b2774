extension Handbook {
    /// The surveys of owners' satisfaction (5): the questionnaire and how it is asked.
    public struct Surveys: Decodable, Equatable, Sendable {
        fileprivate struct Policy: Decodable, Equatable {
            let questions: [String]
            let wishes: [String]
            let days: Int
            let monthsBetween: Int
        }

        public let clause: String
        /// What is said before the questions, and after them.
        public let opening, closing: String
        /// What the scores mean, the best first; `-` for a household that cannot tell.
        public let scores: [Term]
        public let rules: [Provision]
        fileprivate let policy: Policy

        /// The questions of a survey unless it has its own.
        public var questions: [String] { policy.questions }
        /// What owners may wish to become better first.
        public var wishes: [String] { policy.wishes }
        /// The days that a survey takes.
        public var days: Int { policy.days }
        /// The months from one survey to the next.
        public var monthsBetween: Int { policy.monthsBetween }
    }
}

extension Handbook {
    public var surveys: Surveys { self[Surveys.self] }
}

extension Handbook.Surveys: Chapter {
    public static let file = "surveys.json"
    public static var shipped: [UInt8] { PackageResources.surveys_json }

    public func check() throws(HandbookError.Reason) {
        try require(!policy.questions.isEmpty, "policy.questions", "至少一个问题", "has to have a question")
        try require((1...366).contains(policy.days), "policy.days", "应为 1 到 366（天）", "has to be 1 to 366 days")
        try require(
            (1...12).contains(policy.monthsBetween), "policy.monthsBetween", "应为 1 到 12（个月）",
            "has to be 1 to 12 months")
    }
}
