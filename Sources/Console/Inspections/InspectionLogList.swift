import Estate
import Screen

/// The inspections, the latest first, with the week's report to print.
struct InspectionLogList: ViewSource {
    typealias Shown = InspectionsView
    static let name = "inspectionlog"
    static let label = Label("巡检记录", en: "Log of inspections")
    static let creates: (any Action.Type)? = nil
    static let refreshPolicy = RefreshPolicy.inSight
    static let granularity = ClockGranularity.day
    static func parts(of estate: Estate) -> [Int] { [estate.$inspections, estate.$staff] }
    static func empty(_ context: Context) -> Label { Label("还没有巡检", en: "no inspections yet") }

    static let commands: [Command] = [
        rowCommand(
            "inspectionlog.report", Label("周报", en: "Week's report"),
            doc: Label("打印这一周的巡检周报：得分、不合格、整改和签名栏", en: "the week's report: scores, failures, signatures"),
            keys: [.control("e")], priority: 7
        ) { row, context in
            let report = InspectionReport(week: row.week)
            return (try? report.document(of: context.estate, at: context.now, context.language)).map {
                .effect(.save($0))
            } ?? .none
        },
        Command(
            "inspectionlog.trend", Label("趋势", en: "Trend"),
            doc: Label("近八周各区域、岗位的合格率", en: "how the areas and posts did in the last eight weeks"),
            keys: [.control("g")], priority: 6,
            run: { _, context in
                .open(
                    DetailLayer(
                        title: Line(context(InspectionTrendView.label), .title), lines: trend(context)))
            }),
    ]

    /// 电梯  W45 96.0 · W46 100.0
    private static func trend(_ context: Context) -> [Line] {
        let rows = (try? InspectionTrendView(by: .area).subjects(in: context.view)) ?? []
        if rows.isEmpty { return [Line(context(empty(context)), .muted)] }
        let failing = ((try? InspectionTrendView().subjects(in: context.view)) ?? []).filter { $0.failed > 0 }
            .sorted { ($1.failed, $0.item ?? "") < ($0.failed, $1.item ?? "") }.prefix(10)
        let worst = failing.map { row in
            Line([
                Span("\(row.item ?? "")  ", .key), Span("\(row.text)  "),
                Span(context(Label("不合格 \(row.failed) 次", en: "failed \(row.failed)×")), .danger),
            ])
        }
        let title = Label("不合格最多的项", en: "What failed most")
        return rows.map { row in
            let weeks = row.counts.compactMap { week in
                week.rate.map { "\(week.week.text.suffix(3)) \($0.short)%" }
            }
            return detailLine(row.section, weeks.joined(separator: " · "))
        } + (worst.isEmpty ? [] : [Line([]), Line(context(title), .title)] + worst)
    }

    static let columns: [ListColumn<Row>] = [
        ListColumn("opened", Label("开始", en: "Opened"), .fixed("", 11, priority: 8)) { $0.opened },
        ListColumn("template", Label("检查表", en: "Template"), .filling("", min: 12, priority: 9)) { $0.template },
        ListColumn("staff", Label("被检查人", en: "Inspected"), Column("", min: 8, ideal: 12, priority: 4)) {
            $0.inspected.joined()
        },
        ListColumn("by", Label("检查人", en: "By"), Column("", min: 6, ideal: 8, priority: 3)) { $0.by },
        ListColumn("passed", Label("合格/应检", en: "Passed"), .fixed("", 9, alignment: .right, priority: 7)) { $0.passed },
        ListColumn("score", Label("得分", en: "Score"), .fixed("", 6, alignment: .right, priority: 7)) {
            $0.score.map { $0.part * 10_000 / $0.whole } ?? -1
        },
        ListColumn("state", Label("状态", en: "State"), .fixed("", 8, priority: 6)) { $0.isComplete ? 0 : 1 },
    ]

    static func rows(_ context: Context) -> [Row] {
        context.estate.inspections.all.values.suffix(1000).reversed().map { Row($0, in: context.view) }
    }

    static func updated(_ inspection: Inspection, _ context: Context) -> Row? {
        context.estate.inspections[inspection.id].map { Row($0, in: context.view) }
    }

    static func id(_ row: Row) -> String { row.id.id.text }
    static func words(_ row: Row) -> [String] { [title(row), row.week.text] + row.inspected }

    private static func title(_ row: Row) -> String {
        row.estate.handbook.template(named: row.template)?.title ?? row.template
    }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let state =
            row.closed == nil
            ? Line(context(Label("进行中", en: "under way")), .info)
            : row.unmarked > 0
                ? Line(context(Label("未检 \(row.unmarked)", en: "\(row.unmarked) left")), .warning)
                : Line(context(Label("完成", en: "complete")), .good)
        return [
            Line(context.clock(row.opened), .muted), Line(title(row)),
            Line(row.inspected.joined(separator: context(Label("、", en: ", ")))),
            Line(context.estate.staff.name(of: row.by), .muted), Line("\(row.passed)/\(row.applicable)"),
            Line(score(row) ?? "—", row.failed > 0 ? .warning : .good), state,
        ]
    }

    static func summary(_ tally: [Row], _ glyphs: Glyphs, _ context: Context) -> [Span] { [] }

    /// There is none before it is over.
    private static func score(_ row: Row) -> String? { row.closed == nil ? nil : row.score?.short }

    /// The template by its title.
    static func detail(_ row: Row, _ context: Context) -> [Line] {
        [detailLine(context(Label("检查表", en: "Template")), title(row))]
            + row.detailLines(context, without: Set(["id", "template"] + (row.closed == nil ? ["score"] : [])))
    }
}
