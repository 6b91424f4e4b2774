import Demo
import Estate
import Foundation
import Journal

/// Simulates the work of an estate of some nine hundred households, day by day up to yesterday, until its journal has a given
/// number of facts. Nearly all of it is settled history, as after years of work; only the last days leave open work.
final class Workload {
    static let name = Demo.name
    /// The households and the first month's bills.
    static let minimumFacts = 6000

    private static let zone = Zone.shanghai
    /// The number of facts that a busy gate and front desk record in a day, bills and payments included.
    private static let factsPerDay = 700
    private static let minimumDays = 35

    private enum Event {
        case arrival
        case departure(Ref<Visit>)
        case call
        case completion(Ref<Request>)
        case followUp(Ref<FollowUp>)
        case bills(Period)
        case payment(household: Int)
        case shift
        case patrol
    }

    private let store: Store
    private let clock: SimulationClock
    private var random = SeededGenerator(seed: 1, "workload")
    private var names = PersonNames(random: SeededGenerator(seed: 1, "visitors"))
    private let households: [Household]
    private let facts: Int
    private let days: [Day]
    private var queue = EventQueue<Event>()
    /// The sequence number of the last fact.
    private var written = 0
    private var shift: Ref<Shift>?

    /// The estate with a number of facts, generated unless an earlier run has left it in the work folder.
    static func estate(facts: Int, _ options: Options) throws -> EstateFolder {
        let path = "\(options.work)/estate-\(facts)"
        if !FileManager.default.fileExists(atPath: path) {
            printProgress("generating an estate of \(facts) facts …")
            let unfinished = "\(path).unfinished"
            try? FileManager.default.removeItem(atPath: unfinished)
            try Workload(at: unfinished, facts: facts).run()
            try FileManager.default.moveItem(atPath: unfinished, toPath: path)
        }
        return EstateFolder(path: path)
    }

    /// Founds the estate and records its staff, units, residents and vehicles.
    private init(at folder: String, facts: Int) throws {
        self.facts = facts
        let yesterday = Day(.now(), in: Workload.zone).adding(-1)
        let count = max(Workload.minimumDays, facts / Workload.factsPerDay)
        days = (0..<count).map { yesterday.adding($0 + 1 - count) }
        let founded = days[0].adding(-1).start(in: Workload.zone)
        let clock = SimulationClock(at: founded)
        self.clock = clock
        store = try Store.found(at: folder, name: Workload.name, staff: [Roster.manager], clock: { clock.now })
        let plan = try EstatePlan(seed: 1, zone: Workload.zone)
        households = plan.households
        clock.now = founded.adding(minutes: 60)
        try store.perform(by: Roster.manager.code) { batch in
            try Roster.record(in: &batch, at: founded)
            try plan.record(in: &batch, at: founded)
        }
    }

    private func run() throws {
        for (place, day) in days.enumerated() {
            schedule(day, daysLeft: days.count - place)
            clock.now = day.end(in: Workload.zone).adding(seconds: -1)
            try store.perform(by: Roster.manager.code) { batch in
                while written < facts, let next = queue.next(through: clock.now) {
                    try handle(next.event, next.at, &batch)
                }
                // Patrols at the end of the last day complete the number of facts.
                while day == days.last, written < facts { try patrol(at: clock.now, &batch) }
            }
            if place.isMultiple(of: 100) { printProgress("\(written) facts") }
        }
    }

    // MARK: Scheduling a day

    private func schedule(_ day: Day, daysLeft: Int) {
        let start = day.start(in: Workload.zone)
        let isBilled = day == Period(day).first || day == days[0]
        if isBilled { bill(Period(day), at: start.adding(minutes: 5)) }
        for hour in [6, 14, 22] { queue.add(.shift, at: start.adding(minutes: hour * 60)) }
        for _ in 0..<8 { queue.add(.patrol, at: randomTime(start, hours: 0...23)) }
        // Calls and visitors make up the rest of the day's facts: a call records about six facts, a visitor two.
        let due = queue.count(through: day.end(in: Workload.zone).adding(seconds: -1)) + (isBilled ? billsPerMonth : 0)
        let rest = max(30, (facts - written) / daysLeft - due)
        for _ in 0..<rest / 15 { queue.add(.call, at: randomTime(start, hours: 8...20)) }
        for _ in 0..<rest * 3 / 10 { queue.add(.arrival, at: randomTime(start, hours: 6...21)) }
    }

    private var billsPerMonth: Int { households.count + households.count { !$0.plates.isEmpty } }

    private func randomTime(_ start: Moment, hours: ClosedRange<Int>) -> Moment {
        start.adding(seconds: random.between(hours.lowerBound * 3600...hours.upperBound * 3600 + 3599))
    }

    /// Households pay within three weeks, except that one in fifty has not paid the last three months.
    private func bill(_ period: Period, at moment: Moment) {
        queue.add(.bills(period), at: moment)
        let isRecent = days.last.map { period >= Period($0).adding(-2) } ?? false
        for index in households.indices where !(isRecent && index % 50 == 7) {
            let day = period.first.adding(random.between(1...20)).start(in: Workload.zone)
            queue.add(.payment(household: index), at: max(randomTime(day, hours: 8...20), moment))
        }
    }

    // MARK: Events

    private func handle(_ event: Event, _ at: Moment, _ batch: inout Store.Batch) throws {
        switch event {
        case .arrival: try arrive(at: at, &batch)
        case .departure(let visit):
            try perform(LeaveVisitor(visit: visit), by: random.pick(Roster.guards), at: at, &batch)
        case .call: try call(at: at, &batch)
        case .completion(let request): try complete(request, at: at, &batch)
        case .followUp(let followUp): try recordFollowUp(followUp, at: at, &batch)
        case .bills(let period): try issue(period, at: at, &batch)
        case .payment(let household): try pay(households[household], at: at, &batch)
        case .shift: try changeShift(at: at, &batch)
        case .patrol: try patrol(at: at, &batch)
        }
    }

    @discardableResult
    private func perform(
        _ action: any Action, by staff: String, at moment: Moment, _ batch: inout Store.Batch
    ) throws -> EntryID {
        let receipt = try batch.perform(action, by: staff, at: moment)
        // Each action of the workload records one fact.
        written = receipt.sequence
        return receipt.id
    }

    private func arrive(at moment: Moment, _ batch: inout Store.Batch) throws {
        let purpose = random.pick(["外卖", "快递", "快递", "探亲访友", "送货", "接送", "家政", "维修"])
        let plate =
            random.chance(40) ? try Plate(text: "京B\(random.between(10_000...99_999))", zone: Workload.zone) : nil
        let visit = Ref<Visit>(
            try perform(
                ArriveVisitor(
                    name: names.next(), host: Host(random.pick(households).unit.text), purpose: purpose, plate: plate,
                    count: random.chance(15) ? 2 : nil, again: true),
                by: random.pick(Roster.guards), at: moment, &batch))
        queue.add(.departure(visit), at: moment.adding(minutes: random.between(5...100)))
    }

    private func call(at moment: Moment, _ batch: inout Store.Batch) throws {
        let (household, staff) = (random.pick(households), random.pick(Roster.operators))
        let call = Ref<Call>(
            try perform(RingCall(direction: .incoming, phone: household.phones.first), by: staff, at: moment, &batch))
        try perform(
            AnswerCall(call: call, rings: random.between(1...4), greeting: true), by: staff,
            at: moment.adding(seconds: 12), &batch)
        let text = random.pick(["厨房龙头滴水", "楼道灯不亮", "楼上装修噪音扰民", "车位被占", "咨询装修手续", "门禁失灵", "楼道堆物"])
        let demand = Ref<Demand>(
            try perform(RecordDemand(call: call, text: text), by: staff, at: moment.adding(seconds: 45), &batch))
        if random.chance(60) {
            let request = Ref<Request>(
                try perform(
                    OpenRequest(
                        class: random.pick([.complaint, .minorRepair, .minorRepair, .other]), unit: household.unit,
                        text: text, call: call, demand: demand),
                    by: staff, at: moment.adding(seconds: 60), &batch))
            queue.add(.completion(request), at: moment.adding(minutes: random.between(60...1800)))
        }
        try perform(EndCall(call: call, closing: true), by: staff, at: moment.adding(seconds: 100), &batch)
    }

    private func complete(_ request: Ref<Request>, at moment: Moment, _ batch: inout Store.Batch) throws {
        try perform(CompleteRequest(request: request), by: Roster.administrators[0], at: moment, &batch)
        for followUp in store.estate.followUps.of(request) {
            queue.add(.followUp(followUp.id), at: moment.adding(minutes: random.between(600...2400)))
        }
    }

    private func recordFollowUp(_ followUp: Ref<FollowUp>, at moment: Moment, _ batch: inout Store.Batch) throws {
        var record = RecordFollowUp()
        (record.followup, record.result) = (followUp, .satisfied)
        record.visitors = StaffNames([Roster.regional, Roster.administrators[0]])
        (record.signer, record.satisfaction) = ("业主", Satisfaction(random.between(3...5)))
        if random.chance(70) { (record.quality, record.effect) = ("符合要求", "问题已解决") }
        try perform(record, by: Roster.administrators[0], at: moment, &batch)
    }

    private func issue(_ period: Period, at moment: Moment, _ batch: inout Store.Batch) throws {
        let due = period.first.adding(19)
        for household in households {
            let fees = [("物业管理费", household.serviceFee), ("停车费", household.parkingFee)]
            for (item, amount) in fees where amount > .zero {
                try perform(
                    IssueBill(unit: household.unit, period: period, item: item, amount: amount, due: due),
                    by: Roster.finance, at: moment, &batch)
            }
        }
    }

    private func pay(_ household: Household, at moment: Moment, _ batch: inout Store.Batch) throws {
        let owed = store.estate.fees.unpaidBills(of: household.unit).reduce(Money.zero) { $0 + $1.outstanding }
        if owed <= .zero { return }
        try perform(
            ReceivePayment(unit: household.unit, amount: owed, method: random.pick(["微信", "支付宝", "银行代扣"])),
            by: Roster.finance, at: moment, &batch)
    }

    private func changeShift(at moment: Moment, _ batch: inout Store.Batch) throws {
        let next = random.pick(Roster.guards)
        if let shift {
            let inside = Array(store.estate.gate.inside)
            try perform(CloseShift(shift: shift, next: next, handed: inside), by: next, at: moment, &batch)
        }
        shift = Ref(try perform(OpenShift(post: "门岗", staff: next), by: next, at: moment, &batch))
    }

    private func patrol(at moment: Moment, _ batch: inout Store.Batch) throws {
        let point = random.pick(["1 号楼顶层", "2 号楼顶层", "3 号楼顶层", "地下车库"])
        try perform(CheckPatrol(route: "全区", point: point), by: random.pick(Roster.guards), at: moment, &batch)
    }
}
