import Handbook
import Journal

/// A request was given to somebody to see to (派单).
public struct Assignment: Sendable {
    public let to: Worker
    /// The last day on which it should be done.
    public let due: Day?
    public let at: Moment
    public let by: String
}

/// How far the work is (进展), in a few words.
public struct ProgressNote: Sendable {
    public let note: String
    public let at: Moment
    public let by: String
}

extension Request {
    public var assignment: Assignment? { assignments.last }

    /// Since when whoever has it has had it: a reopening begins anew.
    public var heldSince: Moment? { assignment.map { max($0.at, reopened ?? $0.at) } }

    /// The latest that is known of how far it is.
    public var lastProgress: ProgressNote? { progress.max { $0.at < $1.at } }

    /// Who did the work or, while it is not done, who has it.
    public var hands: [Worker] { isOpen ? assignment.map { [$0.to] } ?? [] : workers }
}

// MARK: Facts

struct RequestAssigned: Fact {
    static let kind: StaticString = "request.assigned"
    static let action: (any Action.Type)? = AssignRequest.self
    var request = Ref<Request>.placeholder
    var to = Worker.placeholder
    var due: Day?

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("request", &request)
        try visitor.field("to", &to)
        try visitor.field("due", &due)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.requests.contains(request) }

    func touches(in estate: Estate) -> [String]? { [request.id.text] }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        estate.requests.all.change(request) {
            $0.assignments.append(Assignment(to: to, due: due, at: stamp.at, by: stamp.by))
        }
    }
}

struct RequestProgressed: Fact {
    static let kind: StaticString = "request.progressed"
    static let action: (any Action.Type)? = ReportProgress.self
    var request = Ref<Request>.placeholder
    var note = ""

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("request", &request)
        try visitor.field("note", &note)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.requests.contains(request) }

    /// Nothing builds on a note.
    func touches(in estate: Estate) -> [String]? { [] }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        estate.requests.all.change(request) {
            $0.progress.append(ProgressNote(note: note, at: stamp.at, by: stamp.by))
        }
    }
}

// MARK: Actions

/// A request is given to somebody, or taken from one and given to another.
public struct AssignRequest: Action {
    public static let name = "request.assign"
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
        try visitor.field("request", &request, .request)
        try visitor.field("to", &to, Label("派给", en: "Assigned to"))
        try visitor.field("due", &due, Label("处理期限", en: "Due"))
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.requests.knownOpen(request)
        let worker: Worker
        do { worker = try to.known(in: estate) } catch let refusal as Refusal { throw refusal.about("to") }
        try plan.refuse(before: known.opened, Label("受理", en: "it was opened"))
        if let former = known.assignment {
            try plan.refuse(before: former.at, Label("上次派单", en: "it was last assigned"))
            if former.to == worker, former.due == due {
                throw Refusal(
                    .rule, "request.assigned", "这个工单已经派给\(worker.name(in: estate))",
                    en: "\(worker.name(in: estate)) has it already", field: "to")
            }
        }
        if let due, due < Day(plan.at, in: estate.zone) {
            throw Refusal(
                .rule, "request.dueEarly", "处理期限不能早于派单当天", en: "it cannot be due before the day it is assigned",
                field: "due")
        }
        plan.record(RequestAssigned(request: request, to: worker, due: due))
        plan.answer = request.id
    }
}

/// Whoever has a request, or was told, says how far it is.
public struct ReportProgress: Action {
    public static let name = "request.progress"
    public static let label = Label("登记进展", en: "Report progress")
    /// Any of them may have a request to see to.
    public static let roles = Set(Role.allCases)
    var request = Ref<Request>.placeholder
    var note = ""

    public init() {}

    public init(request: Ref<Request>, note: String) { (self.request, self.note) = (request, note) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("request", &request, .request)
        try visitor.field("note", &note, Label("进展", en: "Progress"))
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.requests.knownOpen(request)
        try plan.refuse(before: known.opened, Label("受理", en: "it was opened"))
        plan.record(RequestProgressed(request: request, note: note))
        plan.answer = request.id
    }
}
