extension Handbook {
    /// The patrols (7.15): their steps, and the estate's routes and points.
    public struct Patrols: Decodable, Equatable, Sendable {
        /// A route of the estate's own. A building among its points (`3栋`) stands for all points inside it.
        public struct Route: Decodable, Equatable, Sendable {
            public let name: String
            public let points: [String]
        }

        fileprivate struct Policy: Decodable, Equatable {
            let everyFloors: Int
            let minimumSeconds: Int
            let hours: Int
            let points: [String]
            let routes: [Route]
        }

        public let clause: String
        public let steps: [String]
        /// The name of the route over all buildings.
        public let wholeRoute: String
        fileprivate let policy: Policy

        /// On the way down a building one point every so many floors.
        public var everyFloors: Int { policy.everyFloors }
        /// Between two points fewer seconds than these are too fast.
        public var minimumSeconds: Int { policy.minimumSeconds }
        /// The hours after which a patrol without an end counts as abandoned.
        public var hours: Int { policy.hours }
        /// Points of the whole route beside those of the buildings, e.g. 地下车库.
        public var points: [String] { policy.points }
        public var routes: [Route] { policy.routes }
    }
}

extension Handbook {
    public var patrols: Patrols { self[Patrols.self] }
}

extension Handbook.Patrols: Chapter {
    public static let file = "patrols.json"
    public static var shipped: [UInt8] { PackageResources.patrols_json }

    public func check() throws(HandbookError.Reason) {
        try require((1...50).contains(everyFloors), "policy.everyFloors", "应为 1 到 50（层）", "has to be 1 to 50 floors")
        try require(
            (0...3600).contains(minimumSeconds), "policy.minimumSeconds", "应为 0 到 3600（秒）",
            "has to be 0 to 3,600 seconds"
        )
        try require((1...24).contains(hours), "policy.hours", "应为 1 到 24（小时）", "has to be 1 to 24 hours")
        for route in routes {
            try require(!route.name.isEmpty, "policy.routes.name", "不能为空", "must not be empty")
            try require(!route.points.isEmpty, "policy.routes.\(route.name)", "至少要有一个点", "needs a point")
        }
    }
}
