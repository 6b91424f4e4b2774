extension Handbook {
    /// Renovation by owners and tenants (二次装修), 5.3: the clock, the stages and what leads from one to another. All else is
    /// the estate's policy.
    public struct Renovation: Decodable, Equatable, Sendable {
        public struct Permit: Decodable, Equatable, Sendable {
            public let clause: String
            /// Working days for the formalities, counted from the day on which the papers are complete.
            public let workingDays: Int
            public let text: String
        }

        /// An action, the stages in which it is possible, and those to which it may lead; none if the stage stays.
        public struct Transition: Decodable, Equatable, Sendable {
            public let action: String
            public let from: [String]
            public let to: [String]
        }

        /// A name and what belongs to it: a check point, a class of restricted works.
        public struct Item: Decodable, Equatable, Sendable {
            public let name: String
            public let text: String
        }

        /// A kind of works, the words by which it is known, and the papers that it needs.
        public struct Kind: Decodable, Equatable, Sendable {
            public let name: String
            public let words: [String]
            public let papers: [String]
        }

        /// The papers besides those of the kinds of works.
        public struct Papers: Sendable {
            public let always: [String]
            fileprivate let more: MorePapers

            /// Where a company does the works.
            public var company: [String] { more.company }
            public var tenant: [String] { more.tenant }
            /// All of a simple registration.
            public var simple: [String] { more.simple }
            /// Beginnings of the papers that are there once an action recorded the signatures.
            public var signed: Signed { more.signed }
        }

        fileprivate struct MorePapers: Decodable, Equatable {
            let company: [String]
            let tenant: [String]
            let simple: [String]
            let signed: Signed
        }

        public struct Signed: Decodable, Equatable, Sendable {
            public let consent: String
            public let notice: String
            public let neighbours: String
            public let agree: String
        }

        /// Whether something may be charged where the estate is, and at most how much; unset as shipped.
        public struct Charge: Decodable, Equatable, Sendable {
            public let allowed: Bool?
            public let maximumFen: Int?
        }

        /// What may be charged.
        public struct Charges: Decodable, Equatable, Sendable {
            public let deposit: Charge
            public let fee: Charge
        }

        fileprivate struct Policy: Decodable, Equatable {
            let forbidden: [String]
            let restricted: [Item]
            let agreement: [String]
            let papers: [String]
            let morePapers: MorePapers
            let kinds: [Kind]
            let ownWorkers: String
            let shop: String
            let simple: String
            let larger: [String]
            let checkpoints: [Item]
            let trades: [String]
            let orders: [String]
            let hours: WorkHours
            let silent: [SilentDays]
            let purposes: [String]
            let noise: [String]
            let charges: Charges
            let suggestedDepositFen: Int?
            let suggestedFeeFen: Int?
            let feeItem: String
            let observationDays: Int
            let refundDays: Int
            let reportHours: Int
            let receiptLost: String
        }

        public let clause: String
        public let name: String
        public let permit: Permit
        /// The charges: 装修押金 and 物业管理费.
        public let charges: [Term]
        /// In order, from the application to the refund.
        public let stages: [Term]
        public let transitions: [Transition]
        public let rules: [Provision]
        fileprivate let policy: Policy

        /// What nobody may do: the text of the notice that both sign.
        public var forbidden: [String] { policy.forbidden }
        /// What is possible with an approval, a scheme, or as the estate agreed.
        public var restricted: [Item] { policy.restricted }
        /// What the agreement names.
        public var agreement: [String] { policy.agreement }
        public var papers: Papers { Papers(always: policy.papers, more: policy.morePapers) }
        public var kinds: [Kind] { policy.kinds }
        public var checkpoints: [Item] { policy.checkpoints }
        /// Trades of workers, for their passes.
        public var trades: [String] { policy.trades }
        /// Ways of telling them to stop.
        public var orders: [String] { policy.orders }
        public var hours: WorkHours { policy.hours }
        /// Days without noisy work, such as those of 高考.
        public var silent: [SilentDays] { policy.silent }
        /// Words in a visit's purpose that tell of works.
        public var purposes: [String] { policy.purposes }
        /// Words in a demand that tell of noise.
        public var noise: [String] { policy.noise }
        public var allowance: Charges { policy.charges }
        /// Deposit suggested in the form, in fen.
        public var suggestedDepositFen: Int? { policy.suggestedDepositFen }
        /// Fee suggested in the form, in fen.
        public var suggestedFeeFen: Int? { policy.suggestedFeeFen }
        /// The item of the bill for the fee.
        public var feeItem: String { policy.feeItem }
        /// Days after the acceptance in which defects may show.
        public var observationDays: Int { policy.observationDays }
        /// Days for the refund, after the observation or a withdrawal.
        public var refundDays: Int { policy.refundDays }
        /// Hours in which a violation is reported.
        public var reportHours: Int { policy.reportHours }
        public var receiptLost: String { policy.receiptLost }

        public func transition(of action: String) -> Transition? { transitions.first { $0.action == action } }

        /// The kind that needs a simple registration only.
        public var simple: String { policy.simple }
        /// The kind of works in a shop.
        public var shop: String { policy.shop }

        /// The kinds whose words occur in a description of the works. The small kind counts only if no other kind and no word
        /// of larger works occurs.
        public func kinds(in works: String) -> [String] {
            let found = kinds.filter { $0.words.contains { works.contains($0) } }.map(\.name)
            let others = found.filter { $0 != simple }
            return others.isEmpty && !policy.larger.contains { works.contains($0) } ? found : others
        }

        /// The papers for works of some kinds, each once, in the order of the handbook.
        public func papers(for kinds: [String], isTenant: Bool) -> [String] {
            let consent = isTenant ? papers.tenant : []
            if kinds == [simple] { return papers.simple + consent }
            let company = kinds.contains(policy.ownWorkers) ? [] : papers.company
            let own = self.kinds.filter { kinds.contains($0.name) }.flatMap(\.papers)
            return (papers.always + company + own + consent).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        }

        public func isWork(_ purpose: String) -> Bool { purposes.contains { purpose.contains($0) } }
        public func isNoise(_ text: String) -> Bool { noise.contains { text.contains($0) } }
    }
}

extension Handbook {
    public var renovation: Renovation { self[Renovation.self] }
}

extension Handbook.Renovation: Chapter {
    public static let file = "renovation.json"
    public static var shipped: [UInt8] { PackageResources.renovation_json }

    public func check() throws(HandbookError.Reason) {
        let amounts = [
            ("suggestedDepositFen", suggestedDepositFen), ("suggestedFeeFen", suggestedFeeFen),
            ("charges.deposit.maximumFen", allowance.deposit.maximumFen),
            ("charges.fee.maximumFen", allowance.fee.maximumFen),
        ]
        for (key, fen) in amounts {
            try require(fen ?? 0 >= 0, "policy.\(key)", "不能小于零", "cannot be below zero")
        }
        for (key, days) in [("observationDays", observationDays), ("refundDays", refundDays)] {
            try require((0...366).contains(days), "policy.\(key)", "应为 0 到 366（天）", "has to be from 0 to 366 days")
        }
        try require((1...720).contains(reportHours), "policy.reportHours", "应为 1 到 720（小时）", "has to be 1 to 720 hours")
        try require(!policy.feeItem.isEmpty, "policy.feeItem", "不能为空", "must not be empty")
        let names = kinds.map(\.name)
        try require(Set(names).count == names.count, "policy.kinds", "名称重复", "has a name twice")
        for (key, name) in [("ownWorkers", policy.ownWorkers), ("shop", policy.shop), ("simple", policy.simple)] {
            try require(names.contains(name), "policy.\(key)", "不在 kinds 之列", "is none of the kinds")
        }
        try require(
            (forbidden + agreement).allSatisfy { !$0.isEmpty }, "policy.forbidden", "有空行", "has an empty line")
        for (key, words) in [("trades", trades), ("orders", policy.orders)] {
            try require(words.allSatisfy { !$0.isEmpty }, "policy.\(key)", "有空行", "has an empty line")
        }
    }
}
