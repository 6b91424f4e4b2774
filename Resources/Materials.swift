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

        /// An item that an estate may start its store with. Quantities are texts, as forms have them.
        public struct StartingItem: Decodable, Equatable, Sendable {
            public let sku: String
            public let name: String
            public let unit: String
            /// `consumable`, `turnover` or `equipment`.
            public let kind: String
            public let category: String
            /// What may be issued in a month; `nil` where it depends on the estate.
            public let quota: String?
            public let min: String?
            public let max: String?
            /// How the quota is worked out, where it depends on the estate.
            public let note: String?
        }

        /// What a usual small job takes: 换角阀.
        public struct UsualJob: Decodable, Equatable, Sendable {
            public struct Part: Decodable, Equatable, Sendable {
                public let sku: String
                public let quantity: String
            }

            public let name: String
            public let parts: [Part]
        }

        fileprivate struct Policy: Decodable, Equatable {
            let loanDays: Int
            let shortageDays: Int
            let idleDays: Int
            let contract: [String]
        }

        public let clause: String
        public let principle: Provision
        /// The three records: 帐, 卡 and 物.
        public let records: [Term]
        public let verdicts: [Verdict]
        /// The kinds of materials: 消耗材料, 周转性材料 and 设备.
        public let kinds: [Term]
        public let rules: [Provision]
        /// The categories of materials, in the order of the shelves.
        public let categories: [String]
        public let startingItems: [StartingItem]
        public let jobs: [UsualJob]
        fileprivate let policy: Policy

        /// The days after which a loan is due back unless it says otherwise.
        public var loanDays: Int { policy.loanDays }
        /// The days within which a shortage is planned for.
        public var shortageDays: Int { policy.shortageDays }
        /// The days without any movement after which goods lie idle.
        public var idleDays: Int { policy.idleDays }
        /// The clauses of a purchase contract. 〔…〕 stands for what is filled in.
        public var contract: [String] { policy.contract }

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

    public func check() throws(HandbookError.Reason) {
        let days = [
            ("loanDays", policy.loanDays), ("shortageDays", policy.shortageDays), ("idleDays", policy.idleDays),
        ]
        for (key, count) in days {
            try require((0...3650).contains(count), "policy.\(key)", "应为 0 到 3650（天）", "has to be 0 to 3,650 days")
        }
        try require(!policy.contract.isEmpty, "policy.contract", "不能为空", "must not be empty")
    }
}
