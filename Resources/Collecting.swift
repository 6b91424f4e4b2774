extension Handbook {
    /// The words and limits of reminding who owes: outcomes, reasons, solutions, the letter's paragraphs.
    public struct Collecting: Decodable, Equatable, Sendable {
        /// A way of serving a letter (送达方式).
        public struct Way: Decodable, Equatable, Sendable {
            public let name: String
            /// Whether limitation begins anew with it (Civil Code 195). A paper on the door proves no receipt.
            public let renews: Bool
        }

        /// A reason for arrears (欠费原因).
        public struct Reason: Decodable, Equatable, Sendable {
            public let name: String
            /// Words of an outcome that tell of it.
            public let words: [String]
            /// The solution that is proposed for it.
            public let solution: String
        }

        /// The limits of reminding, and the days that follow from one.
        public struct Rhythm: Decodable, Equatable, Sendable {
            /// Households are called from this hour until ``toHour``.
            public let fromHour: Int
            public let toHour: Int
            /// A household is reminded at most ``times`` times in ``days`` days.
            public let times: Int
            public let days: Int
            /// Days from a letter until the money is to be there.
            public let letterDays: Int
            /// The console warns this many days before limitation ends.
            public let limitationDays: Int
            /// Days until the next step, unless another is stated.
            public let nextDays: Int
        }

        /// The paragraphs of the dunning letter (催缴函), with names in braces for what differs.
        public struct Letter: Decodable, Equatable, Sendable {
            public let greeting: String
            public let debt: String
            public let total: String
            public let pay: String
            public let contact: String
            /// The paragraph for the owner of a rented unit, who is jointly liable.
            public let joint: String
            public let law: String
            public let agreement: String
            public let clauseNumber: String
            public let ways: String
            public let contactPerson: String
            public let company: String

            /// The words that each estate has to fill in itself.
            public enum Field: String, CaseIterable, Sendable {
                case agreement, clauseNumber, ways, contactPerson, company
            }

            /// The fields that are empty, or have a blank to be written on by hand (＿).
            public var blanks: [Field] {
                Field.allCases.filter { field in
                    let words = self[field]
                    return words.allSatisfy(\.isWhitespace) || words.contains { "＿_".contains($0) }
                }
            }

            private subscript(field: Field) -> String {
                switch field {
                case .agreement: agreement
                case .clauseNumber: clauseNumber
                case .ways: ways
                case .contactPerson: contactPerson
                case .company: company
                }
            }

            /// All of its words.
            public var text: String {
                [greeting, debt, total, pay, contact, joint, law, agreement, ways, contactPerson, company].joined()
            }
        }

        fileprivate struct Policy: Decodable, Equatable {
            let outcomes: [String]
            let afterCalls: [String]
            let unreached: [String]
            let promiseDays: [Int]
            let reasons: [Reason]
            let solutions: [String]
            let rhythm: Rhythm
            let letter: Letter
        }

        public let clause: String
        public let ways: [Way]
        /// Ways of collecting with which limitation begins anew.
        public let proceedings: [String]
        fileprivate let policy: Policy

        public var outcomes: [String] { policy.outcomes }
        /// The outcomes that are offered at the end of a call, besides a promise.
        public var afterCalls: [String] { policy.afterCalls }
        /// The days ahead that are offered for a promise.
        public var promiseDays: [Int] { policy.promiseDays }
        public var reasons: [Reason] { policy.reasons }
        public var solutions: [String] { policy.solutions }
        public var rhythm: Rhythm { policy.rhythm }
        public var letter: Letter { policy.letter }

        /// Whether limitation begins anew with a letter that was served in some way; a way of no list proves nothing.
        public func renews(_ way: String) -> Bool { ways.first { $0.name == way }?.renews ?? false }

        /// Whether an outcome says that nobody was reached.
        public func isUnreached(_ outcome: String) -> Bool { policy.unreached.contains { outcome.contains($0) } }

        /// The reason that an outcome tells of; `nil` for none.
        public func reason(for outcome: String) -> Reason? {
            reasons.first { $0.words.contains { outcome.contains($0) } }
        }
    }
}

extension Handbook {
    public var collecting: Collecting { self[Collecting.self] }
}

extension Handbook.Collecting: Chapter {
    public static let file = "collecting.json"
    public static var shipped: [UInt8] { PackageResources.collecting_json }

    public func check() throws(HandbookError.Reason) {
        let rhythm = rhythm
        try require(
            0 <= rhythm.fromHour && rhythm.fromHour < rhythm.toHour && rhythm.toHour <= 24, "policy.rhythm.fromHour",
            "应早于 toHour，都在 0 到 24 之间", "has to be before toHour, both from 0 to 24")
        let days = [
            ("days", rhythm.days), ("letterDays", rhythm.letterDays), ("limitationDays", rhythm.limitationDays),
            ("nextDays", rhythm.nextDays), ("times", rhythm.times),
        ]
        for (key, number) in days {
            try require((1...400).contains(number), "policy.rhythm.\(key)", "应为 1 到 400", "has to be from 1 to 400")
        }
        try require(
            policy.promiseDays.allSatisfy { (1...60).contains($0) }, "policy.promiseDays", "应为 1 到 60",
            "has to be from 1 to 60")
    }
}
