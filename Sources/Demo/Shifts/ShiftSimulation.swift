import Estate
import Journal

extension Shifts: SimulatedFeature {
    static func schedule(in simulation: Simulation) { ShiftSimulation(simulation: simulation).schedule() }
}

/// The guards' shifts, with the visitors handed over by name and the checklist gone through. Now and then a count differs,
/// once in a while the next guard signs with a reservation.
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
        let begins = timeline.moment(day, hour: Roster.shiftHours[index])
        var punctuality = simulation.generator("punctuality \(index)", day.number)
        // Once in a while the next guard comes late.
        let moment = index == 1 && punctuality.chance(5) ? begins.adding(minutes: punctuality.between(7...12)) : begins
        let next = Roster.guardOnDuty(day: day, shift: index)
        simulation.schedule(at: moment) { [self] batch in
            let former = Roster.guardOnDuty(at: begins.adding(minutes: -1), timeline)
            guard let shift else {
                shift = Ref(try batch.perform(OpenShift(post: Self.post, staff: next), by: next, at: moment).id)
                return
            }
            let inside = simulation.store.estate.gate.inside(at: Self.post)
            let handover = handover(inside.isEmpty)
            try batch.perform(
                CloseShift(
                    shift: shift, next: next, handed: inside.map(\.id), notes: notes(index), handover: handover),
                by: former, at: moment)
            let reservation = handover.differences.isEmpty || random.chance(60) ? nil : "数目不符，交班前的事，请主管查"
            self.shift = Ref(
                try batch.perform(
                    AcknowledgeShift(
                        shift: shift, confirmed: Array(1...10), reservation: reservation, ritual: true),
                    by: next, at: moment
                ).id)
        }
    }

    private func handover(_ isEmpty: Bool) -> Handover {
        let rule = simulation.store.estate.handbook.shifts
        let differing = random.chance(8) ? random.below(rule.equipment.count) : nil
        let equipment = rule.equipment.enumerated().map { index, stock in
            index == differing && stock.count > 1
                ? HandoverCounts.Entry(
                    stock.name, stock.count - 1, of: stock.count, note: random.pick(["一件送修", "一件借给巡逻岗", "一件找不到，已报主管"]))
                : HandoverCounts.Entry(stock.name, stock.count, of: stock.count)
        }
        let keys = rule.keys.map { HandoverCounts.Entry($0.name, $0.count, of: $0.count) }
        var answers: [Int: String] = [:]
        for (index, item) in rule.items.enumerated() where !["equipment", "keys"].contains(item.id) {
            answers[index + 1] = item.nothing
        }
        if !isEmpty { answers[1] = "按名单移交" }
        if random.chance(25) {
            answers[3] = random.pick(["3 栋 2 单元门禁等维修", "5 栋楼道灯报修未到", "东门道闸等厂家"])
        }
        if random.chance(15) { answers[4] = random.pick(["明早 9 点搬家一户", "22 点起停水", "大风预警，看好围挡"]) }
        return Handover(
            items: HandoverAnswers(answers), equipment: HandoverCounts(equipment), keys: HandoverCounts(keys),
            ritual: true)
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
