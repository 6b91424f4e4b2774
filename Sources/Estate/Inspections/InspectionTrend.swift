import Handbook
import Journal

/// How an item, or all items of an area or a post, did over the last weeks: passed ÷ applicable of what was marked.
public struct InspectionTrendView: View {
    public static let name = "inspectiontrend"
    public static let label = Label("巡检趋势", en: "Trend of inspections")
    /// How many weeks, the present one included; 8 unless given.
    var weeks: Int?
    var by: TrendGroup?

    /// One item or area, with what was marked in each of the weeks, the oldest first.
    public struct Subject: Sendable {
        /// The clause, or nothing for a whole area.
        public let item: String?
        public let section: String
        public let text: String
        public fileprivate(set) var counts: [WeekCount]

        public var passed: Int { counts.reduce(0) { $0 + $1.passed } }
        public var failed: Int { counts.reduce(0) { $0 + $1.failed } }
        public var rate: Share? { Share(passed, of: passed + failed) }
    }

    /// What was marked in one week.
    public struct WeekCount: Sendable {
        public let week: Week
        public var passed = 0
        public var failed = 0

        public var rate: Share? { Share(passed, of: passed + failed) }
    }

    public static var columns: [ViewColumn<Self>] {
        Column("section", Label("区域", en: "Area")) { $0.section }
        Column("item", .clause) { $0.item }
        Column("text", .standard) { $0.text }
        Column("passed", Label("合格", en: "Passed")) { $0.passed }
        Column("failed", Label("不合格", en: "Failed")) { $0.failed }
        Column("rate", Label("合格率%", en: "Passed %")) { $0.rate?.text }
        Column("trend", Label("各周合格率%", en: "Weeks %")) { $0.trend }
    }

    public init() {}

    public init(weeks: Int? = nil, by: TrendGroup? = nil) { (self.weeks, self.by) = (weeks, by) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("weeks", &weeks, Label("几周", en: "Weeks"))
        try visitor.field("by", &by, Label("按", en: "By"))
    }

    public func subjects(in context: ViewContext) throws -> [Subject] {
        let count = weeks ?? 8
        guard (1...104).contains(count) else {
            throw Refusal(.input, "weeks.range", "周数填 1 到 104", en: "1 to 104 weeks", field: "weeks")
        }
        let last = Week(context.day)
        let weeks = (0..<count).map { Week(last.monday.adding(7 * ($0 - count + 1))) }
        let rule = context.estate.handbook.inspections
        // In the order of the handbook, then what only older inspections have.
        var order = rule.names.flatMap { rule.template(named: $0)?.items ?? [] }.map {
            by == .area ? $0.section : $0.id
        }
        var known = Set(order)
        var rows: [String: Subject] = [:]
        for inspection in context.estate.inspections.all.values {
            let week = Week(Day(inspection.opened, in: context.zone))
            guard let place = weeks.firstIndex(of: week) else { continue }
            let contents = context.estate.contents(of: inspection)
            for item in inspection.items {
                guard let finding = inspection.findings[item], finding.mark != .notApplicable else { continue }
                let content = contents[item] ?? InspectionItem()
                let key = by == .area ? content.section : item
                if known.insert(key).inserted { order.append(key) }
                var row =
                    rows[key]
                    ?? Subject(
                        item: by == .area ? nil : item, section: content.section,
                        text: by == .area ? content.section : content.text, counts: weeks.map { WeekCount(week: $0) })
                if finding.mark == .pass { row.counts[place].passed += 1 } else { row.counts[place].failed += 1 }
                rows[key] = row
            }
        }
        var seen: Set<String> = []
        return order.filter { seen.insert($0).inserted }.compactMap { rows[$0] }
    }
}

/// What a trend has a row for.
public enum TrendGroup: String, NamedChoice {
    case item, area

    public var label: Label {
        switch self {
        case .item: Label("检查项", en: "item")
        case .area: Label("区域、岗位", en: "area or post")
        }
    }

    public var synonyms: [String] { self == .area ? ["post", "岗位", "区域"] : [] }
}

extension ViewRow<InspectionTrendView> {
    /// The rate of each week, the oldest first; `-` for a week without marks.
    public var trend: String {
        subject.counts.map { $0.rate.map { $0.text } ?? "-" }.joined(separator: " ")
    }
}
