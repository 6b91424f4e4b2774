extension Handbook {
    /// The class of a request, which selects the rule for its return visit.
    public enum RequestClass: String, Codable, CodingKeyRepresentable, CaseIterable, Sendable {
        case complaint
        case minorRepair = "repair.minor"
        case repairWorks = "repair.works"
        case special, event, other
    }

    /// Return visits (回访), section 3.
    public struct FollowUps: Decodable, Equatable, Sendable {
        public struct Rule: Decodable, Equatable, Sendable {
            private struct Policy: Decodable, Equatable {
                let target: Int?
                let visitors: [Role]?
            }

            private enum CodingKeys: String, CodingKey {
                case clause, name, within, policy
                case prescribedTarget = "target"
                case prescribedVisitors = "visitors"
            }

            public let clause: String
            /// The class's Chinese name, such as 投诉.
            public let name: String
            public let within: Window
            private let prescribedTarget: Int?
            private let prescribedVisitors: [Role]?
            private let policy: Policy?

            /// Percentage of requests to be visited; nil if the regional manager has not set one (未定).
            public var target: Int? { prescribedTarget ?? policy?.target }
            /// The roles that must take part, all together.
            public var visitors: [Role] { prescribedVisitors ?? policy?.visitors ?? [] }
            public var targetIsPolicy: Bool { prescribedTarget == nil }
            public var visitorsArePolicy: Bool { prescribedVisitors == nil }
        }

        /// The period for the visit, counted from the day the work was completed.
        public enum Window: Equatable, Sendable {
            case days(Int)
            case months(Int)
            case stages(Stages)
        }

        /// The two visits for a special service that lasts from day A to day B, n days later (3.4).
        public struct Stages: Decodable, Equatable, Sendable {
            /// Opens on A + n × `opensThirds`/3, due on A + n × `dueThirds`/3, in days rounded down.
            public struct Middle: Decodable, Equatable, Sendable {
                public let name: String
                public let opensThirds: Int
                public let dueThirds: Int
            }

            /// Opens on B, due `dueDays` days later (policy).
            public struct End: Decodable, Equatable, Sendable {
                private struct Policy: Decodable, Equatable {
                    let dueDays: Int
                }

                public let name: String
                private let policy: Policy

                public var dueDays: Int { policy.dueDays }
            }

            public let middle: Middle
            public let end: End
        }

        /// The attempts after which a case may be closed as 无法回访.
        public struct Attempts: Decodable, Equatable, Sendable {
            public let clause: String
            public let beforeClosing: Int
            public let text: String
        }

        private struct Policy: Decodable, Equatable {
            let flagsOwnWork: Bool
            let rectificationDays: Int
        }

        public let clause: String
        public let attempts: Attempts
        private let policy: Policy
        /// Whether to flag a visit made or recorded by the person who did the work (policy): owners speak more freely
        /// to others.
        public var flagsOwnWork: Bool { policy.flagsOwnWork }
        /// The days within which shortcomings are put right unless another day is said (policy).
        public var rectificationDays: Int { policy.rectificationDays }
        /// The five items recorded at a visit.
        public let contents: [Term]
        /// Rules for making, recording and repeating a visit.
        public let manner: [Provision]
        private let classes: [RequestClass: Rule]

        public subscript(requestClass: RequestClass) -> Rule {
            guard let rule = classes[requestClass] else {
                preconditionFailure("check() lets no handbook without \(requestClass) pass")
            }
            return rule
        }
    }
}

extension Handbook.FollowUps.Window: Decodable {
    private enum CodingKeys: String, CodingKey {
        case days, months, stages
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let days = try container.decodeIfPresent(Int.self, forKey: .days) {
            self = .days(days)
        } else if let months = try container.decodeIfPresent(Int.self, forKey: .months) {
            self = .months(months)
        } else {
            self = .stages(try container.decode(Handbook.FollowUps.Stages.self, forKey: .stages))
        }
    }
}

extension Handbook {
    public var followUps: FollowUps { self[FollowUps.self] }

    /// The rule by which finished requests of a class are visited: when, what share of them, and by whom.
    public func followUpRule(for requestClass: RequestClass) -> FollowUps.Rule {
        followUps[requestClass]
    }
}

extension Handbook.FollowUps: Chapter {
    public static let file = "followups.json"
    public static var shipped: [UInt8] { PackageResources.followups_json }

    public func check() throws(HandbookError.Reason) {
        try require(
            (0...60).contains(rectificationDays), "policy.rectificationDays", "应为 0 到 60", "has to be from 0 to 60")
        for requestClass in Handbook.RequestClass.allCases {
            let key = "classes.\(requestClass.rawValue)"
            guard let rule = classes[requestClass] else { throw .unknown([key]) }
            try require(!rule.visitors.isEmpty, "\(key).policy.visitors", "不能为空", "cannot be empty")
            try require(
                (0...100).contains(rule.target ?? 0), "\(key).policy.target", "应在0至100之间", "has to be from 0 to 100")
            if case .stages(let stages) = rule.within {
                try require(
                    stages.end.dueDays >= 0, "\(key).within.stages.end.policy.dueDays", "不能小于零",
                    "cannot be below zero")
            }
        }
    }
}
