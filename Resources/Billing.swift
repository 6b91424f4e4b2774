extension Handbook {
    /// Items by nature, and how bills are made of tariffs (Rules, Collection rate).
    public struct Billing: Decodable, Equatable, Sendable {
        /// The nature of an item (费用性质), which says what the money is.
        public struct Nature: Decodable, Equatable, Sendable, Identifiable {
            /// As in `tariff.set`: service, parking, passThrough, income, deposit or other.
            public let id: String
            public let name: String
            /// Whether its bills count in collection rates.
            public let inRates: Bool
        }

        fileprivate struct Policy: Decodable, Equatable {
            let dueDay: Int?
            let monthsAhead: Int
            let words: [String: [String]]
        }

        public let clause: String
        public let natures: [Nature]
        public let rules: [Provision]
        fileprivate let policy: Policy

        /// The day of its month on which a generated bill is due, or the month's last day if it has fewer; `nil` for the
        /// last day.
        public var dueDay: Int? { policy.dueDay }
        /// How many months ahead of the present one bills may be generated.
        public var monthsAhead: Int { policy.monthsAhead }

        public func nature(_ id: String) -> Nature? { natures.first { $0.id == id } }

        /// The nature of an item by its name; `other` if no word of the policy is in it.
        public func nature(ofItem item: String) -> String {
            natures.first { policy.words[$0.id]?.contains { item.contains($0) } ?? false }?.id ?? "other"
        }
    }
}

extension Handbook {
    public var billing: Billing { self[Billing.self] }
}

extension Handbook.Billing: Chapter {
    public static let file = "billing.json"
    public static var shipped: [UInt8] { PackageResources.billing_json }

    public func check() throws(HandbookError.Reason) {
        try require(
            (1...31).contains(policy.dueDay ?? 1), "policy.dueDay", "应为 1 到 31", "has to be from 1 to 31")
        try require(
            (0...12).contains(policy.monthsAhead), "policy.monthsAhead", "应为 0 到 12", "has to be from 0 to 12")
        for id in policy.words.keys.sorted() {
            try require(nature(id) != nil, "policy.words.\(id)", "没有这种性质", "is no nature")
        }
    }
}
