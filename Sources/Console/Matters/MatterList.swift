import Estate
import Screen

/// The matters that departments have to answer: what is late first; then what was answered lately.
struct MatterList: ViewSource {
    typealias Shown = MattersView
    static let name = "matters"
    static let label = MattersView.label
    static let creates: (any Action.Type)? = PassMatter.self
    static let refreshPolicy = RefreshPolicy.inSight
    static let granularity = ClockGranularity.day
    static func parts(of estate: Estate) -> [Int] { [estate.$matters, estate.$staff] }
    static func empty(_ context: Context) -> Label {
        let key = context.keys.key(of: "new")
        return Label("没有转办的事；\(key) 转给工程、保洁、保安、财务", en: "nothing was passed on; \(key) passes a matter on")
    }

    /// How many that were answered are listed.
    private static let limit = 100

    static let commands: [Command] = [
        rowCommand(
            "matters.answer", Label("回话", en: "Answer"), doc: Label("登记部门怎么回话", en: "what the department said"),
            keys: [.enter], priority: 9, action: AnswerMatter.self,
            disabledReason: { row, _ in
                row.state == .answered ? Label("已经回话", en: "it was answered") : nil
            }
        ) { row, _ in
            .form(
                AnswerMatter.self, fixed: ["matter": row.id],
                title: Label("回话 · \(row.to) \(row.what)", en: "Answer · \(row.to) \(row.what)"),
                done: Label("\(row.to)已回话", en: "\(row.to) has answered"))
        }
    ]

    static let columns: [ListColumn<Row>] = [
        .sign(priority: 9),
        ListColumn("due", Label("期限", en: "Due"), .fixed("", 9, priority: 8)) { $0.due },
        ListColumn("to", Label("部门", en: "Department"), Column("", min: 6, ideal: 8, priority: 7)) {
            Pinyin.spelled($0.to)
        },
        ListColumn("unit", .unit, .fixed("", 9, priority: 4)) { $0.unit?.text ?? "" },
        ListColumn("what", Label("事项", en: "Matter"), .filling("", min: 14, ideal: 24, priority: 9)) {
            Pinyin.spelled($0.what)
        },
        ListColumn("answer", Label("回话", en: "Answer"), .filling("", min: 12, priority: 2)) {
            Pinyin.spelled($0.answer?.text ?? "")
        },
    ]

    static func rows(_ context: Context) -> [Row] {
        let matters = context.estate.matters
        let open = matters.open.compactMap { matters[$0] }.sorted { ($0.due, $0.passed) < ($1.due, $1.passed) }
        let answered = matters.all.values.suffix(1000).filter { $0.answer != nil }.suffix(limit)
        return (open + answered.reversed()).map { Row($0, in: context.view) }
    }

    static func updated(_ matter: Matter, _ context: Context) -> Row? {
        context.estate.matters[matter.id].map { Row($0, in: context.view) }
    }

    static func id(_ row: Row) -> String { row.id.id.text }
    static func words(_ row: Row) -> [String] {
        [row.to, row.what, row.unit?.text ?? "", row.kind.label.chinese, row.state.label.chinese]
    }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let isOpen = row.state != .answered
        let late = context.today.days(since: row.due)
        let style: Style = !isOpen ? .muted : late > 0 ? .danger : late == 0 ? .warning : .text
        let kind = row.kind == .dispute ? [Span("\(context(Label("纠纷", en: "dispute"))) · ", .warning)] : []
        return [
            Line([(isOpen ? StepMark.open : .done).span(glyphs)]),
            Line(isOpen ? context(.until(row.due, context)) : row.due.short, style), Line(row.to, .info),
            Line(row.unit?.text ?? "", .strong), Line(kind + [Span(row.what, isOpen ? .text : .muted)]),
            Line(row.answer?.text ?? "", .muted),
        ]
    }

    static func tally(_ rows: [Row], _ context: Context) -> (open: Int, late: Int) {
        (rows.count { $0.state != .answered }, rows.count { $0.state == .late })
    }

    static func summary(_ tally: (open: Int, late: Int), _ glyphs: Glyphs, _ context: Context) -> [Span] {
        if tally.open == 0 { return [] }
        let late = Label("  逾期 \(tally.late)", en: "  late \(tally.late)")
        return [Span(context(Label("待回话 \(tally.open)", en: "open \(tally.open)")), .info)]
            + (tally.late > 0 ? [Span(context(late), .danger)] : [])
    }

    /// With the request in words.
    static func detail(_ row: Row, _ context: Context) -> [Line] {
        let request = row.request.flatMap { context.estate.requests[$0] }
        return row.detailLines(context, without: ["id", "request"])
            + (request.map { [detailLine(context(Request.label), $0.words(in: context.estate))] } ?? [])
    }
}
