extension Handbook {
    /// Visits of customers (拜访, 4): how many each member makes in a month. They are no return visits.
    public struct CustomerVisits: Decodable, Equatable, Sendable {
        fileprivate struct Policy: Decodable, Equatable {
            let monthly: [String: Int]
            let purposes: [String]
        }

        public let clause: String
        public let rules: [Provision]
        fileprivate let policy: Policy

        public var purposes: [String] { policy.purposes }

        /// How many a member of a role makes in a month; 0: none is asked for.
        public func monthly(of role: Role) -> Int { policy.monthly[role.rawValue] ?? 0 }
    }
}

extension Handbook {
    public var customerVisits: CustomerVisits { self[CustomerVisits.self] }
}

extension Handbook.CustomerVisits: Chapter {
    public static let file = "customervisits.json"
    public static var shipped: [UInt8] { PackageResources.customervisits_json }

    public func check() throws(HandbookError.Reason) {
        for (role, count) in policy.monthly {
            try require(
                Handbook.Role(rawValue: role) != nil, "policy.monthly.\(role)", "没有这个岗位", "is no role")
            try require((0...99).contains(count), "policy.monthly.\(role)", "应为 0 到 99", "has to be from 0 to 99")
        }
    }
}
