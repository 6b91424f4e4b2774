import Estate
import Journal

/// The staff of the estate and their duty schedule.
package enum Roster {
    package static let manager = StaffMember(code: "S01", name: "周敏", role: .manager)

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

    /// An operator who leaves in the simulated months.
    static let former = StaffMember(code: "S13", name: "钱莉", role: .operator)

    package static let operators = ["S02", "S03"]
    package static let guards = ["S04", "S05", "S06"]
    package static let administrators = ["S09", "S10"]
    package static let supervisor = "S07"
    package static let regional = "S08"
    package static let keeper = "S11"
    package static let finance = "S12"

    /// The first operator works from 07:00 to 14:00, the second the rest of the day.
    static func operatorOnDuty(at moment: Moment, _ timeline: Timeline) -> String {
        (7 * 60..<14 * 60).contains(timeline.minutes(of: moment)) ? operators[0] : operators[1]
    }

    /// The hours at which the guards' shifts 早班, 中班 and 晚班 begin.
    static let shiftHours = [6, 14, 22]
    static let shiftNames = ["早班", "中班", "晚班"]

    /// The shift of a moment: the day on which it began, and its index in ``shiftHours``.
    static func shift(at moment: Moment, _ timeline: Timeline) -> (day: Day, index: Int) {
        let hour = timeline.minutes(of: moment) / 60
        let day = timeline.day(of: moment)
        guard let index = shiftHours.lastIndex(where: { $0 <= hour }) else { return (day.adding(-1), 2) }
        return (day, index)
    }

    /// The guard of a shift. Each week the guards move on by one shift.
    static func guardOnDuty(day: Day, shift: Int) -> String { guards[(shift + Week(day).monday.number / 7) % 3] }

    static func guardOnDuty(at moment: Moment, _ timeline: Timeline) -> String {
        let shift = shift(at: moment, timeline)
        return guardOnDuty(day: shift.day, shift: shift.index)
    }
}

extension Staff: SimulatedFeature {
    static func prepare(_ simulation: Simulation, _ batch: inout Store.Batch) throws {
        try Roster.record(in: &batch, at: simulation.timeline.founded)
        try batch.perform(
            AddStaff(staff: Roster.former.code, name: Roster.former.name, role: Roster.former.role),
            at: simulation.timeline.founded.adding(minutes: 5))
    }

    static func schedule(in simulation: Simulation) {
        let timeline = simulation.timeline
        let moment = timeline.moment(timeline.currentMonth.adding(-1).last, hour: 18)
        simulation.schedule(at: moment) { batch in
            try batch.perform(LeaveStaff(staff: Roster.former.code), at: moment)
        }
    }
}

extension Roster {
    /// Records the staff except the manager, with whom the estate is founded.
    package static func record(in batch: inout Store.Batch, at moment: Moment) throws {
        for member in others {
            try batch.perform(
                AddStaff(staff: member.code, name: member.name, role: member.role), by: manager.code,
                at: moment.adding(minutes: 5))
        }
    }
}
