import Handbook
import Journal

// The deposit is held, goes back, or is kept in part: 0 ≤ refunds + deductions ≤ held, always.

/// An item is kept back from the deposit, with its reason, evidence and the payer's signature.
public struct DeductDeposit: RenovationFact {
    public static let name = "renovation.deduct"
    static let kind: StaticString = "renovation.deducted"
    static var merging: Merging<Self> {
        .owned { fact, estate, metadata in
            estate.conflict(of: fact.renovation, Self.self, taking: fact.amount, metadata)
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
                .fact(Glossary.label(of: "why"), why), evidence.map { .fact(.evidence, $0) },
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
                    at: metadata.at, due: due))
        }
    }
}

/// What is held goes back, in whole or in part, the way it came unless said otherwise.
public struct RefundDeposit: RenovationFact {
    public static let name = "renovation.refund"
    static let kind: StaticString = "renovation.refunded"
    static var merging: Merging<Self> {
        .owned { fact, estate, metadata in
            estate.conflict(of: fact.renovation, Self.self, taking: fact.refund, metadata)
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
        return ["refund": known.balance.text, "method": known.permit?.method ?? ""].filter { !$0.value.isEmpty }
    }

    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let known = estate.renovations.all[renovation], refund > .zero, refund <= known.balance else {
            return nil
        }
        let receipt = known.permit.flatMap { estate.receiptNumber($0.receipt, of: $0.node) }
        return Confirmation(
            Label(
                "退给 \(known.unit.text) 押金 \(refund.grouped) 元？", en: "Refund \(refund.grouped) to \(known.unit.text)?"),
            [
                .fact(Label("所收", en: "Collected"), known.held.grouped),
                known.deducted > .zero ? .fact(Label("已扣", en: "Deducted"), known.deducted.grouped) : nil,
                known.refunded > .zero ? .fact(.refunded, known.refunded.grouped) : nil,
                .fact(method: method?.text ?? known.permit?.method),
                receipt.map {
                    Label("收回押金收据 \($0)；\(estate.handbook.renovation.receiptLost)", en: "take receipt \($0) back")
                },
                estate.isObserved(known, at: moment)
                    ? Label("观察期未满", en: "the observation is not over") : nil,
            ], yes: Label("退款", en: "refunded"))
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        do { _ = try refund.positive() } catch let refusal as Refusal {
            var refusal = refusal
            refusal.field = "refund"
            throw refusal
        }
        try method?.check(in: estate)
        let known = try estate.renovation(renovation, for: Self.self, plan)
        try estate.refuseTaking(refund, of: known, "refund", plan)
        due = estate.refundDue(of: known)
        let came = known.permit?.method
        if let method, let came, method.text != came { plan.warn("refund.method") }
        if method == nil { method = came.map { Word($0) } }
        if estate.isObserved(known, at: plan.at) { plan.warn("renovation.observation") }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        guard let unit = estate.renovations.all.value(of: renovation, \.unit) else { return }
        let isTaken = estate.renovations.settle(renovation, taking: refund, at: metadata.at) {
            $0.refunds.append(
                .init(
                    id: Ref(metadata.id), amount: refund, method: method?.text, at: metadata.at, by: metadata.by,
                    due: due))
        }
        guard isTaken else { return }
        estate.deposits.add(
            DepositMovement(
                id: Ref(metadata.id), record: renovation.id, unit: unit, amount: .zero - refund, method: method?.text,
                at: metadata.at,
                by: metadata.by, node: metadata.node, receipt: 0))
    }
}

extension DeductDeposit: RevealingFact {
    var hiddenFrom: Set<Role> { Fees.hiddenFrom }
}

extension RefundDeposit: RevealingFact {
    var hiddenFrom: Set<Role> { Fees.hiddenFrom }
}

extension Renovations {
    /// Notes what was taken from a deposit that has so much. Once nothing is held of a case that is over, it is settled.
    /// Returns whether it was.
    @discardableResult
    mutating func settle(
        _ id: Ref<RenovationCase>, taking amount: Money, at moment: Moment, _ body: (inout RenovationCase) -> Void
    ) -> Bool {
        guard amount > .zero, let balance = all.value(of: id, \.balance), amount <= balance else { return false }
        change(id) { renovation in
            body(&renovation)
            let isOver = renovation.state == .accepted || renovation.state == .withdrawn
            guard isOver, renovation.balance == .zero else { return }
            (renovation.state, renovation.changed) = (.refunded, moment)
        }
        return true
    }
}

extension Estate {
    /// Throws ``Refusal`` `renovation.elsewhere` where another node holds the deposit, and `deposit.exceeds` for more than
    /// is held.
    fileprivate func refuseTaking(
        _ amount: Money, of renovation: RenovationCase, _ field: String, _ plan: Plan
    ) throws {
        if let node = renovation.permit?.node, nodes.name(of: node) != plan.node {
            throw Refusal.rule(
                "renovation.elsewhere", "押金在节点 \(nodes.name(of: node)) 收，请到那里办理",
                en: "\(nodes.name(of: node)) holds the deposit: go there")
        }
        if amount > renovation.balance {
            throw Refusal(
                .rule, "deposit.exceeds",
                "押金只余 \(renovation.balance.grouped) 元（收 \(renovation.held.grouped)，已退 \(renovation.refunded.grouped)，已扣 \(renovation.deducted.grouped)）",
                en: "\(renovation.balance.grouped) of the deposit is left", field: field)
        }
    }

    /// What a fact about a deposit meets that another node recorded: it is not the one that holds it, or nothing is left.
    fileprivate func conflict(
        of id: Ref<RenovationCase>, _ action: any Action.Type, taking amount: Money, _ metadata: Metadata
    ) -> Conflict.Reason? {
        if let reason = conflict(of: id, action) { return reason }
        guard let known = renovations.all[id] else { return .unknown }
        if let node = known.permit?.node, node != metadata.node {
            return .doubled(Label("押金不在这个节点", en: "another node holds the deposit"))
        }
        return amount > known.balance
            ? .doubled(Label("押金余额不够", en: "there was not so much left of the deposit")) : nil
    }

    /// The day by which what is held goes back; `nil` if nothing is held, or the works are not over.
    public func refundDue(of renovation: RenovationCase) -> Day? {
        let rule = handbook.renovation
        guard renovation.balance > .zero else { return nil }
        if let withdrawn = renovation.withdrawn { return Day(withdrawn.at, in: zone).adding(rule.refundDays) }
        return renovation.accepted.map { Day($0, in: zone).adding(rule.observationDays + rule.refundDays) }
    }

    /// Whether defects may still show.
    fileprivate func isObserved(_ renovation: RenovationCase, at moment: Moment) -> Bool {
        guard renovation.withdrawn == nil, let accepted = renovation.accepted else { return false }
        return Day(moment, in: zone) <= Day(accepted, in: zone).adding(handbook.renovation.observationDays)
    }
}
