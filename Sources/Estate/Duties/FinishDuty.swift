import Handbook
import Journal

/// The duties that were finished by word alone, as no other fact shows it, by their ids.
public struct Duties: Sendable {
    private var finished: [String: Duty.Fulfilment] = [:]

    subscript(id: String) -> Duty.Fulfilment? { finished[id] }

    /// The first word counts.
    mutating func finish(_ id: String, _ fulfilment: Duty.Fulfilment) {
        if finished[id] == nil { finished[id] = fulfilment }
    }
}

extension Duties {
    /// The year-end summary (4), and what is made public (公示): papers, which leave no fact of their own.
    static let yearly = [
        tickedYearly("summary", Label("年终总结", en: "Year-end summary")) { $0.planning.summary },
        tickedYearly("publish", Label("服务公示", en: "Public notice")) { $0.planning.publish },
    ]

    private static func tickedYearly(
        _ kind: String, _ label: Label, on clause: @escaping @Sendable (Handbook) -> Handbook.YearlyDuty
    ) -> DutyRule {
        DutyRule.yearly(
            kind, label, .manager, by: FinishDuty.self, on: clause, isAfter: true, parts: { [$0.$finishedDuties] },
            done: { estate, year in estate.finishedDuties["\(kind)-\(year)"] },
            prefill: { duty, _ in ["duty": duty.id] })
    }
}

extension DutyRule {
    /// Whether only somebody's word shows that it is done.
    public var isTicked: Bool { action == FinishDuty.self }
}

/// A duty is finished that no other fact shows.
public struct FinishDuty: ActionFact, RegisterFact {
    public static let name = "duty.done"
    static let kind: StaticString = "duty.finished"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.finishedDuties[fact.duty.text] == nil
                ? nil : .doubled(Label("这项工作已完成", en: "the duty was done"))
        }
    }
    public static let label = Label("完成定期工作", en: "Finish a duty")
    public static let roles: Set<Role> = [.supervisor]
    public static let condition: Label? = Label("本岗位的", en: "of one's own role")
    var duty = DutyName.placeholder
    var note: String?
    /// The day on which it was due by the rule of its time.
    var due: Day?

    public init() {}

    public init(duty: String, note: String? = nil) { (self.duty, self.note) = (DutyName(duty), note) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("duty", &duty, Label("工作", en: "Duty"))
        try visitor.field("note", &note)
        try visitor.derived("due", &due, .dueDate)
    }

    /// Those that wait.
    public static func due(_ key: String, in estate: Estate, at moment: Moment) -> [Candidate] {
        if key != "duty" { return [] }
        let ticked = Estate.duties.filter(\.isTicked)
        return estate.duties(through: Day(moment, in: estate.zone), of: ticked).filter { $0.done == nil }.map {
            Candidate(
                $0.id, text: "\($0.rule.label.chinese) \($0.subject ?? "")", detail: $0.due.text)
        }
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        // One that is not told yet may be done before.
        let known = estate.duties(through: Day(plan.at, in: estate.zone).adding(366)).first { $0.id == duty.text }
        guard let known else {
            throw Refusal(
                .rule, "duty.unknown", "没有这项工作：\(duty.text)", en: "there is no such duty: \(duty.text)", field: "duty")
        }
        guard known.rule.isTicked else {
            let action = known.rule.action.label
            throw Refusal(
                .rule, "duty.shown", "“\(known.rule.label.chinese)”由“\(action.chinese)”完成，不能直接打勾",
                en: "it is fulfilled by “\(action.english)”, not by word", field: "duty")
        }
        if known.done != nil {
            throw Refusal(
                .rule, "duty.finished", "“\(known.rule.label.chinese)”已完成", en: "it is done already", field: "duty")
        }
        let role = estate.staff.members[plan.by]?.role
        guard role == .manager || role == known.rule.role else {
            throw Refusal(
                .rule, "duty.role", "由\(known.rule.role.label.chinese)完成",
                en: "for the \(known.rule.role.label.english)",
                field: "duty")
        }
        due = known.due
    }

    func affectedIDs(in estate: Estate) -> [String]? { [] }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.finishedDuties.finish(
            duty.text, Duty.Fulfilment(fact: Ref(metadata.id), at: metadata.at, due: due))
    }
}

/// The id of a duty, e.g. `summary-2026`; for people its label.
struct DutyName: TextValue {
    let text: String

    init(_ text: String) { self.text = text }

    static var type: FieldType { .text }
    static var isFreeText: Bool { false }

    func words(in estate: Estate, _ language: Language) -> String {
        guard let rule = Estate.duties.first(where: { text.hasPrefix("\($0.kind)-") }) else { return text }
        return "\(rule.label[language]) \(text.dropFirst(rule.kind.count + 1))"
    }
}
