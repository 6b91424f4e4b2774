import Journal

/// The requests.
public struct RequestsView: PlainView {
    public static let name = "requests"
    public static let label = Label("工单", en: "Requests")
    public static let timeKey: String? = "opened"

    public struct Row: Record {
        public var id = Ref<Request>.placeholder
        public var `class` = RequestClass.other
        public var unit = UnitCode.placeholder
        public var text = ""
        public var state = RequestState.open
        public var cycle = 1
        public var opened = Moment.placeholder
        public var completed: Moment?
        public var starts: Day?
        public var ends: Day?
        public var households = 0
        public var call: Ref<Call>?
        public var by = ""
        /// The name of whoever has it, or had it last.
        public var assigned: String?
        public var assignedAt: Moment?
        public var due: Day?
        /// What was last told of how far it is.
        public var progress: String?
        public var progressAt: Moment?
        /// The names of those who did the work.
        public var workers: [String] = []

        public init() {}

        public mutating func fields(_ visitor: inout some FieldVisitor) throws {
            try visitor.field("id", &id, Label("编号", en: "Id"))
            try visitor.field("class", &`class`, Label("类别", en: "Class"))
            try visitor.field("unit", &unit, .unit)
            try visitor.field("text", &text, Label("内容", en: "Text"))
            try visitor.field("state", &state, Label("状态", en: "State"))
            try visitor.field("cycle", &cycle, Label("轮次", en: "Cycle"))
            try visitor.field("opened", &opened, Label("受理", en: "Opened"))
            try visitor.field("completed", &completed, Label("完成", en: "Completed"))
            try visitor.field("starts", &starts, Label("服务开始", en: "Starts"))
            try visitor.field("ends", &ends, Label("服务结束", en: "Ends"))
            try visitor.field("households", &households, Label("参与户", en: "Households"))
            try visitor.field("call", &call, .call)
            try visitor.field("by", &by, Label("受理人", en: "By"))
            try visitor.field("assigned", &assigned, Label("派给", en: "Assigned to"))
            try visitor.field("assignedAt", &assignedAt, Label("派单时间", en: "Assigned at"))
            try visitor.field("due", &due, Label("处理期限", en: "Due"))
            try visitor.field("progress", &progress, Label("进展", en: "Progress"))
            try visitor.field("progressAt", &progressAt, Label("进展时间", en: "Progress at"))
            try visitor.field("workers", &workers, .worker)
        }
    }

    public init() {}

    public func rows(of estate: Estate, at moment: Moment) -> [Row] {
        estate.requests.all.values.map { Row($0, in: estate) }
    }
}

extension RequestsView.Row {
    public init(_ request: Request, in estate: Estate) {
        (id, `class`, unit, text) = (request.id, request.class, request.unit, request.text)
        (state, cycle) = (request.isOpen ? .open : .completed, request.cycle)
        (opened, completed) = (request.opened, request.completed)
        (starts, ends) = (request.period?.lowerBound, request.period?.upperBound)
        (households, call, by) = (request.households.count, request.call, estate.staff.name(of: request.by))
        (assigned, assignedAt) = (request.assignment?.to.name(in: estate), request.assignment?.at)
        due = request.assignment?.due
        (progress, progressAt) = (request.lastProgress?.note, request.lastProgress?.at)
        workers = request.workers.map { $0.name(in: estate) }
    }
}

public enum RequestState: String, NamedChoice {
    case open, completed

    public var label: Label {
        switch self {
        case .open: Label("处理中", en: "open")
        case .completed: Label("已完成", en: "completed")
        }
    }
}
