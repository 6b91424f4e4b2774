import Journal

/// A page of each event (3.5, 5): plan, costs against the budget, the tasks by department, the households and the visits.
public struct EventReport: Report {
    public static let name = "event"
    public static let label = Label("活动小结", en: "Event report")
    /// The latest event unless given.
    var request: Ref<Request>?

    public static var columns: [ViewColumn<Self>] {
        Column("department", .taskDepartment) { $0.department }
        Column("task", .eventTask) { $0.task?.task }
        Column("who", .taskFor) { $0.who }
        Column("due", .taskDue) { $0.task?.due }
        Column("state") { $0.state }
        Column("done", Label("完成时间", en: "Done at")) { $0.task?.done?.at }
    }

    /// A task of the event; an event without tasks has one row without any.
    public struct Subject: Sendable {
        public let event: EventsView.Subject
        public let task: EventTask?
    }

    public init() {}

    public init(request: Ref<Request>) { self.request = request }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("request", &request, .event)
    }

    public func subjects(in context: ViewContext) throws -> [Subject] {
        let estate = context.estate
        let latest = estate.requests.all.values.last { $0.class == .event }
        guard let known = try request.map({ try estate.requests.known($0) }) ?? latest else { return [] }
        if known.class != .event {
            throw Refusal.rule("event.notEvent", "这个工单不是文体活动", en: "this request is no community event")
        }
        let event = EventsView.Subject(known, in: context)
        if event.tasks.isEmpty { return [Subject(event: event, task: nil)] }
        return event.tasks.map { Subject(event: event, task: $0) }.sorted {
            (estate.departmentPlace($0.task), $0.task?.id.id ?? known.id.id)
                < (estate.departmentPlace($1.task), $1.task?.id.id ?? known.id.id)
        }
    }
}

extension Estate {
    /// The place of a task's department in the handbook's list; others come last, by name.
    fileprivate func departmentPlace(_ task: EventTask?) -> String {
        guard let task else { return "" }
        let (name, names) = (department(of: task.who), handbook.events.departments.map(\.name))
        return names.firstIndex(of: name).map { "0\($0 + 100)" } ?? "1\(name)"
    }
}

extension ViewRow<EventReport> {
    public var department: String? { subject.task.map { estate.department(of: $0.who) } }
    public var who: String? { subject.task?.who.name(in: estate) }
    public var state: EventTaskState? { subject.task?.state(at: context.moment, in: context.zone) }
}

extension EventReport {
    public static func document(of rows: [Row], in estate: Estate, at moment: Moment, _ language: Language) -> Document
    {
        let event = rows.first?.subject.event
        return Document(
            name: event.map { "\(name)-\($0.id.id.text.suffix(6))" } ?? name, title: label[language],
            language: language,
            sheets: event.map {
                [EventSheet(event: $0, rows: rows, estate: estate, moment: moment, language: language).sheet]
            }
                ?? [],
            empty: Label("还没有活动", en: "there is no event")[language])
    }
}

/// The page of an event.
private struct EventSheet {
    let event: EventsView.Subject
    let rows: [EventReport.Row]
    let estate: Estate
    let moment: Moment
    let language: Language

    private func word(_ chinese: String, _ english: String) -> String { language == .chinese ? chinese : english }

    var sheet: Sheet {
        Sheet(
            heading: "\(estate.name) \(EventReport.label[language])", number: event.text,
            blocks: [facts] + costs + tasks + [households],
            foot: word("数字出自工单、任务、费用和回访记录；打印于 ", "From requests, tasks, costs and return visits; printed ")
                + moment.display(zone: estate.zone, language: language))
    }

    private var facts: Sheet.Block {
        let over = event.completed.map { Day($0, in: estate.zone).text }
        let target = estate.handbook.followUpRule(for: .event).target
        let rate = event.rate.map { "\($0.text)%" } ?? word("未到期", "none due yet")
        return .entries([
            .init(word("活动", "Event"), event.text), .init(word("地点", "Place"), event.unit.text),
            .init(Label.eventDay[language], event.plan?.date.text ?? over ?? "—"),
            .init(word("状态", "State"), event.state.label[language]),
            .init(Label.budget[language], event.plan?.budget.grouped ?? "—"),
            .init(Label.spent[language], event.spent.grouped),
            .init(word("余额", "Left"), event.left?.grouped ?? "—"),
            .init(word("完成任务", "Tasks done"), "\(event.done)/\(event.tasks.count)"),
            .init(word("参与户", "Households"), "\(event.households.count)"),
            .init(
                word("回访", "Visited"),
                "\(event.visited)/\(event.visits.count)（\(rate)\(target.map { word("，标准 \($0)%", ", target \($0)%") } ?? "")）"
            ),
        ])
    }

    private var costs: [Sheet.Block] {
        let costs = estate.events.costs(of: event.id)
        if costs.isEmpty { return [] }
        return [
            .heading(word("费用", "Costs")),
            .table(
                [word("日期", "Day"), Label.costFor[language], word("金额", "Amount")],
                costs.map { [Day($0.at, in: estate.zone).text, $0.what, $0.amount.money.grouped] }
                    + [[word("合计", "Total"), "", event.spent.grouped]]),
        ]
    }

    private var tasks: [Sheet.Block] {
        let tasks = rows.filter { $0.task != nil }
        if tasks.isEmpty { return [] }
        return [
            .heading(word("任务分工", "Tasks by department")),
            .table(
                [Label.taskDepartment, .eventTask, .taskFor, .taskDue].map { $0[language] } + [word("状态", "State")],
                tasks.map { row in
                    [
                        row.department ?? "", row.task?.task ?? "", row.who ?? "", row.task?.due?.text ?? "—",
                        row.state?.label[language] ?? "",
                    ]
                }),
        ]
    }

    private var households: Sheet.Block {
        let units = event.households.map { $0.unit.text }
        return .words(
            word("参与住户", "Households"), units.isEmpty ? word("还没有登记", "none yet") : units.joined(separator: "、"),
            lines: 2)
    }
}
