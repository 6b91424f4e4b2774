import Handbook
import Journal

// Who holds how much of a deposit, and what may be taken of it.

extension Renovations {
    /// Takes an amount from a deposit's balance; returns false and changes nothing if it exceeds it. An accepted or
    /// withdrawn case with balance zero becomes `refunded`.
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
    /// The deposits of a renovation that a node holds.
    func deposits(of renovation: RenovationCase, on node: String) -> [RenovationCase.Permit] {
        renovation.deposits.filter { nodes.name(of: $0.holder) == node }
    }

    /// What a node has given back or kept.
    private func taken(of renovation: RenovationCase, on node: String) -> Money {
        let refunds = renovation.refunds.filter { nodes.name(of: $0.node) == node }.map(\.amount)
        let deductions = renovation.deductions.filter { nodes.name(of: $0.node) == node }.map(\.amount)
        return (refunds + deductions).reduce(.zero) { $0 + $1 }
    }

    /// What a node still holds: no more than is left of all.
    func balance(of renovation: RenovationCase, on node: String) -> Money {
        let own = deposits(of: renovation, on: node).reduce(.zero) { $0 + $1.deposit }
        return min(renovation.balance, max(.zero, own - taken(of: renovation, on: node)))
    }

    /// What a node still holds of permits that others overtook. It goes back whatever became of the works.
    private func strayBalance(of renovation: RenovationCase, on node: String) -> Money {
        let stray = renovation.strays.filter { nodes.name(of: $0.holder) == node }.reduce(.zero) { $0 + $1.deposit }
        return min(renovation.balance, max(.zero, stray - taken(of: renovation, on: node)))
    }

    /// A renovation of which an amount may go back now. Throws ``Refusal``, see ``renovation(_:for:_:)``.
    func renovation(
        _ id: Ref<RenovationCase>, toRefund amount: Money, _ plan: Plan
    ) throws -> RenovationCase {
        if let known = renovations.all[id], amount <= strayBalance(of: known, on: plan.node) {
            for permit in deposits(of: known, on: plan.node) { try plan.refuse(before: permit.at, .deposit) }
            return known
        }
        return try renovation(id, for: RefundDeposit.self, plan)
    }

    /// Throws ``Refusal`` `node.owner` where another node holds the deposit, and `deposit.exceeds` for more than
    /// is held.
    func refuseTaking(_ amount: Money, of renovation: RenovationCase, _ field: String, _ plan: Plan) throws {
        let balance = balance(of: renovation, on: plan.node)
        let holders = holders(of: renovation, besides: plan.node)
        if balance == .zero, renovation.balance > .zero, !holders.isEmpty {
            let names = holders.joined(separator: "、")
            throw Refusal.ofOwner(
                "押金在节点 \(names) 收，请到那里办理；那个节点已停用的，由经理“接管押金”",
                en: "\(names) holds the deposit: go there; if it is no longer in use, a manager takes the deposit over")
        }
        if amount > balance {
            throw Refusal(
                .rule, "deposit.exceeds",
                "押金只余 \(balance.grouped) 元（收 \(renovation.held.grouped)，已退 \(renovation.refunded.grouped)，已扣 \(renovation.deducted.grouped)）",
                en: "\(balance.grouped) of the deposit is left", field: field)
        }
    }

    /// The other nodes that hold a deposit of the renovation, by name.
    func holders(of renovation: RenovationCase, besides node: String) -> [String] {
        let names = renovation.deposits.map { nodes.name(of: $0.holder) }.filter { $0 != node }
        return names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// What a fact about a deposit meets that another node recorded. What was paid was paid: it counts as long as so much
    /// was left, wherever that was held and however far the works are.
    func conflict(
        of id: Ref<RenovationCase>, by action: any Action.Type, taking amount: Money, _ metadata: Metadata
    ) -> Conflict.Reason? {
        guard let known = renovations.all[id] else { return .unknown }
        if amount > known.balance { return .doubled(Label("押金余额不够", en: "there was not so much left of the deposit")) }
        let node = nodes.name(of: metadata.node)
        if !known.deposits.contains(where: { $0.holder == metadata.node }) {
            return .suspicious(Label("押金不在这个节点", en: "another node holds the deposit"))
        }
        return handbook.renovation.allows(action.name, in: known.state) || amount <= strayBalance(of: known, on: node)
            ? nil
            : .suspicious(
                Label(
                    "装修已是“\(known.state.label.chinese)”，押金已经动用",
                    en: "the renovation was \(known.state.label.english) by then, and the money had moved"))
    }

    /// The day by which what is held goes back; `nil` if nothing is held, or the works are not over.
    public func refundDue(of renovation: RenovationCase) -> Day? {
        let rule = handbook.renovation
        guard renovation.balance > .zero else { return nil }
        if let withdrawn = renovation.withdrawn { return Day(withdrawn.at, in: zone).adding(rule.refundDays) }
        if let accepted = renovation.accepted {
            return Day(accepted, in: zone).adding(rule.observationDays + rule.refundDays)
        }
        let isStray = renovation.strays.contains { strayBalance(of: renovation, on: nodes.name(of: $0.holder)) > .zero }
        return isStray ? renovation.strays.first.map { Day($0.at, in: zone).adding(rule.refundDays) } : nil
    }

    /// The day until which defects may show; `nil` if it is over, or nothing was accepted.
    func observation(of renovation: RenovationCase, at moment: Moment) -> Day? {
        guard renovation.withdrawn == nil, let accepted = renovation.accepted else { return nil }
        let last = Day(accepted, in: zone).adding(handbook.renovation.observationDays)
        return Day(moment, in: zone) <= last ? last : nil
    }

    /// Who pays the deposit: the tenant who applied, else the owner. `nil` if nobody is registered.
    func payer(for renovation: RenovationCase) -> Ref<Person>? {
        let residents = people.residents(of: renovation.unit)
        let tenant = renovation.applicant == .tenant ? residents.first { $0.role == .tenant } : nil
        return (tenant ?? residents.first { $0.role == .owner })?.id
    }
}
