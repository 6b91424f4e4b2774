import Handbook
import Journal
import OrderedCollections

/// The class of a request, which determines its return visits (section 3).
public typealias RequestClass = Handbook.RequestClass

extension RequestClass: NamedChoice {
    public var label: Label {
        switch self {
        case .complaint: Label("投诉", en: "complaint")
        case .minorRepair: Label("零星维修", en: "repair")
        case .repairWorks: Label("维修工程", en: "works")
        case .special: Label("特约服务", en: "special")
        case .event: Label("文体活动", en: "event")
        case .other: Label("其他服务", en: "other")
        }
    }
}

/// A demand to be worked on until it is done (诉求工单).
public struct Request: Entity, Sendable {
    public static let entity = "request"
    public static let label = Label("工单", en: "request")
    public let id: Ref<Request>
    public let `class`: RequestClass
    /// The unit, or the place.
    public internal(set) var unit: UnitCode
    public let text: String
    /// Whether it is an urgent repair (急修), which has shorter limits.
    public let isUrgent: Bool
    /// The execution period of a special service.
    public let period: ClosedRange<Day>?
    public let call: Ref<Call>?
    public let opened: Moment
    /// The staff member who took it.
    public let by: String
    /// By when somebody is sent or says how it stands.
    public let respondBy: Moment?
    /// By when it is to be done in its present cycle, unless another day is said with its assignment.
    public internal(set) var finishBy: Moment?
    public internal(set) var completed: Moment?
    /// When it was completed in its first cycle.
    var firstCompleted: Moment?
    /// When the visits after its completion are due; `nil` if the fact does not say so.
    var visitDue: Day?
    /// 1, and one more for each reopening.
    public internal(set) var cycle = 1
    /// When it was reopened, in the order of recording.
    var reopenings: [Moment] = []
    /// When its present cycle began; `nil` in the first.
    public var reopened: Moment? { reopenings.last }
    /// Its assignments in all cycles, in order.
    public internal(set) var assignments: [Assignment] = []
    public internal(set) var progress: [ProgressNote] = []
    /// The known workers of this cycle.
    public internal(set) var workers: [Worker] = []
    /// The households that took part in an event, each with the id of its fact.
    public internal(set) var households: [(unit: UnitCode, id: EntryID)] = []

    public var isOpen: Bool { completed == nil }
}

extension Request {
    /// The latest requests, the open ones before those that are done.
    public static func candidates(in estate: Estate) -> [Candidate] {
        let latest = estate.requests.all.values.suffix(2000).reversed()
        return (latest.filter(\.isOpen) + latest.filter { !$0.isOpen }).map {
            let (kind, day) = ($0.class.label, Day($0.opened, in: estate.zone).short)
            let state = $0.isOpen ? RequestState.open.label : RequestState.completed.label
            return Candidate(
                $0.id.id.text, text: $0.words(in: estate),
                detail: Label(
                    "\(state.chinese) \(kind.chinese) \(day)", en: "\(state.english) \(kind.english) \(day)"),
                isPast: !$0.isOpen)
        }
    }

    public static func known(_ id: Ref<Request>, in estate: Estate) -> Request? { estate.requests[id] }
    public func words(in estate: Estate) -> String { "\(unit.text) \(text)" }
}

/// The requests of the estate.
public struct Requests: Sendable {
    public internal(set) var all = EntityTable<Request>()
    /// Requests that are not done, in the order in which they came.
    public internal(set) var open: OrderedSet<Ref<Request>> = []

    public subscript(id: Ref<Request>) -> Request? { all[id] }

    func known(_ id: Ref<Request>) throws -> Request {
        guard let request = all[id] else { throw id.unknown }
        return request
    }

    /// A request that is not done. Throws ``Refusal`` `request.unknown` or `request.completed`.
    func knownOpen(_ id: Ref<Request>) throws -> Request {
        let request = try known(id)
        guard request.isOpen else {
            throw Refusal.rule(
                "request.completed", "这个工单已办结；还要处理请先登记返工", en: "this request is completed already; reopen it first")
        }
        return request
    }

    /// The requests of a unit that are not done.
    public func open(of unit: UnitCode) -> [Request] { open.compactMap { all[$0] }.filter { $0.unit == unit } }
}

extension Requests: Feature {
    static let chapters: [any Chapter.Type] = [Handbook.Requests.self]
    static let actions: [any Action.Type] = [
        OpenRequest.self, AssignRequest.self, ReportProgress.self, CompleteRequest.self, ReopenRequest.self,
        AttendEvent.self,
    ]
    static let views: [any View.Type] = [RequestsView.self]
    static let reports: [any Report.Type] = [WorkOrder.self]
    static let entities: [any Entity.Type] = [Request.self]

    static func retainedIDs(in estate: Estate, _ window: RetentionWindow) -> [EntryID] {
        estate.requests.open.map(\.id)
    }

    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool { true }

    static func dueToday(_ day: Day, in estate: Estate, at moment: Moment) -> Label? {
        let end = day.end(in: estate.zone)
        let count = estate.requests.open.count { id in
            estate.requests[id]?.dueAt(in: estate.zone).map { $0 <= end } ?? false
        }
        return count == 0 ? nil : Label("工单 \(count)", en: "requests \(count)")
    }

    static func rename(_ unit: UnitCode, to code: UnitCode, in estate: inout Estate) {
        for id in estate.requests.all.values.map(\.id) {
            estate.requests.all.change(id) { request in
                if request.unit == unit { request.unit = code }
                for index in request.households.indices where request.households[index].unit == unit {
                    request.households[index].unit = code
                }
            }
        }
    }

    static func needsParticulars(of record: EntryID, in estate: Estate, on day: Day) -> Label? {
        guard let person = estate.people.persons[Ref(record)],
            // What was asked for after they had left is not theirs.
            estate.requests.open(of: person.unit).contains(where: { $0.opened <= person.left ?? .distantFuture })
        else { return nil }
        return Label("这户还有未办结的工单", en: "a request of the unit is open")
    }
}

extension Request: CallReason {
    func callDetails(in estate: Estate) -> CallSubject.Details {
        CallSubject.Details(to: unit, Label("工单：\(text)", en: "a request: \(text)"), in: estate)
    }
}
