import Journal

/// A unit is billed; prepaid money is taken up at once.
public struct IssueBill: Action {
    public static let name = "bill.issue"
    public static let label = Label("出账", en: "Issue a bill")
    public static let roles: Set<Role> = [.supervisor, .finance]
    var unit = UnitCode.placeholder
    var period = Period.placeholder
    var item = ""
    var amount = Money.zero
    var due = Day.placeholder

    public init() {}

    public init(unit: UnitCode, period: Period, item: String, amount: Money, due: Day) {
        (self.unit, self.period, self.item, self.amount, self.due) = (unit, period, item, amount, due)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("unit", &unit, .unit)
        try visitor.field("period", &period, Label("账期", en: "Period"))
        try visitor.field("item", &item, Label("费目", en: "Item"))
        try visitor.field("amount", &amount, Label("金额", en: "Amount"))
        try visitor.field("due", &due, Label("到期日", en: "Due"))
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        try estate.people.check(unit)
        let amount = try amount.positive()
        if estate.fees.bills(of: unit).contains(where: { $0.period == period && $0.item == item }) {
            throw Refusal(
                .rule, "bill.exists", "\(unit.text) 的 \(period.text) \(item) 已出账",
                en: "\(unit.text) was billed for \(item) of \(period.text) already", field: "period")
        }
        plan.record(
            BillIssued(
                unit: unit, period: period, item: item, amount: amount, due: due,
                prepaid: estate.fees.prepayments(of: unit, for: amount)))
    }
}

/// An approved reduction (减免): a dated entry of its own.
public struct ReduceBill: Action {
    public static let name = "bill.reduce"
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
        try visitor.field("why", &why, Label("原因", en: "Why"))
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.fees.known(bill)
        let amount = try amount.positive()
        if amount > known.net {
            throw Refusal(
                .rule, "bill.reduction", "减免不能超过应收 \(known.net.grouped) 元",
                en: "no more than \(known.net.grouped) can be reduced",
                field: "amount")
        }
        plan.record(BillReduced(bill: bill, amount: amount, why: why))
    }
}

/// How people pay (policy).
public enum PaymentMethods: WordList {
    public static func words(in estate: Estate) -> [Candidate] { estate.handbook.fees.methods.map { Candidate($0) } }
}

/// How people are reminded (policy).
public enum DunningChannels: WordList {
    public static func words(in estate: Estate) -> [Candidate] { estate.handbook.fees.channels.map { Candidate($0) } }
}

/// Money comes in. Its allocation is decided, shown and recorded now.
public struct ReceivePayment: Action {
    public static let name = "payment.receive"
    public static let label = Label("收款", en: "Receive a payment")
    public static let roles: Set<Role> = [.operator, .supervisor, .finance]
    public var unit = UnitCode.placeholder
    public var amount = Money.zero
    public var period: Period?
    public var method: Word<PaymentMethods>?

    public init() {}

    public init(unit: UnitCode, amount: Money, period: Period? = nil, method: String? = nil) {
        (self.unit, self.amount, self.period, self.method) = (unit, amount, period, method.map { Word($0) })
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("unit", &unit, .unit)
        try visitor.field("amount", &amount, Label("金额", en: "Amount"))
        try visitor.field("period", &period, Label("账期", en: "Period"))
        try visitor.field("method", &method, Label("方式", en: "Method"))
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        try estate.people.check(unit)
        let amount = try amount.positive()
        let shares = Fees.allocate(amount, over: estate.fees.bills(of: unit), first: period)
        plan.record(
            PaymentReceived(
                unit: unit, amount: amount, method: method?.text,
                allocations: shares.map { Allocation(bill: $0.bill.id, amount: $0.amount) }))
    }
}

/// A payment was a mistake or bounced: all that it paid is open again.
public struct VoidPayment: Action {
    public static let name = "payment.void"
    public static let label = Label("作废收款", en: "Void a payment")
    public static let roles: Set<Role> = [.supervisor, .finance]
    var payment = Ref<Payment>.placeholder
    var why = ""

    public init() {}

    public init(payment: Ref<Payment>, why: String) { (self.payment, self.why) = (payment, why) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("payment", &payment, Label("收款", en: "Payment"))
        try visitor.field("why", &why, Label("原因", en: "Why"))
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        guard let known = estate.fees.payments[payment] else { throw payment.unknown }
        if known.voided != nil {
            throw Refusal.rule("payment.voided", "这笔收款已作废", en: "this payment was voided already")
        }
        try plan.refuse(before: known.received, Label("收款", en: "it was received"))
        plan.record(PaymentVoided(payment: payment, why: why))
        plan.answer = payment.id
    }
}

/// Somebody was asked to pay (催缴). Cutting supplies is never a way to collect.
public struct RecordDunning: Action {
    public static let name = "dunning.record"
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
        try visitor.field("unit", &unit, .unit)
        try visitor.field("channel", &channel, Label("方式", en: "Channel"))
        try visitor.field("outcome", &outcome, Label("结果", en: "Outcome"))
        try visitor.field("promise", &promise, Label("承诺日", en: "Promised for"))
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        try estate.people.check(unit)
        plan.record(DunningRecorded(unit: unit, channel: channel.text, outcome: outcome, promise: promise))
    }
}
