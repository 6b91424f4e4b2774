import Estate
import Screen

/// The report of the 28th (5.7), household by household: what the records tell is there, the rest is filled in line by line.
struct ArrearsReportList: ViewSource {
    typealias Shown = ArrearsReport
    static let name = "arrearsreport"
    static let label = Label("28 日", en: "The 28th")
    static let creates: (any Action.Type)? = nil
    static let refreshPolicy = RefreshPolicy.inSight
    static func parts(of estate: Estate) -> [Int] {
        [estate.$fees, estate.$collecting, estate.$people, estate.$staff, estate.$requests]
    }
    static let granularity = ClockGranularity.day
    static let nothingSelected = Label("没有选中的住户", en: "no household is selected")
    static func empty(_ context: Context) -> Label { Label("没有欠费", en: "nobody owes anything") }

    static let commands: [Command] = [
        rowCommand(
            "arrearsreport.plan", PlanArrears.label,
            doc: Label("定这一户的解决办法，完成后到下一户", en: "settle how this debt is solved, then the next one"), keys: [.enter],
            priority: 9, action: PlanArrears.self
        ) { row, _ in
            let unit = row.subject.arrears.unit
            let whose = "\(unit.text) \(row.owner ?? "") \(row.subject.arrears.owed.grouped)"
            return .form(
                PlanArrears.self, fixed: ["unit": unit], required: ["next", "reason"],
                title: Label("解决办法 · \(whose)", en: "Plan · \(whose)"))
        },
        Command(
            "arrearsreport.report", ReportArrears.label,
            doc: Label("把这份汇报交给经理：先问还有几户没有定", en: "hand it to the manager; what is not settled is told first"),
            keys: [.control("g")], priority: 6, action: { _ in ReportArrears.self },
            disabledReason: { _, context in context.disabledReason(ReportArrears.self) },
            run: { _, _ in .perform(ReportArrears(), done: ReportArrears.label) }),
        Command(
            "arrearsreport.approve", Label("阅批", en: "Instruct"),
            doc: Label("经理对最近一次 28 日汇报的意见", en: "the manager's instruction on the last report of the 28th"),
            keys: [.control("a")], priority: 5, action: { _ in ApproveReport.self },
            disabledReason: { _, context in
                ArrearsReportsView().subjects(in: context.view).isEmpty
                    ? Label("还没有汇报", en: "nothing was reported yet") : context.disabledReason(ApproveReport.self)
            },
            run: { _, _ in .form(ApproveReport.self, fixed: ["report": ApprovedReport.arrears]) }),
        Command(
            "arrearsreport.print", Label("打印", en: "Print"),
            doc: Label("28 日的欠费情况及解决办法，交经理阅批", en: "the report of the 28th, for the manager"),
            keys: [.control("e")], priority: 7,
            run: { _, context in
                let document = try? ArrearsReport().document(of: context.estate, at: context.now, context.language)
                return document.map { .effect(.save($0)) } ?? .none
            }),
    ]

    static let columns: [ListColumn<Row>] = [
        ListColumn("unit", .unit, .fixed("", 8, priority: 9)) { $0.subject.arrears.unit },
        ListColumn("owner", Label("业主", en: "Owner"), Column("", min: 6, ideal: 8, priority: 3)) {
            Pinyin.spelled($0.owner ?? "")
        },
        ListColumn("owed", Label("欠费", en: "Owed"), .fixed("", 10, alignment: .right, priority: 8)) {
            $0.subject.arrears.owed
        },
        ListColumn("days", Label("逾期", en: "Overdue"), .fixed("", 7, alignment: .right, priority: 2)) {
            $0.subject.arrears.days
        },
        ListColumn("reason", Label("原因", en: "Reason"), Column("", min: 6, ideal: 12, priority: 5)) {
            $0.reason ?? ""
        },
        ListColumn("solution", Label("解决办法", en: "Solution"), .filling("", min: 8, priority: 7)) {
            $0.solution ?? ""
        },
        ListColumn("who", Label("负责人", en: "Who"), Column("", min: 6, ideal: 6, priority: 4)) { $0.who ?? "" },
        ListColumn("next", Label("下一步", en: "Next"), .fixed("", 6, priority: 6)) { $0.next?.text ?? "" },
    ]

    static func rows(_ context: Context) -> [Row] {
        ArrearsReport().subjects(in: context.view).map { Row($0, in: context.view) }
    }

    static func id(_ row: Row) -> String { row.subject.arrears.account.id }
    static func subject(_ row: Row) -> String? { row.subject.arrears.unit.text }
    static func stage(_ row: Row) -> Bool { row.subject.isPlanned }

    static func words(_ row: Row) -> [String] {
        [
            row.subject.arrears.unit.text, row.owner ?? "", row.reason ?? "", row.solution ?? "",
            row.subject.isPlanned ? "已定" : "未定",
        ]
    }

    /// A row is faint until its solution is planned.
    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let (arrears, style) = (row.subject.arrears, row.subject.isPlanned ? Style.text : .faint)
        let who = row.who.map { context.estate.staff.name(of: $0) }
        return [
            Line(arrears.unit.text, .strong), Line(row.owner ?? "—"), Line(arrears.owed.grouped),
            Line(context(Label("\(arrears.days) 天", en: "\(arrears.days) d")), .muted),
            Line(row.reason ?? "—", style), Line(row.solution ?? context(Label("未定", en: "none yet")), style),
            Line(who ?? "—", style), Line(row.next?.short ?? "—", style),
        ]
    }

    /// 已定 12/48 欠费 12,345.00
    static func summary(_ rows: [Row], _ glyphs: Glyphs, _ context: Context) -> [Span] {
        let planned = rows.count(where: \.subject.isPlanned)
        let owed = rows.reduce(Money.zero) { $0 + $1.subject.arrears.owed }.grouped
        return [
            Span(
                context(Label("已定 \(planned)/\(rows.count)", en: "planned \(planned)/\(rows.count)")),
                planned < rows.count ? .warning : .good),
            Span(context(Label(" 欠费 \(owed)", en: " owed \(owed)")), .strong),
        ]
    }

    static func detail(_ row: Row, _ context: Context) -> [Line] { row.detailLines(context) }
}
