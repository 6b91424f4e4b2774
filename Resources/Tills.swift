extension Handbook {
    /// The cashier's daily close (日结).
    public struct Tills: Decodable, Equatable, Sendable {
        public let clause: String
        public let rules: [Provision]
        fileprivate let policy: Policy

        fileprivate struct Policy: Decodable, Equatable {
            let steps: [String]
        }

        /// What the cashier does, in order.
        public var steps: [String] { policy.steps }
    }
}

extension Handbook {
    public var tills: Tills { self[Tills.self] }
}

extension Handbook.Tills: Chapter {
    public static let file = "tills.json"
    public static var shipped: [UInt8] { PackageResources.tills_json }
}
