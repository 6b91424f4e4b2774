import Estate
import Journal

/// Who works at the estate, and who is on duty when.
enum Crew {
    static let manager = StaffMember(code: "S01", name: "周敏", role: .manager)

    static let others = [
        StaffMember(code: "S02", name: "王芳", role: .operator),
        StaffMember(code: "S03", name: "李娜", role: .operator),
        StaffMember(code: "S04", name: "张强", role: .guard),
        StaffMember(code: "S05", name: "刘洋", role: .guard),
        StaffMember(code: "S06", name: "陈刚", role: .guard),
        StaffMember(code: "S07", name: "赵静", role: .supervisor),
        StaffMember(code: "S08", name: "孙涛", role: .regional),
        StaffMember(code: "S09", name: "吴霞", role: .administrator),
        StaffMember(code: "S10", name: "郑磊", role: .administrator),
        StaffMember(code: "S11", name: "何平", role: .keeper),
        StaffMember(code: "S12", name: "许婷", role: .finance),
    ]

    static let operators = ["S02", "S03"]
    static let guards = ["S04", "S05", "S06"]
    static let administrators = ["S09", "S10"]
    static let supervisor = "S07"
    static let regional = "S08"
    static let finance = "S12"

    /// The first sits at the desk until early afternoon, the second until the next morning.
    static func atDesk(_ moment: Moment, _ span: Span) -> String {
        (7 * 60..<14 * 60).contains(span.minutes(of: moment)) ? operators[0] : operators[1]
    }

    /// The guards change at these hours: 早班, 中班, 晚班.
    static let shiftHours = [6, 14, 22]
    static let shiftNames = ["早班", "中班", "晚班"]

    /// Which shift a moment falls into: its day, and its place in the day.
    static func shift(at moment: Moment, _ span: Span) -> (day: Day, index: Int) {
        let hour = span.minutes(of: moment) / 60
        let day = span.day(of: moment)
        guard let index = shiftHours.lastIndex(where: { $0 <= hour }) else { return (day.adding(-1), 2) }
        return (day, index)
    }

    /// The guards move on by one shift each week.
    static func onGuard(day: Day, shift: Int) -> String { guards[(shift + Week(day).monday.number / 7) % 3] }

    static func atGate(_ moment: Moment, _ span: Span) -> String {
        let shift = shift(at: moment, span)
        return onGuard(day: shift.day, shift: shift.index)
    }
}
