extension Handbook {
    /// Community events (5: the supervisor coordinates large events): the departments that share the work.
    public struct Events: Decodable, Equatable, Sendable {
        /// A department, and the posts that belong to it.
        public struct Department: Decodable, Equatable, Sendable {
            public let name: String
            public let roles: [Role]
        }

        fileprivate struct Policy: Decodable, Equatable {
            let departments: [Department]
            let tasks: [String]
        }

        public let clause: String
        public let rules: [Provision]
        fileprivate let policy: Policy

        public var departments: [Department] { policy.departments }
        /// What is usually to be done for an event.
        public var tasks: [String] { policy.tasks }

        /// The department of a post; `nil` if it belongs to none.
        public func department(of role: Role) -> String? {
            departments.first { $0.roles.contains(role) }?.name
        }
    }
}

extension Handbook {
    public var events: Events { self[Events.self] }
}

extension Handbook.Events: Chapter {
    public static let file = "events.json"
    public static var shipped: [UInt8] { PackageResources.events_json }

    public func check() throws(HandbookError.Reason) {
        let names = departments.map(\.name)
        try require(
            Set(names).count == names.count && names.allSatisfy { !$0.isEmpty }, "policy.departments",
            "名称不能为空或重复", "names are not empty and stand once")
    }
}
