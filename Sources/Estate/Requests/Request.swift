import Handbook
import Journal
import OrderedCollections

/// What a request is about, which decides how it is visited afterwards (section 3).
public typealias RequestClass = Handbook.RequestClass

extension RequestClass: NamedChoice {
    public var label: Label {
        switch self {
        case .complaint: Label("投诉", en: "complaint")
        case .minorRepair: Label("零星维修", en: "minor repair")
        case .repairWorks: Label("维修工程", en: "repair project")
        case .special: Label("特约服务", en: "special service")
        case .event: Label("文体活动", en: "community event")
        case .other: Label("其他服务", en: "other service")
        }
    }
}

/// Something that an owner reported or asked for, until it is done (诉求工单).
public struct Request: Entity, Sendable {
    public static let entity = "request"
    public static let label = Label("工单", en: "request")
    public let id: Ref<Request>
    public let `class`: RequestClass
    public let unit: UnitCode
    public let text: String
    /// The execution period of a special service.
    public let period: ClosedRange<Day>?
    public let call: Ref<Call>?
    public let opened: Moment
    /// The staff member who took it.
    public let by: String
    public internal(set) var completed: Moment?
    /// 1, and one more for each reopening.
    public internal(set) var cycle = 1
    /// When it was last reopened: the beginning of its cycle, but for the first.
    public internal(set) var reopened: Moment?
    /// Whom it was given to, one after the other, in all cycles.
    public internal(set) var assignments: [Assignment] = []
    public internal(set) var progress: [ProgressNote] = []
    /// Who did the work of this cycle, as far as that is known.
    public internal(set) var workers: [Worker] = []
    /// The households that took part in an event, each with the id of the fact that says so.
    public internal(set) var households: [(unit: UnitCode, id: EntryID)] = []

    public var isOpen: Bool { completed == nil }
}

extension Request {
    /// The latest requests, done or not.
    public static func candidates(in estate: Estate) -> [Candidate] {
        estate.requests.all.values.suffix(2000).reversed().map {
            Candidate(
                $0.id.id.text, text: $0.words(in: estate),
                detail: "\($0.class.label.chinese) \(Day($0.opened, in: estate.zone).short)")
        }
    }

    public static func known(_ id: Ref<Request>, in estate: Estate) -> Request? { estate.requests[id] }
    public func words(in estate: Estate) -> String { "\(unit.text) \(text)" }
}

/// The requests of the estate.
public struct Requests: Sendable {
    public internal(set) var all = Register<Request>()
    /// Requests that are not done, in the order in which they came.
    public internal(set) var open: OrderedSet<Ref<Request>> = []

    public subscript(id: Ref<Request>) -> Request? { all[id] }

    func known(_ id: Ref<Request>) throws -> Request {
        guard let request = all[id] else { throw id.unknown }
        return request
    }

    /// The same, refusing one that is done.
    func knownOpen(_ id: Ref<Request>) throws -> Request {
        let request = try known(id)
        guard request.isOpen else {
            throw Refusal.rule(
                "request.completed", "这个工单已经完成；还要处理请先重开", en: "this request is completed already; reopen it first")
        }
        return request
    }

    /// The requests of a unit that are not done.
    public func open(of unit: UnitCode) -> [Request] { open.compactMap { all[$0] }.filter { $0.unit == unit } }
}

extension Requests: Feature {
    public static let facts: [FactKind] = [
        .of(RequestOpened.self), .of(RequestAssigned.self), .of(RequestProgressed.self), .of(RequestCompleted.self),
        .of(RequestReopened.self), .of(EventAttended.self),
    ]
    public static let actions: [any Action.Type] = [
        OpenRequest.self, AssignRequest.self, ReportProgress.self, CompleteRequest.self, ReopenRequest.self,
        AttendEvent.self,
    ]
    public static let views: [any View.Type] = [RequestsView.self]
}

// MARK: Facts

struct RequestOpened: Fact {
    static let kind: StaticString = "request.opened"
    static let action: (any Action.Type)? = OpenRequest.self
    var `class` = RequestClass.other
    var unit = UnitCode.placeholder
    var text = ""
    var from: Day?
    var to: Day?
    var call: Ref<Call>?
    var demand: Ref<Demand>?
    /// The return visits of a special service, which is visited in its middle and after its end.
    var middle: Ref<FollowUp>?
    var end: Ref<FollowUp>?

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("class", &`class`)
        try visitor.field("unit", &unit)
        try visitor.field("text", &text)
        try visitor.field("from", &from)
        try visitor.field("to", &to)
        try visitor.field("call", &call)
        try visitor.field("demand", &demand)
        try visitor.field("middle", &middle)
        try visitor.field("end", &end)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.requests.contains(Ref(stamp.id)) }

    func touches(in estate: Estate) -> [String]? { [middle, end].compactMap { $0?.id.text } }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        let id = Ref<Request>(stamp.id)
        let period = from.flatMap { from in to.flatMap { to in from <= to ? from...to : nil } }
        let request = Request(
            id: id, class: `class`, unit: unit, text: text, period: period, call: call, opened: stamp.at, by: stamp.by)
        estate.requests.all.add(request)
        estate.requests.open.append(id)
        if let call, let demand { estate.calls.change(demand, of: call) { $0.request = id } }
        if let period {
            if let middle { estate.followUps.plan(middle, .middle, of: request, period, estate.handbook) }
            if let end { estate.followUps.plan(end, .end, of: request, period, estate.handbook) }
        }
    }
}

struct RequestCompleted: Fact {
    static let kind: StaticString = "request.completed"
    static let action: (any Action.Type)? = CompleteRequest.self
    var request = Ref<Request>.placeholder
    /// The return visits that it calls for: one, or one a household of an event.
    var followups: [Ref<FollowUp>] = []
    /// Who did the work.
    var workers: [Worker] = []

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("request", &request)
        try visitor.field("followups", &followups)
        try visitor.field("workers", &workers)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.requests.contains(request) }

    func touches(in estate: Estate) -> [String]? { [request.id.text] + followups.map(\.id.text) }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        estate.requests.all.change(request) { ($0.completed, $0.workers) = (stamp.at, workers) }
        estate.requests.open.remove(request)
        guard let known = estate.requests.all[request] else { return }
        let units = known.class == .event ? known.households.map(\.unit) : [known.unit]
        for (followUp, unit) in zip(followups, units) {
            estate.followUps.plan(followUp, of: known, unit: unit, done: stamp.at, estate.handbook, estate.zone)
        }
    }
}

struct RequestReopened: Fact {
    static let kind: StaticString = "request.reopened"
    static let action: (any Action.Type)? = ReopenRequest.self
    var request = Ref<Request>.placeholder
    var why = ""

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("request", &request)
        try visitor.field("why", &why)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.requests.contains(request) }

    func touches(in estate: Estate) -> [String]? { [request.id.text] }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        estate.requests.all.change(request) { request in
            (request.completed, request.workers, request.reopened) = (nil, [], stamp.at)
            request.cycle += 1
        }
        estate.requests.open.append(request)
        if let known = estate.requests.all[request] {
            estate.followUps.void(of: known, at: stamp.at, zone: estate.zone)
        }
    }
}

struct EventAttended: Fact {
    static let kind: StaticString = "event.attended"
    static let action: (any Action.Type)? = AttendEvent.self
    var request = Ref<Request>.placeholder
    var unit = UnitCode.placeholder

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("request", &request)
        try visitor.field("unit", &unit)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.requests.contains(request) }

    func touches(in estate: Estate) -> [String]? { [request.id.text] }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        estate.requests.all.change(request) { $0.households.append((unit, stamp.id)) }
        guard let known = estate.requests.all[request], let completed = known.completed else { return }
        // A household noted after the event is over is visited all the same.
        estate.followUps.plan(
            Ref(stamp.id), of: known, unit: unit, done: completed, estate.handbook, estate.zone)
    }
}
