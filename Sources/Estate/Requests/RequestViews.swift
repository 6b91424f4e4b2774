import Journal

/// The requests.
public struct RequestsView: PlainView {
    public static let name = "requests"
    public static let label = Label("工单", en: "Requests")
    public static let timeKey: String? = "opened"

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("class") { $0.class }
        Column("unit") { Location($0.unit) }
        Column("text") { $0.text }
        Column("state") { $0.state }
        Column("cycle") { $0.cycle }
        Column("opened") { $0.opened }
        Column("completed") { $0.completed }
        Column("starts", Label("服务开始", en: "Starts")) { $0.starts }
        Column("ends", Label("服务结束", en: "Ends")) { $0.ends }
        Column("households", Label("参与户", en: "Households")) { $0.households }
        Column("call") { $0.call }
        Column("by", Label("受理人", en: "By")) { $0.by }
        Column("assigned", .assignedTo) { $0.assigned }
        Column("assignedAt", Label("派单时间", en: "Assigned at")) { $0.assignedAt }
        Column("due", .processingDue) { $0.due }
        Column("progress", .progress) { $0.progress }
        Column("progressAt", Label("进展时间", en: "Progress at")) { $0.progressAt }
        Column("workers") { $0.workers }
        Column("urgent", Label("急修", en: "Urgent")) { $0.isUrgent }
        Column("responseDue", Label("最迟回应", en: "Answer due")) { $0.respondBy }
        Column("responded", Label("回应", en: "Answered")) { $0.responded }
        Column("arriveDue", Label("最迟到场", en: "Visit due")) { $0.arriveDue }
        Column("dueAt", Label("最迟办结", en: "Done by")) { $0.dueAt }
        Column("overdue", Label("超期", en: "Overdue")) { $0.isOverdue }
        Column("cost", Label("用料成本", en: "Cost")) { $0.cost }
    }

    public init() {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool {
        filters["state"] == RequestState.open.rawValue
    }

    public func subjects(in context: ViewContext) -> EntityTable<Request>.Values { context.estate.requests.all.values }
}

extension ViewRow<RequestsView> {
    public var state: RequestState { subject.isOpen ? .open : .completed }
    public var starts: Day? { subject.period?.lowerBound }
    public var ends: Day? { subject.period?.upperBound }
    public var households: Int { subject.households.count }
    public var by: String { estate.staff.name(of: subject.by) }
    /// The name of the present or last assignee.
    public var assigned: String? { subject.assignment?.to.name(in: estate) }
    public var assignedAt: Moment? { subject.assignment?.at }
    /// The last day: that said with the assignment, else that of its class.
    public var due: Day? { subject.assignedDue ?? subject.finishBy.map { Day(asOf: $0, in: context.zone) } }
    public var arriveDue: Moment? {
        estate.deadlines(of: subject.class, isUrgent: subject.isUrgent, period: subject.period, from: subject.opened)
            .arrive
    }
    public var dueAt: Moment? { subject.dueAt(in: context.zone) }
    /// Whether it is not done in time, or nobody was sent in time.
    public var isOverdue: Bool { subject.isOverdue(at: context.moment, in: context.zone) }
    public var progress: String? { subject.lastProgress?.note }
    public var progressAt: Moment? { subject.lastProgress?.at }
    /// What was used for it; `nil` if nothing was.
    public var cost: Money? { estate.cost(of: subject.id.id) }
    /// The names of the workers.
    public var workers: [String] { subject.workers.map { $0.name(in: estate) } }
}

/// Whether a request is done.
public enum RequestState: String, NamedChoice {
    case open, completed

    public var label: Label {
        switch self {
        case .open: Label("处理中", en: "open")
        case .completed: Label("已办结", en: "completed")
        }
    }
}
