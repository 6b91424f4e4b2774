import Handbook
import Journal

/// The works are finished, as the decorator says.
public struct FinishRenovation: RenovationFact {
    public static let name = "renovation.finish"
    static let kind: StaticString = "renovation.finished"
    static var merging: Merging<Self> { .first { fact, estate, _ in estate.conflict(of: fact.renovation, Self.self) } }
    public static let label = Label("报完工", en: "The works are finished")
    public static let roles: Set<Role> = [.supervisor, .administrator]
    var renovation = Ref<RenovationCase>.placeholder

    public init() {}

    public init(renovation: Ref<RenovationCase>) { self.renovation = renovation }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("renovation", &renovation, .renovation)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.renovations.move(renovation, to: .finished, at: metadata.at) { $0.finished = metadata.at }
    }
}

/// The check after the works (完工检查): accepted, or to be rectified and checked again.
public struct AcceptRenovation: RenovationFact {
    public static let name = "renovation.accept"
    static let kind: StaticString = "renovation.accepted"
    static var merging: Merging<Self> { .first { fact, estate, _ in estate.conflict(of: fact.renovation, Self.self) } }
    public static let label = Label("完工检查", en: "Check the finished works")
    public static let roles: Set<Role> = [.supervisor, .administrator]
    var renovation = Ref<RenovationCase>.placeholder
    var result = AcceptanceResult.passed
    var note: String?

    public init() {}

    public init(renovation: Ref<RenovationCase>, result: AcceptanceResult, note: String? = nil) {
        (self.renovation, self.result, self.note) = (renovation, result, note)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("renovation", &renovation, .renovation)
        try visitor.field("result", &result)
        try visitor.field("note", &note)
    }

    /// Violations that nobody put right.
    public static func cautions(
        with values: [String: String], by member: String, in estate: Estate
    ) -> [String: Label] {
        guard let known = renovation(in: values, of: estate) else { return [:] }
        let open = estate.renovations.violations(of: known).filter { $0.obeyed == nil }
        if open.isEmpty { return [:] }
        return [
            "result": Label("还有 \(open.count) 条违规没有改正", en: "\(open.count) violations were not put right")
        ]
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.renovation(renovation, for: Self.self, plan)
        if result == .passed, estate.renovations.violations(of: known).contains(where: { $0.obeyed == nil }) {
            plan.warn("renovation.violations")
        }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        let acceptance = RenovationCase.Acceptance(result: result, note: note, at: metadata.at, by: metadata.by)
        estate.renovations.move(renovation, to: result == .passed ? .accepted : .rectifying, at: metadata.at) {
            $0.acceptances.append(acceptance)
            if acceptance.result == .passed { $0.accepted = metadata.at }
        }
    }
}

/// The renovation is not made, or not finished: works and passes end, and what is held goes back.
public struct WithdrawRenovation: RenovationFact {
    public static let name = "renovation.withdraw"
    static let kind: StaticString = "renovation.withdrawn"
    static var merging: Merging<Self> { .first { fact, estate, _ in estate.conflict(of: fact.renovation, Self.self) } }
    public static let label = Label("撤回装修", en: "Withdraw a renovation")
    public static let roles: Set<Role> = [.supervisor, .administrator]
    var renovation = Ref<RenovationCase>.placeholder
    var why = ""

    public init() {}

    public init(renovation: Ref<RenovationCase>, why: String) { (self.renovation, self.why) = (renovation, why) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("renovation", &renovation, .renovation)
        try visitor.field("why", &why)
    }

    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let known = estate.renovations.all[renovation],
            estate.handbook.renovation.allows(Self.name, in: known.state)
        else { return nil }
        let passes = known.passes.count
        return Confirmation(
            Label("撤回 \(known.unit.text) 的装修？", en: "Withdraw the renovation of \(known.unit.text)?"),
            [
                .fact(Glossary.label(of: "state"), known.state.label.chinese, en: known.state.label.english),
                passes > 0 ? Label("\(passes) 张出入证同时失效", en: "\(passes) passes end with it") : nil,
                known.balance > .zero ? .fact(Label("待退押金", en: "Deposit to be refunded"), known.balance.grouped) : nil,
                .fact(Glossary.label(of: "why"), why),
            ], yes: Label("撤回", en: "withdraw"))
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.renovations.move(renovation, to: .withdrawn, at: metadata.at) {
            $0.withdrawn = .init(why: why, at: metadata.at)
        }
    }
}
