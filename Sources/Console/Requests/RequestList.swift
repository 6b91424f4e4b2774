import Estate
import Screen
import struct Journal.Moment

/// The open requests: what is overdue first, then the oldest.
struct RequestList: ViewSource {
    typealias Shown = RequestsView
    static let name = "requests"
    static let label = RequestsView.label
    static let creates: (any Action.Type)? = OpenRequest.self
    static func parts(of estate: Estate) -> [Int] {
        [estate.$requests, estate.$renovations, estate.$people, estate.$staff, estate.$events] + estate.expenseParts
    }
    static func empty(_ context: Context) -> Label { Label("没有未完成的工单", en: "no open requests") }

    static let commands: [Command] = [
        rowCommand(
            "requests.complete", Label("办结", en: "Done"),
            doc: Label("工单办结，回访开始计时；无权办结的登记进展", en: "it is done, or, for who may not close it, how far it is"),
            keys: [.enter], priority: 9, hint: { mayComplete($0) ? nil : progressLabel }
        ) { row, context in
            if !mayComplete(context) { return progress(of: row) }
            // The assignee is proposed as the worker.
            return .form(
                CompleteRequest.self, prefill: ["workers": row.assigned ?? ""], fixed: ["request": row.id],
                title: Label("办结 · \(row.unit.text) \(row.text)", en: "Done · \(row.unit.text) \(row.text)"))
        },
        rowCommand(
            "requests.assign", Label("派单", en: "Assign"),
            doc: Label("派给员工、师傅或班组；再派即改派", en: "give it to a staff member, a craftsman or a team; again to another"),
            keys: [.control("g")], priority: 7, action: AssignRequest.self
        ) { row, _ in
            let now = row.assigned.map { Label("（现由\($0)处理）", en: " (\($0) has it)") } ?? .none
            return .form(
                AssignRequest.self, fixed: ["request": row.id],
                title: Label(
                    "派单 · \(row.unit.text) \(row.text)\(now.chinese)",
                    en: "Assign · \(row.unit.text) \(row.text)\(now.english)"))
        },
        rowCommand(
            "requests.progress", progressLabel, doc: Label("登记办到哪一步了", en: "how far the work is"),
            keys: [.control("n")], priority: 6, action: ReportProgress.self
        ) { row, _ in progress(of: row) },
        rowCommand(
            "requests.attend", Label("参与户", en: "Attended"),
            doc: Label("登记参加活动的住户", en: "a household took part in the event"),
            keys: [.control("a")], priority: 2, action: AttendEvent.self,
            disabledReason: { row, _ in
                row.class == .event ? nil : Label("只有文体活动登记参与户", en: "only events have households")
            }
        ) { row, _ in .form(AttendEvent.self, fixed: ["request": row.id]) },
        rowCommand(
            "requests.pass", Label("转部门", en: "Department"),
            doc: Label("转给工程、保洁、保安、财务，两天内回话", en: "pass it to another department, which answers in two days"),
            keys: [.control("b")], priority: 3, action: PassMatter.self
        ) { row, _ in
            .form(
                PassMatter.self, prefill: ["what": row.text], fixed: ["request": row.id, "unit": row.unit],
                title: Label(
                    "转部门 · \(row.unit.text) \(row.text)", en: "To a department · \(row.unit.text) \(row.text)"))
        },
        rowCommand(
            "requests.print", Label("派工单", en: "Work order"),
            doc: Label("打印派工单：时限、用料、签名栏", en: "the work order: limits, materials, room for signatures"),
            keys: [.control("e")], priority: 3
        ) { row, context in
            let report = WorkOrder(request: row.id)
            return (try? report.document(of: context.estate, at: context.now, context.language)).map {
                .effect(.save($0))
            } ?? .none
        },
        rowCommand(
            "requests.event", Label("活动方案", en: "Event plan"),
            doc: Label("这个活动的方案、任务和费用", en: "the plan, tasks and costs of the event"),
            keys: [.control("u")], priority: 2,
            disabledReason: { row, _ in
                row.class == .event ? nil : Label("这不是文体活动", en: "it is no community event")
            }
        ) { row, _ in .show(Hit(pane: EventList.name, id: row.id.id.text, words: [], rank: Rank(.exact, length: 0))) },
        callOut { .record($0.id.id) },
        issueGoods { $0.subject },
    ]

    private static let progressLabel = Label("进展", en: "Progress")

    /// Who does the work without closing it reports with Enter how far it is.
    private static func mayComplete(_ context: Context) -> Bool {
        context.disabledReason(CompleteRequest.self) == nil || context.disabledReason(ReportProgress.self) != nil
    }

    private static func progress(of row: Row) -> Intent {
        .form(
            ReportProgress.self, fixed: ["request": row.id],
            title: Label("进展 · \(row.unit.text) \(row.text)", en: "Progress · \(row.unit.text) \(row.text)"))
    }

    static let columns: [ListColumn<Row>] = [
        ListColumn("age", Label("时长", en: "Age"), .fixed("", 6, alignment: .right, priority: 1)) {
            -$0.opened.milliseconds
        },
        ListColumn("class", Label("类别", en: "Class"), .fixed("", 9, priority: 3)) { $0.class.rawValue },
        ListColumn("unit", .unit, .fixed("", 8, priority: 5)) { $0.unit },
        ListColumn("text", Label("内容", en: "Text"), .filling("", min: 14, ideal: 18, priority: 6)) {
            Pinyin.spelled($0.text)
        },
        ListColumn("progress", Label("进展", en: "Progress"), .filling("", min: 24, priority: 0)) {
            $0.progressAt ?? .distantPast
        },
        ListColumn("assigned", Label("派给", en: "Assigned to"), Column("", min: 13, ideal: 19, priority: 4)) {
            Pinyin.spelled($0.assigned ?? "")
        },
    ]

    static func rows(_ context: Context) -> [Row] {
        context.estate.requests.open.compactMap { context.estate.requests[$0] }.map {
            Row($0, in: context.view)
        }
        .sorted { ($0.isOverdue ? 0 : 1, $0.opened) < ($1.isOverdue ? 0 : 1, $1.opened) }
    }

    static func updated(_ request: Request, _ context: Context) -> Row? {
        context.estate.requests[request.id].flatMap { $0.isOpen ? Row($0, in: context.view) : nil }
    }

    static func id(_ row: Row) -> String { row.id.id.text }
    static func words(_ row: Row) -> [String] {
        [row.unit.text, row.text, row.class.label.chinese, row.assigned ?? unassigned.chinese]
    }

    private static let unassigned = Label("待派", en: "nobody")

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let days = context.today.days(since: Day(row.opened, in: context.estate.zone))
        let age = days == 0 ? context(Label("今日", en: "today")) : context(Label("\(days) 天", en: "\(days) d"))
        return [
            Line(age, row.isOverdue ? .danger : days > 7 ? .warning : .muted), Line(context(row.class.label), .info),
            Line(row.unit.text, .strong), Line(urgent(row, context) + [Span(row.text)]),
            Line(row.progress ?? "", .info), assignee(row, context),
        ]
    }

    private static func urgent(_ row: Row, _ context: Context) -> [Span] {
        row.isUrgent ? [Span(context(Label("急 ", en: "urgent ")), .danger)] : []
    }

    /// The deadline, and the assignee, which is what is cut off where room is short: the days overdue, today, or the day
    /// that was said. Without one the time since the assignment, if that was not on the day of the opening: the age of the
    /// request stands in a column of its own. Nobody was sent in time: for how long.
    private static func assignee(_ row: Row, _ context: Context) -> Line {
        func line(_ time: Label?, _ timeStyle: Style, _ name: String, _ style: Style = .text) -> Line {
            [Span(time.map { "\(context($0)) " } ?? "", timeStyle), Span(name, style)]
        }
        // An event without an assignee shows its number of households.
        if row.class == .event, row.assigned == nil {
            return line(nil, .muted, context(Label("\(row.households) 户", en: "\(row.households) units")), .muted)
        }
        let zone = context.estate.zone
        // The limit of its class is told once it is over.
        if row.isOverdue, let due = row.dueAt, due.isOver(asOf: context.now) {
            let late = Day(asOf: due, in: zone)
            let days = context.today.days(since: late)
            let words =
                days > 0
                ? Label("超 \(days) 天", en: "\(days) d late")
                : Label(
                    "超 \(Context.duration(context.now.seconds(since: due)))",
                    en: "\(Context.duration(context.now.seconds(since: due))) late")
            return line(words, .danger, row.assigned ?? context(unassigned))
        }
        if row.subject.isUnanswered(at: context.now) {
            return line(Label("未回应", en: "no answer"), .danger, context(unassigned), .danger)
        }
        guard let name = row.assigned, let since = context.estate.requests[row.id]?.heldSince else {
            let isOld = row.opened < context.today.start(in: zone)
            return line(nil, .muted, context(unassigned), isOld ? .warning : .muted)
        }
        guard let due = row.subject.assignment?.due else {
            let isLater = Day(since, in: zone) != Day(row.opened, in: zone)
            return line(isLater ? context.elapsed(since: since) : nil, .muted, name)
        }
        let late = context.today.days(since: due)
        if late < 0 { return line(Label(due.short, en: due.short), .muted, name) }
        return late == 0
            ? line(Label("今日止", en: "today"), .warning, name)
            : line(Label("超 \(late) 天", en: "\(late) d late"), .danger, name)
    }

    static func tally(_ rows: [Row], _ context: Context) -> (open: Int, late: Int, unassigned: Int) {
        (
            rows.count, rows.count(where: \.isOverdue),
            rows.count { $0.assignment == nil && $0.class != .event }
        )
    }

    static func summary(
        _ tally: (open: Int, late: Int, unassigned: Int), _ glyphs: Glyphs, _ context: Context
    ) -> [Span] {
        let (open, late, unassigned) = tally
        if open == 0 { return [] }
        var spans = [Span(context(Label("处理中 \(open)", en: "open \(open)")), .muted)]
        if late > 0 { spans.append(Span(context(Label("  超期 \(late)", en: "  over time \(late)")), .danger)) }
        if unassigned > 0 {
            spans.append(Span(context(Label("  待派 \(unassigned)", en: "  unassigned \(unassigned)")), .warning))
        }
        return spans
    }

    static func detail(_ row: Row, _ context: Context) -> [Line] {
        var lines: [Line] = [
            [Span(context(row.class.label), .info), Span("  \(row.unit.text)  ", .strong), Span(row.text)],
            detailLine(
                context(Label("受理", en: "Opened")),
                "\(context.clock(row.opened))  \(row.by)"
                    + (row.cycle > 1 ? context(Label("  第 \(row.cycle) 轮", en: "  cycle \(row.cycle)")) : "")),
        ]
        if let starts = row.starts, let ends = row.ends {
            lines.append(detailLine(context(Label("服务期", en: "Period")), "\(starts.text) – \(ends.text)"))
        }
        lines += limits(of: row, context)
        if row.households > 0 { lines.append(detailLine(context(Label("参与户", en: "Households")), "\(row.households)")) }
        lines += context.estate.expenses(of: row.id.id).map {
            detailLine(context(Label("成本", en: "Cost")), "\($0.amount.grouped)  \(context($0.what))")
        }
        lines += matters(of: row, context)
        return lines + EventList.details(of: row.id, context) + RenovationList.details(of: row.unit, context)
            + resident(of: row.unit, context)
            + (context.estate.requests[row.id].map { course(of: $0, context) } ?? [])
    }

    /// What was passed to departments, and what they said: `工程 换软管  11-29 已换`.
    private static func matters(of row: Row, _ context: Context) -> [Line] {
        context.estate.matters.all.values.suffix(2000).filter { $0.request == row.id }.map { matter in
            let answer =
                matter.answer.map { "\(context.clock($0.at)) \($0.text)" } ?? context(.until(matter.due, context))
            return detailLine(
                context(PassMatter.label), "\(matter.words(in: context.estate))  \(answer)",
                matter.answer == nil ? .warning : .text)
        }
    }

    /// By when it is answered and done.
    private static func limits(of row: Row, _ context: Context) -> [Line] {
        var words: [Span] = []
        func add(_ name: Label, _ due: Moment?, _ isLate: Bool) {
            guard let due else { return }
            let gap = words.isEmpty ? "" : "  "
            words += [
                Span("\(gap)\(context(name)) ", .muted), Span(end(of: due, context), isLate ? .danger : .text),
            ]
        }
        if row.responded == nil {
            add(Label("回应", en: "answer"), row.respondBy, row.subject.isUnanswered(at: context.now))
        }
        add(Label("办结", en: "done"), row.dueAt, row.dueAt?.isOver(asOf: context.now) ?? false)
        return words.isEmpty ? [] : [Line([Span(context(Label("最迟  ", en: "By  ")), .muted)] + words)]
    }

    /// `11-26 止` for the end of a day, else the time.
    private static func end(of due: Moment, _ context: Context) -> String {
        let day = Day(asOf: due, in: context.estate.zone)
        return day.end(in: context.estate.zone) == due
            ? context(Label("\(day.short) 止", en: "end of \(day.short)")) : context.clock(due)
    }

    /// Assignments and progress, the latest first.
    private static func course(of request: Request, _ context: Context) -> [Line] {
        func name(_ code: String) -> String { context.estate.staff.name(of: code) }
        let assignments = request.assignments.map { assignment in
            var words = context(
                Label(
                    "派给 \(assignment.to.name(in: context.estate))",
                    en: "assigned to \(assignment.to.name(in: context.estate))"))
            if let due = assignment.due { words += context(Label("  \(due.short) 止", en: "  due \(due.short)")) }
            return (assignment.at, detailLine(context.clock(assignment.at), "\(words)  \(name(assignment.by))", .info))
        }
        let notes = request.progress.map { note in
            (note.at, detailLine(context.clock(note.at), "\(note.note)  \(name(note.by))"))
        }
        return (assignments + notes).enumerated().sorted { ($0.element.0, $0.offset) > ($1.element.0, $1.offset) }
            .map(\.element.1)
    }

    static func card(of unit: UnitCode, _ context: Context) -> CardSection? {
        let open = context.estate.requests.open(of: unit)
        return .matters(
            Label("未结 \(open.count)", en: "open \(open.count)"), open.map { "\(context($0.class.label)) \($0.text)" },
            title: Label("未结工单", en: "Open requests"),
            lines: open.map { request in
                let (holder, progress) = (
                    request.assignedWorkers.first?.name(in: context.estate), request.lastProgress?.note
                )
                let words = [context(request.class.label), request.text] + [holder, progress].compactMap { $0 }
                return detailLine(context.clock(request.opened), words.joined(separator: "  "))
            }, records: open.map(\.id.id.text), priority: 7, context)
    }
}
