extension Handbook {
    /// The assessment of the staff (4): who sees whose.
    public struct Assessments: Decodable, Equatable, Sendable {
        fileprivate struct Policy: Decodable, Equatable {
            let sees: [String: [Role]]
        }

        public let clause: String
        public let rules: [Provision]
        fileprivate let policy: Policy

        /// Whether a role sees the assessments of another. A manager sees all; each member their own besides.
        public func shows(_ role: Role, to reader: Role) -> Bool {
            reader == .manager || policy.sees[reader.rawValue]?.contains(role) ?? false
        }
    }
}

extension Handbook {
    public var assessments: Assessments { self[Assessments.self] }
}

extension Handbook.Assessments: Chapter {
    public static let file = "assessments.json"
    public static var shipped: [UInt8] { PackageResources.assessments_json }

    public func check() throws(HandbookError.Reason) {
        for reader in policy.sees.keys {
            try require(
                Handbook.Role(rawValue: reader) != nil, "policy.sees.\(reader)", "没有这个岗位", "is no post")
        }
    }
}
