import Estate
import Screen

/// The community events (文体活动): those to come, then those that are over.
struct EventList: ViewSource {
    typealias Shown = EventsView
    static let name = "events"
    static let label = EventsView.label
    static let creates: (any Action.Type)? = OpenEvent.self
    static let refreshPolicy = RefreshPolicy.inSight
    static let granularity = ClockGranularity.day
    static func parts(of estate: Estate) -> [Int] {
        [estate.$requests, estate.$events, estate.$followUps, estate.$staff, estate.$people]
    }
    static let nothingSelected = Label("没有选中的活动", en: "no event is selected")
    static func empty(_ context: Context) -> Label {
        let key = context.keys.key(of: "new")
        return Label("还没有活动；\(key) 新建一个", en: "no events yet; \(key) opens one")
    }

    static let commands: [Command] = [
        rowCommand(
            "events.task", Label("派任务", en: "Task"),
            doc: Label("给部门或员工派一项任务", en: "a task for a department or a member"),
            keys: [.enter], priority: 9, action: AddEventTask.self
        ) { row, _ in form(AddEventTask.self, row) },
        rowCommand(
            "events.plan", Label("方案", en: "Plan"),
            doc: Label("活动日期和预算；再填即更改", en: "its day and budget; again to change them"),
            keys: [.control("g")], priority: 8, action: PlanEvent.self,
            disabledReason: { row, _ in row.isOpen ? nil : Label("活动已办完", en: "the event is over") }
        ) { row, _ in
            .form(
                PlanEvent.self,
                prefill: ["budget": row.subject.plan?.budget, "date": row.subject.plan?.date],
                fixed: ["request": row.id],
                title: Label("方案 · \(row.text)", en: "Plan · \(row.text)"))
        },
        rowCommand(
            "events.cost", Label("费用", en: "Cost"),
            doc: Label("记一笔活动费用，退回的写负数", en: "what was spent; what came back is below zero"),
            keys: [.control("n")], priority: 7, action: RecordEventCost.self
        ) { row, _ in form(RecordEventCost.self, row) },
        rowCommand(
            "events.attend", Label("参与户", en: "Attended"), doc: Label("登记参加活动的住户", en: "a household took part"),
            keys: [.control("a")], priority: 6, action: AttendEvent.self
        ) { row, _ in form(AttendEvent.self, row) },
        rowCommand(
            "events.complete", Label("办结", en: "Done"),
            doc: Label("活动办完，参与户的回访开始计时", en: "it is over; the households are visited"),
            keys: [.control("o")], priority: 5, action: CompleteRequest.self,
            disabledReason: { row, _ in row.isOpen ? nil : Label("活动已办完", en: "the event is over") }
        ) { row, _ in
            .form(
                CompleteRequest.self, fixed: ["request": row.id],
                title: Label("办结 · \(row.text)", en: "Done · \(row.text)"))
        },
        rowCommand(
            "events.print", Label("小结", en: "Print"), doc: Label("打印活动小结，一页", en: "the event's page, to be printed"),
            keys: [.control("e")], priority: 4
        ) { row, context in
            (try? EventReport(request: row.id).document(of: context.estate, at: context.now, context.language)).map {
                .effect(.save($0))
            } ?? .none
        },
    ]

    private static func form(_ action: any Action.Type, _ row: Row) -> Intent {
        .form(
            action, fixed: ["request": row.id],
            title: Label("\(action.label.chinese) · \(row.text)", en: "\(action.label.english) · \(row.text)"))
    }

    static let columns: [ListColumn<Row>] = [
        ListColumn("date", Label("日期", en: "Day"), .fixed("", 10, priority: 8)) { $0.date ?? Day(number: 0) },
        ListColumn("text", Label("活动", en: "Event"), .filling("", min: 12, priority: 9)) { Pinyin.spelled($0.text) },
        ListColumn("state", Label("状态", en: "State"), .fixed("", 8, priority: 7)) { $0.state.rawValue },
        ListColumn("tasks", Label("任务", en: "Tasks"), .fixed("", 6, alignment: .right, priority: 6)) {
            $0.subject.tasks.count
        },
        ListColumn("cost", Label("已花/预算", en: "Spent/budget"), .fixed("", 21, alignment: .right, priority: 5)) {
            $0.subject.spent
        },
        ListColumn("households", Label("参与户", en: "Units"), .fixed("", 6, alignment: .right, priority: 4)) {
            $0.households.count
        },
        ListColumn("rate", Label("回访率", en: "Visited"), .fixed("", 7, alignment: .right, priority: 6)) {
            $0.subject.rate?.hundredths ?? -1
        },
    ]

    static func rows(_ context: Context) -> [Row] {
        let all = EventsView().subjects(in: context.view).map { Row($0, in: context.view) }
        func key(_ row: Row) -> Day { row.date ?? Day(row.opened, in: context.view.zone) }
        return all.filter(\.subject.request.isOpen).sorted { key($0) < key($1) }
            + all.filter { !$0.subject.request.isOpen }.sorted { key($0) > key($1) }
    }

    static func id(_ row: Row) -> String { row.id.id.text }
    static func words(_ row: Row) -> [String] { [row.text, row.unit.text, row.state.label.chinese] }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let event = row.subject
        let budget = event.plan.map { "/\($0.budget.grouped)" } ?? ""
        let isOver = event.left.map { $0 < .zero } ?? false
        let style: Style =
            switch event.state {
            case .unplanned: .warning
            case .planned: .info
            case .over: .muted
            }
        let rate: Style = row.met.map { $0 ? .good : .danger } ?? .muted
        return [
            Line(row.date?.text ?? "", .muted), Line(event.text, event.isOpen ? .strong : .text),
            Line(context(event.state.label), style),
            Line(event.tasks.isEmpty ? "" : "\(event.done)/\(event.tasks.count)", row.late > 0 ? .danger : .text),
            Line(
                event.spent == .zero && budget.isEmpty ? "" : (isOver ? "! " : "") + event.spent.grouped + budget,
                isOver ? .danger : .text),
            Line("\(event.households.count)", .muted), Line(event.rate.map { "\($0.short)%" } ?? "—", rate),
        ]
    }

    static func tally(_ rows: [Row], _ context: Context) -> (open: Int, late: Int) {
        (rows.count { $0.isOpen }, rows.reduce(0) { $0 + $1.late })
    }

    static func summary(_ tally: (open: Int, late: Int), _ glyphs: Glyphs, _ context: Context) -> [Span] {
        .counts(
            [
                (Label("筹备", en: "to come"), tally.open, .text),
                (Label("逾期任务", en: "tasks late"), tally.late, .danger),
            ], context)
    }

    static func detail(_ row: Row, _ context: Context) -> [Line] {
        row.detailLines(context) + details(of: row.id, context)
    }

    /// The tasks and costs of an event, for its request as well.
    static func details(of request: Ref<Request>, _ context: Context) -> [Line] {
        let events = context.estate.events
        let tasks = events.tasks(of: request).map { task in
            let state = task.state(at: context.now, in: context.view.zone)
            let due = task.due.map { " \($0.short)" } ?? ""
            return detailLine(
                context(state.label), "\(task.task) \(task.who.name(in: context.estate))\(due)",
                state == .late ? .danger : .text)
        }
        let costs = events.costs(of: request).map { detailLine($0.amount.money.grouped, $0.what) }
        let plan = events.plans[request].map { plan in
            let spent = events.spent(on: request)
            return detailLine(
                context(Label("方案", en: "Plan")),
                context(
                    Label(
                        "\(plan.date.text)  已花 \(spent.grouped) / 预算 \(plan.budget.grouped)",
                        en: "\(plan.date.text)  spent \(spent.grouped) of \(plan.budget.grouped)")),
                spent > plan.budget ? .danger : .text)
        }
        return (plan.map { [$0] } ?? []) + tasks + costs
    }
}
