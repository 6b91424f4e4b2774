import Handbook
import Journal

extension Label {
    static let assignedTo = Label("派给", en: "Assigned to")
    static let processingDue = Label("处理期限", en: "Due")
    static let progress = Label("进展", en: "Progress")
}

/// The assignment of a request to a worker (派单).
public struct Assignment: Sendable {
    public let to: Worker
    /// The last day on which it should be done.
    public let due: Day?
    public let at: Moment
    public let by: String
}

/// A note on the progress of the work (进展).
public struct ProgressNote: Sendable {
    public let note: String
    public let at: Moment
    public let by: String
}

extension Request {
    public var assignment: Assignment? { assignments.last }

    /// When the present assignee received it. A reopening counts as receiving it again.
    public var heldSince: Moment? { assignment.map { max($0.at, reopened ?? $0.at) } }

    /// The latest note on its progress.
    public var lastProgress: ProgressNote? { progress.max { $0.at < $1.at } }

    /// The workers or, while it is open, the assignee.
    public var assignedWorkers: [Worker] { isOpen ? assignment.map { [$0.to] } ?? [] : workers }
}

/// A request is assigned to a worker, or reassigned to another.
public struct AssignRequest: ActionFact {
    public static let name = "request.assign"
    static let kind: StaticString = "request.assigned"
    static var merging: Merging<Self> { .derived { fact, estate in estate.requests.all.holds(fact.request) } }
    public static let label = Label("派单", en: "Assign a request")
    public static let roles: Set<Role> = [.operator, .supervisor, .administrator, .regional]
    var request = Ref<Request>.placeholder
    var to = Worker.placeholder
    var due: Day?

    public init() {}

    public init(request: Ref<Request>, to: Worker, due: Day? = nil) {
        (self.request, self.to, self.due) = (request, to, due)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("request", &request)
        try visitor.field("to", &to, .assignedTo)
        try visitor.field("due", &due, .processingDue)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.requests.knownOpen(request)
        to = try to.working(for: "to", in: estate)
        try plan.refuse(before: known.opened, Label("受理", en: "it was opened"))
        if let former = known.assignment {
            try plan.refuse(before: former.at, Label("上次派单", en: "it was last assigned"))
            if former.to == to, former.due == due {
                throw Refusal(
                    .rule, "request.assigned", "这个工单已经派给\(to.name(in: estate))",
                    en: "\(to.name(in: estate)) has it already", field: "to")
            }
        }
        if let due, due < Day(plan.at, in: estate.zone) {
            throw Refusal(
                .rule, "request.dueEarly", "处理期限不能早于派单当天", en: "it cannot be due before the day it is assigned",
                field: "due")
        }
    }

    var subject: EntryID? { request.id }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.requests.all.change(request) {
            $0.assignments.append(Assignment(to: to, due: due, at: metadata.at, by: metadata.by))
        }
    }
}

/// The progress of a request is noted.
public struct ReportProgress: ActionFact {
    public static let name = "request.progress"
    static let kind: StaticString = "request.progressed"
    static var merging: Merging<Self> { .grows { fact, estate in estate.requests.all.holds(fact.request) } }
    public static let label = Label("登记进展", en: "Report progress")
    /// A request may be assigned to a member of any role.
    public static let roles = Set(Role.allCases)
    var request = Ref<Request>.placeholder
    var note = ""

    public init() {}

    public init(request: Ref<Request>, note: String) { (self.request, self.note) = (request, note) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("request", &request)
        try visitor.field("note", &note, .progress)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.requests.knownOpen(request)
        try plan.refuse(before: known.opened, Label("受理", en: "it was opened"))
    }

    var subject: EntryID? { request.id }
    /// No fact depends on a note.
    func affectedIDs(in estate: Estate) -> [String]? { [] }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.requests.all.change(request) {
            $0.progress.append(ProgressNote(note: note, at: metadata.at, by: metadata.by))
        }
    }
}
