import Handbook
import Journal

/// Counts working days (工作日) by the State Council's published calendar.
public enum WorkingDays {
    /// A day that was not counted, and the reason.
    public struct Skipped: Part, Hashable {
        public var date = Day.placeholder
        public var why = ""

        public init() {}

        init(date: Day, why: String) { (self.date, self.why) = (date, why) }

        public mutating func fields(_ visitor: inout some FieldVisitor) throws {
            try visitor.field("date", &date, Label("日期", en: "Date"))
            try visitor.field("why", &why, Label("原因", en: "Why"))
        }
    }

    /// The last of `count` working days after `start`, which is not counted, and the days skipped in between.
    ///
    /// Throws ``Refusal`` `calendar.unpublished` if a day in between, or `start`, lies outside the published years.
    public static func deadline(
        from start: Day, adding count: Int, by handbook: Handbook
    ) throws -> (due: Day, skipped: [Skipped]) {
        var (day, remaining, skipped) = (start, count, [Skipped]())
        if handbook.kind(of: start) == .unpublished { throw unpublished(start) }
        while remaining > 0 {
            day = day.adding(1)
            switch handbook.kind(of: day) {
            case .off(let name): skipped.append(Skipped(date: day, why: name))
            case .worked: remaining -= 1
            case .ordinary where day.weekday > 5:
                skipped.append(Skipped(date: day, why: day.weekday == 6 ? "周六" : "周日"))
            case .ordinary: remaining -= 1
            case .unpublished: throw unpublished(day)
            }
        }
        return (day, skipped)
    }

    private static func unpublished(_ day: Day) -> Refusal {
        .rule(
            "calendar.unpublished", "\(day.civil.year) 年的放假安排尚未收录，不能推算工作日（规则：工作日按国务院公布的日历）",
            en: "the holidays of \(day.civil.year) are not published yet: working days cannot be counted")
    }
}

extension Handbook {
    func kind(of day: Day) -> DayKind {
        let civil = day.civil
        return dayKind(year: civil.year, month: civil.month, day: civil.day)
    }
}

extension WorkingDays: Feature {
    static let chapters: [any Chapter.Type] = [Handbook.Calendar.self]
    static let views: [any View.Type] = [WorkdaysView.self]
}

/// The last of some working days after a date, and the skipped days with their reasons.
public struct WorkdaysView: View {
    public static let name = "workdays"
    public static let label = Label("工作日推算", en: "Working days")
    var from = Day.placeholder
    var add = 0

    public struct Subject: Sendable {
        public let due: Day
        public let skipped: [WorkingDays.Skipped]
    }

    public static var columns: [ViewColumn<Self>] {
        Column("due") { $0.due }
        Column("skipped", Label("跳过", en: "Skipped")) { $0.skipped }
    }

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("from", &from, Label("起始日", en: "From"))
        try visitor.field("add", &add, Label("工作日数", en: "Working days"))
    }

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    public func subjects(in context: ViewContext) throws -> [Subject] {
        let (due, skipped) = try WorkingDays.deadline(from: from, adding: add, by: context.estate.handbook)
        return [Subject(due: due, skipped: skipped)]
    }
}
