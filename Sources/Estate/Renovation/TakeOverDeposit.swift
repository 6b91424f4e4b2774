import Handbook
import Journal

/// The node that collected the deposit is no longer in use: its folder was restored under another name. This one holds the
/// deposit from now on, and gives it back.
public struct TakeOverDeposit: RenovationFact {
    public static let name = "renovation.takeover"
    static let kind: StaticString = "renovation.takenOver"
    static var merging: Merging<Self> {
        .owned { fact, estate, _ in
            guard let known = estate.renovations.all[fact.renovation] else { return .unknown }
            let isThere = known.deposits.contains { fact.from.contains(estate.nodes.name(of: $0.holder)) }
            return isThere && known.balance > .zero
                ? nil : .doubled(Label("押金已退清或已由别的节点接管", en: "nothing was left to be taken over"))
        }
    }
    public static let label = Label("接管押金", en: "Take over a deposit")
    /// A manager only: if the other node is still in use, both might pay the deposit back.
    public static let roles: Set<Role> = []
    var renovation = Ref<RenovationCase>.placeholder
    var why = ""
    /// The nodes that held it, by name.
    var from: [String] = []

    public init() {}

    public init(renovation: Ref<RenovationCase>, why: String) { (self.renovation, self.why) = (renovation, why) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("renovation", &renovation, .renovation)
        try visitor.field("why", &why)
        try visitor.derived("from", &from)
    }

    /// Who holds the money is never undone: it may have been paid back since.
    func affectedIDs(in estate: Estate) -> [String]? { nil }

    public func confirmation(
        in estate: Estate, by member: String, on node: String, at moment: Moment
    ) -> Confirmation? {
        guard let known = estate.renovations.all[renovation], known.balance > .zero else { return nil }
        let holders = estate.holders(of: known, besides: node)
        if holders.isEmpty { return nil }
        return Confirmation(
            Label(
                "由本节点接管 \(known.unit.text) 的押金 \(known.balance.grouped) 元？",
                en: "Take over the deposit of \(known.unit.text), \(known.balance.grouped)?"),
            [
                .fact(
                    Label("现在由节点", en: "Held by"), holders.joined(separator: "、"),
                    en: holders.joined(separator: ", ")),
                Label("那个节点还在用的，不要接管：押金会退两次", en: "not if that node is still in use: the deposit might go back twice"),
                .fact(Glossary.label(of: "why"), why),
            ], yes: Label("接管", en: "take over"))
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        guard let known = estate.renovations.all[renovation] else { throw renovation.unknown }
        from = estate.holders(of: known, besides: plan.node)
        if from.isEmpty || known.balance == .zero {
            throw Refusal(
                .rule, "deposit.here", "没有在别的节点待退的押金", en: "no other node holds a deposit", field: "renovation")
        }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        let holders = estate.nodes.all.indices.filter { from.contains(estate.nodes.name(of: $0)) }
        estate.renovations.change(renovation) { renovation in
            if let holder = renovation.permit?.holder, holders.contains(holder) {
                renovation.permit?.holder = metadata.node
            }
            for index in renovation.strays.indices where holders.contains(renovation.strays[index].holder) {
                renovation.strays[index].holder = metadata.node
            }
        }
    }
}

extension TakeOverDeposit: RevealingFact {
    var hiddenFrom: Set<Role> { Fees.hiddenFrom }
}
