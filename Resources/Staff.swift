extension Handbook {
    public enum Role: String, Codable, CaseIterable, Sendable {
        case `operator`, `guard`, supervisor, manager, regional, administrator, keeper, finance
    }

    /// Who works here, and by which standard (sections 4 to 6).
    public struct Staff: Decodable, Equatable, Sendable {
        public struct Post: Decodable, Equatable, Sendable, Identifiable {
            public let id: Role
            /// The post's Chinese name, such as 门岗.
            public let name: String
            public let english: String
            public let clause: String
            /// The inspection template that holds this post's standard, where it is inspected.
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

        /// The customers' satisfaction to reach (section 4).
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

        /// After how many wrong tries in a row a PIN is locked.
        public var pinTries: Int { policy.pinTries }
        /// After how many minutes without a key the screen of a member with a PIN is locked; 0 is never.
        public var idleMinutes: Int { policy.idleMinutes }

        /// For how many minutes a PIN is locked that was locked `times` times before within a day.
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
