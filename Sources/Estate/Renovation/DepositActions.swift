import Handbook
import Journal

// The deposit is held, goes back, or is kept in part: 0 ≤ refunds + deductions ≤ held, always. See DepositRules.

/// An item is kept back from the deposit, with its reason, evidence and the payer's signature.
public struct DeductDeposit: RenovationFact {
    public static let name = "renovation.deduct"
    static let kind: StaticString = "renovation.deducted"
    static var merging: Merging<Self> {
        .owned { fact, estate, metadata in
            estate.conflict(of: fact.renovation, by: Self.self, taking: fact.amount, metadata)
        }
    }
    public static let label = Label("扣押金", en: "Deduct from the deposit")
    public static let roles: Set<Role> = [.supervisor, .administrator]
    var renovation = Ref<RenovationCase>.placeholder
    var amount = Money.zero
    var why = ""
    var evidence: String?
    var signer: String?
    /// The day by which the deposit was to be settled, by the handbook of the time.
    var due: Day?

    public init() {}

    public init(
        renovation: Ref<RenovationCase>, amount: Money, why: String, evidence: String? = nil, signer: String? = nil
    ) {
        (self.renovation, self.amount, self.why) = (renovation, amount, why)
        (self.evidence, self.signer) = (evidence, signer)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("renovation", &renovation, .renovation)
        try visitor.field("amount", &amount)
        try visitor.field("why", &why)
        try visitor.field("evidence", &evidence, .evidence)
        try visitor.field("signer", &signer)
        try visitor.derived("due", &due)
    }

    func affectedIDs(in estate: Estate) -> [String]? { nil }

    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let known = estate.renovations.all[renovation], amount > .zero, amount <= known.balance else {
            return nil
        }
        return Confirmation(
            Label(
                "从 \(known.unit.text) 的押金扣 \(amount.grouped) 元？",
                en: "Deduct \(amount.grouped) from the deposit of \(known.unit.text)?"),
            [
                .fact(Glossary.label(of: "why"), why), .fact(.evidence, evidence ?? "无", en: evidence ?? "none"),
                .fact(Glossary.label(of: "signer"), signer ?? "未签", en: signer ?? "not signed"),
                .fact(Label("扣后余额", en: "Then held"), (known.balance - amount).grouped),
            ], yes: Label("扣款", en: "deduct"))
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        _ = try amount.positive()
        let known = try estate.renovation(renovation, for: Self.self, plan)
        try estate.refuseTaking(amount, of: known, "amount", plan)
        due = estate.refundDue(of: known)
        if signer == nil { plan.warn("renovation.unsigned") }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.renovations.settle(renovation, taking: amount, at: metadata.at) {
            $0.deductions.append(
                .init(
                    id: Ref(metadata.id), amount: amount, why: why, evidence: evidence, signer: signer,
                    at: metadata.at, due: due, node: metadata.node))
        }
    }
}

/// What is held goes back, in whole or in part, the way it came unless said otherwise.
public struct RefundDeposit: RenovationFact {
    public static let name = "renovation.refund"
    static let kind: StaticString = "renovation.refunded"
    static var merging: Merging<Self> {
        .owned { fact, estate, metadata in
            estate.conflict(of: fact.renovation, by: Self.self, taking: fact.refund, metadata)
        }
    }
    public static let label = Label("退装修押金", en: "Refund the deposit")
    public static let roles: Set<Role> = [.supervisor, .administrator]
    var renovation = Ref<RenovationCase>.placeholder
    var refund = Money.zero
    var method: Word<PaymentMethods>?
    var due: Day?

    public init() {}

    public init(renovation: Ref<RenovationCase>, refund: Money, method: String? = nil) {
        (self.renovation, self.refund, self.method) = (renovation, refund, method.map { Word($0) })
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("renovation", &renovation, .renovation)
        try visitor.field("refund", &refund, Label("退还金额", en: "Refund"))
        try visitor.field("method", &method, Label("退款方式", en: "Method"))
        try visitor.derived("due", &due)
    }

    func affectedIDs(in estate: Estate) -> [String]? { nil }

    public static func proposals(
        with values: [String: String], to member: String, in estate: Estate, at moment: Moment
    ) -> [String: String] {
        guard let known = renovation(in: values, of: estate), known.balance > .zero else { return [:] }
        return ["refund": known.balance.text, "method": known.deposits.first?.method ?? ""]
            .filter { !$0.value.isEmpty }
    }

    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let known = estate.renovations.all[renovation], refund > .zero, refund <= known.balance else {
            return nil
        }
        let receipts = known.deposits.compactMap { estate.receiptNumber($0.receipt, of: $0.node) }
        return Confirmation(
            Label(
                "退给 \(known.unit.text) 押金 \(refund.grouped) 元？", en: "Refund \(refund.grouped) to \(known.unit.text)?"),
            [
                .fact(Label("所收", en: "Collected"), known.held.grouped),
                known.deducted > .zero ? .fact(Label("已扣", en: "Deducted"), known.deducted.grouped) : nil,
                known.refunded > .zero ? .fact(.refunded, known.refunded.grouped) : nil,
                .fact(method: method?.text ?? known.deposits.first?.method),
                receipts.isEmpty
                    ? nil
                    : Label(
                        "收回押金收据 \(receipts.joined(separator: "、"))；\(estate.handbook.renovation.receiptLost)",
                        en: "take receipt \(receipts.joined(separator: ", ")) back"),
                estate.observation(of: known, at: moment).map {
                    Label("观察期到 \($0.text) 才满", en: "the observation lasts until \($0.text)")
                },
            ], yes: Label("退款", en: "refunded"))
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        do { _ = try refund.positive() } catch let refusal as Refusal {
            var refusal = refusal
            refusal.field = "refund"
            throw refusal
        }
        try method?.check(in: estate)
        let known = try estate.renovation(renovation, toRefund: refund, plan)
        try estate.refuseTaking(refund, of: known, "refund", plan)
        due = estate.refundDue(of: known)
        let came = estate.deposits(of: known, on: plan.node).first?.method
        if let method, let came, method.text != came { plan.warn("refund.method") }
        if method == nil { method = came.map { Word($0) } }
        plan.warnOutsideTills(method?.text, in: estate)
        if estate.observation(of: known, at: plan.at) != nil { plan.warn("renovation.observation") }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        guard let unit = estate.renovations.all.value(of: renovation, \.unit) else { return }
        let isTaken = estate.renovations.settle(renovation, taking: refund, at: metadata.at) {
            $0.refunds.append(
                .init(
                    id: Ref(metadata.id), amount: refund, method: method?.text, at: metadata.at, by: metadata.by,
                    due: due, node: metadata.node))
        }
        guard isTaken else { return }
        estate.deposits.add(
            DepositMovement(
                record: renovation.id, unit: unit, amount: .zero - refund, method: method?.text,
                at: metadata.at,
                by: metadata.by, node: metadata.node, receipt: 0))
    }
}

extension PermitRenovation: TillAction {
    var movesMoney: Bool { deposit > .zero || fee > .zero }
}

extension RefundDeposit: TillAction {}

extension DeductDeposit: RevealingFact {
    var hiddenFrom: Set<Role> { Fees.hiddenFrom }
}

extension RefundDeposit: RevealingFact {
    var hiddenFrom: Set<Role> { Fees.hiddenFrom }
}
