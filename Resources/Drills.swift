extension Handbook {
    /// Learning the residents' vehicles by heart (7.7): the drill of plates (练习).
    public struct Drills: Decodable, Equatable, Sendable {
        fileprivate struct Policy: Decodable, Equatable {
            let newPerDay: Int
            let maximumDays: Int
        }

        public let clause: String
        public let rules: [Provision]
        fileprivate let policy: Policy

        /// How many plates a member meets for the first time on one day.
        public var newPerDay: Int { policy.newPerDay }
        /// The most days after which a plate is asked again, however well it is known.
        public var maximumDays: Int { policy.maximumDays }
    }
}

extension Handbook {
    public var drills: Drills { self[Drills.self] }
}

extension Handbook.Drills: Chapter {
    public static let file = "drills.json"
    public static var shipped: [UInt8] { PackageResources.drills_json }

    public func check() throws(HandbookError.Reason) {
        try require((1...200).contains(newPerDay), "policy.newPerDay", "应为 1 到 200", "has to be 1 to 200")
        try require(
            (1...3650).contains(maximumDays), "policy.maximumDays", "应为 1 到 3650（天）", "has to be 1 to 3,650 days")
    }
}
