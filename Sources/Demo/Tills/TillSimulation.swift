import Estate
import Journal

extension Tills: SimulatedFeature {
    static func schedule(in simulation: Simulation) {
        for day in simulation.timeline.days { TillSimulation(simulation: simulation).schedule(on: day) }
    }
}

/// The tills of the two operators: one from 07:05 to 14:00, the other from 13:58 to 20:20.
struct TillSimulation {
    let simulation: Simulation

    private static let float = Money(fen: 300_00)
    private static let reasons = ["找零找错", "零钱点重", "一笔现金记成了刷卡，已更正", "原因待查"]

    private var timeline: Timeline { simulation.timeline }

    func schedule(on day: Day) {
        let morning = (timeline.moment(day, hour: 7, minute: 5), timeline.moment(day, hour: 14))
        let evening = (timeline.moment(day, hour: 13, minute: 58), timeline.moment(day, hour: 20, minute: 20))
        for (member, (opened, closed)) in zip(Roster.operators, [morning, evening]) {
            simulation.schedule(at: opened) { batch in
                try batch.perform(OpenTill(float: Self.float), by: member, at: opened)
            }
            simulation.schedule(at: closed) { batch in try close(member, at: closed, day, &batch) }
        }
    }

    private func close(_ member: String, at moment: Moment, _ day: Day, _ batch: inout Store.Batch) throws {
        guard let till = simulation.store.estate.tills.open(of: member).first else { return }
        var random = simulation.generator("tills \(member)", day.number)
        let passed = simulation.store.estate.passed(till)
        for (method, line) in passed.sorted(by: { $0.key < $1.key }) {
            let isWrong = method == PaymentMethods.cash && line.count > 0 && random.chance(12)
            let error = isWrong ? Money(fen: random.pick([-500, -100, -50, 100, 1000])) : .zero
            try batch.perform(
                CountTill(till: till.id, method: method, counted: line.expected.money + error), by: member, at: moment)
            if isWrong {
                try batch.perform(
                    ExplainTill(till: till.id, method: method, why: random.pick(Self.reasons)), by: member, at: moment)
            }
        }
        try batch.perform(CloseTill(till: till.id, receiver: Roster.finance), by: member, at: moment)
    }
}
