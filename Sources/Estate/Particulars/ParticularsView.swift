import Journal

/// The state of a month's particulars.
public enum ParticularsState: String, NamedChoice {
    case kept, due, held, ended

    public var label: Label {
        switch self {
        case .kept: Label("保存中", en: "kept")
        case .due: Label("已到期", en: "due")
        case .held: Label("留存", en: "held")
        case .ended: Label("已删除", en: "ended")
        }
    }
}

/// The sealed particulars by class and month: how many records, until when they are kept, and which have ended.
public struct ParticularsView: PlainView {
    public static let name = "particulars"
    public static let label = Label("个人信息", en: "Particulars")

    public struct Subject: Sendable {
        public let kind: String
        public let period: Period
        /// The records, and those of them that have ended.
        public let records, ended: Int
        /// The records that are held for an incident.
        public let held: Int
        /// The last day on which they are kept.
        public let due: Day?
        public let state: ParticularsState
    }

    public static var columns: [ViewColumn<Self>] {
        Column("class") { $0.className }
        Column("period", Label("月份", en: "Month")) { $0.period }
        Column("records", Label("条数", en: "Records")) { $0.records }
        Column("state") { $0.state }
        Column("held", Label("留存", en: "Held")) { $0.held }
        Column("ended", Label("已删除", en: "Ended")) { $0.ended }
        Column("due", Label("保存至", en: "Kept through")) { $0.due }
    }

    public init() {}

    public func subjects(in context: ViewContext) -> [Subject] {
        let retention = Retention(context.estate)
        return context.estate.particularsPeriods.map { Subject($0, context.estate, retention, on: context.day) }
            .filter { $0.records > 0 }
    }
}

extension ViewRow<ParticularsView> {
    public var className: Label {
        let known = estate.handbook.particulars[subject.kind]
        return Label(known?.name ?? subject.kind, en: known?.english ?? subject.kind)
    }
}

extension ParticularsView.Subject {
    fileprivate init(_ months: ParticularsPeriod, _ estate: Estate, _ retention: Retention, on day: Day) {
        // What was undone ends with the others, and counts for nothing.
        let readable = months.places.flatMap { estate.readable(in: $0) }.filter { !estate.undone.holds($0.entry.id) }
        let all = months.places.flatMap { estate.sealedLines.names(of: $0) }.reduce(0) { sum, name in
            sum + (estate.sealedLines.entries[name] ?? Chunks()).count { !estate.undone.holds($0.id) }
        }
        held = readable.count { estate.particulars.isHeld($0.entry.record, on: day) }
        (kind, period, records, ended) = (months.kind, months.month, all, all - readable.count)
        due = estate.lastDay(of: months.kind, months.month)
        let isOver = due.map { $0 < day } ?? false
        let lastDay = retention.lastDays(in: months)
        let past = readable.filter { isOver || lastDay($0.entry).map { $0 < day } ?? false }
        let isKept = past.allSatisfy { estate.keepsParticulars(of: $0.entry.record, on: day) != nil }
        state = readable.isEmpty ? .ended : past.isEmpty ? .kept : isKept ? .held : .due
    }
}
