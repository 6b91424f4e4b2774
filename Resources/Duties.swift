extension Handbook {
    /// Duties that come again at fixed times (Rules, Duties): when they are told, and what becomes of a day off.
    public struct Duties: Decodable, Equatable, Sendable {
        /// What becomes of a due day on which nobody works: a holiday or a weekend that is not worked.
        public enum DayOff: String, Decodable, Sendable {
            /// It stays.
            case same
            /// The last working day before it.
            case before
            /// The first working day after it.
            case after
        }

        fileprivate struct Policy: Decodable, Equatable {
            let dayOff: DayOff
            let daysAhead: Int
        }

        public let clause: String
        fileprivate let policy: Policy

        public var dayOff: DayOff { policy.dayOff }
        /// A duty is shown from this many days before its due day.
        public var daysAhead: Int { policy.daysAhead }
    }
}

extension Handbook {
    public var duties: Duties { self[Duties.self] }
}

extension Handbook.Duties: Chapter {
    public static let file = "duties.json"
    public static var shipped: [UInt8] { PackageResources.duties_json }

    public func check() throws(HandbookError.Reason) {
        try require((0...27).contains(daysAhead), "policy.daysAhead", "应为 0 到 27", "has to be from 0 to 27")
    }
}
