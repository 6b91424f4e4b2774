import Demo
import Estate
import Foundation
import Journal
import Synchronization

/// Grows a made-up estate of some nine hundred households to a number of facts, through the store, day by day up to
/// yesterday. It is nearly all settled history, as after years of work: only what the last days left is open.
final class Growth {
    static let name = Demo.name
    /// The households, and the first bills.
    static let fewest = 6000

    private static let zone = Zone.shanghai
    /// About what a busy gate and desk leave in a day, bills and payments included.
    private static let factsPerDay = 700
    private static let fewestDays = 35

    private let store: Store
    private let clock: SteppedClock
    private var chance: Chance
    private let town: Town
    private let facts: Int
    private let days: [Day]
    private var agenda = Agenda()
    private var written = 0
    private var shift: Ref<Shift>?

    /// The estate of a size, from an earlier run if there is one.
    static func estate(facts: Int, _ options: Options) throws -> EstateFolder {
        let path = "\(options.work)/estate-\(facts)"
        if !FileManager.default.fileExists(atPath: path) {
            note("growing an estate of \(facts) facts …")
            let unfinished = "\(path).growing"
            try? FileManager.default.removeItem(atPath: unfinished)
            try Growth(at: unfinished, facts: facts).live()
            try FileManager.default.moveItem(atPath: unfinished, toPath: path)
        }
        return EstateFolder(path: path)
    }

    private init(at folder: String, facts: Int) throws {
        let yesterday = Day(.now(), in: Growth.zone).adding(-1)
        let count = max(Growth.fewestDays, facts / Growth.factsPerDay)
        days = (0..<count).map { yesterday.adding($0 + 1 - count) }
        clock = SteppedClock(days[0].start(in: Growth.zone))
        store = try Store.found(at: folder, name: Growth.name, staff: [Crew.manager], clock: { [clock] in clock.now })
        chance = Chance()
        town = try Town(zone: Growth.zone, &chance)
        self.facts = facts
    }

    private func live() throws {
        let begin = clock.now
        clock.now = begin.adding(minutes: 4)
        written = try store.perform(by: Crew.manager.code) { try town.moveIn(&$0, at: begin) }
        for (place, day) in days.enumerated() {
            plan(day, daysLeft: days.count - place)
            let end = day.end(in: Growth.zone)
            clock.now = end.adding(seconds: -1)
            try store.perform(by: Crew.manager.code) { batch in
                while written < facts, let next = agenda.next(before: end) { try happen(next.event, next.at, &batch) }
                // The last night's patrols make up the number.
                while day == days.last, written < facts { try patrol(at: clock.now, &batch) }
            }
            if place.isMultiple(of: 100) { note("\(written) facts") }
        }
    }

    // MARK: Planning a day

    private func plan(_ day: Day, daysLeft: Int) {
        let start = day.start(in: Growth.zone)
        let isBilled = day == Period(day).first || day == days[0]
        if isBilled { bill(Period(day), at: start.adding(minutes: 5)) }
        for hour in [6, 14, 22] { agenda.add(.shift, at: start.adding(minutes: hour * 60)) }
        for _ in 0..<8 { agenda.add(.patrol, at: someTime(start, hours: 0...23)) }
        // As many calls and visitors as the number wants: a call leaves some six facts, a visitor two.
        let due = agenda.count(before: day.end(in: Growth.zone)) + (isBilled ? billsAMonth : 0)
        let rest = max(30, (facts - written) / daysLeft - due)
        for _ in 0..<rest / 15 { agenda.add(.call, at: someTime(start, hours: 8...20)) }
        for _ in 0..<rest * 3 / 10 { agenda.add(.arrival, at: someTime(start, hours: 6...21)) }
    }

    private var billsAMonth: Int { town.households.count + town.households.count { $0.plate != nil } }

    private func someTime(_ start: Moment, hours: ClosedRange<Int>) -> Moment {
        start.adding(seconds: chance.between(hours.lowerBound * 3600...hours.upperBound * 3600 + 3599))
    }

    /// Nearly everybody pays within three weeks; one of fifty has not paid for the last months.
    private func bill(_ period: Period, at moment: Moment) {
        agenda.add(.bills(period), at: moment)
        let isRecent = days.last.map { period >= Period($0).adding(-2) } ?? false
        for index in town.households.indices where !(isRecent && index % 50 == 7) {
            let day = period.first.adding(chance.between(1...20)).start(in: Growth.zone)
            agenda.add(.payment(household: index), at: max(someTime(day, hours: 8...20), moment))
        }
    }

    // MARK: What happens

    private func happen(_ event: Agenda.Event, _ at: Moment, _ batch: inout Store.Batch) throws {
        switch event {
        case .arrival: try arrive(at: at, &batch)
        case .leaving(let visit): try perform(LeaveVisitor(visit: visit), by: chance.pick(Crew.guards), at: at, &batch)
        case .call: try call(at: at, &batch)
        case .completion(let request): try complete(request, at: at, &batch)
        case .returnVisit(let followUp): try visit(followUp, at: at, &batch)
        case .bills(let period): try issue(period, at: at, &batch)
        case .payment(let household): try pay(town.households[household], at: at, &batch)
        case .shift: try changeShift(at: at, &batch)
        case .patrol: try patrol(at: at, &batch)
        }
    }

    @discardableResult
    private func perform(
        _ action: any Action, by staff: String, at moment: Moment, _ batch: inout Store.Batch
    ) throws -> EntryID {
        let receipt = try batch.perform(action, by: staff, at: moment)
        // Each of these actions leaves one fact.
        written = receipt.sequence
        return receipt.id
    }

    private func arrive(at moment: Moment, _ batch: inout Store.Batch) throws {
        let purpose = chance.pick(["外卖", "快递", "快递", "探亲访友", "送货", "接送", "家政", "维修"])
        let plate =
            chance.percent(40) ? try Plate(text: "京B\(chance.between(10_000...99_999))", zone: Growth.zone) : nil
        let visit = Ref<Visit>(
            try perform(
                ArriveVisitor(
                    name: Town.name(&chance), host: chance.pick(town.households).unit, purpose: purpose, plate: plate,
                    count: chance.percent(15) ? 2 : nil),
                by: chance.pick(Crew.guards), at: moment, &batch))
        agenda.add(.leaving(visit), at: moment.adding(minutes: chance.between(5...100)))
    }

    private func call(at moment: Moment, _ batch: inout Store.Batch) throws {
        let (home, staff) = (chance.pick(town.households), chance.pick(Crew.operators))
        let call = Ref<Call>(
            try perform(RingCall(direction: .incoming, phone: home.phone), by: staff, at: moment, &batch))
        try perform(
            AnswerCall(call: call, rings: chance.between(1...4), greeting: true), by: staff,
            at: moment.adding(seconds: 12), &batch)
        let text = chance.pick(["厨房龙头滴水", "楼道灯不亮", "楼上装修噪音扰民", "车位被占", "咨询装修手续", "门禁失灵", "楼道堆物"])
        let demand = Ref<Demand>(
            try perform(RecordDemand(call: call, text: text), by: staff, at: moment.adding(seconds: 45), &batch))
        if chance.percent(60) {
            let request = Ref<Request>(
                try perform(
                    OpenRequest(
                        class: chance.pick([.complaint, .minorRepair, .minorRepair, .other]), unit: home.unit,
                        text: text, call: call, demand: demand),
                    by: staff, at: moment.adding(seconds: 60), &batch))
            agenda.add(.completion(request), at: moment.adding(minutes: chance.between(60...1800)))
        }
        try perform(EndCall(call: call, closing: true), by: staff, at: moment.adding(seconds: 100), &batch)
    }

    private func complete(_ request: Ref<Request>, at moment: Moment, _ batch: inout Store.Batch) throws {
        try perform(CompleteRequest(request: request), by: Crew.administrator, at: moment, &batch)
        for followUp in store.estate.followUps.of(request) {
            agenda.add(.returnVisit(followUp.id), at: moment.adding(minutes: chance.between(600...2400)))
        }
    }

    private func visit(_ followUp: Ref<FollowUp>, at moment: Moment, _ batch: inout Store.Batch) throws {
        var record = RecordFollowUp()
        (record.followup, record.result) = (followUp, .satisfied)
        record.visitors = StaffNames([Crew.regional, Crew.administrator])
        (record.signer, record.satisfaction) = ("业主", chance.between(3...5))
        if chance.percent(70) { (record.quality, record.effect) = ("符合要求", "问题已解决") }
        try perform(record, by: Crew.administrator, at: moment, &batch)
    }

    private func issue(_ period: Period, at moment: Moment, _ batch: inout Store.Batch) throws {
        let due = period.first.adding(19)
        for home in town.households {
            let fees = [("物业管理费", home.serviceFee)] + (home.plate == nil ? [] : [("停车费", Money(fen: 150_00))])
            for (item, amount) in fees {
                try perform(
                    IssueBill(unit: home.unit, period: period, item: item, amount: amount, due: due),
                    by: Crew.finance, at: moment, &batch)
            }
        }
    }

    private func pay(_ home: Household, at moment: Moment, _ batch: inout Store.Batch) throws {
        let owed = store.estate.fees.unpaidBills(of: home.unit).reduce(Money.zero) { $0 + $1.outstanding }
        if owed <= .zero { return }
        try perform(
            ReceivePayment(unit: home.unit, amount: owed, method: chance.pick(["微信", "支付宝", "银行代扣"])),
            by: Crew.finance, at: moment, &batch)
    }

    private func changeShift(at moment: Moment, _ batch: inout Store.Batch) throws {
        let next = chance.pick(Crew.guards)
        if let shift {
            let inside = Array(store.estate.gate.inside)
            try perform(CloseShift(shift: shift, next: next, handed: inside), by: next, at: moment, &batch)
        }
        shift = Ref(try perform(OpenShift(post: "门岗", staff: next), by: next, at: moment, &batch))
    }

    private func patrol(at moment: Moment, _ batch: inout Store.Batch) throws {
        let point = chance.pick(["1 号楼顶层", "2 号楼顶层", "3 号楼顶层", "地下车库"])
        try perform(CheckPatrol(route: "全区", point: point), by: chance.pick(Crew.guards), at: moment, &batch)
    }
}

/// The clock of the grown estate's days.
private final class SteppedClock: Sendable {
    private let moment: Mutex<Moment>

    init(_ moment: Moment) { self.moment = Mutex(moment) }

    var now: Moment {
        get { moment.withLock { $0 } }
        set { moment.withLock { $0 = newValue } }
    }
}
