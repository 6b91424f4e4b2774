import Estate
import Journal

extension Requests: SimulatedFeature {
    static func schedule(in simulation: Simulation) {
        CommunityEvents(simulation: simulation).schedule()
        simulation[RequestSimulation.self].schedule()
    }
}

/// The requests: opening, assignment, completion, and reopening of 4 % of the completed ones.
final class RequestSimulation: SimulationService {
    private unowned let simulation: Simulation
    private var timeline: Timeline { simulation.timeline }
    private var random: SeededGenerator
    private var assignment: RequestAssignment

    init(_ simulation: Simulation) {
        self.simulation = simulation
        random = simulation.generator("requests")
        assignment = RequestAssignment(simulation: simulation)
    }

    /// Schedules requests made at the counter, on 30 % of the days.
    fileprivate func schedule() {
        for day in timeline.days where random.chance(30) {
            let moment = timeline.randomTime(on: day, hours: 9...17, &random)
            let household = random.pick(simulation.plan.households)
            let demand = SampleDemand.next(&random)
            simulation.schedule(at: moment) { batch in
                try self.open(demand, unit: household.unit, by: Roster.administrators[0], at: moment, from: nil, &batch)
            }
        }
    }

    /// Opens a request for a demand and schedules its assignment and completion.
    ///
    /// - Parameter from: The call and the recorded demand; `nil` at the counter.
    func open(
        _ demand: SampleDemand, unit: UnitCode, by: String, at moment: Moment, from: (Ref<Call>, Ref<Demand>)?,
        _ batch: inout Store.Batch
    ) throws {
        var request = OpenRequest(
            class: demand.class, unit: unit, text: demand.text, call: from?.0, demand: from?.1,
            urgent: demand.isUrgent ? true : nil)
        if let length = demand.length {
            let first = timeline.day(of: moment).adding(random.between(1...4))
            (request.from, request.to) = (first, first.adding(random.between(length)))
        }
        let id = Ref<Request>(try batch.perform(request, by: by, at: moment).id)
        assignment.schedule(id, demand, opened: moment, by: by)
        if let last = request.to {
            simulation[FollowUpSimulation.self].scheduleVisits(of: id)
            finish(id, at: timeline.randomTime(on: last, hours: 14...18, &random))
        } else if let delay = hours(demand.class, opened: timeline.day(of: moment)) {
            let done = moment.adding(minutes: random.between(delay.lowerBound * 60...delay.upperBound * 60))
            finish(id, at: timeline.workingTime(from: done, &random))
        }
    }

    /// The duration of the work in hours; `nil` for 0.6 % of the requests of the last half year, which are forgotten.
    private func hours(_ requestClass: RequestClass, opened day: Day) -> ClosedRange<Int>? {
        if random.below(1000) < 6, timeline.today.number - day.number < 180 { return nil }
        return switch requestClass {
        case .complaint: random.chance(85) ? 2...40 : 40...96
        case .minorRepair: random.chance(88) ? 1...26 : 26...72
        case .repairWorks: 6 * 24...32 * 24
        case .special, .event, .other: 1...36
        }
    }

    private func finish(_ request: Ref<Request>, at moment: Moment) {
        let by = random.pick(Roster.administrators)
        simulation.schedule(at: moment) { [self] batch in
            try batch.perform(CompleteRequest(request: request), by: by, at: moment)
            simulation[FollowUpSimulation.self].scheduleVisits(of: request)
            if random.chance(4) { reopen(request, after: moment) }
        }
    }

    private func reopen(_ request: Ref<Request>, after done: Moment) {
        let moment = timeline.workingTime(from: done.adding(minutes: random.between(6 * 60...80 * 60)), &random)
        let why = random.pick(["业主反映问题再次出现", "修后第二天又坏", "现场复看，处理不彻底", "业主称没有人上门", "换件后仍有异响"])
        simulation.schedule(at: moment) { [self] batch in
            try batch.perform(
                ReopenRequest(request: request, why: why), by: Roster.operatorOnDuty(at: moment, timeline), at: moment)
            finish(request, at: timeline.workingTime(from: moment.adding(minutes: random.between(120...2400)), &random))
        }
    }
}
