import Estate
import Journal

/// The requests, from the demand to the finished work, and back again when it was not finished after all.
final class RequestLife {
    private let life: Life
    private let visits: ReturnVisits
    private var span: Span { life.span }
    private var dice: Dice
    private var assigning: Assigning

    init(life: Life, visits: ReturnVisits) {
        (self.life, self.visits) = (life, visits)
        dice = life.dice("requests")
        assigning = Assigning(life: life)
    }

    func begin() {
        EventLife(life: life, visits: visits).begin()
        for day in span.days where dice.chance(30) {
            let moment = span.someTime(day, hours: 9...17, &dice)
            let household = dice.pick(life.town.households)
            let demand = DemandWords.next(&dice)
            life.plan(at: moment) { batch in
                try self.open(demand, unit: household.unit, by: Crew.administrators[0], at: moment, from: nil, &batch)
            }
        }
    }

    /// A demand becomes a request, by telephone or at the counter.
    func open(
        _ demand: DemandWords.Demand, unit: UnitCode, by: String, at moment: Moment, from: (Ref<Call>, Ref<Demand>)?,
        _ batch: inout Store.Batch
    ) throws {
        var request = OpenRequest(
            class: demand.class, unit: unit, text: demand.text, call: from?.0, demand: from?.1)
        if let length = demand.length {
            let first = span.day(of: moment).adding(dice.between(1...4))
            (request.from, request.to) = (first, first.adding(dice.between(length)))
        }
        let id = Ref<Request>(try batch.perform(request, by: by, at: moment).id)
        assigning.see(to: id, demand.class, opened: moment, by: by)
        if let last = request.to {
            visits.expect(of: id)
            finish(id, at: span.someTime(last, hours: 14...18, &dice))
        } else if let delay = hours(demand.class) {
            let done = moment.adding(minutes: dice.between(delay.lowerBound * 60...delay.upperBound * 60))
            finish(id, at: span.office(from: done, &dice))
        }
    }

    /// How long the work takes; nothing for what somebody forgot.
    private func hours(_ requestClass: RequestClass) -> ClosedRange<Int>? {
        if dice.below(1000) < 6 { return nil }
        return switch requestClass {
        case .complaint: dice.chance(85) ? 2...40 : 40...96
        case .minorRepair: dice.chance(88) ? 1...26 : 26...72
        case .repairWorks: 6 * 24...32 * 24
        case .special, .event, .other: 1...36
        }
    }

    private func finish(_ request: Ref<Request>, at moment: Moment) {
        let by = dice.pick(Crew.administrators)
        life.plan(at: moment) { [self] batch in
            try batch.perform(CompleteRequest(request: request), by: by, at: moment)
            visits.expect(of: request)
            if dice.chance(4) { reopen(request, after: moment) }
        }
    }

    private func reopen(_ request: Ref<Request>, after done: Moment) {
        let moment = span.office(from: done.adding(minutes: dice.between(6 * 60...80 * 60)), &dice)
        let why = dice.pick(["业主反映问题再次出现", "修后第二天又坏", "现场复看，处理不彻底", "业主称没有人上门", "换件后仍有异响"])
        life.plan(at: moment) { [self] batch in
            try batch.perform(ReopenRequest(request: request, why: why), by: Crew.atDesk(moment, span), at: moment)
            finish(request, at: span.office(from: moment.adding(minutes: dice.between(120...2400)), &dice))
        }
    }
}
