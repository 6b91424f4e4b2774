import Estate
import Journal

/// The calls of the front desk.
///
/// A call is lived through at once, from its first ring to its end; one that would still go on now is left out, since nobody
/// would be there to end it.
final class Telephone {
    private static let longest = 10 * 60

    private let life: Life
    private let requests: RequestLife
    private var span: Span { life.span }
    /// Numbers that no resident has.
    private var strangers: Telephones

    init(life: Life, requests: RequestLife) {
        (self.life, self.requests) = (life, requests)
        strangers = Telephones(dice: life.dice("strangers"))
    }

    func begin() {
        for day in span.days {
            missOne(on: day)
            var dice = life.dice("calls", day.number)
            for _ in 0..<dice.between(10...17) { ring(at: hour(on: day, &dice), dice.next()) }
            // Even a demonstration at midnight finds that somebody called today.
            if day == span.today || dice.chance(12) {
                ring(at: span.moment(day, hour: 0, minute: dice.between(3...11)), dice.next())
            }
            for _ in 0..<dice.below(3) {
                let seed = dice.next()
                let moment = span.someTime(day, hours: 9...18, &dice)
                plan(at: moment) { batch in try self.callOut(at: moment, seed, &batch) }
            }
        }
    }

    /// In the morning rush nobody is free for one caller, who is called back in the afternoon.
    private func missOne(on day: Day) {
        var dice = life.dice("missed", day.number)
        let moment = span.moment(day, hour: 8, minute: dice.between(0...59))
        plan(at: moment) { [self, dice] batch in
            var dice = dice
            guard let phone = dice.pick(life.town.households.filter { !$0.phones.isEmpty }).phones.first else { return }
            var line = try Conversation(.incoming, phone, at: moment, by: Crew.atDesk(moment, span), &batch)
            try line.miss(after: dice.between(25...45), &batch)
            callBack(line.call, after: moment.adding(minutes: 8 * 60), dice.next())
        }
    }

    /// Most people call in the morning and after work.
    private func hour(on day: Day, _ dice: inout Dice) -> Moment {
        let hour = dice.pick([
            (7, 3), (8, 9), (9, 14), (10, 12), (11, 8), (12, 5), (13, 4), (14, 8), (15, 9), (16, 9), (17, 9), (18, 8),
            (19, 7), (20, 4),
            (21, 3), (22, 1),
        ])
        return span.moment(day, hour: hour).adding(seconds: dice.below(3600))
    }

    private func plan(at moment: Moment, _ step: @escaping Agenda.Step) {
        if moment.adding(seconds: Self.longest) <= span.now { life.plan(at: moment, step) }
    }

    // MARK: Incoming

    private func ring(at moment: Moment, _ seed: UInt64) {
        plan(at: moment) { batch in try self.comeIn(at: moment, seed, &batch) }
    }

    private func comeIn(at moment: Moment, _ seed: UInt64, _ batch: inout Store.Batch) throws {
        var dice = Dice(seed: seed, "incoming")
        let household = dice.pick(life.town.households)
        let isKnown = dice.chance(84) && !household.phones.isEmpty
        let phone = isKnown ? dice.pick(household.phones) : dice.chance(85) ? try strangers.next() : nil
        var line = try Conversation(.incoming, phone, at: moment, by: Crew.atDesk(moment, span), &batch)
        if dice.chance(4) {
            try line.miss(after: dice.between(25...45), &batch)
            // Today's may still wait to be called back.
            if span.day(of: moment) != span.today || dice.chance(40) {
                callBack(line.call, after: line.at, dice.next())
            }
            return
        }
        try line.answer(rings: rings(&dice), greeting: dice.chance(2) ? nil : !dice.chance(3), &batch)

        var unit: UnitCode? = isKnown ? household.unit : nil
        if !isKnown, dice.chance(55) {
            unit = household.unit
            line.wait(dice.between(10...25))
            try batch.perform(
                NameCaller(call: line.call, unit: household.unit, person: nil), by: line.by, at: line.at)
        }
        let demands = dice.chance(32) ? 0 : dice.pick([(1, 78), (2, 17), (3, 5)])
        for _ in 0..<demands {
            line.wait(dice.between(15...70))
            let demand = DemandWords.next(&dice)
            let id = Ref<Demand>(
                try batch.perform(RecordDemand(call: line.call, text: demand.text), by: line.by, at: line.at).id)
            if let unit, dice.chance(DemandWords.becomesRequest(demand.class)) {
                line.wait(dice.between(4...15))
                try requests.open(demand, unit: unit, by: line.by, at: line.at, from: (line.call, id), &batch)
            } else if let settlement = SettleDemand.some(of: id, &dice) {
                line.wait(dice.between(10...40))
                try batch.perform(settlement, by: line.by, at: line.at)
            }
        }
        if dice.chance(2) { try line.say(.putonghua, &batch) }
        if dice.chance(4) { try fetch(&line, &dice, &batch) }
        if dice.chance(9) { try hold(&line, &dice, &batch) }
        line.wait(dice.between(10...60))
        try line.end(closing: dice.chance(2) ? nil : !dice.chance(4), hungUp: !dice.chance(3), &batch)
    }

    private func fetch(_ line: inout Conversation, _ dice: inout Dice, _ batch: inout Store.Batch) throws {
        line.wait(dice.between(5...20))
        let fetch = FetchSomebody(call: line.call, who: "赵静", asked: !dice.chance(6), softly: !dice.chance(6))
        try batch.perform(fetch, by: line.by, at: line.at)
        line.wait(dice.between(20...60))
        try batch.perform(ComeBack(call: line.call), by: line.by, at: line.at)
    }

    private func rings(_ dice: inout Dice) -> Int {
        dice.pick([(1, 30), (2, 40), (3, 20), (4, 5), (5, 3), (6, 2)])
    }

    private func hold(_ line: inout Conversation, _ dice: inout Dice, _ batch: inout Store.Batch) throws {
        line.wait(dice.between(5...20))
        try batch.perform(HoldCall(call: line.call, consent: !dice.chance(8)), by: line.by, at: line.at)
        line.wait(dice.between(20...90))
        try batch.perform(ResumeCall(call: line.call, apology: !dice.chance(10)), by: line.by, at: line.at)
    }

    // MARK: Outgoing

    private func callOut(at moment: Moment, _ seed: UInt64, _ batch: inout Store.Batch) throws {
        var dice = Dice(seed: seed, "outgoing")
        let household = dice.pick(life.town.households)
        if household.phones.isEmpty { return }
        let phone = dice.pick(household.phones)
        _ = try speak(
            to: phone, at: moment, for: dice.pick(DemandWords.errands), answers: !dice.chance(18), &dice, &batch)
    }

    /// Whoever was missed is called back soon, and again until reached.
    private func callBack(_ missed: Ref<Call>, after moment: Moment, _ seed: UInt64) {
        var dice = Dice(seed: seed, "back")
        let moment = moment.adding(seconds: dice.between(3 * 60...45 * 60))
        plan(at: moment) { [self, dice] batch in
            var dice = dice
            guard life.store.estate.calls.missed.contains(missed), let phone = life.store.estate.calls[missed]?.phone
            else { return }
            let answers = !dice.chance(15)
            _ = try speak(
                to: phone, at: moment, about: .record(missed.id), for: nil, answers: answers, &dice, &batch)
            if !answers { callBack(missed, after: moment, dice.next()) }
        }
    }

    /// Calls somebody; returns when it is over.
    func speak(
        to phone: Phone, at moment: Moment, about subject: CallSubject? = nil, for errand: String?, answers: Bool,
        _ dice: inout Dice, _ batch: inout Store.Batch
    ) throws -> Moment {
        let by = Crew.atDesk(moment, span)
        var line = try Conversation(.outgoing, phone, about: subject, for: errand, at: moment, by: by, &batch)
        guard answers else {
            try line.miss(after: dice.between(25...50), &batch)
            return line.at
        }
        try line.answer(rings: dice.between(1...6), greeting: !dice.chance(2), &batch)
        for words in [CallWords.introduce, .purpose] where !dice.chance(2) { try line.say(words, &batch) }
        line.wait(dice.between(20...150))
        try line.end(closing: !dice.chance(3), hungUp: !dice.chance(2), &batch)
        return line.at
    }
}
