extension Handbook {
    /// The roster of the posts (7.3): when a planned shift counts as late, and what its form proposes.
    public struct Roster: Decodable, Equatable, Sendable {
        fileprivate struct Policy: Decodable, Equatable {
            let graceMinutes: Int
            let earlyMinutes: Int
            let aheadHours: Int
            let maximumHours: Int
            let restHours: Int
            let firstHour: Int
            let hours: Int
        }

        public let clause: String
        public let rules: [Provision]
        fileprivate let policy: Policy

        /// The minutes after its beginning within which a shift that is opened is in time.
        public var graceMinutes: Int { policy.graceMinutes }
        /// The minutes before its beginning from which a shift that another member opens is in its place.
        public var earlyMinutes: Int { policy.earlyMinutes }
        /// The hours before its beginning from which a shift's member is proposed as the next at the post.
        public var aheadHours: Int { policy.aheadHours }
        /// The longest shift.
        public var maximumHours: Int { policy.maximumHours }
        /// The rest that a member has between two shifts, else it is warned of.
        public var restHours: Int { policy.restHours }
        /// The hour of the day at which the first shift begins, and how long a shift is, unless another was planned before.
        public var firstHour: Int { policy.firstHour }
        public var hours: Int { policy.hours }
    }
}

extension Handbook {
    public var roster: Roster { self[Roster.self] }
}

extension Handbook.Roster: Chapter {
    public static let file = "roster.json"
    public static var shipped: [UInt8] { PackageResources.roster_json }

    public func check() throws(HandbookError.Reason) {
        try require(
            (0...120).contains(graceMinutes), "policy.graceMinutes", "应为 0 到 120（分钟）", "has to be 0 to 120 minutes")
        try require(
            (0...720).contains(earlyMinutes), "policy.earlyMinutes", "应为 0 到 720（分钟）", "has to be 0 to 720 minutes")
        try require((1...24).contains(aheadHours), "policy.aheadHours", "应为 1 到 24（小时）", "has to be 1 to 24 hours")
        try require(
            (1...72).contains(maximumHours), "policy.maximumHours", "应为 1 到 72（小时）", "has to be 1 to 72 hours")
        try require((0...24).contains(restHours), "policy.restHours", "应为 0 到 24（小时）", "has to be 0 to 24 hours")
        try require((0...23).contains(firstHour), "policy.firstHour", "应为 0 到 23（点）", "has to be from 0 to 23")
        try require(
            (1...maximumHours).contains(hours), "policy.hours", "应为 1 到 \(maximumHours)（小时）",
            "has to be 1 to \(maximumHours) hours")
    }
}
