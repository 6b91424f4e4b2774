import Estate
import Screen

/// The surveys (满意度调查), the latest first.
struct SurveyList: ViewSource {
    typealias Shown = SurveysView
    static let name = "surveys"
    static let label = SurveysView.label
    static let creates: (any Action.Type)? = PlanSurvey.self
    static let refreshPolicy = RefreshPolicy.inSight
    static let granularity = ClockGranularity.day
    static func parts(of estate: Estate) -> [Int] { [estate.$surveys, estate.$people] }
    static let nothingSelected = Label("没有选中的调查", en: "no survey is selected")
    static func empty(_ context: Context) -> Label {
        let key = context.keys.key(of: "new")
        return Label("还没有调查；\(key) 计划一次", en: "no surveys yet; \(key) plans one")
    }

    static let commands: [Command] = [
        rowCommand(
            "surveys.answer", Label("答卷", en: "Answer"), doc: Label("记一户的答卷", en: "record a household's answers"),
            keys: [.enter], priority: 9, action: AnswerSurvey.self
        ) { row, _ in
            .form(
                AnswerSurvey.self, fixed: ["survey": row.id],
                title: Label("答卷 · \(row.name)", en: "Answers · \(row.name)"))
        },
        rowCommand(
            "surveys.close", Label("结束", en: "Close"), doc: Label("结束调查：之后的答卷不再计入", en: "later answers do not count"),
            keys: [.control("n")], priority: 6, action: CloseSurvey.self,
            disabledReason: { row, _ in row.closed == nil ? nil : Label("这次调查已结束", en: "it is closed") }
        ) { row, _ in
            .perform(CloseSurvey(survey: row.id), done: Label("“\(row.name)”已结束", en: "“\(row.name)” is closed"))
        },
    ]

    static let columns: [ListColumn<Row>] = [
        .sign(priority: 9),
        ListColumn("name", Label("名称", en: "Name"), .filling("", min: 12, priority: 9)) { Pinyin.spelled($0.name) },
        ListColumn("time", Label("时间", en: "Time"), .fixed("", 12, priority: 7)) { $0.subject.from },
        ListColumn("answered", Label("已答/应答", en: "Answered"), .fixed("", 10, alignment: .right, priority: 8)) {
            $0.tally[.answered]
        },
        ListColumn("response", Label("应答率", en: "Response"), .fixed("", 8, alignment: .right, priority: 6)) {
            $0.response.map { $0.part * 10_000 / $0.whole } ?? -1
        },
        ListColumn("state", Label("状态", en: "State"), .fixed("", 8, priority: 8)) { $0.state.rawValue },
    ]

    static func rows(_ context: Context) -> [Row] {
        SurveysView().subjects(in: context.view).reversed().map { Row($0, in: context.view) }
    }

    static func updated(_ item: SurveysView.Subject, _ context: Context) -> Row? {
        context.estate.surveys[item.id].map { Row(.init($0, in: context.view), in: context.view) }
    }

    static func id(_ row: Row) -> String { row.id.id.text }
    static func words(_ row: Row) -> [String] { [row.name, row.state.label.chinese] }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let (state, tally) = (row.state, row.tally)
        let style: Style =
            switch state {
            case .open: .good
            case .over: .warning
            case .planned, .closed: .muted
            }
        let sign = state == .over ? Span("!", .warning.bold) : state == .closed ? Span(glyphs.done, .good) : Span(" ")
        return [
            [sign], Line(row.name, state == .closed ? .text : .strong),
            Line("\(row.subject.from.short)–\(row.subject.to.short)", .muted),
            Line("\(tally[.answered])/\(tally.asked)"), Line(row.response.map { "\($0.short)%" } ?? "—"),
            Line(context(state.label), style),
        ]
    }

    static func tally(_ rows: [Row], _ context: Context) -> Int { rows.count { $0.closed == nil } }

    static func summary(_ open: Int, _ glyphs: Glyphs, _ context: Context) -> [Span] {
        [Span(context(Label("未结束 \(open)", en: "not closed \(open)")), open > 0 ? .text : .muted)]
    }

    /// The counts, then each question's result.
    static func detail(_ row: Row, _ context: Context) -> [Line] {
        let results = (try? SurveyResultsView(survey: row.id).subjects(in: context.view)) ?? []
        return row.detailLines(context) + [Line("")]
            + results.map { result in
                let share = Share(result.satisfaction.satisfied, of: result.n).map { "\($0.short)%" } ?? "—"
                return Line([
                    Span("\(result.number). \(result.question)  ", .muted), Span("\(share) ", .text),
                    Span(context(result.verdict.label), SurveyResultList.style(of: result.verdict)),
                ])
            }
    }
}
