import Handbook
import Journal

/// How a planned shift was kept.
public enum RosterState: String, NamedChoice {
    case upcoming, missing, present, late, replaced, absent

    public var label: Label {
        switch self {
        case .upcoming: Label("未开始", en: "to come")
        case .missing: Label("未到岗", en: "missing")
        case .present: Label("准时", en: "in time")
        case .late: Label("迟到", en: "late")
        case .replaced: Label("他人代班", en: "replaced")
        case .absent: Label("缺勤", en: "absent")
        }
    }
}

/// A planned shift beside the shift that was opened for it.
public struct Attendance: Sendable {
    public let state: RosterState
    /// The shift that the member opened or, if another came, that one.
    public let shift: Shift?
    /// The minutes of a member who came late, begun ones included.
    public let minutesLate: Int?
}

/// The shifts that were opened, by post, to be compared with the roster.
struct AttendanceBook {
    private let estate: Estate
    private let moment: Moment
    /// In the order in which they began.
    private let byPost: [String: [Shift]]

    init(_ estate: Estate, at moment: Moment) {
        (self.estate, self.moment) = (estate, moment)
        byPost = Dictionary(grouping: estate.shifts.all.values.filter { $0.opened <= moment }, by: \.post)
            .mapValues { $0.sorted { $0.opened < $1.opened } }
    }

    /// Who holds a post on beyond their shift is there from its beginning; who came in another's place opened it not
    /// long before.
    func attendance(of planned: PlannedShift) -> Attendance {
        let rule = estate.handbook.roster
        let shifts = overlapping(planned)
        let latest = planned.from.adding(minutes: rule.graceMinutes)
        let earliest = planned.from.adding(minutes: -rule.earlyMinutes)
        // Who is on duty now has not come for a shift that is still to begin.
        let isToCome = moment < planned.from
        if let own = shifts.first(where: { $0.staff == planned.staff && (!isToCome || $0.opened >= earliest) }) {
            let seconds = own.opened.seconds(since: planned.from)
            return own.opened > latest
                ? Attendance(state: .late, shift: own, minutesLate: (seconds + 59) / 60)
                : Attendance(state: .present, shift: own, minutesLate: nil)
        }
        if moment <= latest { return Attendance(state: .upcoming, shift: nil, minutesLate: nil) }
        if let other = shifts.first(where: { $0.opened >= earliest }) {
            return Attendance(state: .replaced, shift: other, minutesLate: nil)
        }
        return Attendance(state: moment < planned.to ? .missing : .absent, shift: nil, minutesLate: nil)
    }

    /// The shifts of the post that were under way within the time that was planned.
    private func overlapping(_ planned: PlannedShift) -> [Shift] {
        guard let shifts = byPost[planned.post] else { return [] }
        var (low, high) = (0, shifts.count)
        while low < high {
            let middle = (low + high) / 2
            if shifts[middle].opened < planned.to { low = middle + 1 } else { high = middle }
        }
        // No shift goes on for more than some days; those before it have ended.
        let earliest = planned.from.adding(seconds: -7 * 86400)
        var found: [Shift] = []
        for shift in shifts[..<low].reversed() {
            if shift.opened < earliest, shift.closed != nil { break }
            if shift.closed.map({ $0 > planned.from }) ?? true { found.append(shift) }
        }
        return found.reversed()
    }
}
