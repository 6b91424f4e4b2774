import Journal

/// The outcome of a demand.
public enum DemandOutcome: String, NamedChoice {
    case open, answered, passed, request

    public var label: Label {
        switch self {
        case .open: Label("待处理", en: "open")
        case .answered: Label("已答复", en: "answered")
        case .passed: Label("已转交", en: "passed on")
        case .request: Label("转工单", en: "request")
        }
    }
}

/// How a demand is settled without a request.
public enum DemandSettlement: String, NamedChoice {
    case answered, passed

    public var outcome: DemandOutcome { self == .answered ? .answered : .passed }
    public var label: Label { outcome.label }
}

/// A problem or request that the caller states. Demands are recorded one by one (逐条记录, 1.3).
public struct Demand: Entity, Sendable {
    public static let entity = "demand"
    public static let label = Label("诉求", en: "demand")
    public static let isSubject = false
    public let id: Ref<Demand>
    public let text: String
    public let at: Moment
    /// The request that it became.
    public internal(set) var request: Ref<Request>?
    public internal(set) var settlement: DemandSettlement?
    /// The answer, in as much detail as possible (1.3), or a note on passing it on.
    public internal(set) var note: String?
    /// The recipient to whom it was passed on.
    public internal(set) var to: String?

    public var outcome: DemandOutcome { request != nil ? .request : settlement?.outcome ?? .open }
}

extension Demand {
    public static func known(_ id: Ref<Demand>, in estate: Estate) -> Demand? {
        estate.calls.call(of: id)?.demands.first { $0.id == id }
    }

    public func words(in estate: Estate) -> String { text }

    /// One demand becomes one request.
    static let isRequest = Refusal(
        .rule, "demand.request", "这一条已转工单", en: "this demand is a request already", field: "demand")

    /// The demands without an outcome in the latest 2,000 calls that have any, the latest call first.
    public static func candidates(in estate: Estate) -> [Candidate] {
        estate.calls.unsettled.prefix(2000).flatMap { call in
            call.demands.filter { $0.outcome == .open }.map {
                Candidate($0.id.id.text, text: $0.text, detail: call.unit?.text ?? call.phone?.masked ?? "")
            }
        }
    }
}
