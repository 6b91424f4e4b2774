import Handbook
import Journal

/// The formalities are done (5.3): the deposit and the fee are collected, and works may begin. It registers; it grants no
/// official permit.
public struct PermitRenovation: Action {
    public static let name = "renovation.permit"
    public static let label = Label("登记可开工", en: "Works may begin")
    public static let roles: Set<Role> = [.supervisor, .administrator]
    public static let leading = ["method"]
    var renovation = Ref<RenovationCase>.placeholder
    var deposit = Money.zero
    var fee = Money.zero
    var until = Day.placeholder
    var method: Word<PaymentMethods>?

    public init() {}

    public init(renovation: Ref<RenovationCase>, deposit: Money, fee: Money, until: Day, method: String? = nil) {
        (self.renovation, self.deposit, self.fee, self.until) = (renovation, deposit, fee, until)
        self.method = method.map { Word($0) }
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("renovation", &renovation, .renovation)
        try visitor.field("deposit", &deposit, .deposit)
        try visitor.field("fee", &fee, .renovationFee)
        try visitor.field("until", &until, .worksUntil)
        try visitor.field("method", &method, .paymentMethod)
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.renovationToPermit(renovation, plan)
        let day = Day(plan.at, in: estate.zone)
        if until < day {
            throw Refusal(
                .rule, "renovation.until", "施工到 \(until.text) 早于今天 \(day.text)", en: "\(until.text) is past already",
                field: "until")
        }
        try method?.check(in: estate)
        let isUnset = try estate.refuseCharges(deposit: deposit, fee: fee, of: known)
        var next = estate.lastReceipt(of: plan.node) + 1
        let receipt = deposit > .zero ? next : 0
        if deposit > .zero { next += 1 }
        let charged = fee > .zero ? try charge(known, &plan, in: estate) : nil
        plan.record(
            RenovationPermitted(
                renovation: renovation, deposit: deposit, fee: fee, until: until, method: method,
                receipt: receipt, due: estate.due(of: known), bill: charged.map { Ref($0.bill) }))
        if var charged {
            charged.payment.receipt = next
            plan.record(charged.issue, as: charged.bill)
            plan.record(charged.payment)
        }
        plan.answer = renovation.id
        if isUnset { plan.warn("renovation.charges") }
        for missing in estate.missingSteps(of: known) { plan.warn(missing.code) }
    }

    /// The bill of the fee, of the month of the permit, and the payment that is for it.
    private func charge(
        _ known: RenovationCase, _ plan: inout Plan, in estate: Estate
    ) throws -> (issue: IssueBill, bill: EntryID, payment: ReceivePayment) {
        let day = Day(plan.at, in: estate.zone)
        let item = estate.handbook.renovation.feeItem
        var issue = IssueBill(unit: known.unit, period: Period(day), item: item, amount: fee, due: day)
        // Whoever owns the unit now owes it.
        (issue.nature, issue.since) = (.other, plan.at)
        try issue.decide(&plan, in: estate)
        let bill = plan.mint()
        var billed = estate
        issue.apply(to: &billed, Metadata(id: bill, at: plan.at, by: plan.by))
        var payment = ReceivePayment(unit: known.unit, amount: fee, period: Period(day), method: method?.text)
        payment.twice = true
        // What was prepaid may have paid it already.
        if billed.fees.bills[Ref(bill)]?.outstanding == fee {
            payment.bills = PaidBills(shares: [.init(bill: .id(Ref(bill)), amount: nil)])
        }
        try payment.decide(&plan, in: billed)
        return (issue, bill, payment)
    }
}

/// The deposit was collected, and works may begin.
struct RenovationPermitted: Fact {
    static let kind: StaticString = "renovation.permitted"
    /// One node holds the deposit.
    static var merging: Merging<Self> {
        .owned { fact, estate, _ in estate.conflict(of: fact.renovation, PermitRenovation.self) }
    }
    static let action: (any Action.Type)? = PermitRenovation.self
    var renovation = Ref<RenovationCase>.placeholder
    var deposit = Money.zero
    var fee = Money.zero
    var until = Day.placeholder
    var method: Word<PaymentMethods>?
    /// The number of the deposit's receipt; 0 for none.
    var receipt = 0
    var due: Day?
    var bill: Ref<Bill>?

    init() {}

    init(
        renovation: Ref<RenovationCase>, deposit: Money, fee: Money, until: Day, method: Word<PaymentMethods>?,
        receipt: Int, due: Day?, bill: Ref<Bill>?
    ) {
        (self.renovation, self.deposit, self.fee, self.until) = (renovation, deposit, fee, until)
        (self.method, self.receipt, self.due, self.bill) = (method, receipt, due, bill)
    }

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("renovation", &renovation, .renovation)
        try visitor.field("deposit", &deposit, .deposit)
        try visitor.field("fee", &fee, .renovationFee)
        try visitor.field("until", &until, .worksUntil)
        try visitor.field("method", &method, .paymentMethod)
        try visitor.field("receipt", &receipt, .receiptNumber)
        try visitor.field("due", &due)
        try visitor.field("bill", &bill, .bill)
    }

    var subject: EntryID? { renovation.id }

    /// Money that was taken goes back on the record, and is never undone.
    func affectedIDs(in estate: Estate) -> [String]? { nil }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        guard let known = estate.renovations.all[renovation] else { return }
        estate.renovations.move(renovation, to: .permitted, at: metadata.at) {
            $0.until = until
            $0.permit = .init(
                id: Ref(metadata.id), at: metadata.at, by: metadata.by, deposit: deposit, fee: fee,
                method: method?.text, receipt: receipt, due: due, bill: bill, node: metadata.node)
        }
        guard deposit > .zero else { return }
        estate.deposits.add(
            DepositMovement(
                id: Ref(metadata.id), record: renovation.id, unit: known.unit, amount: deposit, method: method?.text,
                at: metadata.at,
                by: metadata.by, node: metadata.node, receipt: receipt))
    }
}

/// A guard sees no money.
extension RenovationPermitted: RevealingFact {
    var hiddenFrom: Set<Role> { Fees.hiddenFrom }
}

/// Works go on beyond the agreed day. The passes are issued anew with it.
public struct ExtendRenovation: RenovationFact {
    public static let name = "renovation.extend"
    static let kind: StaticString = "renovation.extended"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            if let reason = estate.conflict(of: fact.renovation, Self.self) { return reason }
            return estate.renovations.all[fact.renovation]?.until.map { $0 >= fact.until } ?? false
                ? .doubled(Label("已延到同一天或更晚", en: "it had been extended as far")) : nil
        }
    }
    public static let label = Label("装修延期", en: "Extend a renovation")
    public static let roles: Set<Role> = [.supervisor, .administrator]
    var renovation = Ref<RenovationCase>.placeholder
    var until = Day.placeholder
    var why = ""

    public init() {}

    public init(renovation: Ref<RenovationCase>, until: Day, why: String) {
        (self.renovation, self.until, self.why) = (renovation, until, why)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("renovation", &renovation, .renovation)
        try visitor.field("until", &until, .worksUntil)
        try visitor.field("why", &why)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.renovation(renovation, for: Self.self, plan)
        try estate.refuseWithoutConsent(known)
        if let former = known.until, until <= former {
            throw Refusal(
                .rule, "renovation.until", "现在已到 \(former.text)，延期要更晚", en: "it is \(former.text) already",
                field: "until")
        }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.renovations.change(renovation) {
            $0.extensions.append(.init(until: until, former: $0.until ?? until, why: why, at: metadata.at))
            $0.until = until
        }
    }
}
