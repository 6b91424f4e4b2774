import Handbook
import Journal

/// The surveys and how many households answered.
public struct SurveysView: PlainView {
    public static let name = "surveys"
    public static let label = Label("满意度调查", en: "Surveys")
    public static let timeKey: String? = "from"
    public static let looksAhead = true

    /// A survey with its households, counted once for all columns.
    @dynamicMemberLookup
    public struct Subject: Sendable {
        public let survey: Survey
        public let tally: SurveyTally

        public init(_ survey: Survey, in context: ViewContext) {
            (self.survey, tally) = (survey, SurveyTally(survey, in: context.estate, at: context.moment))
        }

        public subscript<Value>(dynamicMember path: KeyPath<Survey, Value>) -> Value { survey[keyPath: path] }
    }

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("name", Label("名称", en: "Name")) { $0.name }
        Column("from", Label("自", en: "From")) { $0.from }
        Column("to", Label("至", en: "To")) { $0.to }
        Column("frame", Label("总户数", en: "Frame")) { $0.population }
        Column("drawn", Label("应答户", en: "To ask")) { $0.tally.asked }
        Column("answered", HouseholdState.answered.label) { $0.tally[.answered] }
        Column("response", Label("应答率%", en: "Response %")) { $0.response?.text }
        Column("partial", HouseholdState.partial.label) { $0.tally[.partial] }
        Column("declined", HouseholdState.declined.label) { $0.tally[.declined] }
        Column("noAnswer", HouseholdState.noAnswer.label) { $0.tally[.noAnswer] }
        Column("late", HouseholdState.late.label) { $0.tally[.late] }
        Column("silent", HouseholdState.silent.label) { $0.tally[.silent] }
        Column("state") { $0.state }
        Column("closed", Label("结束", en: "Closed")) { $0.closed }
        Column("questions", .questions) { $0.questions.count }
    }

    public init() {}

    public func subjects(in context: ViewContext) -> [Subject] {
        context.estate.surveys.all.values.map { Subject($0, in: context) }
    }
}

extension ViewRow<SurveysView> {
    public var population: Int { subject.tally.population }
    public var state: SurveyState { subject.survey.state(at: context.moment, in: context.zone) }

    /// 应答率: households that answered ÷ households to ask.
    public var response: Share? { Share(subject.tally[.answered], of: subject.tally.asked) }
}

/// The results of a survey by question: the share of satisfied households with its bounds, against the target of 95 %
/// (4).
public struct SurveyResultsView: View {
    public static let name = "surveyresults"
    public static let label = Label("调查结果", en: "Survey results")
    /// The latest survey unless given.
    var survey: Ref<Survey>?
    var building: String?

    /// The result of one question.
    public struct Subject: Sendable {
        public let survey: Survey
        /// From 1.
        public let number: Int
        public let question: String
        public let satisfaction: SatisfiedShare
        /// The households that were to be asked.
        public let asked: Int
        public let verdict: SatisfactionVerdict

        /// The households that judged the question.
        public var n: Int { satisfaction.answered }
        /// The share of satisfied households.
        public var rate: Share? { Share(satisfaction.satisfied, of: n) }
    }

    public static var columns: [ViewColumn<Self>] {
        Column("number", Label("题号", en: "No.")) { $0.number }
        Column("question", Label("问题", en: "Question")) { $0.question }
        Column("n", Label("作答户", en: "Answered")) { $0.n }
        Column("satisfied", Label("满意户", en: "Satisfied")) { $0.satisfaction.satisfied }
        Column("rate", Label("满意率%", en: "Satisfied %")) { $0.rate?.text }
        Column("low", Label("下限%", en: "Low %")) { $0.bound(\.lowerBound) }
        Column("high", Label("上限%", en: "High %")) { $0.bound(\.upperBound) }
        Column("verdict", Label("对照目标", en: "Against the target")) { $0.verdict }
        Column("response", Label("应答率%", en: "Response %")) { $0.response?.text }
        Column("worst", Label("未答全不满意%", en: "If the silent were not %")) { $0.extremes?.worst.text }
        Column("best", Label("未答全满意%", en: "If the silent were %")) { $0.extremes?.best.text }
    }

    public init() {}

    public init(survey: Ref<Survey>, building: String? = nil) { (self.survey, self.building) = (survey, building) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("survey", &survey, .survey)
        try visitor.field("building", &building, Label("楼栋", en: "Building"))
    }

    public func subjects(in context: ViewContext) throws -> [Subject] {
        let estate = context.estate
        guard let known = try survey.map({ try estate.surveys.known($0) }) ?? estate.surveys.latest else { return [] }
        let results = SurveyResults(known, in: estate, at: context.moment, building: building)
        return known.questions.enumerated().map { index, question in
            let satisfaction = results.satisfaction(index)
            return Subject(
                survey: known, number: index + 1, question: question, satisfaction: satisfaction, asked: results.asked,
                verdict: satisfaction.verdict(target: estate.handbook.staff.satisfaction.percent))
        }
    }
}

extension ViewRow<SurveyResultsView> {
    public var response: Share? { Share(subject.n, of: subject.asked) }
    public var extremes: (worst: Share, best: Share)? { subject.satisfaction.extremes(asked: subject.asked) }

    /// A bound of the interval in percent, with four decimals.
    func bound(_ end: KeyPath<ClosedRange<Double>, Double>) -> String? {
        subject.satisfaction.interval.map { SatisfiedShare.percent($0[keyPath: end]) }
    }
}

/// The households of a survey: who answered what, and who did not.
public struct SurveyHouseholdsView: View {
    public static let name = "surveyhouseholds"
    public static let label = Label("答卷", en: "Households asked")
    /// The latest survey unless given.
    var survey: Ref<Survey>?

    /// One household.
    public struct Subject: Sendable {
        public let survey: Survey
        public let unit: UnitCode
        public let state: HouseholdState
        /// The answer that counts, or the last one that came too late.
        public let answer: Survey.Answer?
        /// The attempts without whole answers.
        public let attempts: Int
    }

    public static var columns: [ViewColumn<Self>] {
        Column("unit") { $0.unit }
        Column("state") { $0.state }
        Column("answers", .answers) { $0.answer.map { ScoreList($0.scores) } }
        Column("way") { $0.answer?.way }
        Column("wish", .wish) { $0.answer?.wish }
        Column("why") { $0.answer?.why }
        Column("attempts", Label("未答次数", en: "Attempts")) { $0.attempts }
        Column("at") { $0.answer?.at }
        Column("by", Label("访问人", en: "By")) { row in row.answer.map { row.estate.staff.name(of: $0.by) } }
    }

    public init() {}

    public init(survey: Ref<Survey>) { self.survey = survey }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("survey", &survey, .survey)
    }

    public func subjects(in context: ViewContext) throws -> [Subject] {
        let estate = context.estate
        guard let known = try survey.map({ try estate.surveys.known($0) }) ?? estate.surveys.latest else { return [] }
        return SurveyTally(known, in: estate, at: context.moment).households.map { unit, state in
            Subject(
                survey: known, unit: unit, state: state,
                answer: known.vote(of: unit, in: context.zone) ?? known.answers[unit]?.last,
                attempts: known.contacts[unit]?.count ?? 0)
        }
    }
}

extension ViewRow<SurveyHouseholdsView> {
    /// Whom to call.
    public var person: Person? { estate.people.reachable(at: subject.unit) }
}
