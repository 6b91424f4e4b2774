import Handbook
import Journal

/// A household pays for months to come (预存), perhaps at a discount. The amount follows from the tariffs.
public struct ReceivePrepayment: Action {
    public static let name = "prepayment.receive"
    public static let label = Label("预存", en: "Receive a prepayment")
    public static let roles = ReceivePayment.roles
    public static let condition: Label? = Label(
        "优惠超过规定的，由主管或财务办理", en: "a supervisor or finance gives a discount beyond the policy")
    public static let leading = ["method"]
    var unit = UnitCode.placeholder
    var months = 12
    /// The first month: the next one without a bill, unless it is given.
    var from: Period?
    /// All items with a tariff, unless one is given.
    var item: Word<TariffItems>?
    /// That of the policy, unless it is given.
    var discount: Percentage?
    var method: Word<PaymentMethods>?
    var slip: SlipNumber?
    var payer = Particular<String?>(nil)
    var tendered: Money?
    /// The price that was agreed to; nothing is recorded if that has changed.
    var amount: Money?
    /// Whether it is meant although one alike was received.
    var twice: Bool?

    public init() {}

    public init(unit: UnitCode, months: Int, discount: Percentage? = nil, method: String? = nil) {
        (self.unit, self.months, self.discount, self.method) = (unit, months, discount, method.map { Word($0) })
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("unit", &unit)
        try visitor.field("months", &months, Label("预存月数", en: "Months"))
        try visitor.field("from", &from, Label("从哪个月起", en: "First month"))
        try visitor.field("item", &item, .fee)
        try visitor.field("discount", &discount, .discount)
        try visitor.field("method", &method, .paymentMethod)
        try visitor.field("slip", &slip, .slip)
        try visitor.particular("payer", &payer, .paidBy)
        try visitor.field("tendered", &tendered, .tendered)
        try visitor.field("amount", &amount, Label("金额", en: "Amount"))
        try visitor.field("twice", &twice, Label("确为另一笔", en: "It is another payment"))
    }

    public static func proposals(
        with values: [String: String], to member: String, in estate: Estate, at moment: Moment
    ) -> [String: String] {
        var proposals = ["months": "\(estate.handbook.fees.prepayment.mostMonths)"]
        proposals["method"] = ReceivePayment.proposals(with: [:], to: member, in: estate, at: moment)["method"]
        return proposals
    }

    public static func candidates(
        for key: String, with values: [String: String], in estate: Estate
    ) -> [Candidate] { key == "payer" ? ReceivePayment.candidates(for: key, with: values, in: estate) : [] }

    public static func asks(for key: String, with values: [String: String]) -> Bool {
        key != "amount" && key != "twice" && ReceivePayment.asks(for: key, with: values)
    }

    /// What is to be paid. Throws ``Refusal``.
    private func offer(in estate: Estate, at moment: Moment) throws -> PrepaymentOffer {
        try estate.people.check(unit)
        guard let known = estate.people.units[unit] else {
            throw Refusal.rule("unit.unknown", "没有这个房号", en: "no such unit")
        }
        return try PrepaymentOffer(
            estate, for: known, from: from, months: months, item: item?.text, discount: discount, at: moment)
    }

    private func payment(of amount: Money) -> ReceivePayment {
        var payment = ReceivePayment(unit: unit, amount: amount, method: method?.text)
        (payment.slip, payment.payer, payment.tendered, payment.twice) = (slip, payer, tendered, twice)
        return payment
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        let offer = try offer(in: estate, at: plan.at)
        let account = estate.fees.account(of: unit, at: plan.at)
        let owed =
            estate.fees.owed(by: account)
            + estate.lateFeeBalance(of: account, on: Day(asOf: plan.at, in: estate.zone))
        if owed > .zero {
            throw Refusal(
                .rule, "prepayment.owes", "还欠 \(owed.grouped) 元：先交清，再预存",
                en: "\(owed.grouped) is owed: that is paid first", field: "unit")
        }
        let policy = estate.handbook.fees.prepayment.discount(for: months)
        if offer.discount.scaled >= 10_000
            || offer.discount.scaled > policy && estate.staff.member(plan.by)?.role == .operator
        {
            let most = Percentage(scaled: policy).text
            throw Refusal(
                .rule, "prepayment.discount", "预存 \(months) 个月的优惠规定为 \(most)%，超过的由主管或财务办理",
                en: "the discount for \(months) months is \(most) %; a supervisor or finance gives more",
                field: "discount")
        }
        if let amount, amount != offer.price {
            throw Refusal(
                .rule, "prepayment.changed", "应交 \(offer.price.grouped) 元，原为 \(amount.grouped) 元；请核对后再收",
                en: "it is \(offer.price.grouped) now, it was \(amount.grouped)", field: "amount")
        }
        var payment = payment(of: offer.price)
        try payment.decide(&plan, in: estate)
        let id = plan.record(payment)
        plan.record(
            PrepaymentAgreed(
                payment: Ref(id), unit: unit, from: offer.from, to: offer.to, items: offer.items,
                discount: offer.discount))
    }

    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let offer = try? offer(in: estate, at: moment) else { return nil }
        let owner = estate.owner(of: estate.fees.account(of: unit, at: moment))?.name ?? ""
        var agreed = self
        agreed.amount = offer.price
        let alike = estate.fees.alike(payment(of: offer.price), at: moment)
        if alike != nil { agreed.twice = true }
        let span = "\(offer.from.text) 至 \(offer.to.text)"
        return Confirmation(
            Label(
                "收 \(unit.text) \(owner) 预存 \(offer.price.grouped) 元？",
                en: "Receive \(offer.price.grouped) yuan in advance from \(unit.text) \(owner)?"),
            [
                .fact(Label("账期", en: "Months"), span), .fact(.fee, offer.items.joined(separator: "、")),
                .fact(method: method?.text),
                offer.charge > offer.price
                    ? .fact(.discount, "\(offer.discount.text)%，少收 \((offer.charge - offer.price).grouped)") : nil,
                payment(of: offer.price).change.map { .fact(Label("找零", en: "Change"), $0.grouped) },
                alike.map { estate.doubled($0, hasSlip: $0.slip != nil && $0.slip == slip?.text) },
            ], yes: Label("收款", en: "received"), agreed: agreed)
    }

    /// The months, the price, and what the discount saves.
    public static func outlook(
        with values: [String: String], in estate: Estate, at moment: Moment
    ) -> [OutlookRow] {
        let members = values.filter { !$0.value.isEmpty && $0.key != "payer" }.mapValues { JSONValue.string($0) }
        guard let action = try? Self(members: members, zone: estate.zone).withCurrentNames(in: estate) else {
            return []
        }
        do {
            let offer = try action.offer(in: estate, at: moment)
            let items = offer.items.joined(separator: "、")
            let saved = (offer.charge - offer.price).grouped
            let span = "\(offer.from.text)–\(offer.to.text)"
            return [
                OutlookRow(
                    Label(
                        "\(span) \(items)，应交 \(offer.price.grouped)", en: "\(span) \(items): \(offer.price.grouped)"),
                    weight: .strong),
                OutlookRow(
                    Label(
                        "原价 \(offer.charge.grouped)，优惠 \(offer.discount.text)%，少收 \(saved)；中途退款，未到期月份的优惠不再给",
                        en:
                            "\(offer.charge.grouped) less \(offer.discount.text) %, \(saved); a refund ends the discount of its months"
                    )),
            ]
        } catch {
            return (error as? Refusal).map { [OutlookRow($0.message, weight: .strong)] } ?? []
        }
    }
}

/// The months that a payment in advance is for.
struct PrepaymentAgreed: Fact {
    static let kind: StaticString = "prepayment.agreed"
    static var merging: Merging<Self> { .derived { fact, estate in estate.fees.payments.holds(fact.payment) } }
    static var action: (any Action.Type)? { ReceivePrepayment.self }
    var payment = Ref<Payment>.placeholder
    var unit = UnitCode.placeholder
    var from = Period.placeholder
    var to = Period.placeholder
    var items: [String] = []
    var discount = Percentage.placeholder

    init() {}

    init(
        payment: Ref<Payment>, unit: UnitCode, from: Period, to: Period, items: [String], discount: Percentage
    ) {
        (self.payment, self.unit, self.from, self.to) = (payment, unit, from, to)
        (self.items, self.discount) = (items, discount)
    }

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("payment", &payment, .payment)
        try visitor.field("unit", &unit)
        try visitor.field("from", &from, .firstDay)
        try visitor.field("to", &to, .lastDay)
        try visitor.field("items", &items, .fee)
        try visitor.field("discount", &discount, .discount)
    }

    var subject: EntryID? { payment.id }

    /// The money came in: it is voided or refunded on the record, never undone.
    func affectedIDs(in estate: Estate) -> [String]? { nil }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        guard estate.fees.payments.holds(payment) else { return }
        estate.fees.prepaidTerms[unit, default: []].append(
            PrepaidTerm(
                payment: payment, from: from, to: to, items: items, discount: discount, agreed: metadata.at))
    }
}

/// The months that were paid in advance.
public struct PrepaymentsView: PlainView {
    public static let name = "prepayments"
    public static let label = Label("预存", en: "Prepayments")
    public static let changesWithTime = false
    public static let timeKey: String? = "at"

    public struct Subject: Sendable {
        public let unit: UnitCode
        public let term: PrepaidTerm
    }

    public static var columns: [ViewColumn<Self>] {
        Column("unit") { $0.unit }
        Column("payment", .payment) { $0.term.payment }
        Column("at", .received) { $0.term.agreed }
        Column("from", Label("从", en: "From")) { $0.term.from }
        Column("to", Label("到", en: "To")) { $0.term.to }
        Column("items", .fee) { $0.term.items.joined(separator: "、") }
        Column("discount", .discount) { $0.term.discount }
        Column("given", Label("已优惠", en: "Given")) { $0.estate.fees.discounts(of: $0.term, $0.unit) }
        Column("amount") { $0.payment?.amount }
        Column("prepaid", Label("余额", en: "Left")) { $0.payment?.prepaid }
        Column("refunded", .refunded) { $0.payment?.refunded }
        Column("voided") { $0.payment?.voided }
    }

    public init() {}

    public func subjects(in context: ViewContext) -> [Subject] {
        context.estate.fees.prepaidTerms.flatMap { unit, terms in terms.map { Subject(unit: unit, term: $0) } }
            .sorted { ($0.term.agreed, $0.unit) < ($1.term.agreed, $1.unit) }
    }
}

extension ViewRow<PrepaymentsView> {
    fileprivate var payment: Payment? { estate.fees.payments[subject.term.payment] }
}
