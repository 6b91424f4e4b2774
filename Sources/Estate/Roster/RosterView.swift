import Journal

/// The roster beside the shifts that were opened: who was to be on duty, who was late, replaced or absent.
public struct RosterView: PlainView {
    public static let name = "roster"
    public static let label = Label("排班", en: "Roster")
    public static let timeKey: String? = "from"
    public static let looksAhead = true

    /// A planned shift, compared once for all columns.
    @dynamicMemberLookup
    public struct Subject: Sendable {
        public let planned: PlannedShift
        public let attendance: Attendance

        public subscript<Value>(dynamicMember path: KeyPath<PlannedShift, Value>) -> Value { planned[keyPath: path] }
    }

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("post") { $0.post }
        Column("staff") { $0.planned.staff }
        Column("name") { $0.name }
        Column("from", .shiftBegins) { $0.from }
        Column("to", .shiftEnds) { $0.to }
        Column("state") { $0.attendance.state }
        Column("arrived", Label("接班时间", en: "Came at")) { $0.arrived }
        Column("late", Label("迟到分钟", en: "Minutes late")) { $0.attendance.minutesLate }
        Column("by", Label("代班人", en: "Replaced by")) { $0.by }
        Column("shift", .shift) { $0.attendance.shift?.id }
    }

    public init() {}

    public func subjects(in context: ViewContext) -> [Subject] {
        let book = AttendanceBook(context.estate, at: context.moment)
        return context.estate.rosters.standing.map { Subject(planned: $0, attendance: book.attendance(of: $0)) }
    }
}

extension ViewRow<RosterView> {
    public var name: String { estate.staff.name(of: subject.planned.staff) }
    public var state: RosterState { subject.attendance.state }
    /// When the member, or who came instead, took the post over.
    public var arrived: Moment? { subject.attendance.shift?.opened }
    /// The name of who came instead.
    public var by: String? {
        subject.attendance.state == .replaced
            ? subject.attendance.shift.map { estate.staff.name(of: $0.staff) } : nil
    }
}
