extension Handbook {
    /// The handover of a shift at the gate (7.3): its ritual, what is handed over, and what has to be there.
    public struct Shifts: Decodable, Equatable, Sendable {
        /// One of the things that a handover goes through. Its number is its place in the list.
        public struct Item: Decodable, Equatable, Sendable {
            public let id: String
            public let name: String
            /// The answer if there is nothing to say.
            public let nothing: String
            /// What belongs to it.
            public let hint: String
        }

        /// Something that is counted, and how many there have to be.
        public struct Stock: Decodable, Equatable, Sendable {
            public let name: String
            public let count: Int
        }

        fileprivate struct Policy: Decodable, Equatable {
            let equipment: [Stock]
            let keys: [Stock]
        }

        public let clause: String
        public let ritual: [String]
        public let items: [Item]
        fileprivate let policy: Policy

        public var equipment: [Stock] { policy.equipment }
        public var keys: [Stock] { policy.keys }

        /// The number of an item.
        public func number(of id: String) -> Int? { items.firstIndex { $0.id == id }.map { $0 + 1 } }
    }
}

extension Handbook {
    public var shifts: Shifts { self[Shifts.self] }
}

extension Handbook.Shifts: Chapter {
    public static let file = "shifts.json"
    public static var shipped: [UInt8] { PackageResources.shifts_json }

    public func check() throws(HandbookError.Reason) {
        for (key, stock) in [("equipment", equipment), ("keys", keys)] {
            for entry in stock {
                try require(
                    !entry.name.isEmpty && !entry.name.contains { "；;/／\n".contains($0) || $0.isWhitespace },
                    "policy.\(key)", "名称不能为空，不能有空格、分号和斜线", "a name is one word without ; and /")
                try require(
                    (0...9999).contains(entry.count), "policy.\(key).\(entry.name)", "应为 0 到 9999",
                    "has to be 0 to 9,999")
            }
            try require(
                Set(stock.map(\.name)).count == stock.count, "policy.\(key)", "名称重复", "a name stands twice")
        }
    }
}
