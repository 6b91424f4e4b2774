import Journal

/// The calls and how they kept to the script.
public struct CallsView: PlainView {
    public static let name = "calls"
    public static let label = Label("通话", en: "Calls")
    public static let timeKey: String? = "started"

    public struct Row: Record {
        public var id = Ref<Call>.placeholder
        public var direction = CallDirection.incoming
        public var phone: String?
        public var unit: UnitCode?
        public var person: String?
        public var rings: Int?
        public var inTime: Bool?
        public var demands = 0
        public var started = Moment.placeholder
        public var ended: Moment?
        public var by = ""
        public var omitted: [CallOmission] = []
        public var state = CallState.ended
        public var said: [CallWords] = []
        public var about: CallSubject?
        public var purpose: String?

        public init() {}

        public mutating func fields(_ visitor: inout some FieldVisitor) throws {
            try visitor.field("id", &id, Label("编号", en: "Id"))
            try visitor.field("direction", &direction, Label("方向", en: "Direction"))
            try visitor.field("phone", &phone, Label("号码", en: "Number"))
            try visitor.field("unit", &unit, Label("房号", en: "Unit"))
            try visitor.field("person", &person, Label("住户", en: "Resident"))
            try visitor.field("rings", &rings, Label("铃声", en: "Rings"))
            try visitor.field("inTime", &inTime, Label("三声内", en: "In time"))
            try visitor.field("demands", &demands, Label("诉求", en: "Demands"))
            try visitor.field("started", &started, Label("开始", en: "Started"))
            try visitor.field("ended", &ended, Label("结束", en: "Ended"))
            try visitor.field("by", &by, Label("接话人", en: "By"))
            try visitor.field("omitted", &omitted, Label("遗漏步骤", en: "Left out"))
            try visitor.field("state", &state, Label("状态", en: "State"))
            try visitor.field("said", &said, Label("已说用语", en: "Said"))
            try visitor.field("about", &about, Label("关于", en: "About"))
            try visitor.field("purpose", &purpose, Label("事由", en: "Purpose"))
        }
    }

    public init() {}

    public func rows(of estate: Estate, at moment: Moment) -> [Row] {
        estate.calls.all.values.map { Row($0, in: estate) }
    }
}

extension CallsView.Row {
    public init(_ call: Call, in estate: Estate) {
        let limit = estate.handbook.calls.rings.limit
        (id, direction, phone) = (call.id, call.direction, call.phone?.masked)
        (unit, person) = (call.unit, call.person.flatMap { estate.people.persons[$0]?.name })
        (rings, inTime, demands) = (call.rings, call.inTime(limit: limit), call.demands.count)
        (started, ended) = (call.rang, call.ended)
        (by, omitted) = (estate.staff.name(of: call.by), call.omissions(limit: limit))
        (state, said, about, purpose) = (call.state, call.said, call.about, call.purpose)
    }
}

/// What the callers of one call, or of all calls, reported or asked for.
public struct DemandsView: View {
    public static let name = "demands"
    public static let label = Label("诉求", en: "Demands")
    public static let timeKey: String? = "at"
    var call: Ref<Call>?

    public struct Row: Record {
        public var id = Ref<Demand>.placeholder
        public var call = Ref<Call>.placeholder
        public var text = ""
        public var at = Moment.placeholder
        public var request: Ref<Request>?
        public var outcome = DemandOutcome.open
        public var to: String?
        public var note: String?

        public init() {}

        public mutating func fields(_ visitor: inout some FieldVisitor) throws {
            try visitor.field("id", &id, Label("编号", en: "Id"))
            try visitor.field("call", &call, .call)
            try visitor.field("text", &text, Label("诉求", en: "Demand"))
            try visitor.field("at", &at, Label("时间", en: "At"))
            try visitor.field("request", &request, Label("转为", en: "Request"))
            try visitor.field("outcome", &outcome, Label("结果", en: "Outcome"))
            try visitor.field("to", &to, Label("转交给", en: "Passed on to"))
            try visitor.field("note", &note, Label("答复内容", en: "What was said"))
        }
    }

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("call", &call, .call)
    }

    public func rows(of estate: Estate, at moment: Moment) throws -> [Row] {
        if let call, estate.calls[call] == nil { throw call.unknown }
        return estate.calls.all.values.filter { call == nil || $0.id == call }.flatMap { call in
            call.demands.map {
                var row = Row()
                (row.id, row.call, row.text, row.at, row.request) = ($0.id, call.id, $0.text, $0.at, $0.request)
                (row.outcome, row.to, row.note) = ($0.outcome, $0.to, $0.note)
                return row
            }
        }
    }
}
