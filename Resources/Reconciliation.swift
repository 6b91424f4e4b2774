extension Handbook {
    /// Checking the collected amounts with finance (5.6), and the statements that they are compared with.
    public struct Reconciliation: Decodable, Equatable, Sendable {
        /// An account (账户) with statements, and the methods by which money comes to it.
        public struct Account: Decodable, Equatable, Sendable {
            public let name: String
            public let methods: [String]
        }

        fileprivate struct Policy: Decodable, Equatable {
            let accounts: [Account]
            let days: Int
        }

        public let clause: String
        public let rules: [Provision]
        fileprivate let policy: Policy

        public var accounts: [Account] { policy.accounts }
        /// By how many days a payment and its line on a statement may differ.
        public var days: Int { policy.days }

        /// The account to which money of a method comes; `nil` for cash.
        public func account(of method: String) -> Account? { accounts.first { $0.methods.contains(method) } }
    }
}

extension Handbook {
    public var reconciliation: Reconciliation { self[Reconciliation.self] }
}

extension Handbook.Reconciliation: Chapter {
    public static let file = "reconciliation.json"
    public static var shipped: [UInt8] { PackageResources.reconciliation_json }

    public func check() throws(HandbookError.Reason) {
        try require((0...7).contains(days), "policy.days", "应为 0 到 7", "has to be from 0 to 7")
    }
}
