extension Handbook {
    /// The gate post (门岗), section 7, and the register of visitors.
    public struct Gate: Decodable, Equatable, Sendable {
        /// The record of a checked identity document: its kind and last characters, or only 已核验.
        public struct Documents: Decodable, Equatable, Sendable {
            private struct Policy: Decodable, Equatable {
                let kinds: [String]
            }

            public let clause: String
            public let lastCharacters: Int
            public let verified: String
            private let policy: Policy

            public var kinds: [String] { policy.kinds }
        }

        /// The characters that a number plate begins with and may end with.
        public struct Plates: Decodable, Equatable, Sendable {
            public let clause: String
            /// The characters of all provinces, without separators.
            public let provinces: String
            /// 挂学警港澳使领.
            public let tails: String
        }

        fileprivate struct Policy: Decodable, Equatable {
            struct OverstayHours: Decodable, Equatable {
                let `default`: Int
                let byPurpose: [String: Int]
            }

            let purposes: [String]
            let places: [String]
            let overstayHours: OverstayHours
        }

        public let clause: String
        /// The items recorded for a visitor.
        public let fields: [Term]
        public let documents: Documents
        public let plates: Plates
        fileprivate let policy: Policy

        /// Purposes offered for a visit; free text is allowed too.
        public var purposes: [String] { policy.purposes }

        /// Names offered for places of the estate that may be visited.
        public var places: [String] { policy.places }

        /// Hours after which a visitor inside counts as 超时.
        ///
        /// The purpose is free text. It matches an entry that it contains (送快递 matches 快递); of several, the shortest
        /// time.
        public func overstayHours(purpose: String) -> Int {
            let hours = policy.overstayHours
            return hours.byPurpose[purpose]
                ?? hours.byPurpose.filter { purpose.contains($0.key) }.values.min()
                ?? hours.default
        }
    }
}

extension Handbook {
    public var gate: Gate { self[Gate.self] }
}

extension Handbook.Gate: Chapter {
    public static let file = "gate.json"
    public static var shipped: [UInt8] { PackageResources.gate_json }

    public func check() throws(HandbookError.Reason) {
        let hours = policy.overstayHours
        for (purpose, hours) in [("default", hours.default)] + hours.byPurpose.sorted(by: { $0.key < $1.key }) {
            try require(hours > 0, "policy.overstayHours.\(purpose)", "应大于零", "has to be above zero")
        }
    }
}
