import Estate
import Screen

/// The plates that a member has drilled, what is due first; who supervises sees those of all. Enter asks them.
struct DrillList: ViewSource {
    typealias Shown = DrillsView
    static let name = "drills"
    static let label = DrillsView.label
    static let creates: (any Action.Type)? = nil
    static let refreshPolicy = RefreshPolicy.inSight
    static func parts(of estate: Estate) -> [Int] {
        [estate.$drills, estate.$people, estate.$staff, estate.$particulars]
    }

    static func empty(_ context: Context) -> Label {
        if !context.hasFullHistory { return loading }
        return Label("还没有练过；Enter 开始，几分钟就好", en: "nothing was drilled yet; Enter begins")
    }

    private static let loading = Label("正在读取历史记录…", en: "reading the history…")

    static let commands: [Command] = [
        Command(
            "drills.start", Label("开始练习", en: "Drill"),
            doc: Label("看车牌末四位，想房号和住户；随时可停", en: "an ending of a plate: whose is it? Stop at any time"),
            keys: [.enter], priority: 9, worksInWindow: false, action: { _ in AnswerDrill.self },
            disabledReason: { _, context in
                if let reason = context.disabledReason(AnswerDrill.self) { return reason }
                if !context.hasFullHistory { return loading }
                return context.estate.people.vehicles.isEmpty
                    ? Label("还没有登记住户车辆", en: "no resident's vehicle is known") : nil
            },
            run: { _, context in .open(DrillLayer(context)) })
    ]

    static let columns: [ListColumn<Row>] = [
        ListColumn("plate", Label("车牌", en: "Plate"), .fixed("", 10, priority: 9)) { $0.plate.text(zone: .shanghai) },
        ListColumn("unit", .unit, .fixed("", 10, priority: 8)) { $0.unit?.text ?? "" },
        ListColumn("due", Label("下次", en: "Next"), Column("", min: 6, ideal: 10, priority: 8)) { $0.due },
        ListColumn("state", Label("状态", en: "State"), Column("", min: 6, ideal: 10, priority: 7)) { $0.state.rawValue },
        ListColumn("reps", Label("次数", en: "Answers"), .fixed("", 6, alignment: .right, priority: 5)) {
            $0.card.recall.answers
        },
        ListColumn("lapses", Label("忘记", en: "Lapses"), .fixed("", 6, alignment: .right, priority: 4)) {
            $0.card.recall.lapses
        },
        ListColumn("staff", Label("谁", en: "Who"), .filling("", min: 6, priority: 3)) { Pinyin.spelled($0.staff) },
    ]

    static func rows(_ context: Context) -> [Row] {
        guard context.hasFullHistory, context.member != nil else { return [] }
        return DrillsView().subjects(in: context.view).map { Row($0, in: context.view) }.sorted {
            ($0.due, id($0)) < ($1.due, id($1))
        }
    }

    static func id(_ row: Row) -> String { "\(row.card.staff) \(row.vehicle.id.text)" }
    static func subject(_ row: Row) -> String? { row.vehicle.id.text }
    static func words(_ row: Row) -> [String] {
        [row.plate.text(zone: .shanghai), row.unit?.text ?? "", row.state.label.chinese, row.staff]
    }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let days = row.due.days(since: context.today)
        let due = days <= 0 ? context(Label("今天", en: "today")) : row.due.short
        return [
            Line(row.plate.display(zone: context.view.zone, language: context.language), .strong),
            Line(row.unit?.text ?? ""), Line(due, days <= 0 ? .warning : .text),
            Line(context(row.state.label), row.state == .review ? .good : .muted),
            Line("\(row.card.recall.answers)"), Line("\(row.card.recall.lapses)", .muted), Line(row.staff, .muted),
        ]
    }

    /// What the member has to drill today.
    static func tally(_ rows: [Row], _ context: Context) -> (due: Int, new: Int) {
        guard context.hasFullHistory, let member = context.member,
            context.disabledReason(AnswerDrill.self) == nil
        else { return (0, 0) }
        let session = context.estate.drill(of: member.code, at: context.now)
        return (session.due.count, session.new.count)
    }

    static func summary(_ tally: (due: Int, new: Int), _ glyphs: Glyphs, _ context: Context) -> [Span] {
        if tally == (0, 0) { return [] }
        return [
            Span(context(Label("待复习 \(tally.due)", en: "due \(tally.due)"))),
            Span(context(Label("  新 \(tally.new)", en: "  new \(tally.new)")), .muted),
        ]
    }

    static func detail(_ row: Row, _ context: Context) -> [Line] { row.detailLines(context) }
}
