extension Handbook {
    /// What concerns persons (个人信息): the classes, how long each is kept, and which fields of which records are sealed so
    /// that they can end.
    public struct Particulars: Decodable, Equatable, Sendable {
        /// When the retention of a class begins.
        public enum Beginning: String, Decodable, Sendable {
            /// At the end of the month in which it was recorded.
            case recording
            /// When the person leaves the estate.
            case leaving
        }

        public struct Class: Decodable, Equatable, Sendable, Identifiable {
            public let id: String
            /// The Chinese name, such as 访客.
            public let name: String
            public let english: String
            public let from: Beginning
            /// Only these roles may read it; `nil`: everybody who sees the record. A class with readers proves money or
            /// rights, and is never erased on request (Rules, Particulars).
            public let readers: [String]?
        }

        /// The fields of one kind of record that are sealed.
        public struct Sealed: Decodable, Equatable, Sendable {
            public let kind: String
            public let `class`: String
            public let fields: [String]
        }

        fileprivate struct Policy: Decodable, Equatable {
            let days: [String: Int]
        }

        public let clause: String
        public let classes: [Class]
        public let sealed: [Sealed]
        fileprivate let policy: Policy

        /// The days for which a class is kept.
        public func days(of id: String) -> Int { policy.days[id] ?? 0 }

        public subscript(id: String) -> Class? { classes.first { $0.id == id } }
    }
}

extension Handbook {
    public var particulars: Particulars { self[Particulars.self] }
}

extension Handbook.Particulars: Chapter {
    public static let file = "particulars.json"
    public static var shipped: [UInt8] { PackageResources.particulars_json }

    public func check() throws(HandbookError.Reason) {
        for one in classes {
            try require(
                (1...36_500).contains(days(of: one.id)), "policy.days.\(one.id)", "应为 1 到 36500（天）",
                "has to be 1 to 36,500 days")
        }
    }
}
