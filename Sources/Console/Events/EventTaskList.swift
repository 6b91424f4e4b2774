import Estate
import Screen

/// The tasks of all events: those that are open, what is due first, then those that are done.
struct EventTaskList: ViewSource {
    typealias Shown = EventTasksView
    static let name = "eventtasks"
    static let label = Label("任务", en: "Tasks")
    static let creates: (any Action.Type)? = AddEventTask.self
    static let refreshPolicy = RefreshPolicy.inSight
    static let granularity = ClockGranularity.day
    static func parts(of estate: Estate) -> [Int] { [estate.$events, estate.$requests, estate.$staff] }
    static let nothingSelected = Label("没有选中的任务", en: "no task is selected")
    static func empty(_ context: Context) -> Label { Label("没有活动任务", en: "no tasks of events") }

    static let commands: [Command] = [
        rowCommand(
            "eventtasks.done", Label("完成", en: "Done"), doc: Label("这项任务完成了", en: "the task is done"),
            keys: [.enter], priority: 9, action: FinishTask.self,
            disabledReason: { row, _ in row.done == nil ? nil : Label("这项任务已完成", en: "it was done already") }
        ) { row, _ in
            .confirm(
                Label("“\(row.subject.task)”已完成（\(row.who)）？", en: "“\(row.subject.task)” by \(row.who): done?"),
                yes: Label("完成", en: "done"),
                .perform(
                    FinishTask(task: row.id),
                    done: Label("“\(row.subject.task)”已完成", en: "“\(row.subject.task)” is done")))
        }
    ]

    static let columns: [ListColumn<Row>] = [
        ListColumn("due", Label("期限", en: "Due"), .fixed("", 10, priority: 8)) { $0.due ?? Day(number: 999_999) },
        ListColumn("task", Label("任务", en: "Task"), .filling("", min: 10, priority: 9)) {
            Pinyin.spelled($0.subject.task)
        },
        ListColumn("who", Label("谁办", en: "For"), Column("", min: 6, ideal: 10, priority: 8)) {
            Pinyin.spelled($0.who)
        },
        ListColumn("department", Label("部门", en: "Department"), Column("", min: 4, ideal: 8, priority: 5)) {
            Pinyin.spelled($0.department)
        },
        ListColumn("event", Label("活动", en: "Event"), Column("", min: 8, ideal: 16, priority: 6)) {
            Pinyin.spelled($0.event)
        },
        ListColumn("state", Label("状态", en: "State"), .fixed("", 8, priority: 8)) { $0.state.rawValue },
    ]

    static func rows(_ context: Context) -> [Row] {
        let all = context.estate.events.tasks.values.map { Row($0, in: context.view) }
        func due(_ row: Row) -> Int { row.due?.number ?? .max }
        return all.filter { $0.done == nil }.sorted { due($0) < due($1) } + all.filter { $0.done != nil }.reversed()
    }

    static func updated(_ task: EventTask, _ context: Context) -> Row? {
        context.estate.events.tasks[task.id].map { Row($0, in: context.view) }
    }

    static func id(_ row: Row) -> String { row.id.id.text }
    static func stage(_ row: Row) -> Bool { row.done != nil }
    static func words(_ row: Row) -> [String] { [row.subject.task, row.who, row.department, row.event] }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let style: Style =
            switch row.state {
            case .open: .text
            case .late: .danger
            case .done: .good
            case .doneLate: .warning
            }
        let isDone = row.done != nil
        return [
            Line(row.due?.text ?? "", .muted), Line(row.subject.task, isDone ? .text : .strong), Line(row.who),
            Line(row.department == row.who ? "" : row.department, .muted), Line(row.event, .muted),
            Line(context(row.state.label), style),
        ]
    }

    static func tally(_ rows: [Row], _ context: Context) -> (open: Int, late: Int) {
        (rows.count { $0.done == nil }, rows.count { $0.state == .late })
    }

    static func summary(_ tally: (open: Int, late: Int), _ glyphs: Glyphs, _ context: Context) -> [Span] {
        .counts(
            [(EventTaskState.open.label, tally.open, .text), (EventTaskState.late.label, tally.late, .danger)], context)
    }

    static func detail(_ row: Row, _ context: Context) -> [Line] {
        row.detailLines(context, without: ["id", "request"])
    }
}
