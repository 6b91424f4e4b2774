import Handbook
import Journal

/// The ways to pay (policy).
public enum PaymentMethods: WordList {
    public static let cash = "现金"

    public static func words(in estate: Estate) -> [Candidate] { estate.handbook.fees.methods.map { Candidate($0) } }

    /// Other words than those of the handbook are fine, a figure is not: it belongs to another field.
    public static func check(_ text: String) throws {
        if text.contains(where: \.isLetter) { return }
        throw Refusal(
            .rule, "method.malformed", "“\(text)”不是付款方式，例：现金、微信、银行转账",
            en: "“\(text)” is no way to pay", field: "method")
    }
}

/// Money comes in. What it pays follows from the facts in their order; the journal keeps what the payer designated, and
/// what was shown.
public struct ReceivePayment: ActionFact {
    public static let name = "payment.receive"
    static let kind: StaticString = "payment.received"
    static var merging: Merging<Self> {
        .suspicious { fact, estate, metadata in
            guard estate.nodes.all.count > 1 else { return nil }
            if estate.fees.hasTwin(of: fact, metadata) {
                return .suspicious(
                    Label("同一户同一金额，十分钟内另一节点也收过", en: "another node took the same amount of the unit within ten minutes")
                )
            }
            if estate.fees.isLateFeePaidElsewhere(fact.lateFees, metadata.node) {
                return .suspicious(
                    Label("违约金在另一节点也收过，请核对是否多收", en: "another node took a late fee of the bill as well"))
            }
            return estate.fees.isPaidMeanwhile(fact.posted)
                ? .suspicious(
                    Label("账单已在别处收过，多收的转为预收", en: "the bills had been paid elsewhere: what is over is prepaid"))
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
    /// The item that it is for: the bills for it of the period, or of all, unless `bills` names them.
    var item: String?
    /// The same by their ids.
    var designated: [Designation] = []
    /// The bills that it paid when it was posted.
    var posted: [Allocation] = []
    /// The parts that pay 违约金: those that the payer designated, then from what principal leaves.
    var lateFees: [Allocation] = []
    public var slip: SlipNumber?
    var payer = Particular<String?>(nil)
    /// What was handed over in cash, of which the change was given back.
    public var tendered: Money?
    /// The number of its receipt, the next of its node.
    var receipt: Int?
    var twice: Bool?
    /// What the account owed when it was agreed to; nothing is recorded if that has changed.
    var owed: Money?

    public init() {}

    public init(unit: UnitCode, amount: Money, period: Period? = nil, method: String? = nil) {
        (self.unit, self.amount, self.period, self.method) = (unit, amount, period, method.map { Word($0) })
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("unit", &unit)
        try visitor.field("amount", &amount)
        try visitor.field("period", &period)
        try visitor.field("method", &method, .paymentMethod)
        try visitor.asked("bills", &bills, Label("所付账单", en: "Bills"))
        try visitor.derived("allocations", &posted)
        try visitor.field("slip", &slip, .slip)
        try visitor.derived("designated", &designated)
        try visitor.particular("payer", &payer, .paidBy)
        try visitor.field("tendered", &tendered, .tendered)
        try visitor.derived("receipt", &receipt, .receiptNumber)
        try visitor.derived("latefees", &lateFees)
        try visitor.asked("twice", &twice, Label("确为另一笔", en: "It is another payment"))
        try visitor.asked("owed", &owed, Label("收款前所欠", en: "Owed before"))
        try visitor.asked("item", &item, .fee)
    }

    /// Fills in what it pays when it is received at a moment. Returns the account. Throws ``Refusal``.
    @discardableResult
    mutating func post(in estate: Estate, at moment: Moment) throws -> Account {
        let day = Day(asOf: moment, in: estate.zone)
        (designated, lateFees) =
            try bills?.designations(of: amount, by: unit, in: estate, on: day)
            ?? (item.map { estate.fees.designations(for: $0, period, by: unit, at: moment) } ?? [], [])
        let named = designated.map(\.bill) + lateFees.map(\.bill)
        let since = estate.fees.since(paying: unit, for: named, period, at: moment)
        let account = estate.fees.account(of: unit, at: since)
        var rest = amount - lateFees.reduce(.zero) { $0 + $1.amount }
        posted = estate.fees.shares(of: rest, into: account, for: designated, period)
        rest -= posted.reduce(.zero) { $0 + $1.amount }
        guard rest > .zero else { return account }
        for fee in estate.lateFees(of: account, on: day) {
            let place = lateFees.firstIndex { $0.bill == fee.bill.id }
            let part = min(rest, fee.balance - (place.map { lateFees[$0].amount } ?? .zero))
            guard part > .zero else { continue }
            rest -= part
            if let place {
                lateFees[place].amount += part
            } else {
                lateFees.append(Allocation(bill: fee.bill.id, amount: part))
            }
        }
        return account
    }

    /// Whether the account then has more prepaid than the months that may be paid in advance come to.
    func isMuchPrepaid(into account: Account, in estate: Estate, at moment: Moment) -> Bool {
        guard rest > .zero, let most = estate.mostPrepaid(of: unit, on: Day(asOf: moment, in: estate.zone))
        else { return false }
        return estate.fees.prepaid(of: account) + rest > most
    }

    /// What neither a bill nor 违约金 takes of it.
    var rest: Money { (posted + lateFees).reduce(amount) { $0 - $1.amount } }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        try estate.people.check(unit)
        _ = try amount.positive()
        try method?.check(in: estate)
        if tendered != nil, let method, method.text != PaymentMethods.cash {
            throw Refusal(
                .rule, "payment.tendered", "只有现金才填“收到现金”", en: "only cash is handed over", field: "tendered")
        }
        if let tendered, tendered < amount {
            throw Refusal(
                .rule, "payment.tendered", "收到的现金 \(tendered.grouped) 元不够 \(amount.grouped) 元",
                en: "\(tendered.grouped) was handed over, \(amount.grouped) is received", field: "tendered")
        }
        let account = try post(in: estate, at: plan.at)
        let now = estate.fees.owed(by: account)
        if let owed, owed != now {
            throw Refusal(
                .rule, "payment.changed", "欠费已变：现欠 \(now.grouped) 元，原为 \(owed.grouped) 元；请核对后再收",
                en: "the debt has changed: \(now.grouped) is owed, it was \(owed.grouped); look at it again",
                field: "amount")
        }
        receipt = estate.lastReceipt(of: plan.node) + 1
        if item != nil, bills == nil, designated.isEmpty { plan.warn("payment.item") }
        if isMuchPrepaid(into: account, in: estate, at: plan.at) { plan.warn("payment.prepaidMuch") }
        // What was recorded under the same minute.
        if twice != true, estate.fees.alike(self, at: plan.at, seconds: 60) != nil { plan.warn("payment.doubled") }
        plan.warnOutsideTills(in: estate)
    }

    /// Received money is voided on the record, never undone.
    func affectedIDs(in estate: Estate) -> [String]? { nil }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        // Money that was posted to a former owner's bills is theirs, though another node has recorded the sale meanwhile.
        let bills = (designated.map(\.bill) + posted.map(\.bill)) + lateFees.map(\.bill)
        let since = estate.fees.since(paying: unit, for: bills, period, at: metadata.at)
        estate.fees.receive(
            Payment(
                id: Ref(metadata.id), unit: unit, amount: amount, received: metadata.at, by: metadata.by,
                method: method?.text, slip: slip?.text, payer: payer, tendered: tendered,
                receipt: receipt ?? 0, posted: posted, lateFees: lateFees, since: since,
                prepaid: amount, node: metadata.node),
            for: designated, period)
    }
}

/// A payment was a mistake or bounced: the bills that it paid are open again.
public struct VoidPayment: ActionFact {
    public static let name = "payment.void"
    static let kind: StaticString = "payment.voided"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.fees.payments.value(of: fact.payment) {
                if $0.voided != nil { return .doubled(Label("这笔收款已作废", en: "the payment had been voided")) }
                return $0.refunded == .zero ? nil : .doubled(Label("这笔收款已退款", en: "it had been refunded"))
            } ?? .unknown
        }
    }
    public static let label = Label("收款作废", en: "Void a payment")
    public static let roles: Set<Role> = [.operator, .supervisor, .finance]
    public static let condition: Label? = Label(
        "客服只能作废本人当天收的、还没打收据的", en: "an operator only their own of the same day without a printed receipt")
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
        if let refusal = known.refusalToVoid(by: plan.by, at: plan.now, dated: plan.at, in: estate) { throw refusal }
        try estate.receipts.refuseInvoiced(known)
        try plan.refuse(before: known.received, Label("收款", en: "it was received"))
        if estate.receipts.isPrinted(payment) { plan.warn("receipt.takeBack") }
    }

    var subject: EntryID? { payment.id }

    /// Includes the unit's bills: they may have been paid again since.
    func affectedIDs(in estate: Estate) -> [String]? {
        let unit = estate.fees.payments[payment]?.unit
        return [payment.id.text] + (unit.map { estate.fees.bills(of: $0).map(\.id.id.text) } ?? [])
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) { estate.fees.void(payment, at: metadata.at) }
}

extension Payment {
    /// Why a member may not void it; `nil` if they may. Its receiver may on the same day, later another does.
    ///
    /// - Parameter moment: when the void is dated, if not now. An operator's day is that of the recording.
    public func refusalToVoid(
        by member: String, at now: Moment, dated moment: Moment? = nil, in estate: Estate
    ) -> Refusal? {
        if voided != nil {
            return .rule("payment.voided", "这笔收款已作废", en: "this payment was voided already")
        }
        if refunded > .zero {
            return .rule(
                "payment.refunded", "这笔收款已退 \(refunded.grouped) 元，不能作废",
                en: "\(refunded.grouped) of this payment was refunded: it cannot be voided")
        }
        let role = estate.staff.member(member)?.role
        if role == .manager { return nil }
        if by != member {
            return role != .operator
                ? nil
                : .rule(
                    "payment.notYours", "这笔是 \(estate.staff.name(of: by)) 收的，请由主管或财务作废",
                    en: "\(estate.staff.name(of: by)) received it: a supervisor or finance voids it")
        }
        if estate.receipts.isPrinted(id) {
            return .rule(
                "payment.printed", "收据已打印：自己收的请由另一位主管或财务作废，并收回收据",
                en:
                    "its receipt was printed: another one, a supervisor or finance, voids it, and the receipt is taken back"
            )
        }
        let day = Day(role == .operator ? now : moment ?? now, in: estate.zone)
        return Day(received, in: estate.zone) == day
            ? nil
            : .rule(
                "payment.past", "不是今天收的：自己收的请由另一位主管或财务作废",
                en: "not of today: another one, a supervisor or finance, voids it")
    }
}

/// Prepaid money goes back to an account (退款), the way it came unless said otherwise.
public struct RefundPayment: ActionFact {
    public static let name = "payment.refund"
    static let kind: StaticString = "payment.refunded"
    static var merging: Merging<Self> {
        .suspicious { fact, estate, metadata in
            let account = estate.fees.account(of: fact.unit, at: fact.since ?? metadata.at)
            return estate.fees.prepaid(of: account) < fact.amount
                ? .suspicious(
                    Label("预收已在别处用掉或退掉", en: "the prepaid money had been used or paid back elsewhere"))
                : nil
        }
    }
    public static let label = Label("退款", en: "Refund")
    public static let roles: Set<Role> = [.finance, .supervisor]
    var unit = UnitCode.placeholder
    var amount = Money.zero
    var why = ""
    var method: Word<PaymentMethods>?
    /// A moment of the account, if it is not the one at the time of the refund.
    private(set) var since: Moment?

    public init() {}

    public init(unit: UnitCode, amount: Money, why: String, method: String? = nil) {
        (self.unit, self.amount, self.why, self.method) = (unit, amount, why, method.map { Word($0) })
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("unit", &unit)
        try visitor.field("amount", &amount)
        try visitor.field("why", &why)
        try visitor.field("method", &method, Label("退款方式", en: "Method"))
        try visitor.derived("since", &since, nil)
    }

    /// The account whose money goes back: that of the moment, or, if it has none, of the former owner who has.
    func account(in estate: Estate, at moment: Moment) -> Account {
        let (fees, present) = (estate.fees, estate.fees.account(of: unit, at: since ?? moment))
        if since != nil || fees.prepaid(of: present) > .zero { return present }
        return fees.accounts(of: unit).last { fees.prepaid(of: $0) > .zero } ?? present
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        try estate.people.check(unit)
        _ = try amount.positive()
        try method?.check(in: estate)
        let account = account(in: estate, at: plan.at)
        let prepayments = estate.fees.prepayments(of: account)
        let prepaid = prepayments.reduce(Money.zero) { $0 + $1.prepaid }
        if amount > prepaid {
            throw Refusal(
                .rule, "refund.exceeds", "\(unit.text) 的预收只有 \(prepaid.grouped) 元，只能退预收",
                en: "\(unit.text) has \(prepaid.grouped) prepaid, and only that can be refunded", field: "amount")
        }
        // What was prepaid at an earlier moment is not known from what is prepaid now.
        try plan.refuse(
            before: estate.fees.lastGain(of: account),
            Label("最近一笔收款、减免或账单作废", en: "the last payment, reduction or voided bill"))
        try estate.receipts.refuseInvoiced(refunding: amount, of: prepayments)
        try refuseOtherWay(than: prepayments, by: plan.by, in: estate)
        if method == nil { method = prepayments.last?.method.map { Word($0) } }
        since = account == estate.fees.account(of: unit, at: plan.at) ? nil : prepayments.last?.since
        plan.warnOutsideTills(in: estate)
    }

    /// A refund goes back the way the money came, or through finance (Rules, Allocation).
    private func refuseOtherWay(than prepayments: [Payment], by member: String, in estate: Estate) throws {
        let ways = Set(prepayments.compactMap(\.method)).sorted()
        guard let method, !ways.isEmpty, !ways.contains(method.text),
            estate.staff.member(member)?.role == .supervisor
        else { return }
        throw Refusal(
            .rule, "refund.method", "原路退回：\(ways.joined(separator: "、"))；换一种方式由财务办理",
            en: "it goes back as it came (\(ways.joined(separator: ", "))); finance may do otherwise", field: "method")
    }

    /// Money that went out is corrected by another payment, never undone.
    func affectedIDs(in estate: Estate) -> [String]? { nil }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.fees.refund(
            Refund(
                id: Ref(metadata.id), unit: unit, amount: amount, at: metadata.at, since: since ?? metadata.at,
                by: metadata.by, method: method?.text, why: why, node: metadata.node))
    }
}
