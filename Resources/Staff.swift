extension Handbook {
    public enum Role: String, Codable, CaseIterable, Sendable {
        case `operator`, `guard`, supervisor, manager, regional, administrator, keeper, finance
    }

    /// The posts and their duties and standards (sections 4 to 6).
    public struct Staff: Decodable, Equatable, Sendable {
        public struct Post: Decodable, Equatable, Sendable, Identifiable {
            public let id: Role
            /// The post's Chinese name, such as 门岗.
            public let name: String
            public let english: String
            public let clause: String
            /// Name of the inspection template for this post's standard; nil if it is not inspected.
            public let checkedBy: String?
            private let listedDuties: [Provision]?
            private let listedStandards: [Provision]?

            public var duties: [Provision] { listedDuties ?? [] }
            public var standards: [Provision] { listedStandards ?? [] }

            private enum CodingKeys: String, CodingKey {
                case id, name, english, clause, checkedBy
                case listedDuties = "duties"
                case listedStandards = "standards"
            }
        }

        /// The target for customer satisfaction (section 4).
        public struct Satisfaction: Decodable, Equatable, Sendable {
            public let clause: String
            public let percent: Int
            public let text: String
        }

        fileprivate struct Policy: Decodable, Equatable {
            let pinTries: Int
            let lockMinutes: [Int]
            let idleMinutes: Int
        }

        public let clause: String
        public let satisfaction: Satisfaction
        public let roles: [Post]
        fileprivate let policy: Policy

        /// Number of consecutive wrong PINs after which the PIN is locked.
        public var pinTries: Int { policy.pinTries }
        /// Minutes without a key after which the screen of a member with a PIN is locked; 0 means never.
        public var idleMinutes: Int { policy.idleMinutes }

        /// Minutes for which a PIN is locked if it was locked `times` times before within a day.
        public func lockMinutes(after times: Int) -> Int {
            policy.lockMinutes[min(times, policy.lockMinutes.count - 1)]
        }

        public subscript(role: Role) -> Post {
            guard let post = roles.first(where: { $0.id == role }) else {
                preconditionFailure("check() lets no handbook without \(role) pass")
            }
            return post
        }
    }
}

extension Handbook {
    public var staff: Staff { self[Staff.self] }
}

extension Handbook.Staff: Chapter {
    public static let file = "staff.json"
    public static var shipped: [UInt8] { PackageResources.staff_json }

    public func check() throws(HandbookError.Reason) {
        try require(roles.map(\.id) == Handbook.Role.allCases, "roles", "应为规定的各岗位", "has to be the posts there are")
        try require((1...100).contains(policy.pinTries), "policy.pinTries", "应为 1 到 100", "has to be 1 to 100")
        try require(
            !policy.lockMinutes.isEmpty && policy.lockMinutes.allSatisfy((1...1440).contains), "policy.lockMinutes",
            "应为 1 到 1440（分钟）", "has to be 1 to 1440 minutes each")
        try require(
            (0...1440).contains(policy.idleMinutes), "policy.idleMinutes", "应为 0 到 1440（分钟）",
            "has to be 0 to 1440 minutes")
    }
}
