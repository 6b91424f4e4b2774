import Estate
import Screen
import struct Journal.Moment

/// The roster: the shifts under way and to come, then the past ones, each beside the shift that was opened.
struct RosterList: ViewSource {
    typealias Shown = RosterView
    static let name = "roster"
    static let label = RosterView.label
    static let creates: (any Action.Type)? = SetRoster.self
    static let refreshPolicy = RefreshPolicy.inSight
    static func parts(of estate: Estate) -> [Int] { [estate.$rosters, estate.$shifts, estate.$staff] }
    static let nothingSelected = Label("没有选中的班", en: "no shift is selected")
    static func empty(_ context: Context) -> Label {
        let key = context.keys.key(of: "new")
        return Label("还没有排班；\(key) 排一班", en: "no roster yet; \(key) plans a shift")
    }

    private static let limit = 400

    static let commands: [Command] = [
        rowCommand(
            "roster.change", Label("改人", en: "Change"),
            doc: Label("这一班换人，没开始的才能改", en: "another member for a shift to come"),
            keys: [.enter], priority: 9, action: SetRoster.self, disabledReason: begun
        ) { row, context in
            .form(
                SetRoster.self, fixed: ["post": row.post, "from": row.from, "to": row.to],
                title: Label(
                    "改人 · \(words(row, context)) \(row.name)", en: "Change · \(words(row, context)) \(row.name)"))
        },
        rowCommand(
            "roster.drop", Label("取消", en: "Drop"), doc: Label("取消这一班，没开始的才能取消", en: "drop a shift to come"),
            keys: [.control("u"), .delete], priority: 5, action: DropRoster.self, disabledReason: begun
        ) { row, context in
            .confirm(
                Label(
                    "取消 \(words(row, context)) \(row.name) 的班？",
                    en: "Drop the shift \(words(row, context)) of \(row.name)?"),
                yes: Label("取消这一班", en: "drop it"),
                .perform(
                    DropRoster(shift: row.id),
                    done: Label("已取消 \(row.name) 的班", en: "the shift of \(row.name) is dropped")))
        },
        Command(
            "roster.repeat", Label("照上周排", en: "Copy week"),
            doc: Label("把最后排的一周照样排到下一周", en: "the week that was planned last, once more for the next"),
            keys: [.control("n")], priority: 7, action: { _ in SetRoster.self },
            disabledReason: { _, context in
                if let reason = context.disabledReason(SetRoster.self) { return reason }
                return context.estate.nextRosterWeek(at: context.now) == nil
                    ? Label("没有可照排的一周", en: "there is no week to copy") : nil
            },
            run: { _, context in
                guard let next = context.estate.nextRosterWeek(at: context.now) else { return .none }
                let (monday, count) = (next.week.monday.short, next.plans.count)
                return .confirm(
                    Label(
                        "照上周排 \(monday) 起的一周，共 \(count) 班？", en: "Plan the week from \(monday) alike, \(count) shifts?"),
                    yes: Label("照排", en: "plan them"),
                    .effect(
                        .perform(
                            next.plans,
                            done: Label("\(monday) 起一周已排 \(count) 班", en: "\(count) shifts from \(monday) on"),
                            then: [])))
            }),
    ]

    private static func begun(_ row: Row, _ context: Context) -> Label? {
        row.from <= context.now ? Label("这个班已经开始，不能改", en: "the shift has begun") : nil
    }

    /// `门岗 12-01 06:00–14:00`.
    private static func words(_ row: Row, _ context: Context) -> String { "\(row.post) \(time(row, context))" }

    private static func time(_ row: Row, _ context: Context) -> String {
        let zone = context.view.zone
        let (from, to) = (Day(row.from, in: zone), Day(row.to, in: zone))
        return "\(from.short) \(row.from.clock(on: from, in: zone))–\(row.to.clock(on: to, in: zone))"
    }

    static let columns: [ListColumn<Row>] = [
        .sign(priority: 9),
        ListColumn("from", Label("班次", en: "Shift"), .fixed("", 17, priority: 9)) { $0.from },
        ListColumn("post", Label("岗位", en: "Post"), Column("", min: 4, ideal: 8, priority: 6)) {
            Pinyin.spelled($0.post)
        },
        ListColumn("name", Label("当班人", en: "Staff"), Column("", min: 6, ideal: 8, priority: 8)) {
            Pinyin.spelled($0.name)
        },
        ListColumn("state", Label("状态", en: "State"), .fixed("", 8, priority: 8)) { $0.state.rawValue },
        ListColumn("arrived", Label("接班", en: "Came"), .filling("", min: 12, priority: 5)) {
            $0.arrived ?? .distantFuture
        },
    ]

    static func rows(_ context: Context) -> [Row] {
        let all = RosterView().subjects(in: context.view).map { Row($0, in: context.view) }
        func isBefore(_ one: Row, _ other: Row) -> Bool { (one.from, one.post) < (other.from, other.post) }
        // Before all records are read, who came is known of the last days only.
        let first =
            context.hasFullHistory ? Moment.distantPast : context.today.adding(-2).start(in: context.view.zone)
        let past = all.filter { first <= $0.to && $0.to <= context.now }
        let coming = all.filter { $0.to > context.now }
        return coming.sorted(by: isBefore) + past.sorted { isBefore($1, $0) }.prefix(limit)
    }

    static func id(_ row: Row) -> String { row.id.id.text }
    static func words(_ row: Row) -> [String] { [row.post, row.name, row.state.label.chinese, row.by ?? ""] }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let isNow = row.from <= context.now && context.now < row.to
        let style: Style =
            switch row.state {
            case .present: .good
            case .late, .replaced: .warning
            case .missing, .absent: .danger
            case .upcoming: .muted
            }
        return [
            [isNow ? Span(glyphs.current, .accent) : Span(" ")], Line(time(row, context), isNow ? .strong : .text),
            Line(row.post), Line(row.name, .strong), Line(context(row.state.label), style), came(row, context),
        ]
    }

    /// When the post was taken over, by whom if it was another, how late.
    private static func came(_ row: Row, _ context: Context) -> Line {
        guard let arrived = row.arrived else { return Line("") }
        let clock = arrived.clock(on: Day(row.from, in: context.view.zone), in: context.view.zone)
        if let by = row.by { return Line("\(clock) \(by)", .warning) }
        let late = row.subject.attendance.minutesLate.map { Label("，迟 \($0) 分", en: ", \($0) min late") }
        return Line(clock + (late.map { context($0) } ?? ""), late == nil ? .muted : .warning)
    }

    static func tally(_ rows: [Row], _ context: Context) -> (missing: Int, late: Int, absent: Int) {
        let month = Period(context.today)
        let own = rows.filter { Period($0.from, in: context.view.zone) == month }
        return (
            rows.count { $0.state == .missing }, own.count { $0.state == .late }, own.count { $0.state == .absent }
        )
    }

    static func summary(
        _ tally: (missing: Int, late: Int, absent: Int), _ glyphs: Glyphs, _ context: Context
    ) -> [Span] {
        let missing: [(Label, Int, Style)] = [(RosterState.missing.label, tally.missing, .danger)]
        // Those of the month are known once all of it is read.
        guard context.hasFullHistory else {
            return .counts(missing, context) + [Span(" " + context(context.loading), .muted)]
        }
        return .counts(
            missing + [
                (Label("本月迟到", en: "late this month"), tally.late, .warning),
                (Label("缺勤", en: "absent"), tally.absent, .danger),
            ], context)
    }

    static func detail(_ row: Row, _ context: Context) -> [Line] {
        row.detailLines(context, without: ["id", "staff", "shift"])
    }
}
