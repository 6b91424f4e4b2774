import Estate
import Screen

/// The results of the latest survey by question, with their bounds against the target.
struct SurveyResultList: ViewSource {
    typealias Shown = SurveyResultsView
    static let name = "surveyresults"
    static let label = Label("结果", en: "Results")
    static let creates: (any Action.Type)? = nil
    static let refreshPolicy = RefreshPolicy.inSight
    static let granularity = ClockGranularity.day
    static func parts(of estate: Estate) -> [Int] { [estate.$surveys, estate.$people] }
    static func empty(_ context: Context) -> Label { Label("还没有调查", en: "no surveys yet") }
    static let commands: [Command] = []

    static let columns: [ListColumn<Row>] = [
        ListColumn("number", Label("题", en: "No."), .fixed("", 3, alignment: .right, priority: 7)) { $0.number },
        ListColumn("question", Label("问题", en: "Question"), .filling("", min: 16, priority: 9)) {
            Pinyin.spelled($0.question)
        },
        ListColumn("n", Label("满意/作答", en: "Satisfied"), .fixed("", 10, alignment: .right, priority: 6)) { $0.n },
        ListColumn("rate", Label("满意率", en: "Share"), .fixed("", 7, alignment: .right, priority: 9)) {
            $0.rate?.hundredths ?? -1
        },
        ListColumn("interval", Label("可信区间", en: "Interval"), .fixed("", 13, alignment: .right, priority: 5)) {
            $0.satisfaction.interval?.lowerBound ?? -1
        },
        ListColumn("verdict", Label("对照目标", en: "Target"), .fixed("", 9, priority: 8)) { $0.verdict.rawValue },
    ]

    static func rows(_ context: Context) -> [Row] {
        ((try? SurveyResultsView().subjects(in: context.view)) ?? []).map { Row($0, in: context.view) }
    }

    static func id(_ row: Row) -> String { "\(row.survey.id.id.text) \(row.number)" }
    static func subject(_ row: Row) -> String? { row.survey.id.id.text }
    static func words(_ row: Row) -> [String] { [row.question, row.verdict.label.chinese] }

    static func style(of verdict: SatisfactionVerdict) -> Style {
        switch verdict {
        case .met: .good
        case .notMet: .danger
        case .undecided: .warning
        case .noData: .faint
        }
    }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let style = style(of: row.verdict)
        let interval = row.satisfaction.interval.map { "\(tenths($0.lowerBound, .down))–\(tenths($0.upperBound, .up))" }
        return [
            Line("\(row.number)", .muted), Line(row.question, .text),
            Line("\(row.satisfaction.satisfied)/\(row.n)", .muted),
            Line(row.rate.map { "\($0.short)%" } ?? "—", style), Line(interval ?? "—", .muted),
            Line(context(row.verdict.label), style),
        ]
    }

    /// In percent with one decimal, rounded outwards: no interval looks narrower than it is, or on the better side of the
    /// target.
    private static func tenths(_ bound: Double, _ rule: FloatingPointRoundingRule) -> String {
        let parts = Int((bound * 1000).rounded(rule)).quotientAndRemainder(dividingBy: 10)
        return "\(parts.quotient).\(parts.remainder)"
    }

    static func tally(_ rows: [Row], _ context: Context) -> Label? {
        rows.first.map { Label($0.survey.name, en: $0.survey.name) }
    }

    static func summary(_ name: Label?, _ glyphs: Glyphs, _ context: Context) -> [Span] {
        let target = context.estate.handbook.staff.satisfaction.percent
        return (name.map { [Span("\(context($0))  ", .muted)] } ?? [])
            + [Span(context(Label("目标 \(target)%", en: "target \(target)%")), .muted)]
    }

    static func detail(_ row: Row, _ context: Context) -> [Line] { row.detailLines(context) }
}
