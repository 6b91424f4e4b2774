extension Handbook {
    /// The training of the staff (4): the usual topics, and how early the console warns that a certificate ends.
    public struct Training: Decodable, Equatable, Sendable {
        fileprivate struct Policy: Decodable, Equatable {
            let topics: [String]
            let noticeDays: Int
        }

        public let clause: String
        public let rules: [Provision]
        fileprivate let policy: Policy

        public var topics: [String] { policy.topics }
        /// How many days before a certificate ends the warning begins.
        public var noticeDays: Int { policy.noticeDays }
    }
}

extension Handbook {
    public var training: Training { self[Training.self] }
}

extension Handbook.Training: Chapter {
    public static let file = "training.json"
    public static var shipped: [UInt8] { PackageResources.training_json }

    public func check() throws(HandbookError.Reason) {
        try require((0...366).contains(noticeDays), "policy.noticeDays", "应为 0 到 366（天）", "has to be 0 to 366 days")
    }
}
