import Journal

/// The return visits, made and to be made.
public struct FollowUpsView: PlainView {
    public static let name = "followups"
    public static let label = Label("回访", en: "Return visits")
    public static let timeKey: String? = "due"

    public struct Row: Record {
        public var id = Ref<FollowUp>.placeholder
        public var request = Ref<Request>.placeholder
        public var `class` = RequestClass.other
        public var stage = VisitStage.single
        public var unit = UnitCode.placeholder
        public var text = ""
        public var opens = Day.placeholder
        public var due = Day.placeholder
        public var state = FollowUpState.open
        public var cycle = 1
        /// The roles that must go, with commas between.
        public var visitors = ""
        public var result: VisitResult?
        /// The names of those who went.
        public var visited: [String] = []
        public var visitedAt: Moment?
        public var attempts = 0
        /// 人员不符: required visitors who were not there.
        public var absent: [Role] = []
        public var awaitsRectification = false
        /// The names of those who did the work, or have it.
        public var workers: [String] = []
        /// 自办自访: those at the visit who did the work themselves.
        public var ownWork: [String] = []
        /// The month whose rate counts it; with it, whether the rate counts it as covered and as on time.
        public var period: Period?
        public var covered: Bool?
        public var onTime: Bool?

        public init() {}

        public mutating func fields(_ visitor: inout some FieldVisitor) throws {
            try visitor.field("id", &id, Label("编号", en: "Id"))
            try visitor.field("request", &request, .request)
            try visitor.field("class", &`class`, Label("类别", en: "Class"))
            try visitor.field("stage", &stage, Label("阶段", en: "Stage"))
            try visitor.field("unit", &unit, .unit)
            try visitor.field("text", &text, Label("内容", en: "Text"))
            try visitor.field("opens", &opens, Label("开始", en: "Opens"))
            try visitor.field("due", &due, Label("到期", en: "Due"))
            try visitor.field("state", &state, Label("状态", en: "State"))
            try visitor.field("cycle", &cycle, Label("轮次", en: "Cycle"))
            try visitor.field("visitors", &visitors, Label("须到场", en: "Visitors"))
            try visitor.field("result", &result, Label("结果", en: "Result"))
            try visitor.field("visited", &visited, Label("回访人", en: "Visited by"))
            try visitor.field("visitedAt", &visitedAt, Label("回访时间", en: "Visited at"))
            try visitor.field("attempts", &attempts, Label("未遇次数", en: "Attempts"))
            try visitor.field("absent", &absent, Label("人员不符", en: "Absent"))
            try visitor.field("awaitsRectification", &awaitsRectification, Label("待整改", en: "To rectify"))
            try visitor.field("workers", &workers, .worker)
            try visitor.field("ownWork", &ownWork, Label("自办自访", en: "Own work"))
            try visitor.field("period", &period, Label("计入月份", en: "Counted in"))
            try visitor.field("covered", &covered, Label("已访", en: "Covered"))
            try visitor.field("onTime", &onTime, Label("按时", en: "On time"))
        }
    }

    public init() {}

    public func rows(of estate: Estate, at moment: Moment) -> [Row] {
        estate.followUps.all.values.map { Row($0, in: estate, at: moment) }
    }
}

extension FollowUpsView.Row {
    public init(_ followUp: FollowUp, in estate: Estate, at moment: Moment) {
        (id, request, `class`, stage) = (followUp.id, followUp.request, followUp.class, followUp.stage)
        (unit, text) = (followUp.unit, estate.requests[followUp.request]?.text ?? "")
        (opens, due, cycle) = (followUp.opens, followUp.due, followUp.cycle)
        state = followUp.state(at: moment, in: estate.zone)
        visitors = estate.handbook.followUpRule(for: followUp.class).visitors.map(\.rawValue).joined(separator: ",")
        result = followUp.reports.last?.result
        visited = (followUp.visit?.visitors ?? []).map { estate.staff.name(of: $0) }
        visitedAt = followUp.visit?.at
        attempts = followUp.reports.count { !$0.result.isVisit }
        absent = followUp.visit?.absent ?? []
        awaitsRectification = followUp.awaitsRectification
        workers = estate.hands(of: followUp).map { $0.name(in: estate) }
        ownWork = (followUp.visit?.ownWork ?? []).map { estate.staff.name(of: $0) }
        period = followUp.period(at: moment, in: estate.zone)
        if period != nil { (covered, onTime) = (followUp.visit != nil, followUp.isOnTime(in: estate.zone)) }
    }

    /// The roles that must go, as people read them.
    public func requiredRoles(_ language: Language) -> String {
        visitors.split(separator: ",").compactMap { Role(rawValue: String($0))?.label[language] }.joined(separator: "+")
    }
}

/// The return-visit rates of a month by class (section 3 and Rules, Return-visit rate).
public struct RatesView: View {
    public static let name = "rates"
    public static let label = Label("回访率", en: "Return-visit rates")
    var period: Period?

    public struct Row: Record {
        public var `class` = RequestClass.other
        /// Percent; nothing where the regional manager sets it (未定).
        public var target: Int?
        public var matured = 0
        public var covered = 0
        public var onTime = 0
        public var met: Bool?

        public init() {}

        public mutating func fields(_ visitor: inout some FieldVisitor) throws {
            try visitor.field("class", &`class`, Label("类别", en: "Class"))
            try visitor.field("target", &target, Label("标准%", en: "Target %"))
            try visitor.field("matured", &matured, Label("到期", en: "Matured"))
            try visitor.field("covered", &covered, Label("已访", en: "Covered"))
            try visitor.field("onTime", &onTime, Label("按时", en: "On time"))
            try visitor.field("met", &met, Label("达标", en: "Met"))
        }
    }

    public init() {}

    public init(period: Period) { self.period = period }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("period", &period, Label("月份", en: "Month"))
    }

    public func rows(of estate: Estate, at moment: Moment) -> [Row] {
        let period = period ?? Period(Day(asOf: moment, in: estate.zone))
        return RequestClass.allCases.map { requestClass in
            let rate = estate.followUps.rate(of: requestClass, in: period, at: moment, zone: estate.zone)
            var row = Row()
            (row.class, row.target) = (requestClass, estate.handbook.followUpRule(for: requestClass).target)
            (row.matured, row.covered, row.onTime) = (rate.matured, rate.covered, rate.onTime)
            row.met = row.target.flatMap { target in Share(rate.onTime, of: rate.matured)?.meets(percent: target) }
            return row
        }
    }
}
