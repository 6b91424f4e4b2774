import Estate
import Journal

extension Gate: SimulatedFeature {
    static func schedule(in simulation: Simulation) {
        GateSimulation(simulation: simulation).schedule()
    }
}

/// The visitors at the gate.
final class GateSimulation {
    private let simulation: Simulation
    private var timeline: Timeline { simulation.timeline }
    private var names: PersonNames
    private var plates: PlateNumbers
    private var strangers: PhoneNumbers
    private var random: SeededGenerator
    /// Visits whose end is unrecorded until the next change of guards.
    private var unseen: Set<Ref<Visit>> = []

    init(simulation: Simulation) {
        self.simulation = simulation
        names = PersonNames(random: simulation.generator("visitors' names"))
        plates = PlateNumbers(random: simulation.generator("visitors' plates"))
        strangers = PhoneNumbers(random: simulation.generator("visitors' telephones"))
        random = simulation.generator("gate")
    }

    fileprivate func schedule() {
        for visit in VisitSchedule(simulation: simulation).visits() {
            simulation.schedule(at: visit.arrives) { [self] batch in try arrive(visit, &batch) }
        }
        for day in timeline.days {
            for index in Roster.shiftHours.indices { count(at: index, on: day) }
        }
    }

    private func arrive(_ planned: PlannedVisit, _ batch: inout Store.Batch) throws {
        let household = random.pick(simulation.plan.households)
        let party = random.between(planned.purpose.party)
        let unique = simulation.plan.uniqueNames[household.unit] ?? []
        // Some guests ask for a resident by name, all other visitors for a unit.
        let named = planned.purpose.name == "探亲访友" && !unique.isEmpty && random.chance(40) ? random.pick(unique) : nil
        let visit = Ref<Visit>(
            try batch.perform(
                ArriveVisitor(
                    name: names.next(), host: Host(named ?? household.unit.text),
                    purpose: planned.purpose.name, plate: try plate(of: planned.purpose, household),
                    phone: random.chance(30) ? try strangers.next() : nil, count: party > 1 ? party : nil,
                    document: document(for: planned.purpose), again: true),
                by: Roster.guardOnDuty(at: planned.arrives, timeline), at: planned.arrives
            ).id)
        switch planned.end {
        case .leaves(let moment):
            simulation.schedule(at: moment) { [self] batch in
                try batch.perform(LeaveVisitor(visit: visit), by: Roster.guardOnDuty(at: moment, timeline), at: moment)
            }
        case .unseen: unseen.insert(visit)
        case .stays: break
        }
    }

    private func plate(of purpose: VisitPurpose, _ household: Household) throws -> Plate? {
        guard random.chance(purpose.carPercent) else { return nil }
        if let own = household.plates.first, purpose.name == "探亲访友", random.chance(12) { return own }
        return try plates.typed()
    }

    private func document(for purpose: VisitPurpose) -> String? {
        switch purpose.name {
        case "施工", "装修", "公务": random.chance(70) ? "工作证 \(1000 + random.below(9000))" : nil
        case "看房", "搬家", "家政":
            random.chance(45) ? "居民身份证 \(random.chance(60) ? "已核验" : String(1000 + random.below(9000)))" : nil
        default: nil
        }
    }

    /// At a change of guards it shows who is gone.
    private func count(at index: Int, on day: Day) {
        let moment = timeline.moment(day, hour: Roster.shiftHours[index])
        simulation.schedule(at: moment) { [self] batch in
            let former = Roster.guardOnDuty(at: moment.adding(minutes: -1), timeline)
            for visit in simulation.store.estate.gate.inside.filter(unseen.contains) {
                let why = random.pick(["换班清点时已不在场", "电话核实已离开，时间不明", "道闸故障期间离场", "被访住户称早已离开"])
                try batch.perform(LoseVisitor(visit: visit, why: why), by: former, at: moment)
                unseen.remove(visit)
            }
        }
    }
}
