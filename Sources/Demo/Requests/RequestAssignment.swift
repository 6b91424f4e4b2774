import Estate
import Journal

/// The assignment of requests to workers, and their progress reports.
struct RequestAssignment {
    private unowned let simulation: Simulation
    private var random: SeededGenerator

    private static let craftsmen = ["维修班老黄", "维修班小林"]
    private static let firms = ["维修班老黄", "宏达防水", "电梯维保"]
    private static let notes = ["已与业主约定上门时间", "已现场查看，待配件到货", "已报价，待业主确认", "材料已到，明日施工", "已开工", "已处理一半，业主要求周末再来"]

    init(simulation: Simulation) {
        self.simulation = simulation
        random = simulation.generator("assigning")
    }

    /// Assigns 85 % of the requests within an hour. Repair works, and 12 % of the others, get one or two progress reports.
    mutating func schedule(_ request: Ref<Request>, _ demand: SampleDemand, opened: Moment, by: String) {
        let requestClass = demand.class
        guard let worker = worker(for: demand), random.chance(85) else { return }
        let at = opened.adding(minutes: random.between(3...50))
        let days = requestClass == .repairWorks ? random.between(10...30) : nil
        let due = days.map { simulation.timeline.day(of: at).adding($0) }
        schedule(AssignRequest(request: request, to: Worker(worker), due: due), on: request, at: at, by: by)
        guard requestClass == .repairWorks || random.chance(12) else { return }
        for delay in [random.between(2...20), random.between(30...200)].prefix(random.between(1...2)) {
            let moment = simulation.timeline.workingTime(from: at.adding(minutes: delay * 60), &random)
            schedule(
                ReportProgress(request: request, note: random.pick(Self.notes)), on: request, at: moment,
                by: random.pick(Roster.administrators))
        }
    }

    private mutating func worker(for demand: SampleDemand) -> String? {
        switch demand.class {
        case .complaint:
            random.chance(8) ? random.pick(Roster.administrators) : random.pick(["保安队", "保洁班", Roster.supervisor])
        case .minorRepair: random.chance(3) ? random.pick(Roster.administrators) : random.pick(Self.craftsmen)
        case .repairWorks: random.pick(Self.firms)
        case .special: random.pick(SampleDemand.teams(for: demand.text))
        case .other: random.pick(Roster.operators)
        case .event: nil
        }
    }

    /// Schedules an action on a request, dropped if the request is no longer open then.
    private func schedule(_ action: some Action, on request: Ref<Request>, at moment: Moment, by: String) {
        let simulation = simulation
        simulation.schedule(at: moment) { batch in
            guard simulation.store.estate.requests[request]?.isOpen == true else { return }
            try batch.perform(action, by: by, at: moment)
        }
    }
}
