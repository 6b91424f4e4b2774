import Journal

extension Label {
    static let fee = Label("收费项目", en: "Item")
    static let paymentMethod = Label("付款方式", en: "Method")
    static let dueDate = Label("到期日", en: "Due")
    static let slip = Label("单号", en: "Slip number")
    static let payment = Label("收款", en: "Payment")
    static let how = Label("算法", en: "How it came about")
}

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
    /// The prepaid money that pays it at once.
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
        prepaid = estate.fees.prepayments(of: estate.fees.account(of: unit, at: since), for: amount)
    }

    /// A bill that is entered later counts from the first day of its period.
    func holds(since metadata: Metadata, in zone: Zone) -> Moment { since(metadata.at, in: zone) }

    private func since(_ issued: Moment, in zone: Zone) -> Moment {
        since ?? min(issued, period.first.start(in: zone))
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        let id = Ref<Bill>(metadata.id)
        estate.fees.add(
            Bill(
                id: id, unit: unit, period: period, item: item, amount: amount, due: due, issued: metadata.at,
                since: since(metadata.at, in: estate.zone),
                origin: BillOrigin(days: days, nature: nature, debtor: debtor, how: how)))
        for share in prepaid { estate.fees.allocate(share.amount, of: share.payment, to: id) }
    }
}

/// An approved reduction (减免): a dated entry of its own.
public struct ReduceBill: ActionFact {
    public static let name = "bill.reduce"
    static let kind: StaticString = "bill.reduced"
    static var merging: Merging<Self> { .derived { fact, estate in estate.fees.bills.holds(fact.bill) } }
    public static let label = Label("减免", en: "Reduce a bill")
    public static let roles: Set<Role> = [.manager]
    var bill = Ref<Bill>.placeholder
    var amount = Money.zero
    var why = ""

    public init() {}

    public init(bill: Ref<Bill>, amount: Money, why: String) {
        (self.bill, self.amount, self.why) = (bill, amount, why)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("bill", &bill, Label("账单", en: "Bill"))
        try visitor.field("amount", &amount, Label("减免额", en: "Amount"))
        try visitor.field("why", &why)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.fees.known(bill)
        if try amount.positive() > known.net {
            throw Refusal(
                .rule, "bill.reduction", "减免不能超过应收 \(known.net.grouped) 元",
                en: "no more than \(known.net.grouped) can be reduced", field: "amount")
        }
    }

    var subject: EntryID? { bill.id }
    var answer: EntryID? { nil }

    /// Includes the unit's payments: another bill may have taken up the money that the reduction freed.
    func affectedIDs(in estate: Estate) -> [String]? {
        let unit = estate.fees.bills[bill]?.unit
        return [bill.id.text] + (unit.map { estate.fees.payments(of: $0).map(\.id.id.text) } ?? [])
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) { estate.fees.reduce(bill, by: amount) }
}

/// The ways to pay (policy).
public enum PaymentMethods: WordList {
    public static func words(in estate: Estate) -> [Candidate] { estate.handbook.fees.methods.map { Candidate($0) } }
}

/// The ways of reminding (policy).
public enum DunningChannels: WordList {
    public static func words(in estate: Estate) -> [Candidate] { estate.handbook.fees.channels.map { Candidate($0) } }
}

/// Money comes in. Its allocation is decided and recorded now.
public struct ReceivePayment: ActionFact {
    public static let name = "payment.receive"
    static let kind: StaticString = "payment.received"
    static var merging: Merging<Self> {
        .suspicious { fact, estate, metadata in
            estate.fees.hasTwin(of: fact, metadata)
                ? .suspicious(
                    Label("同一户同一金额，十分钟内另一节点也收过", en: "another node took the same amount of the unit within ten minutes")
                )
                : nil
        }
    }
    public static let label = Label("收款", en: "Receive a payment")
    public static let roles: Set<Role> = [.operator, .supervisor, .finance]
    public var unit = UnitCode.placeholder
    public var amount = Money.zero
    public var period: Period?
    public var method: Word<PaymentMethods>?
    /// The bills that it is for; they decide, before the period.
    var bills: PaidBills?
    /// The bills that it pays, as decided when it was posted.
    var allocations: [Allocation] = []
    public var slip: SlipNumber?

    public init() {}

    public init(unit: UnitCode, amount: Money, period: Period? = nil, method: String? = nil) {
        (self.unit, self.amount, self.period, self.method) = (unit, amount, period, method.map { Word($0) })
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("unit", &unit)
        try visitor.field("amount", &amount)
        try visitor.asked("period", &period)
        try visitor.field("method", &method, .paymentMethod)
        try visitor.asked("bills", &bills, Label("所付账单", en: "Bills"))
        try visitor.derived("allocations", &allocations)
        try visitor.field("slip", &slip, .slip)
    }

    /// A form pays by due date or period; cash has no slip.
    public static func asks(for key: String, with values: [String: String]) -> Bool {
        switch key {
        case "bills": false
        case "slip": values["method"].map { !$0.isEmpty && $0 != "现金" } ?? false
        default: true
        }
    }

    /// What it pays when it is received at a moment. Throws ``Refusal``.
    func shares(in estate: Estate, at moment: Moment) throws -> [(bill: Bill, amount: Money)] {
        if let bills { return try bills.allocate(amount, of: unit, in: estate) }
        let account = estate.fees.account(paying: unit, for: period, at: moment)
        return Fees.allocate(amount, over: estate.fees.bills(of: account), first: period)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        try estate.people.check(unit)
        _ = try amount.positive()
        allocations = try shares(in: estate, at: plan.at).map { Allocation(bill: $0.bill.id, amount: $0.amount) }
    }

    /// Received money is voided on the record, never undone.
    func affectedIDs(in estate: Estate) -> [String]? { nil }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        let id = Ref<Payment>(metadata.id)
        estate.fees.add(
            Payment(
                id: id, unit: unit, amount: amount, received: metadata.at, method: method?.text, slip: slip?.text,
                bill: allocations.first?.bill,
                period: allocations.first.flatMap { estate.fees.bills[$0.bill]?.period }, prepaid: amount,
                node: metadata.node))
        for share in allocations { estate.fees.allocate(share.amount, of: id, to: share.bill) }
    }
}

/// A payment was a mistake or bounced: the bills that it paid are open again.
public struct VoidPayment: ActionFact {
    public static let name = "payment.void"
    static let kind: StaticString = "payment.voided"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.fees.payments.value(of: fact.payment) {
                $0.voided == nil ? nil : .doubled(Label("这笔收款已作废", en: "the payment had been voided"))
            } ?? .unknown
        }
    }
    public static let label = Label("收款作废", en: "Void a payment")
    public static let roles: Set<Role> = [.supervisor, .finance]
    var payment = Ref<Payment>.placeholder
    var why = ""

    public init() {}

    public init(payment: Ref<Payment>, why: String) { (self.payment, self.why) = (payment, why) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("payment", &payment, .payment)
        try visitor.field("why", &why)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        guard let known = estate.fees.payments[payment] else { throw payment.unknown }
        if known.voided != nil {
            throw Refusal.rule("payment.voided", "这笔收款已作废", en: "this payment was voided already")
        }
        try plan.refuse(before: known.received, Label("收款", en: "it was received"))
    }

    var subject: EntryID? { payment.id }

    /// Includes the unit's bills: they may have been paid again since.
    func affectedIDs(in estate: Estate) -> [String]? {
        let unit = estate.fees.payments[payment]?.unit
        return [payment.id.text] + (unit.map { estate.fees.bills(of: $0).map(\.id.id.text) } ?? [])
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) { estate.fees.void(payment, at: metadata.at) }
}

/// A household was asked to pay (催缴). Cutting supplies is never a way to collect.
public struct RecordDunning: ActionFact {
    public static let name = "dunning.record"
    static let kind: StaticString = "dunning.recorded"
    static var merging: Merging<Self> { .grows }
    public static let label = Label("登记催缴", en: "Record a reminder")
    public static let roles: Set<Role> = [.operator, .supervisor, .administrator, .finance]
    var unit = UnitCode.placeholder
    var channel = Word<DunningChannels>.placeholder
    var outcome = ""
    var promise: Day?

    public init() {}

    public init(unit: UnitCode, channel: String, outcome: String, promise: Day? = nil) {
        (self.unit, self.channel, self.outcome, self.promise) = (unit, Word(channel), outcome, promise)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("unit", &unit)
        try visitor.field("channel", &channel)
        try visitor.field("outcome", &outcome)
        try visitor.field("promise", &promise)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        try estate.people.check(unit)
        let forbidden = estate.handbook.fees.forbidden
        if [channel.text, outcome].contains(where: { forbidden.warning(for: $0) != nil }) {
            plan.warn("dunning.forbidden")
        }
    }

    public static func cautions(
        with values: [String: String], by member: String, in estate: Estate
    ) -> [String: Label] {
        ["channel", "outcome"].reduce(into: [:]) { cautions, key in
            guard let text = values[key], let warning = estate.handbook.fees.forbidden.warning(for: text) else {
                return
            }
            cautions[key] = Label(warning, en: "never a way to collect: cutting supplies, access, cars, goods, naming")
        }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        // Bills that were entered late were open once they were due.
        let day = Day(metadata.at, in: estate.zone)
        let open = estate.fees.unpaidBills(of: unit).filter { $0.issued <= metadata.at || $0.due <= day }
        estate.fees.dunnings[unit, default: []].append(
            Dunning(
                id: Ref(metadata.id), unit: unit, at: metadata.at, by: metadata.by, channel: channel.text,
                outcome: outcome, promise: promise, bills: open.map(\.id)))
    }
}
