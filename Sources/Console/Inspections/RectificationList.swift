import Estate
import Screen

/// What is still to be put right, whoever found it: what is overdue first, then by its day; then what was put right lately.
struct RectificationList: ViewSource {
    typealias Shown = RectificationsView
    static let name = "rectifications"
    static let label = RectificationsView.label
    static let creates: (any Action.Type)? = nil
    static let refreshPolicy = RefreshPolicy.inSight
    static let granularity = ClockGranularity.day
    static func parts(of estate: Estate) -> [Int] { [estate.$inspections, estate.$followUps, estate.$staff] }
    static func empty(_ context: Context) -> Label { Label("没有待整改的", en: "nothing is to be put right") }

    /// How many that were put right are listed.
    private static let limit = 100

    static let commands: [Command] = [
        rowCommand(
            "rectifications.pass", Label("复查合格", en: "Rectified"),
            doc: Label("已整改：检查项复查合格，回访的登记整改", en: "it is put right: the item passes, or the visit is to be repeated"),
            keys: [.enter], priority: 9, action: RecheckItem.self, disabledReason: { row, _ in settled(row) }
        ) { row, _ in
            guard let inspection = row.inspection, let item = row.item else {
                return .form(
                    RectifyFollowUp.self, fixed: ["followup": row.followUp],
                    title: Label("“\(row.text)”已整改？", en: "“\(row.text)”: put right?"))
            }
            return .confirm(
                Label("\(item)“\(row.note ?? row.text)”复查合格？", en: "\(item): rectified?"),
                yes: Label("合格", en: "passes"),
                .perform(
                    RecheckItem(inspection: inspection, item: item, result: .pass),
                    done: Label("\(item) 复查合格", en: "\(item) is put right")))
        },
        rowCommand(
            "rectifications.fail", Label("仍不合格", en: "Fails again"),
            doc: Label("复查仍不合格：写明情况，另定期限", en: "it fails again: say how, and by when it is put right"),
            keys: [.control("n"), .delete], priority: 7, action: RecheckItem.self,
            disabledReason: { row, _ in settled(row) ?? isOfInspection(row) }
        ) { row, _ in
            .form(
                RecheckItem.self, prefill: ["place": row.place ?? "", "who": row.whoName ?? ""],
                fixed: ["inspection": row.inspection, "item": row.item, "result": ItemResult.fail.rawValue],
                required: ["note"],
                title: Label("仍不合格 · \(row.item ?? "") \(row.text)", en: "Fails again · \(row.item ?? "")"))
        },
        rowCommand(
            "rectifications.assign", Label("指派", en: "Assign"),
            doc: Label("指派谁整改、到哪天", en: "who puts it right, and by when"), keys: [.control("g")], priority: 8,
            action: AssignItem.self, disabledReason: { row, _ in settled(row) ?? isOfInspection(row) }
        ) { row, _ in
            .form(
                AssignItem.self, prefill: row.due.map { ["due": $0] } ?? [:],
                fixed: ["inspection": row.inspection, "item": row.item],
                title: Label("指派整改 · \(row.item ?? "") \(row.text)", en: "Assign · \(row.item ?? "")"))
        },
    ]

    private static func settled(_ row: Row) -> Label? {
        row.state == .open ? nil : Label("已整改", en: "it is put right")
    }

    private static func isOfInspection(_ row: Row) -> Label? {
        row.inspection == nil
            ? Label("这是回访留下的：按再次回访办", en: "a return visit left it: visit again") : nil
    }

    static let columns: [ListColumn<Row>] = [
        .sign(priority: 9),
        ListColumn("due", Label("期限", en: "Due"), .fixed("", 9, priority: 8)) { $0.due?.number ?? .max },
        ListColumn("who", Label("整改人", en: "By"), Column("", min: 8, ideal: 10, priority: 7)) {
            Pinyin.spelled($0.whoName ?? "")
        },
        ListColumn("item", Label("条款", en: "Item"), .fixed("", 5, priority: 6)) { $0.item ?? "" },
        ListColumn("text", Label("情况", en: "What"), .filling("", min: 12, priority: 9)) {
            Pinyin.spelled($0.note ?? $0.text)
        },
        ListColumn("place", Label("位置", en: "Place"), Column("", min: 6, ideal: 12, priority: 3)) {
            Pinyin.spelled($0.place ?? "")
        },
    ]

    static func rows(_ context: Context) -> [Row] {
        let rows = RectificationsView().subjects(in: context.view).map { Row($0, in: context.view) }
        let open = rows.filter { $0.state == .open }
        let done = rows.filter { $0.state != .open }.sorted { $0.found > $1.found }.prefix(limit)
        return open.sorted { ($0.due?.number ?? .max, $0.found) < ($1.due?.number ?? .max, $1.found) } + done
    }

    static func id(_ row: Row) -> String { "\(row.subject.subject) \(row.item ?? "")" }
    static func stage(_ row: Row) -> Bool { row.state != .open }
    static func subject(_ row: Row) -> String? { row.subject.subject.text }
    static func words(_ row: Row) -> [String] {
        [
            row.item ?? "", row.text, row.note ?? "", row.place ?? "", row.whoName ?? Label.nobody.chinese,
            row.source.chinese,
        ]
    }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let isOpen = row.state == .open
        let due = row.due.map { isOpen ? context(.until($0, context)) : $0.short } ?? ""
        let star = row.isCritical ? [Span("★ ", .warning)] : []
        let what = row.note.map { [Span($0), Span(" · \(row.text)", .muted)] } ?? [Span(row.text)]
        return [
            Line([(isOpen ? StepMark.failed : .done).span(glyphs)]), Line(due, row.isOverdue ? .danger : .muted),
            Line(row.whoName ?? context(.nobody), row.whoName == nil && isOpen ? .warning : .text),
            Line(row.item ?? context(row.source), .key), Line(star + what), Line(row.place ?? "", .muted),
        ]
    }

    /// What is open, and overdue.
    static func tally(_ rows: [Row], _ context: Context) -> (open: Int, late: Int) {
        (rows.count { $0.state == .open }, rows.count(where: \.isOverdue))
    }

    static func summary(_ tally: (open: Int, late: Int), _ glyphs: Glyphs, _ context: Context) -> [Span] {
        if tally.open == 0 { return [] }
        let late = Label("  超期 \(tally.late)", en: "  overdue \(tally.late)")
        return [Span(context(Label("待整改 \(tally.open)", en: "open \(tally.open)")), .warning)]
            + (tally.late > 0 ? [Span(context(late), .danger)] : [])
    }

    static func detail(_ row: Row, _ context: Context) -> [Line] {
        row.detailLines(context, without: ["inspection", "followup", "overdue"])
    }
}
