import Estate
import Journal

extension Shifts: SimulatedFeature {
    static func schedule(in simulation: Simulation) { ShiftSimulation(simulation: simulation).schedule() }
}

/// The guards' shifts, with the visitors handed over by name.
final class ShiftSimulation {
    private static let post = "门岗"

    private let simulation: Simulation
    private var timeline: Timeline { simulation.timeline }
    private var random: SeededGenerator
    private var shift: Ref<Shift>?

    init(simulation: Simulation) {
        self.simulation = simulation
        random = simulation.generator("shifts")
    }

    fileprivate func schedule() {
        for day in timeline.days {
            for index in Roster.shiftHours.indices { change(to: index, on: day) }
        }
    }

    private func change(to index: Int, on day: Day) {
        let moment = timeline.moment(day, hour: Roster.shiftHours[index])
        let next = Roster.guardOnDuty(day: day, shift: index)
        simulation.schedule(at: moment) { [self] batch in
            let former = Roster.guardOnDuty(at: moment.adding(minutes: -1), timeline)
            if let shift {
                let inside = simulation.store.estate.gate.inside(at: Self.post).map(\.id)
                try batch.perform(
                    CloseShift(shift: shift, next: next, handed: inside, notes: notes(index)), by: former, at: moment)
                self.shift = Ref(try batch.perform(AcknowledgeShift(shift: shift), by: next, at: moment).id)
            } else {
                shift = Ref(try batch.perform(OpenShift(post: Self.post, staff: next), by: next, at: moment).id)
            }
        }
    }

    private func notes(_ index: Int) -> String? {
        let name = Roster.shiftNames[(index + 2) % 3]
        guard random.chance(45) else { return nil }
        return "\(name)："
            + random.pick([
                "设备正常，钥匙齐全", "3 号楼门禁已报修", "东门道闸偏慢，留意", "对讲机一台充电中", "地库有车未熄灯，已通知车主", "雨具已收回",
            ])
    }
}
