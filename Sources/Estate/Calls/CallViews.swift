import Journal

/// The calls and how they kept to the script (section 1).
public struct CallsView: PlainView {
    public static let name = "calls"
    public static let label = Label("通话", en: "Calls")
    public static let changesWithTime = false
    public static let timeKey: String? = "started"

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("direction") { $0.direction }
        Column("phone", .number) { $0.number.map { $0?.phone.masked } }
        Column("unit") { $0.unit }
        Column("person") { $0.person }
        Column("rings", Label("铃声", en: "Rings")) { $0.rings }
        Column("inTime") { $0.inTime }
        Column("demands", Label("诉求", en: "Asked")) { $0.demands }
        Column("started", Label("开始", en: "Started")) { $0.rang }
        Column("ended", Label("结束", en: "Ended")) { $0.ended }
        Column("by", Label("接听人", en: "By")) { $0.by }
        Column("omitted") { $0.omitted }
        Column("state") { $0.state }
        Column("said", Label("已说用语", en: "Said")) { $0.said }
        Column("about") { $0.about }.withheld { $0.subject.isHidden(from: $1) }
        Column("purpose") { $0.purpose }.withheld { $0.subject.isHidden(from: $1) }
    }

    public init() {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool {
        [CallState.ringing, .talking, .fetching, .held].contains { $0.rawValue == filters["state"] }
            || window.covers(from: filters)
    }

    public func subjects(in context: ViewContext) -> EntityTable<Call>.Values { context.estate.calls.all.values }
}

extension ViewRow<CallsView> {
    /// Masked.
    public var phone: String? { subject.phone?.masked }
    public var person: String? { subject.person.flatMap { estate.people.persons[$0]?.name } }
    public var demands: Int { subject.demands.count }
    public var by: String { estate.staff.name(of: subject.by) }
    private var limit: Int { estate.handbook.calls.rings.limit }
    public var inTime: Bool? { subject.inTime(limit: limit) }
    public var omitted: [CallOmission] { subject.omissions(limit: limit) }
}

/// The demands of one call, or of all calls.
public struct DemandsView: View {
    public static let name = "demands"
    public static let label = Label("诉求", en: "Demands")
    public static let timeKey: String? = "at"
    var call: Ref<Call>?

    @dynamicMemberLookup
    public struct Subject: Sendable {
        public let call: Ref<Call>
        let demand: Demand

        public subscript<Value>(dynamicMember path: KeyPath<Demand, Value>) -> Value { demand[keyPath: path] }
    }

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.demand.id }
        Column("call") { $0.call }
        Column("text", .demand) { $0.demand.text }
        Column("at") { $0.demand.at }
        Column("request", Label("转为", en: "Request")) { $0.demand.request }
        Column("outcome") { $0.demand.outcome }
        Column("to", .passedTo) { $0.demand.to }
        Column("note", .answerGiven) { $0.demand.note }
    }

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws { try visitor.field("call", &call) }

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool {
        filters["call"] != nil
    }

    public func subjects(in context: ViewContext) throws -> [Subject] {
        let calls = context.estate.calls.all
        if let call, calls[call] == nil { throw call.unknown }
        return calls.values.filter { call == nil || $0.id == call }.flatMap { call in
            call.demands.map { Subject(call: call.id, demand: $0) }
        }
    }
}
