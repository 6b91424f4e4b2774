import Journal

/// How often a step was left out.
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

/// How the telephone was answered, by day and staff member.
public struct CallQualityView: PlainView {
    public static let name = "callquality"
    public static let label = Label("接听质量", en: "Call quality")
    public static let timeKey: String? = "day"

    public struct Row: Record {
        public var day = Day.placeholder
        public var staff = ""
        public var name = ""
        /// Incoming and outgoing.
        public var calls = 0
        public var answered = 0
        /// Of the answered ones, those within three rings (1.1).
        public var inTime = 0
        /// The percentage, two places, cut off; nothing when none was answered.
        public var share: String?
        public var missed = 0
        /// Of the missed ones, those that were spoken to since.
        public var returned = 0
        public var omitted: [OmissionCount] = []

        public init() {}

        public mutating func fields(_ visitor: inout some FieldVisitor) throws {
            try visitor.field("day", &day, Label("日期", en: "Day"))
            try visitor.field("staff", &staff, Label("工号", en: "Staff"))
            try visitor.field("name", &name, Label("姓名", en: "Name"))
            try visitor.field("calls", &calls, Label("通话", en: "Calls"))
            try visitor.field("answered", &answered, Label("接听", en: "Answered"))
            try visitor.field("inTime", &inTime, Label("三声内", en: "In time"))
            try visitor.field("share", &share, Label("三声内%", en: "In time %"))
            try visitor.field("missed", &missed, Label("未接", en: "Missed"))
            try visitor.field("returned", &returned, Label("已回", en: "Called back"))
            try visitor.field("omitted", &omitted, Label("遗漏步骤", en: "Left out"))
        }
    }

    private struct Key: Hashable {
        let day: Day
        let staff: String
    }

    public init() {}

    public func rows(of estate: Estate, at moment: Moment) -> [Row] {
        CallQualityView.rows(of: estate.calls.all.values, in: estate)
    }

    /// The same of some calls only.
    public static func rows(of calls: some Sequence<Call>, in estate: Estate) -> [Row] {
        let limit = estate.handbook.calls.rings.limit
        var groups: [Key: (row: Row, omitted: [CallOmission: Int])] = [:]
        for call in calls {
            let key = Key(day: Day(call.rang, in: estate.zone), staff: call.by)
            var (row, omitted) = groups[key] ?? (Row(), [:])
            row.calls += 1
            if let inTime = call.inTime(limit: limit) {
                row.answered += 1
                if inTime { row.inTime += 1 }
            }
            if call.isMissed { row.missed += 1 }
            if call.state == .returned { row.returned += 1 }
            for step in call.omissions(limit: limit) { omitted[step, default: 0] += 1 }
            groups[key] = (row, omitted)
        }
        return groups.sorted { ($0.key.day, $0.key.staff) < ($1.key.day, $1.key.staff) }.map { key, group in
            var row = group.row
            (row.day, row.staff, row.name) = (key.day, key.staff, estate.staff.name(of: key.staff))
            row.share = Share(row.inTime, of: row.answered)?.text
            row.omitted = CallOmission.allCases.compactMap { step in
                group.omitted[step].map { OmissionCount(step, $0) }
            }
            return row
        }
    }
}
