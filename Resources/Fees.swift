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
                let capPercent: Int?
                let graceDays: Int
                let loanRatePerMillion: Int
                let loanRateFrom: String
            }

            public let clause: String
            public let name: String
            /// That a court may lower it.
            public let caution: String
            fileprivate let policy: Policy

            public var isEnabled: Bool { policy.enabled }
            /// Daily rate in millionths of the principal: 500 is 0.05 %.
            public var dailyRatePerMillion: Int { policy.dailyRatePerMillion }
            /// Maximum penalty in percent of a bill's principal; `nil`: none.
            public var capPercent: Int? { policy.capPercent }
            /// Days after the due date without penalty.
            public var graceDays: Int { policy.graceDays }
            /// The rate of 365 days in percent, two decimals, truncated: 18.25 for 0.05 % a day.
            public var yearlyPercent: String { percent(policy.dailyRatePerMillion * 365) }

            /// `日 0.05%，合年 18.25%，是一年期 LPR（3.00%，2025-05-20）的 6.0 倍。…`: what a debtor, or a court, will compare.
            public var explanation: String {
                let tenths = policy.dailyRatePerMillion * 3650 / max(1, policy.loanRatePerMillion)
                let daily = percent(policy.dailyRatePerMillion)
                return "日 \(daily)%，合年 \(yearlyPercent)%，是一年期 LPR（\(percent(policy.loanRatePerMillion))%，"
                    + "\(policy.loanRateFrom)）的 \(tenths / 10).\(tenths % 10) 倍。\(caution)"
            }

            private func percent(_ perMillion: Int) -> String {
                let hundredths = perMillion / 100
                return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
            }
        }

        /// Payment in advance (预存): how far, and for what discount. All values are policy.
        public struct Prepayment: Decodable, Equatable, Sendable {
            public struct Discount: Decodable, Equatable, Sendable {
                /// The least number of months.
                public let months: Int
                /// In hundredths of a percent: 200 is 2 %.
                public let perTenThousand: Int
            }

            fileprivate struct Policy: Decodable, Equatable {
                let mostMonths: Int
                let discounts: [Discount]
            }

            public let clause: String
            fileprivate let policy: Policy

            /// How many months may be paid in advance.
            public var mostMonths: Int { policy.mostMonths }

            /// The discount for a number of months, in hundredths of a percent; 0 for none.
            public func discount(for months: Int) -> Int {
                policy.discounts.filter { $0.months <= months }.max { $0.months < $1.months }?.perTenThousand ?? 0
            }
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
        public let prepayment: Prepayment
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
            ("penalty.policy.dailyRatePerMillion", policy.dailyRatePerMillion),
            ("penalty.policy.capPercent", policy.capPercent ?? 0), ("penalty.policy.graceDays", policy.graceDays),
            ("penalty.policy.loanRatePerMillion", policy.loanRatePerMillion),
        ]
        for (key, number) in numbers { try require(number >= 0, key, "不能小于零", "cannot be below zero") }
        try require(
            policy.dailyRatePerMillion <= 1_000_000, "penalty.policy.dailyRatePerMillion", "不能超过 1000000",
            "cannot be above 1000000")
        try require(
            (1...60).contains(prepayment.policy.mostMonths), "prepayment.policy.mostMonths", "应为 1 到 60",
            "has to be from 1 to 60")
        for discount in prepayment.policy.discounts {
            try require(
                discount.months > 0 && (0..<10_000).contains(discount.perTenThousand), "prepayment.policy.discounts",
                "月数应大于零，优惠应小于 10000", "needs months above zero and a discount below 10000")
        }
    }
}
