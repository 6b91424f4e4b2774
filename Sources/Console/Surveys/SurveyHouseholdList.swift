import Estate
import Screen

/// The households of the latest survey, those who are still to be asked first.
struct SurveyHouseholdList: ViewSource {
    typealias Shown = SurveyHouseholdsView
    static let name = "surveyhouseholds"
    static let label = Label("答卷", en: "Households")
    static let creates: (any Action.Type)? = nil
    static let refreshPolicy = RefreshPolicy.inSight
    static let granularity = ClockGranularity.day
    static func parts(of estate: Estate) -> [Int] { [estate.$surveys, estate.$people, estate.$staff] }
    static let nothingSelected = Label("没有选中的户", en: "no household is selected")
    static func empty(_ context: Context) -> Label { Label("没有要问的户", en: "no households to ask") }

    static let commands: [Command] = [
        rowCommand(
            "surveyhouseholds.answer", Label("答卷", en: "Answers"),
            doc: Label("逐题记 1–5，不了解记 -", en: "1 to 5 for each question, - for no opinion"), keys: [.enter], priority: 9,
            action: AnswerSurvey.self
        ) { row, context in
            .form(
                AnswerSurvey.self, fixed: ["survey": row.survey.id, "unit": row.unit],
                title: Label("答卷 · \(row.unit.text)", en: "Answers · \(row.unit.text)"),
                done: Label("\(row.unit.text) 的答卷已记录", en: "the answers of \(row.unit.text) are recorded"))
        },
        attempt("surveyhouseholds.noAnswer", .noAnswer, .control("n"), priority: 8),
        attempt("surveyhouseholds.declined", .declined, .control("u"), priority: 7),
        attempt("surveyhouseholds.partial", .partial, .control("e"), priority: 6),
        rowCommand(
            "surveyhouseholds.call", .callThem,
            doc: Label("致电这一户：号码、事由已填好", en: "call this unit: number and purpose are filled in"),
            keys: [.control("o")], priority: 5, action: RingCall.self,
            disabledReason: { row, _ in
                row.person == nil ? Label("这一户没有登记号码", en: "no number is on record") : nil
            }
        ) { row, context in
            .calling(
                row.person?.phone?.each.first, named: row.person?.name, row.unit,
                for: Label(row.survey.name, en: row.survey.name), context)
        },
    ]

    private static func attempt(_ name: String, _ outcome: SurveyOutcome, _ key: Key, priority: Int) -> Command {
        rowCommand(
            name, outcome.label, doc: Label("记下：\(outcome.label.chinese)", en: "record: \(outcome.label.english)"),
            keys: [key], priority: priority, action: ContactHousehold.self,
            disabledReason: { row, _ in
                row.state == .answered
                    ? Label("这一户已经答过", en: "the household has answered")
                    : row.survey.closed == nil ? nil : Label("这次调查已结束", en: "the survey is closed")
            }
        ) { row, _ in
            .perform(
                ContactHousehold(survey: row.survey.id, unit: row.unit, outcome: outcome),
                done: Label(
                    "\(row.unit.text) \(outcome.label.chinese)", en: "\(row.unit.text): \(outcome.label.english)"))
        }
    }

    static let columns: [ListColumn<Row>] = [
        ListColumn("unit", .unit, .fixed("", 10, priority: 9)) { $0.unit },
        ListColumn("state", Label("状态", en: "State"), .fixed("", 14, priority: 8)) { rank($0) },
        ListColumn("person", Label("住户", en: "Resident"), Column("", min: 16, ideal: 20, priority: 8)) {
            Pinyin.spelled($0.person?.name ?? "")
        },
        ListColumn("answers", Label("答案", en: "Answers"), Column("", min: 12, ideal: 20, priority: 7)) {
            $0.answer?.at ?? .distantPast
        },
        ListColumn("why", Label("原因", en: "Why"), .filling("", min: 8, priority: 5)) {
            Pinyin.spelled($0.answer?.why ?? "")
        },
        ListColumn("at", Label("时间", en: "At"), .fixed("", 11, priority: 4)) { $0.answer?.at ?? .distantPast },
    ]

    static func rows(_ context: Context) -> [Row] {
        let households = (try? SurveyHouseholdsView().subjects(in: context.view)) ?? []
        return households.map { Row($0, in: context.view) }.sorted { (rank($0), $0.unit) < (rank($1), $1.unit) }
    }

    /// Who is still to be asked comes first.
    private static func rank(_ row: Row) -> Int {
        switch row.state {
        case .silent: 0
        case .noAnswer: 1
        case .partial: 2
        case .declined: 3
        case .late: 4
        case .answered: 5
        }
    }

    static func id(_ row: Row) -> String { "\(row.survey.id.id.text) \(row.unit.text)" }
    static func subject(_ row: Row) -> String? { row.unit.text }
    static func stage(_ row: Row) -> HouseholdState { row.state }
    static func words(_ row: Row) -> [String] {
        [row.unit.text, row.person?.name ?? "", row.state.label.chinese, row.answer?.why ?? ""]
    }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let style: Style =
            switch row.state {
            case .answered: .good
            case .silent: .text
            case .noAnswer, .partial: .warning
            case .declined, .late: .muted
            }
        let attempts = row.attempts > 0 && row.state != .answered ? " ×\(row.attempts)" : ""
        let scores = row.answer.map { $0.scores.map { $0.map(String.init) ?? "-" }.joined(separator: " ") }
        return [
            Line(row.unit.text, .strong), Line(context(row.state.label) + attempts, style), person(row),
            Line(scores ?? "—", .text),
            Line(row.answer?.why ?? "", .muted), Line(row.answer.map { context.clock($0.at) } ?? "", .muted),
        ]
    }

    /// Whom to call: the name and the masked number.
    private static func person(_ row: Row) -> Line {
        guard let person = row.person else { return Line("") }
        return [Span(person.name), Span(person.phone?.each.first.map { " \($0.masked)" } ?? "", .muted)]
    }

    static func tally(_ rows: [Row], _ context: Context) -> (answered: Int, all: Int) {
        (rows.count { $0.state == .answered }, rows.count)
    }

    static func summary(_ tally: (answered: Int, all: Int), _ glyphs: Glyphs, _ context: Context) -> [Span] {
        [
            Span(
                context(Label("已答 \(tally.answered)/\(tally.all)", en: "answered \(tally.answered)/\(tally.all)")),
                .text)
        ]
    }

    static func detail(_ row: Row, _ context: Context) -> [Line] {
        let questions = row.answer.map { answer in
            zip(row.survey.questions, answer.scores).map { question, score in
                detailLine(question, score.map(String.init) ?? "—")
            }
        }
        return row.detailLines(context, without: ["answers"]) + (questions ?? [])
    }
}
