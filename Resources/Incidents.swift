extension Handbook {
    /// The emergency procedure 《紧急事件处理程序》 (7.10). The standards only name it: the cards are the estate's (policy), and
    /// those that are shipped are placeholders.
    public struct Incidents: Decodable, Equatable, Sendable {
        /// The card of one kind of emergency: what is done, in order.
        public struct Playbook: Decodable, Equatable, Sendable {
            public let english: String?
            /// False for a shipped placeholder.
            public let supplied: Bool
            public let steps: [String]
        }

        /// Someone to call in an emergency. As shipped the number is empty; the estate fills it in.
        public struct Contact: Decodable, Equatable, Sendable {
            public let name: String
            public let phone: String
        }

        fileprivate struct Policy: Decodable, Equatable {
            let debriefDays: Int
            let contacts: [Contact]
            let order: [String]
            let playbooks: [String: Playbook]
        }

        public let clause: String
        public let title: String
        /// The sentence that stands above each card that is a placeholder.
        public let placeholder: String
        fileprivate let policy: Policy

        /// The days after the end within which it is gone through (复盘).
        public var debriefDays: Int { policy.debriefDays }
        public var contacts: [Contact] { policy.contacts }
        /// The kinds by their Chinese names, which never change, in the order of their digits.
        public var kinds: [String] { policy.order }

        /// The card of a kind; `nil` for a kind that has none.
        public subscript(kind: String) -> Playbook? { policy.playbooks[kind] }

        /// The kind that a word names, in either language; `nil` if none has such a card.
        public func kind(named word: String) -> String? {
            if policy.playbooks[word] != nil { return word }
            let word = word.lowercased()
            return policy.playbooks.sorted { $0.key < $1.key }.first { $0.value.english?.lowercased() == word }?.key
        }
    }
}

extension Handbook {
    public var incidents: Incidents { self[Incidents.self] }
}

extension Handbook.Incidents: Chapter {
    public static let file = "incidents.json"
    public static var shipped: [UInt8] { PackageResources.incidents_json }

    public func check() throws(HandbookError.Reason) {
        try require((1...60).contains(debriefDays), "policy.debriefDays", "应为 1 到 60（天）", "has to be from 1 to 60 days")
        try require(!kinds.isEmpty, "policy.order", "不能为空", "must not be empty")
        for kind in kinds {
            try require(self[kind] != nil, "policy.order.\(kind)", "没有这张卡", "has no card")
        }
        for (kind, card) in policy.playbooks.sorted(by: { $0.key < $1.key }) {
            try require(!card.steps.isEmpty, "policy.playbooks.\(kind).steps", "不能为空", "must not be empty")
        }
    }
}
