extension Handbook {
    /// The month at a glance (4): the order of the figures, their clauses, and the targets that the standards leave open.
    public struct Indicators: Decodable, Equatable, Sendable {
        public struct Figure: Decodable, Equatable, Sendable, Identifiable {
            /// The name in scripts.
            public let id: String
            public let clause: String
        }

        fileprivate struct Policy: Decodable, Equatable {
            let complaints: Int?
            let rectifications: Int?
            let unassigned: Int?
            let overdue: Int?
            let response: Int?
            let responseHours: Int
        }

        public let clause: String
        public let figures: [Figure]
        fileprivate let policy: Policy

        /// The most complaints per 100 occupied households in a month; `nil`: not set.
        public var complaints: Int? { policy.complaints }
        /// The most open rectifications.
        public var rectifications: Int? { policy.rectifications }
        /// The most open requests that nobody has.
        public var unassigned: Int? { policy.unassigned }
        /// The most requests that are over their day.
        public var overdue: Int? { policy.overdue }
        /// The least percentage of requests to be assigned, or done, within `responseHours`.
        public var response: Int? { policy.response }
        /// The hours in which a request should be assigned.
        public var responseHours: Int { policy.responseHours }
    }
}

extension Handbook {
    public var indicators: Indicators { self[Indicators.self] }
}

extension Handbook.Indicators: Chapter {
    public static let file = "indicators.json"
    public static var shipped: [UInt8] { PackageResources.indicators_json }

    public func check() throws(HandbookError.Reason) {
        let targets = [
            ("complaints", complaints), ("rectifications", rectifications), ("unassigned", unassigned),
            ("overdue", overdue),
        ]
        for (key, target) in targets {
            try require((target ?? 0) >= 0, "policy.\(key)", "不能小于零", "cannot be below zero")
        }
        try require((0...100).contains(response ?? 0), "policy.response", "应为 0 到 100", "has to be from 0 to 100")
        try require(
            (1...720).contains(responseHours), "policy.responseHours", "应为 1 到 720（小时）",
            "has to be from 1 to 720 hours")
    }
}
