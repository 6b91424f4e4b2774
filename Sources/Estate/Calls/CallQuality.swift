import Journal

/// How often a step of the script was left out.
public struct OmissionCount: Part, Equatable {
    public var step = CallOmission.rings
    public var count = 0

    public init() {}

    init(_ step: CallOmission, _ count: Int) { (self.step, self.count) = (step, count) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("step", &step)
        try visitor.field("count", &count)
    }

    public func display(zone: Zone, language: Language) -> String { "\(step.label[language]) \(count)" }
}

/// How the telephone was answered, by day and staff member (1.1).
public struct CallQualityView: PlainView {
    public static let name = "callquality"
    public static let label = Label("接听质量", en: "Call quality")
    public static let timeKey: String? = "day"

    /// The calls of one staff member on one day, counted.
    public struct Subject: Sendable {
        public let day: Day
        public let staff: String
        /// Incoming and outgoing.
        public fileprivate(set) var calls = 0
        public fileprivate(set) var answered = 0
        /// The answered ones within three rings.
        public fileprivate(set) var inTime = 0
        public fileprivate(set) var missed = 0
        /// The missed calls whose callers were spoken to since.
        public fileprivate(set) var returned = 0
        /// Wrong numbers.
        public fileprivate(set) var wrong = 0
        fileprivate var omissions: [CallOmission: Int] = [:]

        /// The percentage answered in time, two places, truncated; `nil` when none was answered.
        public var share: String? { Share(inTime, of: answered)?.text }
        public var omitted: [OmissionCount] {
            CallOmission.allCases.compactMap { step in omissions[step].map { OmissionCount(step, $0) } }
        }
    }

    public static var columns: [ViewColumn<Self>] {
        Column("day", Label("日期", en: "Day")) { $0.day }
        Column("staff") { $0.staff }
        Column("name") { $0.name }
        Column("calls", Label("通话", en: "Calls")) { $0.calls }
        Column("answered", Label("接听", en: "Answered")) { $0.answered }
        Column("inTime") { $0.inTime }
        Column("share", Label("三声内%", en: "In time %")) { $0.share }
        Column("missed", Label("未接", en: "Missed")) { $0.missed }
        Column("returned", Label("已回", en: "Called back")) { $0.returned }
        Column("omitted") { $0.omitted }
        Column("wrong", Label("打错", en: "Wrong number")) { $0.wrong }
    }

    private struct Key: Hashable {
        let day: Day
        let staff: String
    }

    public init() {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool {
        window.covers(from: filters)
    }

    public func subjects(in context: ViewContext) -> [Subject] {
        CallQualityView.counts(of: context.estate.calls.all.values, in: context.estate)
    }

    /// The counts of the given calls only.
    public static func counts(of calls: some Sequence<Call>, in estate: Estate) -> [Subject] {
        let limit = estate.handbook.calls.rings.limit
        var groups: [Key: Subject] = [:]
        for call in calls {
            let key = Key(day: Day(call.rang, in: estate.zone), staff: call.by)
            var counts = groups[key] ?? Subject(day: key.day, staff: key.staff)
            counts.calls += 1
            if let inTime = call.inTime(limit: limit) {
                counts.answered += 1
                if inTime { counts.inTime += 1 }
            }
            if call.isMissed { counts.missed += 1 }
            if call.state == .returned { counts.returned += 1 }
            if call.state == .wrong { counts.wrong += 1 }
            for step in call.omissions(limit: limit) { counts.omissions[step, default: 0] += 1 }
            groups[key] = counts
        }
        return groups.values.sorted { ($0.day, $0.staff) < ($1.day, $1.staff) }
    }
}

extension ViewRow<CallQualityView> {
    public var name: String { estate.staff.name(of: subject.staff) }
}
