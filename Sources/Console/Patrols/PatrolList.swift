import Estate
import Screen

/// The patrols: those under way, then the latest. The card of one draws the buildings.
struct PatrolList: ViewSource {
    typealias Shown = PatrolsView
    static let name = "patrols"
    static let label = PatrolsView.label
    static let creates: (any Action.Type)? = StartPatrol.self
    static let refreshPolicy = RefreshPolicy.whenNeeded
    static func parts(of estate: Estate) -> [Int] { [estate.$patrols, estate.$staff] }
    static func empty(_ context: Context) -> Label {
        let key = context.keys.key(of: walk.name)
        return Label("没有巡逻；\(key) 开始", en: "no patrols; \(key) starts one")
    }

    /// How many are listed.
    private static let limit = 300

    static let commands: [Command] = [
        walk,
        rowCommand(
            "patrols.open", Label("看楼", en: "Buildings"),
            doc: Label("逐栋看：到过、漏掉、下一点", en: "the buildings and their points"),
            keys: [.enter], priority: 9
        ) { row, context in .open(PatrolLayer(row.id, context)) },
    ]

    /// From the list to the walk: the one under way, or a new one.
    private static let walk = Command(
        "patrols.walk", Label("巡逻", en: "Walk"), doc: Label("开始巡逻，或接着巡", en: "start a patrol, or go on with yours"),
        keys: [.control("n")], priority: 8, action: { _ in StartPatrol.self },
        hint: { _, context in own(context) == nil ? starts : goesOn }, hints: [starts, goesOn],
        disabledReason: { _, context in context.disabledReason(StartPatrol.self) },
        run: { _, context in
            if let own = own(context) { return .open(PatrolLayer(own.id, context)) }
            let routes = context.estate.patrolRoutes
            guard routes.count > 1 else {
                return routes.first.map(start) ?? .form(StartPatrol.self, then: [.run("patrols.walk")])
            }
            return .open(
                MenuLayer(
                    title: Line(context(Label("巡逻 · 走哪条路线？", en: "Patrol · which route?")), .title),
                    items: routes.map { route in
                        MenuLayer.Item(
                            label: Label(route.name, en: route.name),
                            doc: Label("\(route.points.count) 个点", en: "\(route.points.count) points"),
                            intents: [start(route)])
                    }, isNumbered: true))
        })

    private static let starts = Label("开始巡逻", en: "start")
    private static let goesOn = Label("接着巡", en: "go on")

    private static func start(_ route: PatrolRoute) -> Intent {
        .perform(
            StartPatrol(route: route.name), done: Label("\(route.name)：巡逻开始", en: "\(route.name): begun"),
            then: [.run("patrols.walk")])
    }

    /// The member's own patrol under way.
    private static func own(_ context: Context) -> Patrol? {
        context.estate.patrols.underWay(at: context.now, by: context.estate.handbook.patrols)
            .first { $0.finished == nil && $0.by == context.member?.code }
    }

    static let columns: [ListColumn<Row>] = [
        .sign(priority: 9),
        ListColumn("started", Label("开始", en: "Started"), .fixed("", 11, priority: 8)) { $0.started },
        ListColumn("route", Label("路线", en: "Route"), Column("", min: 8, ideal: 10, priority: 9)) {
            Pinyin.spelled($0.route)
        },
        ListColumn("state", Label("状态", en: "State"), Column("", min: 6, ideal: 9, priority: 7)) { $0.state.rawValue },
        ListColumn("done", Label("点位", en: "Points"), .fixed("", 7, alignment: .right, priority: 8)) {
            $0.progress.count
        },
        ListColumn("by", Label("巡逻人", en: "By"), Column("", min: 6, ideal: 8, priority: 6)) { Pinyin.spelled($0.by) },
        ListColumn("remarks", Label("漏点、备注", en: "Missed, remarks"), .filling("", min: 10, priority: 5)) {
            $0.progress.missed.count
        },
    ]

    static func rows(_ context: Context) -> [Row] {
        let latest = context.estate.patrols.all.values.suffix(limit).reversed().map { Row($0, in: context.view) }
        return latest.filter { $0.state == .underway } + latest.filter { $0.state != .underway }
    }

    static func updated(_ patrol: Patrol, _ context: Context) -> Row? {
        context.estate.patrols[patrol.id].map { Row($0, in: context.view) }
    }

    static func id(_ row: Row) -> String { row.id.id.text }
    static func words(_ row: Row) -> [String] { [row.route, row.by, row.state.label.chinese] }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let progress = row.progress
        let sign =
            switch row.state {
            case .underway: Span(glyphs.current, .accent)
            case .finished: progress.missed.isEmpty ? Span(glyphs.done, .good) : Span("!", .warning.bold)
            case .abandoned: Span("!", .danger.bold)
            }
        let isUnderWay = row.state == .underway
        return [
            [sign], Line(context.clock(row.started), isUnderWay ? .text : .muted),
            Line(row.route, isUnderWay ? .strong : .text),
            Line(context(row.state.label), row.state == .abandoned ? .danger : isUnderWay ? .accent : .muted),
            Line(row.points.isEmpty ? "\(progress.count)" : "\(progress.count)/\(row.points.count)", .text),
            Line(row.by, .muted), remarks(progress, context),
        ]
    }

    /// 漏 2：3栋15层、12层  过快 1
    private static func remarks(_ progress: PatrolProgress, _ context: Context) -> Line {
        var spans: [Span] = []
        if !progress.missed.isEmpty {
            let names = Patrols.named(progress.missed)
            spans.append(
                Span(
                    context(
                        Label("漏 \(progress.missed.count)：\(names)", en: "\(progress.missed.count) missed: \(names)")),
                    .danger))
        }
        for flag in PatrolFlag.allCases {
            let count = progress.marks.count { $0.flags.contains(flag) }
            if count > 0 {
                spans.append(Span((spans.isEmpty ? "" : "  ") + "\(context(flag.label)) \(count)", .warning))
            }
        }
        return Line(spans)
    }

    /// Those under way, and those of today with missed points.
    static func tally(_ rows: [Row], _ context: Context) -> (underWay: Int, missed: Int) {
        let today = rows.filter { Day($0.started, in: context.view.zone) == context.today }
        return (
            rows.count { $0.state == .underway },
            today.reduce(0) { $0 + ($1.state == .underway ? 0 : $1.progress.missed.count) }
        )
    }

    static func summary(_ tally: (underWay: Int, missed: Int), _ glyphs: Glyphs, _ context: Context) -> [Span] {
        var spans: [Span] = []
        if tally.underWay > 0 {
            spans.append(Span(context(Label("进行中 \(tally.underWay)", en: "under way \(tally.underWay)")), .accent))
        }
        if tally.missed > 0 {
            let words = context(Label("今日漏点 \(tally.missed)", en: "missed today \(tally.missed)"))
            spans.append(Span((spans.isEmpty ? "" : "  ") + words, .danger))
        }
        return spans
    }

    static func detail(_ row: Row, _ context: Context) -> [Line] {
        let log = row.progress.marks.map { mark in
            let flags = mark.flags.map { "（\(context($0.label))）" }.joined()
            return detailLine(String(context.clock(mark.check.at).suffix(5)), mark.check.point + flags)
        }
        return row.detailLines(
            context, without: ["id", "outOfOrder", "tooFast", "repeated", "unlisted", "done", "expected", "missed"])
            + (row.progress.missed.isEmpty
                ? [] : [detailLine(context(Label("漏点", en: "Missed")), Patrols.named(row.progress.missed), .danger)])
            + log
    }
}
