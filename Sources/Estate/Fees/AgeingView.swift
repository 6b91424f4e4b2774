import Journal

extension Fees {
    /// What an account owes, by how long it has been due (账龄, Rules, Ageing).
    public struct Ageing: Sendable {
        /// The last day of each bucket but the last, in days since the due date: 未到期, 1–30, … 1–2 年, 2–3 年.
        static let ends = [0, 30, 60, 90, 180, 365, 730, 1095]

        public let account: Account
        /// What is owed of each bucket; they add up to ``total``.
        public fileprivate(set) var buckets = Array(repeating: Money.zero, count: ends.count + 1)
        /// Prepaid money, which is no part of the buckets.
        public let prepaid: Money
        /// The earliest day on which the time to sue for a bill ends (诉讼时效); `nil` if nothing is owed.
        public fileprivate(set) var limitation: Day?

        public var unit: UnitCode { account.unit }
        public var total: Money { buckets.reduce(.zero, +) }
    }

    /// The ageing of an account as of a day; `nil` if it owes nothing and has nothing prepaid.
    func ageing(of account: Account, on day: Day, zone: Zone) -> Ageing? {
        var ageing = Ageing(account: account, prepaid: prepaid(of: account))
        for bill in unpaidBills(of: account) {
            let days = day.days(since: bill.due)
            ageing.buckets[Ageing.ends.firstIndex { days <= $0 } ?? Ageing.ends.count] += bill.outstanding
            let limitation = limitation(of: bill, zone: zone)
            ageing.limitation = min(ageing.limitation ?? limitation, limitation)
        }
        return ageing.total > .zero || ageing.prepaid > .zero ? ageing : nil
    }

    /// All accounts that owe or have prepaid, in no order.
    func ageing(on day: Day, zone: Zone) -> [Ageing] {
        let prepaying = paymentsByUnit.keys.filter { !prepayments(of: $0).isEmpty }
        return Set(owingUnits).union(prepaying).flatMap { unit in
            accounts(of: unit).compactMap { ageing(of: $0, on: day, zone: zone) }
        }
    }

    /// The day on which the time to sue for a bill ends: three years after it was due (Civil Code 188), or after the last
    /// part payment or promise to pay it (195). A reminder alone does not prove that it was received, and extends nothing.
    func limitation(of bill: Bill, zone: Zone) -> Day {
        let paid = bill.allocations.compactMap { payments[$0.payment]?.received }
        let promised = (dunnings[bill.unit] ?? []).filter { $0.promise != nil && $0.bills.contains(bill.id) }.map(\.at)
        let renewed = (paid + promised).map { Day($0, in: zone) }
        return ([bill.due] + renewed).reduce(bill.due, max).adding(months: 36)
    }
}

/// What is owed by age, a row for each account, the largest sum first. What a former owner owes stands apart.
public struct AgeingView: PlainView {
    public static let name = "ageing"
    public static let label = Label("账龄", en: "Ageing")

    public static var columns: [ViewColumn<Self>] {
        Column("unit") { $0.unit }
        Column("notDue", Label("未到期", en: "Not due")) { $0.buckets[0] }
        Column("d30", Label("1–30 天", en: "1–30 days")) { $0.buckets[1] }
        Column("d60", Label("31–60 天", en: "31–60 days")) { $0.buckets[2] }
        Column("d90", Label("61–90 天", en: "61–90 days")) { $0.buckets[3] }
        Column("d180", Label("91–180 天", en: "91–180 days")) { $0.buckets[4] }
        Column("d365", Label("181–365 天", en: "181–365 days")) { $0.buckets[5] }
        Column("y2", Label("1–2 年", en: "1–2 years")) { $0.buckets[6] }
        Column("y3", Label("2–3 年", en: "2–3 years")) { $0.buckets[7] }
        Column("older", Label("3 年以上", en: "Over 3 years")) { $0.buckets[8] }
        Column("prepaid", .prepaid) { $0.prepaid }
        Column("total", Label("欠费合计", en: "Owed")) { $0.total }
        Column("limitation", Label("诉讼时效", en: "Limitation")) { $0.limitation }
        // A balance of its own: the ages add up to the principal.
        Column("latefees", .lateFee) { $0.estate.lateFeeBalance(of: $0.account, on: $0.context.day) }
        Column("owner") { $0.estate.owner(of: $0.account)?.name }
        Column("former", .formerOwner) { !$0.account.isPresent }
    }

    public init() {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    public func subjects(in context: ViewContext) -> [Fees.Ageing] {
        context.estate.fees.ageing(on: context.day, zone: context.zone).sorted {
            ($1.total, $0.unit, $0.account.id) < ($0.total, $1.unit, $1.account.id)
        }
    }
}
