import Handbook
import Journal

/// How a planned shift was kept.
public enum RosterState: String, NamedChoice {
    case upcoming, missing, present, late, replaced, absent

    public var label: Label {
        switch self {
        case .upcoming: Label("未到时间", en: "to come")
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

/// The shifts that were opened, to be compared with the roster.
///
/// A shift belongs to one plan: that of its member at its post whose beginning is nearest to its own; who has no plan there
/// came in place of another.
struct AttendanceBook {
    private let estate: Estate
    private let moment: Moment
    /// The shifts that belong to each plan, in the order in which they began.
    private var shifts: [Ref<PlannedShift>: [Shift]] = [:]

    init(_ estate: Estate, at moment: Moment) {
        (self.estate, self.moment) = (estate, moment)
        let opened = estate.shifts.all.values.filter { $0.opened <= moment }.sorted { $0.opened < $1.opened }
        for shift in opened {
            if let plan = nearest(to: shift) { shifts[plan.id, default: []].append(shift) }
        }
    }

    /// The plan that a shift belongs to. Who opens a shift long before a plan begins has not come for it.
    private func nearest(to shift: Shift) -> PlannedShift? {
        let rule = estate.handbook.roster
        // Who comes early does so before the plan begins.
        let end = min(shift.closed ?? .distantFuture, moment).adding(minutes: rule.earlyMinutes)
        let plans = estate.rosters.overlapping(
            shift.opened, min(end, shift.opened.adding(minutes: rule.maximumHours * 60))
        ).filter { $0.post == shift.post }
        func distance(_ plan: PlannedShift) -> Int { abs(plan.from.seconds(since: shift.opened)) }
        let own = plans.filter { $0.staff == shift.staff }
        return (own.isEmpty ? plans.filter { shift.opened >= earliest(of: $0) } : own)
            .min { (distance($0), $0.from) < (distance($1), $1.from) }
    }

    /// From when on who opens a shift has come for a plan.
    private func earliest(of planned: PlannedShift) -> Moment {
        planned.from.adding(minutes: -estate.handbook.roster.earlyMinutes)
    }

    /// A shift that lies ahead is to come, whoever holds the post now.
    func attendance(of planned: PlannedShift) -> Attendance {
        if moment < earliest(of: planned) { return Attendance(state: .upcoming, shift: nil, minutesLate: nil) }
        let latest = planned.from.adding(minutes: estate.handbook.roster.graceMinutes)
        let own = shifts[planned.id]?.first { $0.staff == planned.staff }
        if let shift = own ?? heldOn(into: planned) {
            let seconds = shift.opened.seconds(since: planned.from)
            return shift.opened > latest
                ? Attendance(state: .late, shift: shift, minutesLate: (seconds + 59) / 60)
                : Attendance(state: .present, shift: shift, minutesLate: nil)
        }
        if moment <= latest { return Attendance(state: .upcoming, shift: nil, minutesLate: nil) }
        if let other = shifts[planned.id]?.first {
            return Attendance(state: .replaced, shift: other, minutesLate: nil)
        }
        return Attendance(state: moment < planned.to ? .missing : .absent, shift: nil, minutesLate: nil)
    }

    /// The shift that the member holds on from a plan that ends where this one begins: they are there from its beginning.
    private func heldOn(into planned: PlannedShift) -> Shift? {
        guard moment >= planned.from else { return nil }
        let former = estate.rosters.overlapping(planned.from.adding(seconds: -1), planned.from).first {
            $0.to == planned.from && $0.post == planned.post && $0.staff == planned.staff
        }
        guard let former else { return nil }
        let shift = shifts[former.id]?.last { $0.staff == planned.staff } ?? heldOn(into: former)
        return shift.flatMap { shift in shift.closed.map { $0 > planned.from } ?? true ? shift : nil }
    }
}
