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
    /// What happens to some visits besides: corrections, contacts, groups that leave in parts.
    private var further: SeededGenerator
    /// Visits whose end is unrecorded until the next change of guards.
    private var unseen: Set<Ref<Visit>> = []

    init(simulation: Simulation) {
        self.simulation = simulation
        names = PersonNames(random: simulation.generator("visitors' names"))
        plates = PlateNumbers(random: simulation.generator("visitors' plates"))
        strangers = PhoneNumbers(random: simulation.generator("visitors' telephones"))
        random = simulation.generator("gate")
        further = simulation.generator("gate, further")
    }

    fileprivate func schedule() {
        for visit in VisitSchedule(simulation: simulation).visits() {
            simulation.schedule(at: visit.arrives) { [self] batch in try arrive(visit, &batch) }
        }
        scheduleLists()
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
        tell(of: visit, party, planned)
        switch planned.end {
        case .leaves(let moment):
            simulation.schedule(at: moment) { [self] batch in
                try batch.perform(LeaveVisitor(visit: visit), by: Roster.guardOnDuty(at: moment, timeline), at: moment)
            }
        case .unseen: unseen.insert(visit)
        case .stays: break
        }
    }

    /// Records, for some visits, a contact with the host, a corrected number of people, or a partial departure.
    private func tell(of visit: Ref<Visit>, _ party: Int, _ planned: PlannedVisit) {
        let arrived = planned.arrives
        if further.chance(15) {
            let outcomes: [(ContactOutcome, weight: Int)] = [
                (.reached, 6), (.noAnswer, 3), (.patrol, 2), (.declined, 1),
            ]
            let outcome = further.pick(outcomes)
            record(ContactHost(visit: visit, outcome: outcome), at: arrived.adding(minutes: 1))
        }
        guard case .leaves(let moment) = planned.end, moment > arrived.adding(minutes: 10) else { return }
        if further.chance(3) { record(CorrectVisit(visit: visit, count: party + 1), at: arrived.adding(minutes: 2)) }
        if party > 1, further.chance(30) {
            record(LeaveVisitor(visit: visit, count: 1), at: moment.adding(minutes: -5))
        }
    }

    private func record(_ action: some Action, at moment: Moment) {
        simulation.schedule(at: moment) { [self] batch in
            try batch.perform(action, by: Roster.guardOnDuty(at: moment, timeline), at: moment)
        }
    }

    /// On the last days: who is expected, was turned away, is not to be admitted, and a host nobody knows.
    fileprivate func scheduleLists() {
        let yesterday = timeline.today.adding(-1)
        let units = simulation.plan.households.prefix(2).map(\.unit)
        for (name, unit) in zip(["何晓燕", "邓师傅"], units) {
            let expected = ExpectVisitor(name: name, host: unit, from: timeline.today, to: timeline.today.adding(1))
            let moment = timeline.moment(yesterday, hour: 16)
            simulation.schedule(at: moment) { batch in
                try batch.perform(expected, by: Roster.operators[0], at: moment)
            }
        }
        record(RefuseVisitor(name: "推销员", why: "推销"), at: timeline.moment(yesterday, hour: 15))
        let moment = timeline.moment(yesterday, hour: 17)
        let bar = BarVisitor(name: "曹某", why: "多次尾随入楼张贴广告", until: timeline.today.adding(60))
        simulation.schedule(at: moment) { batch in
            try batch.perform(bar, by: Roster.supervisor, at: moment)
        }
        let (came, left) = (timeline.moment(yesterday, hour: 18), timeline.moment(yesterday, hour: 18, minute: 20))
        simulation.schedule(at: came) { [self] batch in
            let receipt = try batch.perform(
                ArriveVisitor(name: "送花人", host: Host("王阿姨家"), purpose: "送货"),
                by: Roster.guardOnDuty(at: came, timeline), at: came)
            record(LeaveVisitor(visit: Ref(receipt.id)), at: left)
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
