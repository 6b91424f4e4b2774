import Estate
import Screen

/// The visits of customers (拜访), the latest first. What they need becomes a request or a matter of a department.
struct CallOnList: ViewSource {
    typealias Shown = CallOnsView
    static let name = "callons"
    static let label = Label("拜访", en: "Visits")
    static let creates: (any Action.Type)? = CallOn.self
    static let refreshPolicy = RefreshPolicy.inSight
    static let granularity = ClockGranularity.day
    static func parts(of estate: Estate) -> [Int] { [estate.$customerVisits, estate.$staff] }
    static let nothingSelected = Label("没有选中的拜访", en: "no visit is selected")
    static func empty(_ context: Context) -> Label {
        let key = context.keys.key(of: "new")
        return Label("还没有拜访；\(key) 登记一次", en: "no visits yet; \(key) records one")
    }

    static let commands: [Command] = [
        rowCommand(
            "callons.request", Label("去办", en: "Act on it"),
            doc: Label("要办的事：开工单，或转部门", en: "what they need: a request, or a matter of a department"),
            keys: [.enter], priority: 9, action: OpenRequest.self,
            disabledReason: { row, _ in
                row.needs == nil ? Label("这次拜访没有要办的事", en: "they need nothing") : nil
            }
        ) { row, context in acting(on: row, context) }
    ]

    /// The choice between a request and a matter; the request's form where the member may not pass matters on.
    private static func acting(on row: Row, _ context: Context) -> Intent {
        let (needs, unit) = (row.needs ?? "", row.unit.text)
        let request = Intent.form(
            OpenRequest.self, prefill: ["text": needs],
            fixed: ["unit": Location(row.unit)], first: "class",
            title: Label("拜访后开工单 · \(unit)", en: "A request · \(unit)"))
        guard context.disabledReason(PassMatter.self) == nil else { return request }
        let matter = Intent.form(
            PassMatter.self, prefill: ["what": needs], fixed: ["unit": Location(row.unit)],
            title: Label("拜访后转部门 · \(unit)", en: "To a department · \(unit)"))
        return .open(
            MenuLayer(
                title: Line(needs, .title),
                items: [
                    MenuLayer.Item(
                        label: Label("开工单", en: "Request"),
                        doc: Label("派人处理，并按时回访", en: "a worker is sent, and a return visit follows"), intents: [request]
                    ),
                    MenuLayer.Item(
                        label: PassMatter.label, doc: Label("由部门办理，按期回话", en: "the department answers by a day"),
                        intents: [matter]),
                ]))
    }

    static let columns: [ListColumn<Row>] = [
        ListColumn("at", Label("时间", en: "At"), .fixed("", 11, priority: 8)) { $0.at },
        ListColumn("unit", .unit, .fixed("", 9, priority: 9)) { $0.unit },
        ListColumn("by", Label("拜访人", en: "By"), Column("", min: 6, ideal: 8, priority: 7)) { $0.subject.by },
        ListColumn("purpose", Label("事由", en: "Purpose"), Column("", min: 8, ideal: 10, priority: 6)) { $0.purpose },
        ListColumn("result", Label("谈了什么", en: "What was said"), .filling("", min: 12, priority: 8)) { $0.result },
        ListColumn("needs", Label("要办的事", en: "Needs"), Column("", min: 8, ideal: 20, priority: 5)) { $0.needs ?? "" },
    ]

    static func rows(_ context: Context) -> [Row] {
        CallOnsView().subjects(in: context.view).reversed().map { Row($0, in: context.view) }
    }

    static func id(_ row: Row) -> String { row.id.id.text }
    static func words(_ row: Row) -> [String] { [row.unit.text, row.purpose, row.result, row.needs ?? ""] }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        [
            Line(context.clock(row.at), .muted), Line(row.unit.text, .strong),
            Line(context.estate.staff.name(of: row.subject.by)), Line(row.purpose, .muted), Line(row.result),
            Line(row.needs ?? "", .warning),
        ]
    }

    /// 本月 5
    static func summary(_ rows: [Row], _ glyphs: Glyphs, _ context: Context) -> [Span] {
        let count = rows.count { Period($0.at, in: context.estate.zone) == context.view.month }
        return [Span(context(Label("本月 \(count) 户次", en: "\(count) this month")), .muted)]
    }

    static func detail(_ row: Row, _ context: Context) -> [Line] { row.detailLines(context) }
}
