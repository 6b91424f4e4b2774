import Estate
import Screen

/// The assessments of this month: the member's own, and those of whom they are above. Enter opens the facts of a figure.
struct AssessmentList: ViewSource {
    typealias Shown = AssessmentsView
    static let name = "assessments"
    static let label = AssessmentsView.label
    static let creates: (any Action.Type)? = LinkComplaint.self
    static let refreshPolicy = RefreshPolicy.inSight
    static let granularity = ClockGranularity.day
    static func parts(of estate: Estate) -> [Int] {
        [
            estate.$calls, estate.$followUps, estate.$inspections, estate.$assessments, estate.$shifts, estate.$rosters,
            estate.$drills, estate.$trainings, estate.$staff,
        ]
    }
    static let nothingSelected = Label("没有选中的项目", en: "nothing is selected")

    static func empty(_ context: Context) -> Label {
        if context.member == nil { return Label("登录后看自己的", en: "sign in to see your own") }
        return context.hasFullHistory
            ? Label("本月还没有记录", en: "nothing this month") : Label("正在读取历史记录…", en: "reading the history…")
    }

    static let commands: [Command] = [
        rowCommand(
            "assessments.facts", Label("依据", en: "Facts"), doc: Label("这个数出自哪些记录", en: "the facts behind the figure"),
            keys: [.enter], priority: 9
        ) { row, context in .open(cases(of: row, context)) },
        rowCommand(
            "assessments.complaint", Label("记投诉", en: "Complaint"),
            doc: Label("把一件投诉记到这位员工", en: "a complaint is about this member"),
            keys: [.control("n")], priority: 6, action: LinkComplaint.self
        ) { row, _ in
            .form(
                LinkComplaint.self, fixed: ["staff": row.subject.staff],
                title: Label("投诉涉及 \(row.name)", en: "A complaint about \(row.name)"))
        },
        rowCommand(
            "assessments.print", Label("打印", en: "Print"),
            doc: Label("这位员工的考核表，一页", en: "the member's page, to be printed"),
            keys: [.control("e")], priority: 5
        ) { row, context in
            let report = AssessmentReport(staff: row.subject.staff, period: row.subject.period)
            let rows = try? report.rows(
                of: context.estate, at: context.now, for: context.member?.role, member: context.member?.code)
            return rows.map {
                .effect(.save(AssessmentReport.document(of: $0, in: context.estate, at: context.now, context.language)))
            } ?? .none
        },
    ]

    private static func cases(of row: Row, _ context: Context) -> CasesLayer {
        CasesLayer(
            "\(row.name) · \(context(row.subject.measure.label))",
            [.fixed("", 11, priority: 6), .fixed("", 2, priority: 7), .filling("", min: 20, priority: 8)],
            row.subject.cases.sorted { ($0.isGood ? 1 : 0, $1.at) < ($1.isGood ? 1 : 0, $0.at) }.map { one in
                Figures.Case(one, row.subject.measure)
            })
    }

    static let columns: [ListColumn<Row>] = [
        ListColumn("name", Label("员工", en: "Staff"), Column("", min: 6, ideal: 8, priority: 9)) {
            Pinyin.spelled($0.name)
        },
        ListColumn("measure", Label("项目", en: "Measure"), .filling("", min: 12, ideal: 16, priority: 9)) {
            $0.subject.measure.rawValue
        },
        ListColumn("count", Label("件数", en: "Cases"), .fixed("", 6, alignment: .right, priority: 6)) {
            $0.subject.count
        },
        ListColumn("good", Label("达标", en: "Good"), .fixed("", 6, alignment: .right, priority: 7)) {
            $0.subject.good ?? -1
        },
        ListColumn("share", Label("达标率", en: "Good %"), .fixed("", 8, alignment: .right, priority: 8)) {
            $0.subject.share?.hundredths ?? -1
        },
        ListColumn("last", Label("上月", en: "Last"), .fixed("", 8, alignment: .right, priority: 5)) {
            $0.subject.last ?? ""
        },
    ]

    static func rows(_ context: Context) -> [Row] {
        guard context.hasFullHistory, context.member != nil else { return [] }
        return ((try? AssessmentsView().current(in: context.view)) ?? []).map { Row($0, in: context.view) }
    }

    static func id(_ row: Row) -> String { "\(row.subject.staff) \(row.subject.measure.rawValue)" }
    static func subject(_ row: Row) -> String? { nil }
    static func words(_ row: Row) -> [String] { [row.name, row.subject.measure.label.chinese] }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let figure = row.subject
        let style: Style =
            if figure.measure.isOfFaults {
                figure.count == 0 ? .good : .danger
            } else {
                figure.good == figure.count ? .good : .warning
            }
        return [
            Line(row.name, .strong), Line(context(figure.measure.label)),
            Line("\(figure.count)", figure.measure.isOfFaults ? style : .text),
            Line(figure.good.map(String.init) ?? "", .text), Line(figure.share.map { "\($0.short)%" } ?? "", style),
            Line(figure.last ?? "—", .muted),
        ]
    }

    static func tally(_ rows: [Row], _ context: Context) -> Int { Set(rows.map(\.subject.staff)).count }

    static func summary(_ members: Int, _ glyphs: Glyphs, _ context: Context) -> [Span] {
        [
            Span(
                context(
                    Label(
                        "\(Period(context.today).text) · \(members) 人", en: "\(Period(context.today).text) · \(members)"
                    )), .muted)
        ]
    }

    static func detail(_ row: Row, _ context: Context) -> [Line] { row.detailLines(context, without: ["staff"]) }
}

extension Figures.Case {
    /// A case of an assessment: when, whether it was good, what; in full the record itself.
    fileprivate init(_ one: AssessmentCase, _ measure: AssessmentMeasure) {
        self.init(
            cells: { context in
                [
                    Line(
                        String(one.at.display(zone: context.view.zone, language: context.language).dropFirst(5)), .muted
                    ),
                    Line(one.isGood ? "✓" : "✗", one.isGood ? .good : .danger),
                    Line(context.estate.words(of: one, measure, context.language)),
                ]
            },
            detail: { context in Self.lines(of: one, measure, context) })
    }

    private static func lines(of one: AssessmentCase, _ measure: AssessmentMeasure, _ context: Context) -> [Line] {
        let (estate, view) = (context.estate, context.view)
        let lines: [Line]? =
            switch measure {
            case .rings, .steps: estate.calls[Ref(one.id)].map { $0.detailLines(context) }
            case .visits:
                estate.followUps[Ref(one.id)].map { FollowUpList.detail(FollowUpsView.Row($0, in: view), context) }
            case .complaints:
                estate.requests[Ref(one.id)].map { RequestList.detail(RequestsView.Row($0, in: view), context) }
            case .shifts:
                RosterView().subjects(in: view).first { $0.planned.id.id == one.id }.map {
                    RosterList.detail(RosterView.Row($0, in: view), context)
                }
            case .training:
                TrainingsView().subjects(in: view).first { $0.training?.id.id == one.id }.map {
                    TrainingList.detail(TrainingsView.Row($0, in: view), context)
                }
            case .inspections:
                estate.inspections[Ref(one.id)].map { InspectionsView.Row($0, in: view).detailLines(context) }
            case .drill: nil
            }
        let words = estate.words(of: one, measure, context.language)
        let own = detailLine(
            one.at.display(zone: view.zone, language: context.language), words, one.isGood ? .text : .danger)
        return measure == .drill || measure == .inspections ? [own] + (lines ?? []) : lines ?? [own]
    }
}
