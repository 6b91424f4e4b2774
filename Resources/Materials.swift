extension Handbook {
    /// The store (section 6). Its principle: ledger, card and goods agree (帐、卡、物相符).
    public struct Materials: Decodable, Equatable, Sendable {
        /// A result of the stocktake of one material.
        public struct Verdict: Decodable, Equatable, Sendable, Identifiable {
            /// As in the stock view: agree, surplus, shortage, unposted, card, recount, uncounted.
            public let id: String
            public let name: String
            public let meaning: String
        }

        public let clause: String
        public let principle: Provision
        /// The three records: 帐, 卡 and 物.
        public let records: [Term]
        public let verdicts: [Verdict]
        /// The kinds of materials: 消耗材料 and 周转性材料.
        public let kinds: [Term]
        public let rules: [Provision]

        public func verdict(_ id: String) -> Verdict? {
            verdicts.first { $0.id == id }
        }
    }
}

extension Handbook {
    public var materials: Materials { self[Materials.self] }
}

extension Handbook.Materials: Chapter {
    public static let file = "materials.json"
    public static var shipped: [UInt8] { PackageResources.materials_json }
}
