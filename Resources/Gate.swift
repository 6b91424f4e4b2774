extension Handbook {
    /// The gate post (门岗), section 7, and how visits are written down.
    public struct Gate: Decodable, Equatable, Sendable {
        /// How much of a checked document is kept: its kind and these last characters, or 已核验, and no more.
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

        /// What a plate begins and may end with.
        public struct Plates: Decodable, Equatable, Sendable {
            public let clause: String
            /// Every province's character, side by side.
            public let provinces: String
            /// 挂学警港澳使领.
            public let tails: String
        }

        /// The way of a patrol (7.15), and the estate's own points along it.
        public struct Patrol: Decodable, Equatable, Sendable {
            private struct Policy: Decodable, Equatable {
                let points: [String]
            }

            public let clause: String
            public let steps: [String]
            private let policy: Policy

            public var points: [String] { policy.points }
        }

        /// 《紧急事件处理程序》 (7.10): the standards name it and do not supply it, so the estate has to.
        public struct Emergency: Decodable, Equatable, Sendable {
            private struct Policy: Decodable, Equatable {
                let supplied: Bool
                let text: String
            }

            public let clause: String
            public let title: String
            private let policy: Policy

            /// False while `text` is the placeholder that says so.
            public var isSupplied: Bool { policy.supplied }
            public var text: String { policy.text }
        }

        fileprivate struct Policy: Decodable, Equatable {
            struct OverstayHours: Decodable, Equatable {
                let `default`: Int
                let byPurpose: [String: Int]
            }

            let purposes: [String]
            let overstayHours: OverstayHours
        }

        public let clause: String
        /// What is asked of a visitor by default.
        public let fields: [Term]
        public let documents: Documents
        public let plates: Plates
        public let patrol: Patrol
        public let emergency: Emergency
        fileprivate let policy: Policy

        /// The usual purposes of a visit, to choose from.
        public var purposes: [String] { policy.purposes }

        /// After how many hours inside a visit is 超时. A purpose is free text: 送快递 counts as 快递, and of several
        /// that fit the shortest holds.
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
