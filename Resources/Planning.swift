extension Handbook {
    /// The manager's year (4): the department's plan, the year-end summary, and what is made public (公示).
    public struct Planning: Decodable, Equatable, Sendable {
        public let clause: String
        /// The plan of the year in which it is due.
        public let plan: YearlyDuty
        /// The summary of the year before.
        public let summary: YearlyDuty
        /// What is made public of the year before.
        public let publish: YearlyDuty
    }

    /// A duty due on a day of each year.
    public struct YearlyDuty: Decodable, Equatable, Sendable {
        private struct Policy: Decodable, Equatable {
            let month: Int
            let day: Int
            let daysAhead: Int
        }

        public let clause: String
        public let text: String
        private let policy: Policy

        public var month: Int { policy.month }
        /// The day of the month, or its last one if it is shorter.
        public var day: Int { policy.day }
        /// How many days before it is due the duty is shown.
        public var daysAhead: Int { policy.daysAhead }
    }
}

extension Handbook {
    public var planning: Planning { self[Planning.self] }
}

extension Handbook.Planning: Chapter {
    public static let file = "planning.json"
    public static var shipped: [UInt8] { PackageResources.planning_json }

    public func check() throws(HandbookError.Reason) {
        for (name, duty) in [("plan", plan), ("summary", summary), ("publish", publish)] {
            try require((1...12).contains(duty.month), "\(name).policy.month", "应为 1 到 12", "has to be from 1 to 12")
            try require((1...31).contains(duty.day), "\(name).policy.day", "应为 1 到 31", "has to be from 1 to 31")
            try require(
                (0...120).contains(duty.daysAhead), "\(name).policy.daysAhead", "应为 0 到 120",
                "has to be from 0 to 120")
        }
    }
}
