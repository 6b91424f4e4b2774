import Handbook
import Journal

/// How a household's arrears are to be solved (5.7): the solution, who sees to it, and when.
public struct ArrearsPlan: Entity, Sendable {
    public static let entity = "arrearsplan"
    public static let label = Label("解决办法", en: "plan")
    public let id: Ref<ArrearsPlan>
    public internal(set) var unit: UnitCode
    public let at: Moment
    public let by: String
    public let solution: String
    /// The responsible person: a member's code, or another person's name.
    public let who: Worker
    /// The day of the next step.
    public let next: Day?
    public let reason: String?
    /// The bills that were open then. Once these are paid the plan is done.
    public let bills: [Ref<Bill>]
}

/// The solutions (policy).
public enum ArrearsSolutions: WordList {
    public static func words(in estate: Estate) -> [Candidate] {
        estate.handbook.collecting.solutions.map { Candidate($0) }
    }
}

/// The reasons for arrears (policy).
public enum ArrearsReasons: WordList {
    public static func words(in estate: Estate) -> [Candidate] {
        estate.handbook.collecting.reasons.map { Candidate($0.name) }
    }
}

/// What is to be done about a household's arrears is settled. The last plan counts.
public struct PlanArrears: ActionFact {
    public static let name = "arrears.plan"
    static let kind: StaticString = "arrears.planned"
    static var merging: Merging<Self> { .derived }
    public static let label = Label("解决办法", en: "Plan for arrears")
    public static let roles: Set<Role> = [.supervisor]
    var unit = UnitCode.placeholder
    var solution = Word<ArrearsSolutions>.placeholder
    var who = Worker.placeholder
    var next: Day?
    var reason: Word<ArrearsReasons>?

    public init() {}

    public init(unit: UnitCode, solution: String, who: String, next: Day? = nil, reason: String? = nil) {
        (self.unit, self.solution, self.who, self.next) = (unit, Word(solution), Worker(who), next)
        self.reason = reason.map { Word($0) }
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("unit", &unit)
        try visitor.field("solution", &solution, .solution)
        try visitor.field("who", &who, .inCharge)
        try visitor.field("next", &next, .nextStep)
        try visitor.field("reason", &reason, .reason)
    }

    /// What follows from the records of the unit, and the solution that the handbook has for the reason.
    public static func proposals(
        with values: [String: String], to member: String, in estate: Estate, at moment: Moment
    ) -> [String: String] {
        guard let text = values["unit"], let typed = try? UnitCode(text: text, zone: estate.zone) else { return [:] }
        let unit = estate.people.current(typed)
        let prepared = estate.preparedPlan(for: unit, at: moment)
        var proposals: [String: String] = [:]
        proposals["reason"] = prepared.reason
        let reason = values["reason"].flatMap { $0.isEmpty ? nil : $0 } ?? prepared.reason
        let proposed = estate.handbook.collecting.reasons.first { $0.name == reason }?.solution
        proposals["solution"] = prepared.solution ?? proposed
        proposals["who"] = estate.staff.name(of: prepared.who ?? member)
        let later = Day(asOf: moment, in: estate.zone).adding(estate.handbook.collecting.rhythm.nextDays)
        proposals["next"] = (prepared.next ?? later).text
        return proposals
    }

    /// Who may see to it: the staff from whom debts are not hidden, and workers outside the staff.
    public static func candidates(
        for key: String, with values: [String: String], in estate: Estate
    ) -> [Candidate] {
        guard key == "who" else { return [] }
        return estate.staff.present.filter { !Collecting.hiddenFrom.contains($0.role) }.map {
            Candidate($0.code, text: $0.name, detail: $0.role.label)
        } + Worker.candidates(in: estate)
    }

    public static func cautions(
        with values: [String: String], by member: String, in estate: Estate
    ) -> [String: Label] {
        estate.threats(["solution", "reason"], in: values)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        try estate.people.check(unit)
        if estate.fees.unpaidBills(of: unit).isEmpty {
            throw Refusal(
                .rule, "arrears.nothing", "\(unit.text) 没有欠费", en: "\(unit.text) owes nothing", field: "unit")
        }
        who = try who.known(in: estate)
        if let next, next < Day(plan.at, in: estate.zone) {
            throw Refusal(
                .rule, "arrears.next", "下一步的日期 \(next.text) 已经过去", en: "the next step's day \(next.text) is past",
                field: "next")
        }
        plan.warnOfThreats([solution.text, reason?.text ?? ""], in: estate)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        let open = estate.fees.unpaidBills(of: unit).filter { $0.wasKnown(at: metadata.at, in: estate.zone) }
        estate.collecting.add(
            ArrearsPlan(
                id: Ref(metadata.id), unit: unit, at: metadata.at, by: metadata.by, solution: solution.text,
                who: who, next: next, reason: reason?.text, bills: open.map(\.id)))
    }
}

extension Label {
    static let solution = Label("解决办法", en: "Solution")
    static let inCharge = Label("负责人", en: "Who")
    static let nextStep = Label("下一步日期", en: "Next step")
    static let reason = Label("欠费原因", en: "Reason")
}
