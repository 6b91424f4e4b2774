import Handbook
import Journal

/// How far a renovation is (Rules, Renovation). The handbook says which action leads from one to another.
public enum RenovationState: String, NamedChoice {
    case applied, papers, permitted, finished, rectifying, accepted, refunded, withdrawn

    public var label: Label {
        switch self {
        case .applied: Label("已申报", en: "applied")
        case .papers: Label("资料齐全", en: "papers complete")
        case .permitted: Label("可开工", en: "may begin")
        case .finished: Label("已完工", en: "finished")
        case .rectifying: Label("整改中", en: "rectifying")
        case .accepted: Label("完工检查合格", en: "accepted")
        case .refunded: Label("押金已结清", en: "deposit settled")
        case .withdrawn: Label("已撤回", en: "withdrawn")
        }
    }
}

/// Who applied.
public enum RenovationApplicant: String, NamedChoice {
    case owner, tenant

    public var label: Label {
        switch self {
        case .owner: Label("业主", en: "owner")
        case .tenant: Label("租户", en: "tenant")
        }
    }
}

extension Handbook.Renovation {
    /// Whether an action is possible in a state.
    func allows(_ action: String, in state: RenovationState) -> Bool {
        transition(of: action)?.from.contains(state.rawValue) ?? false
    }

    /// Whether an action may lead from a state to another; from no state: it begins a case.
    func leads(_ action: String, from state: RenovationState?, to next: RenovationState) -> Bool {
        guard let rule = transition(of: action) else { return false }
        if state == next { return true }
        return (state.map { rule.from.contains($0.rawValue) } ?? rule.from.isEmpty) && rule.to.contains(next.rawValue)
    }

    /// The actions that lead on from a state.
    func next(from state: RenovationState) -> [String] {
        transitions.filter { $0.from.contains(state.rawValue) && !$0.to.isEmpty }.map(\.action)
    }
}

extension Estate {
    /// A renovation for an action that is possible now. Throws ``Refusal`` `renovation.unknown`, `renovation.state` or
    /// `time.order`.
    func renovation(
        _ id: Ref<RenovationCase>, for action: any Action.Type, _ plan: Plan
    ) throws -> RenovationCase {
        guard let known = renovations.all[id] else { throw id.unknown }
        if !handbook.renovation.allows(action.name, in: known.state) {
            let next = handbook.renovation.next(from: known.state).compactMap { try? Estate.action(named: $0).label }
            let chinese = next.isEmpty ? "没有下一步" : "可以办：\(next.map(\.chinese).joined(separator: "、"))"
            let english = next.isEmpty ? "nothing follows" : "possible: \(next.map(\.english).joined(separator: ", "))"
            throw Refusal(
                .rule, "renovation.state",
                "\(known.unit.text) 装修现在是“\(known.state.label.chinese)”，不能\(action.label.chinese)；\(chinese)",
                en: "the renovation of \(known.unit.text) is \(known.state.label.english): \(english)",
                field: "renovation")
        }
        try plan.refuse(before: known.changed, Label("上一步", en: "the last step"))
        return known
    }

    /// What a fact meets that another node recorded meanwhile: the renovation is in a state in which it does not apply.
    func conflict(of id: Ref<RenovationCase>, _ action: any Action.Type) -> Conflict.Reason? {
        guard let state = renovations.all.value(of: id, \.state) else { return .unknown }
        if handbook.renovation.allows(action.name, in: state) { return nil }
        return .doubled(
            Label("装修已是“\(state.label.chinese)”，不再适用", en: "the renovation was \(state.label.english) by then"))
    }
}
