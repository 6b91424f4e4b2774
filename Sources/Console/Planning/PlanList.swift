import Estate
import Screen

/// The department's work plan: what is overdue or open first, then what is done.
struct PlanList: ViewSource {
    typealias Shown = PlanView
    static let name = "plan"
    static let label = Label("计划", en: "Plan")
    static let creates: (any Action.Type)? = AddPlanItem.self
    static let refreshPolicy = RefreshPolicy.inSight
    static let granularity = ClockGranularity.day
    static func parts(of estate: Estate) -> [Int] { [estate.$planning, estate.$staff] }
    static let nothingSelected = Label("没有选中的计划事项", en: "no item is selected")
    static func empty(_ context: Context) -> Label {
        let key = context.keys.key(of: "new")
        return Label("还没有工作计划；\(key) 列入一项", en: "there is no plan yet; \(key) puts an item in")
    }

    static let commands: [Command] = [
        rowCommand(
            "plan.done", Label("完成", en: "Done"), doc: Label("这一项计划完成了", en: "the item is done"), keys: [.enter],
            priority: 9, action: FinishPlanItem.self,
            disabledReason: { row, _ in row.subject.done == nil ? nil : Label("这一项已完成", en: "it is done") }
        ) { row, _ in
            .form(
                FinishPlanItem.self, fixed: ["item": row.id],
                title: Label("计划完成 · \(row.what)", en: "Done · \(row.what)"))
        },
        rowCommand(
            "plan.update", Label("进度", en: "Progress"),
            doc: Label("记进度；经理可改期限、换负责人", en: "how far it is; the manager changes day and person"),
            keys: [.control("n")], priority: 8, action: UpdatePlanItem.self,
            disabledReason: { row, _ in row.subject.done == nil ? nil : Label("这一项已完成", en: "it is done") }
        ) { row, _ in
            .form(
                UpdatePlanItem.self, fixed: ["item": row.id],
                title: Label("计划进度 · \(row.what)", en: "Progress · \(row.what)"))
        },
    ]

    static let columns: [ListColumn<Row>] = [
        .sign(priority: 9),
        ListColumn("due", Label("期限", en: "Due"), .fixed("", 10, priority: 8)) { $0.subject.due },
        ListColumn("what", Label("事项", en: "What"), .filling("", min: 16, ideal: 26, priority: 9)) {
            Pinyin.spelled($0.what)
        },
        ListColumn("who", Label("负责人", en: "Who"), Column("", min: 6, ideal: 8, priority: 7)) { $0.who },
        ListColumn("state", Label("状态", en: "State"), .fixed("", 11, priority: 8)) { $0.state.rawValue },
        ListColumn("done", Label("完成", en: "Done"), .fixed("", 10, priority: 5)) {
            $0.subject.done?.at ?? .distantPast
        },
        ListColumn("note", Label("说明", en: "Note"), Column("", min: 6, ideal: 20, priority: 3)) {
            $0.note ?? ""
        },
    ]

    static func rows(_ context: Context) -> [Row] {
        let rows = PlanView().subjects(in: context.view).map { Row($0, in: context.view) }
        return rows.filter { $0.subject.done == nil } + rows.filter { $0.subject.done != nil }.reversed()
    }

    static func id(_ row: Row) -> String { row.id.id.text }
    static func words(_ row: Row) -> [String] { [row.what, row.who, row.state.label.chinese] }
    static func stage(_ row: Row) -> Bool { row.subject.done != nil }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let (sign, style): (Span, Style) =
            switch row.state {
            case .open: (Span(glyphs.open, .muted), .text)
            case .overdue: (Span("!", .danger.bold), .danger)
            case .done: (Span(glyphs.done, .good), .good)
            case .late: (Span(glyphs.done, .warning), .warning)
            }
        let done = row.subject.done
        return [
            [sign], Line(row.subject.due.text, row.state == .overdue ? .danger : .muted),
            Line(row.what, done == nil ? .strong : .text), Line(row.who),
            Line(context(row.state.label) + (done == nil ? percent(row) : ""), style),
            Line(done.map { Day($0.at, in: context.estate.zone).text } ?? "", .muted), Line(row.note ?? "", .muted),
        ]
    }

    private static func percent(_ row: Row) -> String { row.subject.progress?.percent.map { " \($0)%" } ?? "" }

    /// 完成 5/12 逾期 1
    static func summary(_ rows: [Row], _ glyphs: Glyphs, _ context: Context) -> [Span] {
        if rows.isEmpty { return [] }
        let (done, overdue) = (rows.count { $0.subject.done != nil }, rows.count { $0.state == .overdue })
        let spans = [Span(context(Label("完成 \(done)/\(rows.count)", en: "done \(done)/\(rows.count)")), .good)]
        return overdue == 0
            ? spans : spans + [Span(context(Label(" 逾期 \(overdue)", en: " overdue \(overdue)")), .danger)]
    }

    static func detail(_ row: Row, _ context: Context) -> [Line] { row.detailLines(context) }
}
