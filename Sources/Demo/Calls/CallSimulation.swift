import Estate
import Journal

extension Calls: SimulatedFeature {
    static func schedule(in simulation: Simulation) { simulation[CallSimulation.self].schedule() }
}

/// The incoming and outgoing calls of the front desk.
///
/// One event records a call from its first ring to its end. A call that might not have ended by `timeline.now` is dropped,
/// so that no call is left open.
final class CallSimulation: SimulationService {
    /// The longest duration of a call, in seconds.
    private static let longest = 10 * 60

    private unowned let simulation: Simulation
    private var timeline: Timeline { simulation.timeline }
    /// Numbers of callers who are not residents.
    private var strangers: PhoneNumbers

    init(_ simulation: Simulation) {
        self.simulation = simulation
        strangers = PhoneNumbers(random: simulation.generator("strangers"))
    }

    fileprivate func schedule() {
        for day in timeline.days {
            scheduleMissedCall(on: day)
            var random = simulation.generator("calls", day.number)
            for _ in 0..<random.between(10...17) { ring(at: randomTime(on: day, &random), random.next()) }
            // At least one call today, also when `now` is shortly after midnight.
            if day == timeline.today || random.chance(12) {
                ring(at: timeline.moment(day, hour: 0, minute: random.between(3...11)), random.next())
            }
            for _ in 0..<random.below(3) {
                let seed = random.next()
                let moment = timeline.randomTime(on: day, hours: 9...18, &random)
                schedule(at: moment) { batch in try self.callOut(at: moment, seed, &batch) }
            }
        }
    }

    /// A call between 8 and 9 that stays unanswered; the caller is called back eight hours later.
    private func scheduleMissedCall(on day: Day) {
        var random = simulation.generator("missed", day.number)
        let moment = timeline.moment(day, hour: 8, minute: random.between(0...59))
        schedule(at: moment) { [self, random] batch in
            var random = random
            guard let phone = random.pick(simulation.plan.households.filter { !$0.phones.isEmpty }).phones.first else {
                return
            }
            var line = try SimulatedCall(
                .incoming, phone, at: moment, by: Roster.operatorOnDuty(at: moment, timeline), &batch)
            try line.miss(after: random.between(25...45), &batch)
            callBack(line.call, after: moment.adding(minutes: 8 * 60), random.next())
        }
    }

    /// A random moment of a call, most frequent in the morning and after work.
    private func randomTime(on day: Day, _ random: inout SeededGenerator) -> Moment {
        let hour = random.pick([
            (7, 3), (8, 9), (9, 14), (10, 12), (11, 8), (12, 5), (13, 4), (14, 8), (15, 9), (16, 9), (17, 9), (18, 8),
            (19, 7), (20, 4), (21, 3), (22, 1),
        ])
        return timeline.moment(day, hour: hour).adding(seconds: random.below(3600))
    }

    private func schedule(at moment: Moment, _ event: @escaping Simulation.Event) {
        if moment.adding(seconds: Self.longest) <= timeline.now { simulation.schedule(at: moment, event) }
    }

    // MARK: Incoming

    private func ring(at moment: Moment, _ seed: UInt64) {
        schedule(at: moment) { batch in try self.receive(at: moment, seed, &batch) }
    }

    private func receive(at moment: Moment, _ seed: UInt64, _ batch: inout Store.Batch) throws {
        var random = SeededGenerator(seed: seed, "incoming")
        let household = random.pick(simulation.plan.households)
        let isKnown = random.chance(84) && !household.phones.isEmpty
        let phone = isKnown ? random.pick(household.phones) : random.chance(85) ? try strangers.next() : nil
        var line = try SimulatedCall(
            .incoming, phone, at: moment, by: Roster.operatorOnDuty(at: moment, timeline), &batch)
        if random.chance(4) {
            try line.miss(after: random.between(25...45), &batch)
            // Some of today's missed calls still wait to be called back.
            if timeline.day(of: moment) != timeline.today || random.chance(40) {
                callBack(line.call, after: line.at, random.next())
            }
            return
        }
        try line.answer(rings: rings(&random), greeting: random.chance(2) ? nil : !random.chance(3), &batch)

        var unit: UnitCode? = isKnown ? household.unit : nil
        if !isKnown, random.chance(55) {
            unit = household.unit
            line.wait(random.between(10...25))
            try batch.perform(
                NameCaller(call: line.call, unit: household.unit, person: nil), by: line.by, at: line.at)
        }
        let demands = random.chance(32) ? 0 : random.pick([(1, 78), (2, 17), (3, 5)])
        for _ in 0..<demands {
            line.wait(random.between(15...70))
            let demand = SampleDemand.next(&random)
            let id = Ref<Demand>(
                try batch.perform(RecordDemand(call: line.call, text: demand.text), by: line.by, at: line.at).id)
            if let unit, random.chance(SampleDemand.requestShare(of: demand.class)) {
                line.wait(random.between(4...15))
                try simulation[RequestSimulation.self].open(
                    demand, unit: unit, by: line.by, at: line.at, from: (line.call, id), &batch)
            } else if let settlement = SettleDemand.some(of: id, demand.class, &random) {
                line.wait(random.between(10...40))
                try batch.perform(settlement, by: line.by, at: line.at)
            }
        }
        if random.chance(2) { try line.say(.putonghua, &batch) }
        if random.chance(4) { try fetch(&line, &random, &batch) }
        if random.chance(9) { try hold(&line, &random, &batch) }
        line.wait(random.between(10...60))
        let (closing, hungUp) = (random.chance(2) ? nil : !random.chance(4), !random.chance(3))
        let isWrong = unit == nil && demands == 0 && random.chance(50)
        try line.end(closing: closing, hungUp: hungUp, wrong: isWrong ? true : nil, &batch)
    }

    private func fetch(
        _ line: inout SimulatedCall, _ random: inout SeededGenerator, _ batch: inout Store.Batch
    ) throws {
        line.wait(random.between(5...20))
        let fetch = FetchSomebody(call: line.call, who: "赵静", asked: !random.chance(6), softly: !random.chance(6))
        try batch.perform(fetch, by: line.by, at: line.at)
        line.wait(random.between(20...60))
        try batch.perform(ComeBack(call: line.call), by: line.by, at: line.at)
    }

    private func rings(_ random: inout SeededGenerator) -> Int {
        random.pick([(1, 30), (2, 40), (3, 20), (4, 5), (5, 3), (6, 2)])
    }

    private func hold(_ line: inout SimulatedCall, _ random: inout SeededGenerator, _ batch: inout Store.Batch) throws {
        line.wait(random.between(5...20))
        try batch.perform(HoldCall(call: line.call, consent: !random.chance(8)), by: line.by, at: line.at)
        line.wait(random.between(20...90))
        try batch.perform(ResumeCall(call: line.call, apology: !random.chance(10)), by: line.by, at: line.at)
    }

    // MARK: Outgoing

    private func callOut(at moment: Moment, _ seed: UInt64, _ batch: inout Store.Batch) throws {
        var random = SeededGenerator(seed: seed, "outgoing")
        let household = random.pick(simulation.plan.households)
        if household.phones.isEmpty { return }
        let phone = random.pick(household.phones)
        _ = try speak(
            to: phone, at: moment, for: random.pick(SampleDemand.errands), answers: !random.chance(18), &random, &batch)
    }

    /// Returns a missed call after 3 to 45 minutes, and calls again until the caller answers.
    private func callBack(_ missed: Ref<Call>, after moment: Moment, _ seed: UInt64) {
        var random = SeededGenerator(seed: seed, "back")
        let moment = moment.adding(seconds: random.between(3 * 60...45 * 60))
        schedule(at: moment) { [self, random] batch in
            var random = random
            guard simulation.store.estate.calls.missed.contains(missed),
                let phone = simulation.store.estate.calls[missed]?.phone
            else { return }
            let answers = !random.chance(15)
            _ = try speak(
                to: phone, at: moment, about: .record(missed.id), for: nil, answers: answers, &random, &batch)
            if !answers { callBack(missed, after: moment, random.next()) }
        }
    }

    /// Records an outgoing call; returns its end.
    func speak(
        to phone: Phone, at moment: Moment, about subject: CallSubject? = nil, for errand: String?, answers: Bool,
        _ random: inout SeededGenerator, _ batch: inout Store.Batch
    ) throws -> Moment {
        let by = Roster.operatorOnDuty(at: moment, timeline)
        var line = try SimulatedCall(.outgoing, phone, about: subject, for: errand, at: moment, by: by, &batch)
        guard answers else {
            try line.miss(after: random.between(25...50), &batch)
            return line.at
        }
        try line.answer(rings: random.between(1...6), greeting: !random.chance(2), &batch)
        for words in [CallWords.introduce, .purpose] where !random.chance(2) { try line.say(words, &batch) }
        line.wait(random.between(20...150))
        try line.end(closing: !random.chance(3), hungUp: !random.chance(2), &batch)
        return line.at
    }
}
