import Handbook
import Journal
import OrderedCollections

private let askers: Set<Role> = [.operator, .supervisor]

extension Label {
    static let survey = Label("调查", en: "Survey")
    static let questions = Label("问题", en: "Questions")
    static let answers = Label("答案（1–5，- 为不了解）", en: "Answers (1–5, - cannot tell)")
    static let wish = Label("最希望改进", en: "To become better first")
}

/// The questions of a survey, separated by `;` or `；`.
public struct QuestionList: TextValue {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static var type: FieldType { .text }
    public static var isFreeText: Bool { true }

    public var each: [String] {
        text.split { ";；\n".contains($0) }.map { String($0).trimmed }.filter { !$0.isEmpty }
    }
}

/// The scores of one household in the order of the questions: `5,4,-,3`, or `54-3`.
public struct ScoreList: FieldValue, Hashable {
    public let each: [Int?]

    public init(_ each: [Int?]) { self.each = each }

    public static var type: FieldType { .text }
    public static var placeholder: ScoreList { ScoreList([]) }

    /// Numbers from 1 to 5; `-`, `0` or 不了解 for a question that the household cannot judge.
    public init(text: String, zone: Zone) throws {
        let typed = text.plain
        let parts: [Substring] =
            typed.allSatisfy { "012345-".contains($0) }
            ? typed.indices.map { typed[$0...$0] }
            : typed.split(omittingEmptySubsequences: false) { ",，、;；| ".contains($0) }
        each = try parts.map { part -> Int? in
            switch String(part).trimmed {
            case "-", "—", "0", "不了解": return nil
            case let digit:
                guard let score = Int(digit), (1...5).contains(score) else {
                    throw Refusal.input(
                        "survey.answers", "“\(text)”：每题填 1 到 5，不了解填 -，用逗号隔开",
                        en: "“\(text)”: 1 to 5 for each question, - for no opinion, separated by commas")
                }
                return score
            }
        }
    }

    public func text(zone: Zone) -> String { each.map { $0.map(String.init) ?? "-" }.joined(separator: ",") }
    public init(scanning scanner: inout JSONScanner, zone: Zone) throws {
        try self.init(text: scanner.string(), zone: zone)
    }
}

/// A survey is planned: its questions, its time, and whom it is about.
public struct PlanSurvey: ActionFact {
    public static let name = "survey.plan"
    static let kind: StaticString = "survey.planned"
    static var merging: Merging<Self> { .grows }
    public static let label = Label("计划满意度调查", en: "Plan a survey")
    public static let roles: Set<Role> = [.supervisor]
    var name = ""
    var questions = QuestionList.placeholder
    /// The frame; none: all residences.
    var units: [UnitCode] = []
    var from = Day.placeholder
    var to = Day.placeholder
    /// How many households are drawn, from each building its share; all unless given.
    var sample: Int?
    /// The households that were drawn.
    var drawn: [UnitCode] = []
    /// The day by which it was to be held, by the policy of its time.
    var due: Day?

    public init() {}

    public init(
        name: String, questions: [String], units: [UnitCode] = [], from: Day, to: Day, sample: Int? = nil
    ) {
        (self.name, self.questions, self.units) = (name, QuestionList(questions.joined(separator: "；")), units)
        (self.from, self.to, self.sample) = (from, to, sample)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("name", &name, Label("名称", en: "Name"))
        try visitor.field("questions", &questions, .questions)
        try visitor.field("units", &units, Label("只限这些房号", en: "Only these units"))
        try visitor.field("from", &from, Label("自", en: "From"))
        try visitor.field("to", &to, Label("至", en: "To"))
        try visitor.field("sample", &sample, Label("抽多少户", en: "How many households"))
        try visitor.derived("drawn", &drawn)
        try visitor.derived("due", &due, .dueDate)
    }

    public static func proposals(
        with values: [String: String], to member: String, in estate: Estate, at moment: Moment
    ) -> [String: String] {
        let rule = estate.handbook.surveys
        let today = Day(moment, in: estate.zone)
        return [
            "questions": rule.questions.joined(separator: "；"), "from": today.text,
            "to": today.adding(rule.days).text,
        ]
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let asked = questions.each
        if asked.isEmpty {
            throw Refusal(
                .input, "survey.questions", "至少写一个问题", en: "at least one question", field: "questions")
        }
        if to < from {
            throw Refusal(.rule, "survey.period", "结束早于开始", en: "it would end before it begins", field: "to")
        }
        for unit in units { try estate.people.check(unit) }
        units = Array(OrderedSet(units.map(estate.people.current)))
        due = estate.nextSurveyDue
        guard let sample else { return }
        let frame = Set(units)
        let occupied = estate.occupiedResidences(at: plan.at)
        let households = estate.people.units.keys.filter {
            occupied.contains($0) && (frame.isEmpty || frame.contains($0))
        }
        guard (1...max(1, households.count)).contains(sample), !households.isEmpty else {
            throw Refusal(
                .rule, "survey.sample", "抽样户数应在 1 到 \(households.count)（有人居住的户）之间",
                en: "draw from 1 to \(households.count) occupied households", field: "sample")
        }
        drawn = SurveyDraw(Array(households), seed: "\(name) \(from.text)").draw(sample)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.surveys.add(
            Survey(
                id: Ref(metadata.id), name: name, questions: questions.each, frame: units, drawn: drawn, from: from,
                to: to, planned: metadata.at, due: due, by: metadata.by))
    }
}

extension Survey {
    /// The unit by its present code. Throws ``Refusal`` `survey.unit` for a household that the survey does not ask.
    fileprivate func household(_ unit: UnitCode, in estate: Estate, at moment: Moment) throws -> UnitCode {
        try estate.people.check(unit)
        let unit = estate.people.current(unit)
        let frame = drawn.isEmpty ? self.frame : drawn
        if !frame.isEmpty, !frame.contains(unit) {
            throw Refusal(
                .rule, "survey.unit", "\(unit.text) 不在这次调查的户里", en: "\(unit.text) is not asked by this survey",
                field: "unit")
        }
        guard let known = estate.people.units[unit], known.kind == .residence else {
            throw Refusal(
                .rule, "survey.unit", "\(unit.text) 不是住宅，不在调查之列", en: "\(unit.text) is no residence",
                field: "unit")
        }
        if !estate.isOccupied(known, at: moment) {
            throw Refusal(
                .rule, "survey.unit", "\(unit.text) 没有登记住户，不在调查之列；有人住的先登记住户",
                en: "nobody is on record in \(unit.text): add a resident first", field: "unit")
        }
        return unit
    }
}

/// A household's answers to all questions of a survey.
public struct AnswerSurvey: ActionFact {
    public static let name = "survey.answer"
    static let kind: StaticString = "survey.answered"
    static var merging: Merging<Self> { .grows { fact, estate in estate.surveys.all.holds(fact.survey) } }
    public static let label = Label("记录答卷", en: "Record a household's answers")
    public static let roles = askers
    var survey = Ref<Survey>.placeholder
    var unit = UnitCode.placeholder
    var answers = ScoreList.placeholder
    var way: SurveyWay?
    var wish: Word<SurveyWishes>?
    var why: String?

    public init() {}

    public init(
        survey: Ref<Survey>, unit: UnitCode, scores: [Int?], way: SurveyWay? = nil, wish: String? = nil,
        why: String? = nil
    ) {
        (self.survey, self.unit, answers, self.way) = (survey, unit, ScoreList(scores), way)
        (self.wish, self.why) = (wish.map { Word($0) }, why)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("survey", &survey, .survey)
        try visitor.field("unit", &unit)
        try visitor.field("answers", &answers, .answers)
        try visitor.field("way", &way)
        try visitor.field("wish", &wish, .wish)
        try visitor.field("why", &why)
    }

    var subject: EntryID? { survey.id }

    /// Of a household that has answered the former answer would count no more.
    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let known = estate.surveys[survey], !known.isLate(moment, in: estate.zone),
            let former = known.vote(of: estate.people.current(unit), in: estate.zone)
        else { return nil }
        let day = Day(former.at, in: estate.zone).short
        return Confirmation(
            Label(
                "\(unit.text) \(day) 已答过，改以这次为准？",
                en: "\(unit.text) answered on \(day): does this answer count instead?"),
            [
                .fact(Label("原来的答案", en: "Former answers"), ScoreList(former.scores).text(zone: estate.zone)),
                .fact(Label("这次的答案", en: "These answers"), answers.text(zone: estate.zone)),
            ], yes: Label("以这次为准", en: "count this"))
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.surveys.known(survey)
        unit = try known.household(unit, in: estate, at: plan.at)
        if answers.each.count != known.questions.count {
            throw Refusal(
                .rule, "survey.answers", "共 \(known.questions.count) 题，答了 \(answers.each.count) 题；没答完的记“只答一部分”",
                en:
                    "\(known.questions.count) questions, \(answers.each.count) answers; record a part as partly answered",
                field: "answers")
        }
        if answers.each.allSatisfy({ $0 == nil }) {
            throw Refusal(
                .rule, "survey.answers", "每题都不了解，不能算一份答卷", en: "no question was judged", field: "answers")
        }
        try plan.refuse(
            before: max(known.planned, known.from.start(in: estate.zone)), Label("调查开始", en: "the survey began"))
        if known.isLate(plan.at, in: estate.zone) {
            plan.warn("survey.late")
        } else if known.vote(of: unit, in: estate.zone) != nil {
            plan.warn("survey.replaced")
        }
        if why == nil, answers.each.contains(where: { $0.map { $0 <= 2 } ?? false }) { plan.warn("survey.low") }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        let unit = estate.people.current(unit)
        let answer = Survey.Answer(
            id: metadata.id, scores: answers.each, way: way, wish: wish?.text, why: why, at: metadata.at,
            by: metadata.by)
        estate.surveys.change(survey) { $0.answers[unit, default: []].append(answer) }
    }
}

/// What owners may wish to become better first, as the handbook lists it.
public enum SurveyWishes: WordList {
    public static func words(in estate: Estate) -> [Candidate] { estate.handbook.surveys.wishes.map { Candidate($0) } }
}

/// An attempt to reach a household that got no whole answer.
public struct ContactHousehold: ActionFact {
    public static let name = "survey.contact"
    static let kind: StaticString = "survey.contacted"
    static var merging: Merging<Self> { .grows { fact, estate in estate.surveys.all.holds(fact.survey) } }
    public static let label = Label("记录未答", en: "Record an attempt without answers")
    public static let roles = askers
    var survey = Ref<Survey>.placeholder
    var unit = UnitCode.placeholder
    var outcome = SurveyOutcome.noAnswer

    public init() {}

    public init(survey: Ref<Survey>, unit: UnitCode, outcome: SurveyOutcome) {
        (self.survey, self.unit, self.outcome) = (survey, unit, outcome)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("survey", &survey, .survey)
        try visitor.field("unit", &unit)
        try visitor.field("outcome", &outcome)
    }

    var subject: EntryID? { survey.id }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.surveys.known(survey)
        unit = try known.household(unit, in: estate, at: plan.at)
        if known.closed != nil { throw known.isClosed }
        try plan.refuse(before: known.planned, Label("调查开始", en: "the survey began"))
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        let unit = estate.people.current(unit)
        let contact = Survey.Contact(outcome: outcome, at: metadata.at, by: metadata.by)
        estate.surveys.change(survey) { $0.contacts[unit, default: []].append(contact) }
    }
}

extension Survey {
    fileprivate var isClosed: Refusal {
        .rule("survey.closed", "“\(name)”已经结束", en: "“\(name)” is closed")
    }
}

/// A survey ends. Answers that come later are kept and do not count.
public struct CloseSurvey: ActionFact {
    public static let name = "survey.close"
    static let kind: StaticString = "survey.closed"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.surveys.all.value(of: fact.survey) {
                $0.closed == nil ? nil : .doubled(Label("调查已经结束", en: "the survey had been closed"))
            } ?? .unknown
        }
    }
    public static let label = Label("结束调查", en: "Close a survey")
    public static let roles: Set<Role> = [.supervisor]
    var survey = Ref<Survey>.placeholder

    public init() {}

    public init(survey: Ref<Survey>) { self.survey = survey }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("survey", &survey, .survey)
    }

    var subject: EntryID? { survey.id }

    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let known = estate.surveys[survey], known.closed == nil else { return nil }
        let tally = SurveyTally(known, in: estate, at: moment)
        return Confirmation(
            Label("结束“\(known.name)”？之后的答卷不再计入", en: "Close “\(known.name)”? Later answers will not count"),
            [
                .fact(HouseholdState.answered.label, "\(tally[.answered]) / \(tally.asked)"),
                .fact(HouseholdState.silent.label, "\(tally[.silent])"),
            ], yes: Label("结束", en: "close"))
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.surveys.known(survey)
        if known.closed != nil { throw known.isClosed }
        try plan.refuse(before: known.planned, Label("调查开始", en: "the survey began"))
        // What was answered in time stays so.
        let last = (known.answers.values.joined().map(\.at) + known.contacts.values.joined().map(\.at)).max()
        if let last { try plan.refuse(before: last, Label("最后一份答卷", en: "the last answer")) }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.surveys.change(survey) { $0.closed = metadata.at }
    }
}
