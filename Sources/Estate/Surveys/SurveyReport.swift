import Handbook
import Journal

/// The report of a survey (5): response, each question's satisfaction with its bounds against the target, the same by
/// building, what owners wish, and the reasons for low scores.
public struct SurveyReport: Report {
    public static let name = "survey"
    public static let label = Label("满意度调查报告", en: "Survey report")
    /// The latest survey unless given.
    var survey: Ref<Survey>?

    public static var columns: [ViewColumn<Self>] {
        Column("building", Label("楼栋", en: "Building")) { $0.building }
        Column("number", Label("题号", en: "No.")) { $0.result.number }
        Column("question", Label("问题", en: "Question")) { $0.result.question }
        Column("n", Label("作答户", en: "Answered")) { $0.result.n }
        Column("satisfied", Label("满意户", en: "Satisfied")) { $0.result.satisfaction.satisfied }
        Column("rate", Label("满意率%", en: "Satisfied %")) { $0.result.rate?.text }
        Column("verdict", Label("对照目标", en: "Against the target")) { $0.result.verdict }
    }

    /// The result of one question, of the whole frame or of one building.
    public struct Subject: Sendable {
        /// `nil`: all buildings.
        public let building: String?
        public let result: SurveyResultsView.Subject
    }

    public init() {}

    public init(survey: Ref<Survey>) { self.survey = survey }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("survey", &survey, .survey)
    }

    public func subjects(in context: ViewContext) throws -> [Subject] {
        let estate = context.estate
        guard let known = try survey.map({ try estate.surveys.known($0) }) ?? estate.surveys.latest else { return [] }
        let buildings = Set(estate.asked(by: known, at: context.moment).map(\.building)).sorted {
            ($0.count, $0) < ($1.count, $1)
        }
        let parts: [String?] = [nil] + (buildings.count > 1 ? buildings : [])
        return try parts.flatMap { building in
            try SurveyResultsView(survey: known.id, building: building).subjects(in: context).map {
                Subject(building: building, result: $0)
            }
        }
    }
}

extension SurveyReport {
    public static func document(of rows: [Row], in estate: Estate, at moment: Moment, _ language: Language) -> Document
    {
        let survey = rows.first?.result.survey
        return Document(
            name: survey.map { "\(name)-\($0.from.text)-\($0.id.id.text.suffix(4))" } ?? name, title: label[language],
            language: language,
            sheets: survey.map { [SurveySheet($0, rows, in: estate, at: moment, language).sheet] } ?? [],
            empty: Label("还没有调查", en: "there is no survey")[language])
    }
}

/// The page of a survey.
private struct SurveySheet {
    let survey: Survey
    let rows: [SurveyReport.Row]
    let estate: Estate
    let moment: Moment
    let language: Language
    private let tally: SurveyTally

    init(_ survey: Survey, _ rows: [SurveyReport.Row], in estate: Estate, at moment: Moment, _ language: Language) {
        (self.survey, self.rows, self.estate) = (survey, rows, estate)
        (self.moment, self.language) = (moment, language)
        tally = SurveyTally(survey, in: estate, at: moment)
    }

    private func word(_ chinese: String, _ english: String) -> String { language == .chinese ? chinese : english }
    private var whole: [SurveyResultsView.Subject] { rows.filter { $0.building == nil }.map(\.result) }

    var sheet: Sheet {
        Sheet(
            heading: "\(estate.name) \(SurveyReport.label[language])", number: survey.name,
            blocks: [response, chart, results] + buildings + wishes + reasons,
            foot: word(
                "满意 = 4 分和 5 分；区间为 95% 可信的 Wilson 区间，按有限总体；打印于 ",
                "Satisfied: 4 and 5; Wilson intervals at 95 % for a finite population; printed ")
                + moment.display(zone: estate.zone, language: language))
    }

    private var response: Sheet.Block {
        let share = Share(tally[.answered], of: tally.asked).map { "\($0.text)%" } ?? "—"
        let others: [HouseholdState] = [.noAnswer, .declined, .partial, .late, .silent]
        return .entries(
            [
                .init(word("时间", "Time"), "\(survey.from.text) – \(survey.to.text)"),
                .init(word("总户数", "Frame"), "\(tally.population)"), .init(word("应答户", "To ask"), "\(tally.asked)"),
                .init(HouseholdState.answered.label[language], "\(tally[.answered])（\(share)）"),
            ] + others.map { .init($0.label[language], "\(tally[$0])") })
    }

    private var chart: Sheet.Block {
        .chart(
            word("各题满意率", "Satisfied, by question"),
            whole.map { result in
                Sheet.Bar(
                    "\(result.number). \(result.question.prefix(9))",
                    size: result.rate?.hundredths ?? 0,
                    result.rate.map { "\($0.short)%" } ?? "—")
            })
    }

    private var results: Sheet.Block {
        let head = [
            word("题", "No."), word("问题", "Question"), word("满意/作答", "Satisfied"), word("满意率", "Share"),
            word("95% 区间", "Interval"), word("对照目标", "Target"), word("未答者全不满意–全满意", "Silent: worst–best"),
        ]
        return .table(
            head,
            whole.map { result in
                let interval = result.satisfaction.interval.map {
                    "\(SatisfiedShare.percent($0.lowerBound))–\(SatisfiedShare.percent($0.upperBound))%"
                }
                let extremes = result.satisfaction.extremes(asked: result.asked).map {
                    "\($0.worst.short)–\($0.best.short)%"
                }
                return [
                    "\(result.number)", result.question, "\(result.satisfaction.satisfied)/\(result.n)",
                    result.rate.map { "\($0.text)%" } ?? "—", interval ?? "—", result.verdict.label[language],
                    extremes ?? "—",
                ]
            })
    }

    /// A row a building, a column a question.
    private var buildings: [Sheet.Block] {
        let names = rows.compactMap(\.building).reduce(into: [String]()) { if $0.last != $1 { $0.append($1) } }
        if names.isEmpty { return [] }
        let table = names.map { name in
            let results = rows.filter { $0.building == name }.map(\.result)
            return ["\(name)", "\(results.map(\.n).max() ?? 0)"] + results.map { $0.rate.map { "\($0.short)%" } ?? "—" }
        }
        return [
            .heading(word("按楼栋（满意率）", "By building (satisfied)")),
            .table(
                [word("楼栋", "Building"), word("作答户", "Answered")]
                    + whole.map { word("第\($0.number)题", "No. \($0.number)") },
                table),
        ]
    }

    private var votes: [Survey.Answer] {
        tally.households.compactMap { survey.vote(of: $0.unit, in: estate.zone) }
    }

    private var wishes: [Sheet.Block] {
        let counts = votes.compactMap(\.wish).reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
            .sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }
        if counts.isEmpty { return [] }
        return [
            .chart(
                word("最希望先改进", "To become better first"),
                counts.map { Sheet.Bar($0.key, size: $0.value, word("\($0.value) 户", "\($0.value)")) })
        ]
    }

    /// Without the households: a survey may be answered without a name.
    private var reasons: [Sheet.Block] {
        let reasons = votes.compactMap(\.why)
        return reasons.isEmpty
            ? []
            : [.heading(word("低分的原因", "Reasons for low scores"))] + reasons.map { .text("· \($0)") }
    }
}
