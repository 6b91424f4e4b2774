import Estate
import Screen

/// The emergencies and drills: those under way, then the latest.
struct IncidentList: ViewSource {
    typealias Shown = IncidentsView
    static let name = "incidents"
    static let label = IncidentsView.label
    static let creates: (any Action.Type)? = OpenIncident.self
    static let refreshPolicy = RefreshPolicy.always
    static func parts(of estate: Estate) -> [Int] { [estate.$incidents, estate.$gate, estate.$staff] }
    static func empty(_ context: Context) -> Label {
        let key = context.keys.key(of: Command.emergency.name)
        return Label("没有应急或演练；\(key) 随处可按", en: "no emergency, no drill; \(key) works anywhere")
    }

    /// How many that are over are listed.
    private static let limit = 200

    static let commands: [Command] = [
        rowCommand(
            "incidents.card", Label("打开", en: "Open"),
            doc: Label("这次应急的处理卡：步骤、告知、点名", en: "its card: steps, who was told, the roll call"), keys: [.enter],
            priority: 9
        ) { row, context in .open(IncidentLayer(row.id, context)) },
        rowCommand(
            "incidents.debrief", Label("复盘", en: "Debrief"),
            doc: Label("结束后写下复盘结论", en: "what was learned, after its end"), keys: [.control("r")], priority: 6,
            action: DebriefIncident.self,
            disabledReason: { row, _ in
                switch row.state {
                case .open: Label("还没有结束", en: "it is not over yet")
                case .closed: nil
                case .debriefed: Label("已经复盘", en: "it was gone through")
                }
            },
            run: { row, _ in
                .form(
                    DebriefIncident.self, fixed: ["incident": row.id],
                    title: Label("复盘 · \(row.kind)", en: "Debrief · \(row.estate.title(ofIncident: row.kind).english)"))
            }),
        rowCommand(
            "incidents.print", Label("事件报告", en: "Report"),
            doc: Label("打印经过、点名、告知和签名栏", en: "the log, the roll call and room for signatures, to be printed"),
            keys: [.control("e")], priority: 5
        ) { row, context in
            let report = IncidentReport(incident: row.id)
            return (try? report.document(of: context.estate, at: context.now, context.language)).map {
                .effect(.save($0))
            } ?? .none
        },
    ]

    static let columns: [ListColumn<Row>] = [
        .sign(priority: 9),
        ListColumn("opened", Label("开始", en: "Opened"), .fixed("", 11, priority: 8)) { $0.opened },
        ListColumn("kind", Label("情况", en: "Kind"), Column("", min: 8, ideal: 18, priority: 9)) {
            Pinyin.spelled($0.kind)
        },
        ListColumn("drill", .drill, .fixed("", 4, priority: 7)) { $0.isDrill ? 1 : 0 },
        ListColumn("steps", Label("步骤", en: "Steps"), .fixed("", 5, alignment: .right, priority: 5)) { $0.doneCount },
        ListColumn("unaccounted", .unaccounted, .fixed("", 6, alignment: .right, priority: 6)) {
            $0.estate.people(in: $0.unaccounted)
        },
        ListColumn("state", Label("状态", en: "State"), .filling("", min: 10, priority: 7)) { $0.state.rawValue },
    ]

    static func rows(_ context: Context) -> [Row] {
        let all = context.estate.incidents.all.values
        let latest = all.filter { !$0.isOpen }.suffix(limit).reversed()
        return (all.filter(\.isOpen).reversed() + latest).map { Row($0, in: context.view) }
    }

    static func updated(_ incident: Incident, _ context: Context) -> Row? {
        context.estate.incidents[incident.id].map { Row($0, in: context.view) }
    }

    static func id(_ row: Row) -> String { row.id.id.text }
    static func words(_ row: Row) -> [String] {
        [row.kind, row.isDrill ? Label.drill.chinese : "", row.closing?.note ?? ""] + row.told
    }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let card = context.estate.handbook.incidents[row.kind]
        let missing = context.estate.people(in: row.unaccounted)
        return [
            Line(row.state == .open ? "!" : " ", .danger.bold), Line(context.clock(row.opened), .muted),
            Line(context(context.estate.title(ofIncident: row.kind)), row.state == .open ? .strong : .text),
            Line(row.isDrill ? context(.drill) : "", .info),
            Line(card.map { "\(row.doneCount)/\($0.steps.count)" } ?? "\(row.doneCount)"),
            Line(missing > 0 ? "\(missing)" : "—", missing > 0 ? .danger : .faint), state(row, context),
        ]
    }

    /// 进行中 12 分, 待复盘 11-26 前, 已复盘.
    private static func state(_ row: Row, _ context: Context) -> Line {
        let words = context(row.state.label)
        switch row.state {
        case .open:
            let minutes = row.subject.minutes(at: context.now)
            return Line("\(words) \(context(Label("\(minutes) 分", en: "\(minutes) min")))", .warning)
        case .closed:
            guard let due = row.due else { return Line(words) }
            return Line(
                context(Label("待复盘 \(due.short) 前", en: "debrief by \(due.short)")),
                context.today > due ? .danger : .warning)
        case .debriefed: return Line(words, .good)
        }
    }

    /// Those under way.
    static func tally(_ rows: [Row], _ context: Context) -> [Incident] { rows.filter { $0.isOpen }.map(\.subject) }
    static func tally(filtered rows: [Row], of all: [Incident], _ context: Context) -> [Incident] { all }

    static func summary(_ tally: [Incident], _ glyphs: Glyphs, _ context: Context) -> [Span] {
        tally.isEmpty
            ? [] : [Span(context(Label("进行中 \(tally.count)", en: "\(tally.count) under way")), .danger)]
    }

    /// `! 电梯困人 12 分 Alt-j`, also for those who cannot see the list.
    static func badges(_ tally: [Incident]?, _ context: Context) -> [Badge] {
        let key = context.keys.key(of: Command.emergency.name)
        return (tally ?? []).suffix(2).map { incident in
            let minutes = incident.minutes(at: context.now)
            let title = context(context.estate.title(ofIncident: incident.kind))
            let nature = incident.isDrill ? context(Label("（演练）", en: " (drill)")) : ""
            return Badge(
                line: [
                    Span("! \(title)\(nature) ", incident.isDrill ? .info : .danger.bold),
                    Span(context(Label("\(minutes) 分", en: "\(minutes) min")), .warning), Span(" \(key)", .faint),
                ], priority: 9, side: .left)
        }
    }

    static func detail(_ row: Row, _ context: Context) -> [Line] {
        let log = context.estate.log(of: row.subject).map { entry in
            let flag = entry.flag.map { context(Label("（\($0.label.chinese)）", en: " (\($0.label.english))")) } ?? ""
            return detailLine(
                "\(context.clock(entry.at).suffix(5)) \(context(entry.what.label))",
                "\(entry.text)\(flag)  \(context.estate.staff.name(of: entry.by))")
        }
        return row.detailLines(context, without: ["id", "unaccounted", "kind"]) + log
    }
}
