import Handbook
import Journal

extension Label {
    static let department = Label("部门", en: "Department")
    static let matterText = Label("事项", en: "Matter")
    static let departmentAnswer = Label("回话", en: "Answer")
}

/// The departments of the handbook, and others that were named lately.
public enum Departments: WordList {
    public static func words(in estate: Estate) -> [Candidate] {
        let known = estate.handbook.matters.departments
        var seen = Set(known)
        let others = estate.matters.all.values.suffix(200).reversed().map(\.to).filter { seen.insert($0).inserted }
        return (known + others).map { Candidate($0) }
    }
}

/// A matter is passed to another department, which answers by a day.
public struct PassMatter: ActionFact {
    public static let name = "matter.pass"
    static let kind: StaticString = "matter.passed"
    static var merging: Merging<Self> {
        .grows { fact, estate in fact.request.map { estate.requests.all.holds($0) } ?? true }
    }
    public static let label = Label("转部门", en: "Pass to a department")
    public static let roles: Set<Role> = [.operator, .supervisor]
    var to = Word<Departments>.placeholder
    var what = ""
    /// Two days on (policy), unless said.
    var due: Day?
    var request: Ref<Request>?
    var unit: Location?
    /// `nil`: in general.
    var kind: MatterKind?

    public init() {}

    public init(
        to: String, what: String, due: Day? = nil, request: Ref<Request>? = nil, unit: UnitCode? = nil,
        kind: MatterKind? = nil
    ) {
        (self.to, self.what, self.due, self.request) = (Word(to), what, due, request)
        (self.unit, self.kind) = (unit.map(Location.init), kind)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("to", &to, .department)
        try visitor.field("what", &what, .matterText)
        try visitor.field("due", &due, Label("最迟回话", en: "Answer by"))
        try visitor.field("request", &request)
        try visitor.field("unit", &unit)
        try visitor.field("kind", &kind, Label("类别", en: "Kind"))
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let today = Day(plan.at, in: estate.zone)
        if let request {
            let known = try estate.requests.knownOpen(request)
            try plan.refuse(before: known.opened, Label("受理", en: "it was opened"))
            unit = unit ?? Location(known.unit)
        }
        try unit?.check(in: estate)
        if let due, due < today {
            throw Refusal(
                .rule, "matter.dueEarly", "回话期限不能早于转办当天", en: "it cannot be answered before the day it is passed on",
                field: "due")
        }
        due = due ?? today.adding(estate.handbook.matters.days)
        if kind == .general { kind = nil }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.matters.add(
            Matter(
                id: Ref(metadata.id), kind: kind ?? .general, to: to.text, what: what, unit: unit?.code,
                request: request, due: due ?? Day(metadata.at, in: estate.zone), passed: metadata.at, by: metadata.by))
    }
}

/// A department has answered.
public struct AnswerMatter: ActionFact {
    public static let name = "matter.answer"
    static let kind: StaticString = "matter.answered"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.matters.all.value(of: fact.matter) {
                $0.answer == nil ? nil : .doubled(Label("这件事已经回话", en: "the matter had been answered"))
            } ?? .unknown
        }
    }
    public static let label = Label("登记回话", en: "Answer a matter")
    /// Any member may be of the department.
    public static let roles = Set(Role.allCases)
    var matter = Ref<Matter>.placeholder
    var answer = ""

    public init() {}

    public init(matter: Ref<Matter>, answer: String) { (self.matter, self.answer) = (matter, answer) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("matter", &matter, Matter.label)
        try visitor.field("answer", &answer, .departmentAnswer)
    }

    var subject: EntryID? { matter.id }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.matters.known(matter)
        if known.answer != nil {
            throw Refusal.rule("matter.answered", "这件事已经回话", en: "this matter has been answered")
        }
        try plan.refuse(before: known.passed, Label("转办", en: "it was passed on"))
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.matters.answer(
            matter, Matter.Answer(fact: Ref(metadata.id), text: answer, at: metadata.at, by: metadata.by))
    }
}
