import Estate
import Journal

extension Renovations: SimulatedFeature {
    static func schedule(in simulation: Simulation) {
        var random = simulation.generator("renovations")
        var names = PersonNames(random: simulation.generator("renovations: workers"))
        var households = random.shuffled(
            simulation.plan.households.filter {
                $0.residents.first?.role == .owner && !simulation.plan.changing.contains($0.unit)
            })
        for (number, sample) in SampleRenovation.all.enumerated() {
            let place = households.firstIndex { household in
                household.residents.contains { $0.role == .tenant } == sample.isLet
            }
            guard let place else { continue }
            let household = households.remove(at: place)
            SimulatedRenovation(simulation, sample, household, workers: (0..<4).map { _ in names.next() }, number)
                .schedule()
        }
    }
}

/// One renovation of the demo: the supervisor's and the operators' work, and the workers at the gate.
private final class SimulatedRenovation {
    private let simulation: Simulation
    private let sample: SampleRenovation
    private let unit: UnitCode
    private let owner: String
    private let workers: [String]
    private let number: Int
    private var renovation = Ref<RenovationCase>.placeholder

    private var timeline: Timeline { simulation.timeline }
    private var state: RenovationCase? { simulation.store.estate.renovations.all[renovation] }
    private var applied: Day { timeline.today.adding(-sample.daysAgo) }

    init(
        _ simulation: Simulation, _ sample: SampleRenovation, _ household: Household, workers: [String], _ number: Int
    ) {
        (self.simulation, self.sample, unit, self.workers, self.number) = (
            simulation, sample, household.unit, workers, number
        )
        owner = household.residents.first?.name ?? ""
    }

    func schedule() {
        let first = timeline.moment(applied, hour: 8, minute: 40)
        simulation.schedule(at: first) { [self] batch in
            renovation = Ref(
                try batch.perform(
                    ApplyRenovation(unit: unit, contractor: sample.contractor, works: sample.works),
                    by: Roster.operators[0], at: first
                ).id)
        }
        for (index, event) in sample.events.enumerated() {
            let moment = timeline.moment(
                applied.adding(event.day), hour: event.hour, minute: (number * 7 + index * 3) % 50)
            simulation.schedule(at: moment) { [self] batch in try take(event.step, at: moment, &batch) }
        }
        scheduleVisits()
    }

    private func take(_ step: SampleRenovation.Step, at moment: Moment, _ batch: inout Store.Batch) throws {
        for (place, action) in actions(of: step, on: timeline.day(of: moment)).enumerated() {
            try batch.perform(action, by: Roster.supervisor, at: moment.adding(seconds: place * 40))
        }
    }

    private func actions(of step: SampleRenovation.Step, on day: Day) -> [any Action] {
        switch step {
        case .papers(let count):
            (state?.missingPapers ?? []).prefix(count).map { DeliverPaper(renovation: renovation, paper: $0) }
        case .complete: [CompletePapers(renovation: renovation)]
        case .consent: [ConsentRenovation(renovation: renovation, signer: owner)]
        case .notice: [SignNotice(renovation: renovation, decorator: owner, contractor: sample.contractor)]
        case .neighbours: [TellNeighbours(renovation: renovation)]
        case .agree(let days):
            [
                AgreeRenovation(
                    renovation: renovation, from: day.adding(1), to: day.adding(days),
                    hours: "有噪声：工作日 08:00-12:00、14:00-18:00；无噪声：每天 08:00-20:00")
            ]
        case .permit(let deposit, let fee, let days, let method):
            [
                PermitRenovation(
                    renovation: renovation, deposit: Money(fen: deposit * 100), fee: Money(fen: fee * 100),
                    until: day.adding(days), method: method)
            ]
        case .passes(let count):
            zip(workers, ["项目经理", "水电工", "瓦工", "木工"]).prefix(count).map {
                IssuePass(renovation: renovation, name: $0, trade: $1)
            }
        case .check(let stage, let note): [CheckRenovation(renovation: renovation, note: note, stage: stage)]
        case .violation(let what, let isHarmed):
            [
                RecordViolation(
                    renovation: renovation, what: what, evidence: "照片 \(unit.text)-\(number)", isHarmed: isHarmed,
                    ordered: "口头制止，书面通知")
            ]
        case .obeyed: state?.violations.last.map { [ObeyViolation(violation: $0)] } ?? []
        case .report(let authority, let number):
            state?.violations.last.map { [ReportViolation(violation: $0, to: authority, number: number)] } ?? []
        case .extend(let days, let why):
            [ExtendRenovation(renovation: renovation, until: (state?.until ?? day).adding(days), why: why)]
        case .finish: [FinishRenovation(renovation: renovation)]
        case .accept(let isPassed, let note):
            [AcceptRenovation(renovation: renovation, result: isPassed ? .passed : .failed, note: note)]
        case .deduct(let amount, let why, let evidence):
            [
                DeductDeposit(
                    renovation: renovation, amount: Money(fen: amount * 100), why: why, evidence: evidence,
                    signer: owner)
            ]
        case .refund: [RefundDeposit(renovation: renovation, refund: state?.balance ?? .zero)]
        case .withdraw(let why): [WithdrawRenovation(renovation: renovation, why: why)]
        }
    }

    // MARK: The gate

    /// On some days workers come in the morning. Who stands inside at the end is not their matter: none comes today.
    private func scheduleVisits() {
        guard let begin = sample.events.first(where: { if case .passes = $0.step { true } else { false } }) else {
            return
        }
        let end = sample.events.first { event in
            switch event.step {
            case .finish, .withdraw: true
            default: false
            }
        }
        let last = min(end.map { applied.adding($0.day) } ?? timeline.today, timeline.today)
        var random = simulation.generator("renovations: visits", number)
        var day = applied.adding(begin.day + 1)
        while day < last {
            if random.chance(30), let name = workers.first {
                come(random.chance(80) ? name : workers[3], on: day, &random)
            }
            day = day.adding(1)
        }
    }

    private func come(_ name: String, on day: Day, _ random: inout SeededGenerator) {
        let (simulation, timeline) = (simulation, timeline)
        let arrives = timeline.moment(day, hour: 8, minute: 5).adding(seconds: random.below(3000))
        let leaves = timeline.moment(day, hour: 15).adding(seconds: random.below(9000))
        let host = Host(unit.text)
        simulation.schedule(at: arrives) { batch in
            let visit = Ref<Visit>(
                try batch.perform(
                    ArriveVisitor(name: name, host: host, purpose: "装修", again: true),
                    by: Roster.guardOnDuty(at: arrives, timeline), at: arrives
                ).id)
            simulation.schedule(at: leaves) { batch in
                try batch.perform(LeaveVisitor(visit: visit), by: Roster.guardOnDuty(at: leaves, timeline), at: leaves)
            }
        }
    }
}
