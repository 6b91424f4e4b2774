import Journal

/// A unit is billed; prepaid money pays the bill at once.
public struct IssueBill: ActionFact {
    public static let name = "bill.issue"
    static let kind: StaticString = "bill.issued"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.fees.hasBill(of: fact.unit, for: fact.period, fact.item, on: fact.days)
                ? .doubled(Label("这一期已有账单", en: "the unit had been billed for it")) : nil
        }
    }
    public static let label = Label("生成账单", en: "Issue a bill")
    public static let roles: Set<Role> = [.supervisor, .finance]
    var unit = UnitCode.placeholder
    var period = Period.placeholder
    var item = ""
    var amount = Money.zero
    var due = Day.placeholder
    /// The prepaid money that paid it when it was issued.
    var prepaid: [Allocation] = []
    /// The days of the period that it is for; `nil` for all.
    var from: Day?
    var to: Day?
    var nature: BillNature?
    var debtor: Debtor?
    /// When it begins to hold, if it is for days.
    var since: Moment?
    /// The calculation of a generated bill.
    var how: String?

    public init() {}

    public init(unit: UnitCode, period: Period, item: String, amount: Money, due: Day) {
        (self.unit, self.period, self.item, self.amount, self.due) = (unit, period, item, amount, due)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("unit", &unit)
        try visitor.field("period", &period)
        try visitor.field("item", &item, .fee)
        try visitor.field("amount", &amount)
        try visitor.field("due", &due, .dueDate)
        try visitor.derived("prepaid", &prepaid)
        try visitor.field("from", &from, .firstDay)
        try visitor.field("to", &to, .lastDay)
        try visitor.derived("nature", &nature, .nature)
        try visitor.derived("payer", &debtor, .payer)
        try visitor.derived("since", &since)
        try visitor.derived("how", &how, .how)
    }

    private var days: ClosedRange<Day>? {
        guard let from, let to, from <= to else { return nil }
        return from...to
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        try estate.people.check(unit)
        _ = try amount.positive()
        if days == nil, from != nil || to != nil {
            throw Refusal(
                .rule, "bill.days", "起止日期要都填，止日不早于起日", en: "give the first and the last day, in this order",
                field: from == nil ? "from" : "to")
        }
        if estate.fees.hasBill(of: unit, for: period, item, on: days) {
            throw Refusal(
                .rule, "bill.exists", "\(unit.text) 的 \(period.text) \(item) 已有账单",
                en: "\(unit.text) was billed for \(item) of \(period.text) already", field: "period")
        }
        since = since ?? from.map { estate.fees.start(of: unit, from: $0, issued: plan.at, zone: estate.zone) }
        let since = since(plan.at, in: estate.zone)
        let discount = estate.fees.discount(of: amount, for: unit, period, item, since: since)?.amount ?? .zero
        prepaid = estate.fees.prepayments(of: unit, since: since, for: amount - discount)
    }

    /// A bill that is entered later counts from the first day of its period.
    func holds(since metadata: Metadata, in zone: Zone) -> Moment { since(metadata.at, in: zone) }

    private func since(_ issued: Moment, in zone: Zone) -> Moment {
        since ?? min(issued, period.first.start(in: zone))
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.fees.issue(
            Bill(
                id: Ref(metadata.id), unit: unit, period: period, item: item, amount: amount, due: due,
                issued: metadata.at, since: since(metadata.at, in: estate.zone),
                origin: BillOrigin(days: days, nature: nature, debtor: debtor, how: how)))
    }
}

/// Less is asked for: of a bill, or of its 违约金.
protocol BillWaiver: ActionFact {
    var bill: Ref<Bill> { get set }
    var amount: Money { get set }
    var why: String { get set }
}

extension BillWaiver {
    var subject: EntryID? { bill.id }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("bill", &bill, .bill)
        try visitor.field("amount", &amount, .reducedBy)
        try visitor.field("why", &why)
    }
}

/// An approved reduction (减免): a dated entry of its own.
public struct ReduceBill: BillWaiver {
    public static let name = "bill.reduce"
    static let kind: StaticString = "bill.reduced"
    static var merging: Merging<Self> {
        .suspicious { fact, estate, _ in
            guard let net = estate.fees.bills.value(of: fact.bill, \.net) else { return .unknown }
            return net < fact.amount
                ? .suspicious(
                    Label("账单已在别处减免或作废，只减到零", en: "the bill had been reduced or voided: it is reduced to nothing"))
                : nil
        }
    }
    public static let label = Label("减免", en: "Reduce a bill")
    public static let roles: Set<Role> = [.manager]
    var bill = Ref<Bill>.placeholder
    var amount = Money.zero
    var why = ""

    public init() {}

    public init(bill: Ref<Bill>, amount: Money, why: String) {
        (self.bill, self.amount, self.why) = (bill, amount, why)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.fees.known(bill)
        try known.refuseVoided()
        if try amount.positive() > known.net {
            throw Refusal(
                .rule, "bill.reduction", "减免不能超过应收 \(known.net.grouped) 元",
                en: "no more than \(known.net.grouped) can be reduced", field: "amount")
        }
    }

    var answer: EntryID? { nil }

    func affectedIDs(in estate: Estate) -> [String]? { bill.affectedWithMoney(in: estate) }

    func apply(to estate: inout Estate, _ metadata: Metadata) { estate.fees.reduce(bill, by: amount, at: metadata.at) }
}

/// A bill was issued by mistake: nothing of it is owed, and what paid it goes to the account's other bills.
public struct VoidBill: ActionFact {
    public static let name = "bill.void"
    static let kind: StaticString = "bill.voided"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.fees.bills.value(of: fact.bill) {
                $0.voided == nil ? nil : .doubled(Label("账单已作废", en: "the bill had been voided"))
            } ?? .unknown
        }
    }
    public static let label = Label("账单作废", en: "Void a bill")
    public static let roles: Set<Role> = [.finance, .supervisor]
    var bill = Ref<Bill>.placeholder
    var why = ""

    public init() {}

    public init(bill: Ref<Bill>, why: String) { (self.bill, self.why) = (bill, why) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("bill", &bill, .bill)
        try visitor.field("why", &why)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.fees.known(bill)
        try known.refuseVoided()
        try plan.refuse(before: known.since, Label("账单", en: "the bill"))
    }

    var subject: EntryID? { bill.id }

    func affectedIDs(in estate: Estate) -> [String]? { bill.affectedWithMoney(in: estate) }

    func apply(to estate: inout Estate, _ metadata: Metadata) { estate.fees.void(bill, at: metadata.at) }
}

extension Ref<Bill> {
    /// The bill, and its unit's money: another bill may stand in its place, or have taken the money that it no longer asks
    /// for, or that went back.
    fileprivate func affectedWithMoney(in estate: Estate) -> [String] {
        guard let unit = estate.fees.bills[self]?.unit else { return [id.text] }
        let fees = estate.fees
        return fees.bills(of: unit).map(\.id.id.text) + fees.payments(of: unit).map(\.id.id.text)
            + fees.refunds(of: unit).map(\.id.id.text)
    }
}

extension Bill {
    /// Throws ``Refusal`` `bill.voided`.
    fileprivate func refuseVoided() throws {
        if voided != nil {
            throw Refusal(.rule, "bill.voided", "这张账单已作废", en: "the bill was voided", field: "bill")
        }
    }
}
