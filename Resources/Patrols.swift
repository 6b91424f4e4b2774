extension Handbook {
    /// The patrols (7.15): their steps, and the estate's patrol points.
    public struct Patrols: Decodable, Equatable, Sendable {
        fileprivate struct Policy: Decodable, Equatable {
            let points: [String]
        }

        public let clause: String
        public let steps: [String]
        fileprivate let policy: Policy

        public var points: [String] { policy.points }
    }
}

extension Handbook {
    public var patrols: Patrols { self[Patrols.self] }
}

extension Handbook.Patrols: Chapter {
    public static let file = "patrols.json"
    public static var shipped: [UInt8] { PackageResources.patrols_json }
}
