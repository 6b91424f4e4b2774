import Journal

extension Fees {
    /// What an account owes, by how long it has been due (账龄, Rules, Ageing).
    public struct Ageing: Sendable {
        /// The last day of each bucket but the last, in days since the due date: 未到期, 1–30, … 1–2 年, 2–3 年.
        private static let ends = [0, 30, 60, 90, 180, 365, 730, 1095]
        static let labels = [
            Label("未到期", en: "Not due"), Label("1–30 天", en: "1–30 days"), Label("31–60 天", en: "31–60 days"),
            Label("61–90 天", en: "61–90 days"), Label("91–180 天", en: "91–180 days"),
            Label("181–365 天", en: "181–365 days"), Label("1–2 年", en: "1–2 years"), Label("2–3 年", en: "2–3 years"),
            Label("3 年以上", en: "Over 3 years"),
        ]

        /// The index of a bill's bucket as of a day.
        static func bucket(of bill: Bill, on day: Day) -> Int {
            let days = day.days(since: bill.due)
            return ends.firstIndex { days <= $0 } ?? ends.count
        }

        public let account: Account
        /// What is owed of each bucket; they add up to ``total``.
        public fileprivate(set) var buckets = Array(repeating: Money.zero, count: labels.count)
        /// Prepaid money, which is no part of the buckets.
        public let prepaid: Money
        /// The earliest day on which the time to sue for a bill ends (诉讼时效); `nil` if nothing is owed.
        public fileprivate(set) var limitation: Day?

        public var unit: UnitCode { account.unit }
        public var total: Money { buckets.reduce(.zero, +) }
    }
}

extension Estate {
    /// The ageing of an account as of a day; `nil` if it owes nothing and has nothing prepaid.
    func ageing(of account: Account, on day: Day) -> Fees.Ageing? {
        var ageing = Fees.Ageing(account: account, prepaid: fees.prepaid(of: account))
        for bill in fees.unpaidBills(of: account) {
            ageing.buckets[Fees.Ageing.bucket(of: bill, on: day)] += bill.outstanding
            let limitation = limitation(of: bill)
            ageing.limitation = min(ageing.limitation ?? limitation, limitation)
        }
        return ageing.total > .zero || ageing.prepaid > .zero ? ageing : nil
    }

    /// All accounts that owe or have prepaid, in no order.
    func ageing(on day: Day) -> [Fees.Ageing] {
        let prepaying = fees.paymentsByUnit.keys.filter { !fees.prepayments(of: $0).isEmpty }
        return Set(fees.owingUnits).union(prepaying).flatMap { unit in
            fees.accounts(of: unit).compactMap { ageing(of: $0, on: day) }
        }
    }
}

/// What is owed by age, a row for each account, the largest sum first. What a former owner owes stands apart.
public struct AgeingView: PlainView {
    public static let name = "ageing"
    public static let label = Label("账龄", en: "Ageing")

    public static var columns: [ViewColumn<Self>] {
        Column("unit") { $0.unit }
        Column("notDue", Fees.Ageing.labels[0]) { $0.buckets[0] }
        Column("d30", Fees.Ageing.labels[1]) { $0.buckets[1] }
        Column("d60", Fees.Ageing.labels[2]) { $0.buckets[2] }
        Column("d90", Fees.Ageing.labels[3]) { $0.buckets[3] }
        Column("d180", Fees.Ageing.labels[4]) { $0.buckets[4] }
        Column("d365", Fees.Ageing.labels[5]) { $0.buckets[5] }
        Column("y2", Fees.Ageing.labels[6]) { $0.buckets[6] }
        Column("y3", Fees.Ageing.labels[7]) { $0.buckets[7] }
        Column("older", Fees.Ageing.labels[8]) { $0.buckets[8] }
        Column("prepaid", .prepaid) { $0.prepaid }
        Column("total", Label("欠费合计", en: "Owed")) { $0.total }
        Column("limitation", .limitation) { $0.limitation }
        // A balance of its own: the ages add up to the principal.
        Column("latefees", .lateFee) { $0.estate.lateFeeBalance(of: $0.account, on: $0.context.day) }
        Column("owner") { $0.estate.owner(of: $0.account)?.name }
        Column("former", .formerOwner) { !$0.account.isPresent }
    }

    public init() {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    public func subjects(in context: ViewContext) -> [Fees.Ageing] {
        context.estate.ageing(on: context.day).sorted {
            ($1.total, $0.unit, $0.account.id) < ($0.total, $1.unit, $1.account.id)
        }
    }
}

extension Label {
    public static let limitation = Label("诉讼时效", en: "Limitation")
}
