extension Handbook {
    /// Fee collection (5.2, 5.6, 5.7), and measures that must not be used for it.
    public struct Fees: Decodable, Equatable, Sendable {
        /// The percentage of a month's bills to be collected when the month is `age` months old (5.2).
        public struct Target: Decodable, Equatable, Sendable {
            public let clause: String
            public let age: Int
            /// 当月, 上月 or 上上月.
            public let name: String
            public let percent: Int
        }

        /// Late payment penalty (违约金): simple daily interest on outstanding principal. All values are policy; off by
        /// default.
        public struct Penalty: Decodable, Equatable, Sendable {
            fileprivate struct Policy: Decodable, Equatable {
                let enabled: Bool
                let dailyRatePerMillion: Int
                let capPercent: Int
                let graceDays: Int
            }

            public let clause: String
            public let name: String
            fileprivate let policy: Policy

            public var isEnabled: Bool { policy.enabled }
            /// Daily rate in millionths of the principal: 500 is 0.05 %.
            public var dailyRatePerMillion: Int { policy.dailyRatePerMillion }
            /// Maximum penalty in percent of the principal.
            public var capPercent: Int { policy.capPercent }
            /// Days after the due date without penalty.
            public var graceDays: Int { policy.graceDays }
        }

        /// Measures that are never offered. A text that mentions one gets a warning but is accepted.
        public struct Forbidden: Decodable, Equatable, Sendable {
            public struct Measure: Decodable, Equatable, Sendable, Identifiable {
                public let id: String
                public let name: String
                /// Words that indicate the measure in a text.
                public let words: [String]
            }

            public let clause: String
            public let measures: [Measure]
            public let warning: String

            /// The warning if `text` mentions one of the measures, else nil.
            public func warning(for text: String) -> String? {
                measures.contains { $0.words.contains { text.contains($0) } } ? warning : nil
            }
        }

        public let clause: String
        public let targets: [Target]
        /// Due on the 5th (5.6).
        public let reconciliation: MonthlyDuty
        /// Due on the 28th (5.7).
        public let arrearsReport: MonthlyDuty
        public let penalty: Penalty
        public let forbidden: Forbidden

        fileprivate let policy: Words
        /// Payment methods, and channels for reminders.
        public var methods: [String] { policy.methods }
        public var channels: [String] { policy.channels }

        fileprivate struct Words: Decodable, Equatable {
            let methods: [String]
            let channels: [String]
        }

        /// The target for a month that is `age` months old; nil above the three ages of 5.2.
        public func target(age: Int) -> Target? {
            targets.first { $0.age == age }
        }
    }
}

extension Handbook {
    public var fees: Fees { self[Fees.self] }
}

extension Handbook.Fees: Chapter {
    public static let file = "fees.json"
    public static var shipped: [UInt8] { PackageResources.fees_json }

    public func check() throws(HandbookError.Reason) {
        let policy = penalty.policy
        let numbers = [
            ("dailyRatePerMillion", policy.dailyRatePerMillion), ("capPercent", policy.capPercent),
            ("graceDays", policy.graceDays),
        ]
        for (key, number) in numbers {
            try require(number >= 0, "penalty.policy.\(key)", "不能小于零", "cannot be below zero")
        }
    }
}
