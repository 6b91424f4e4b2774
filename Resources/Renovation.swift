extension Handbook {
    /// Renovation by owners (二次装修), 5.3.
    public struct Renovation: Decodable, Equatable, Sendable {
        public struct Permit: Decodable, Equatable, Sendable {
            public let clause: String
            /// Working days for the permit, counted from the day the papers are complete.
            public let workingDays: Int
            public let text: String
        }

        fileprivate struct Policy: Decodable, Equatable {
            let papers: [String]
            let suggestedDepositFen: Int?
            let suggestedFeeFen: Int?
        }

        public let clause: String
        public let name: String
        public let permit: Permit
        /// The charges: 装修押金 and 物业管理费.
        public let charges: [Term]
        /// In order, from the application to the refund.
        public let stages: [Term]
        public let rules: [Provision]
        fileprivate let policy: Policy

        /// Papers that the applicant submits.
        public var papers: [String] { policy.papers }
        /// Deposit suggested in the form, in fen.
        public var suggestedDepositFen: Int? { policy.suggestedDepositFen }
        /// Fee suggested in the form, in fen.
        public var suggestedFeeFen: Int? { policy.suggestedFeeFen }
    }
}

extension Handbook {
    public var renovation: Renovation { self[Renovation.self] }
}

extension Handbook.Renovation: Chapter {
    public static let file = "renovation.json"
    public static var shipped: [UInt8] { PackageResources.renovation_json }

    public func check() throws(HandbookError.Reason) {
        for (key, fen) in [("suggestedDepositFen", suggestedDepositFen), ("suggestedFeeFen", suggestedFeeFen)] {
            try require(fen ?? 0 >= 0, "policy.\(key)", "不能小于零", "cannot be below zero")
        }
    }
}
