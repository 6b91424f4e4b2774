import Handbook
import Journal
import Synchronization

@testable import Estate

/// SplitMix64: the same seed, the same chances.
struct SeededDice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return bits ^ bits >> 31
    }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}

/// A short random history of requests and their return visits, done to an estate without a disk and told to an oracle.
struct FollowUpChronicle {
    /// What could not be done though it should, or could though it should not.
    struct Surprise: Error, CustomStringConvertible { let description: String }

    private(set) var estate: Estate
    private(set) var told: [Happening] = []
    private(set) var requests: [Ref<Request>] = []
    /// The end of the history.
    private(set) var now: Int

    private let base: Estate
    private var facts: [(fact: any Fact, stamp: Metadata)] = []
    private var dice: SeededDice
    /// Visits made and not yet written down, as it goes with paper.
    private var onPaper: [(visit: Happening, visitors: String)] = []
    /// What the last action wrote; it may be undone.
    private var last: (facts: Int, opened: Bool)?
    private let almanac = Almanac.shared
    private let ids = Counter()

    private final class Counter: Sendable {
        private let count = Mutex<UInt64>(0)
        func next() -> EntryID {
            count.withLock {
                $0 += 1
                return EntryID(high: 1, low: $0 &* 0x9E37_79B9_7F4A_7C15)
            }
        }
    }

    static let roles: [(code: String, role: Role)] = [
        ("S01", .manager), ("S02", .operator), ("S05", .regional), ("S06", .administrator), ("S09", .administrator),
    ]
    static let units = ["3-2-501", "3-2-502", "3-2-503"]

    /// An estate in which nothing has happened yet.
    static func ground(_ handbook: Handbook) -> Estate {
        var estate = Estate(handbook: handbook)
        let stamp = Metadata(id: EntryID(high: 0, low: 1), at: Moment(milliseconds: 0), by: "S01")
        for (code, role) in roles { AddStaff(staff: code, name: code, role: role).apply(to: &estate, stamp) }
        for room in units { AddUnit(unit: unit(room)).apply(to: &estate, stamp) }
        return estate
    }

    init(on ground: Estate, seed: UInt64) throws {
        (base, estate, dice) = (ground, ground, SeededDice(seed: seed))
        now = almanac.start(of: 365 + dice.below(850))
        for _ in 0..<(6 + dice.below(20)) {
            pass()
            try move()
        }
        try writeUp()
    }

    /// The state as of a moment: 0:00 is 24:00 of the day before.
    func estate(asOf moment: Int) -> Estate {
        let isMidnight = moment == almanac.start(of: almanac.day(of: moment))
        let limit = Moment(milliseconds: Int64(isMidnight ? moment - 1 : moment))
        var estate = base
        for (fact, stamp) in facts where fact.holds(since: stamp, in: estate.zone) <= limit {
            fact.apply(to: &estate, stamp)
        }
        return estate
    }

    /// Moments worth looking at: about the ends of windows, and any.
    mutating func moments(_ count: Int) -> [Int] {
        let days = oracle().visits.flatMap { [almanac.start(of: $0.opens), almanac.end(of: $0.due)] }
        let first = told.first?.time ?? now
        return (0..<count).map { _ in
            switch days.isEmpty ? 2 : dice.below(3) {
            case 0: dice.pick(days)
            case 1: dice.pick(days) + dice.below(3) - 1
            default: first + dice.below(now - first + 40 * Almanac.dayLength)
            }
        }
    }

    // MARK: What happens

    /// Some time goes by: often to 0:00 or the last moment of a day, where mistakes are made.
    private mutating func pass() {
        let days = dice.below(6) == 0 ? dice.below(30) : dice.below(4)
        let day = almanac.day(of: now) + days
        let time: Int =
            switch dice.below(5) {
            case 0: almanac.start(of: day)
            case 1: almanac.end(of: day) - 1
            default: almanac.start(of: day) + dice.below(Almanac.dayLength)
            }
        now = max(now, time)
    }

    /// All that has happened, written down or not.
    private func oracle() -> FollowUpOracle { FollowUpOracle(told + onPaper.map(\.visit), asOf: .max / 2) }

    private mutating func move() throws {
        let isOpen = requests.indices.filter { estate.requests[requests[$0]]?.isOpen == true }
        let isDone = requests.indices.filter { !isOpen.contains($0) }
        switch dice.below(12) {
        case 0, 1: if requests.count < 3 { try open() }
        case 2, 3: if !isOpen.isEmpty { try complete(dice.pick(isOpen)) }
        case 4: if !isDone.isEmpty { try reopen(dice.pick(isDone)) }
        case 5, 6: try attend()
        case 7, 8, 9: try visit()
        case 10: try rectify()
        default: dice.below(2) == 0 ? undo() : try refused()
        }
    }

    private mutating func open() throws {
        let requestClass = dice.pick(RequestClass.allCases)
        let room = dice.pick(FollowUpChronicle.units)
        var period: (from: Int, to: Int)?
        if requestClass == .special {
            let from = almanac.day(of: now) - 3 + dice.below(12)
            period = (from, from + dice.below(dice.below(3) == 0 ? 40 : 8))
        }
        func day(_ index: Int) -> Day { EstateTests.day(almanac.text(of: index)) }
        let id = try perform(
            OpenRequest(
                class: requestClass, unit: unit(room), text: "诉求", from: (period?.from).map(day),
                to: (period?.to).map(day)), at: now)
        tell(.opened(class: requestClass.rawValue, unit: room, period: period), requests.count, now)
        requests.append(Ref(id))
        last?.opened = true
    }

    private mutating func complete(_ request: Int) throws {
        try writeUp(of: request)
        // Work is often called done some time after it was.
        let time = dice.below(3) == 0 ? between(asked(request), now) : now
        try perform(CompleteRequest(request: requests[request]), at: time)
        tell(.completed, request, time)
    }

    /// When a request was opened, or opened again: what is noted late belongs to the cycle since then.
    private func asked(_ request: Int) -> Int {
        let asked = told.last { happening in
            if happening.request != request { return false }
            switch happening.kind {
            case .opened, .reopened: return true
            default: return false
            }
        }
        return asked?.time ?? now
    }

    private mutating func reopen(_ request: Int) throws {
        // What lies on paper was before it.
        now += 1
        try perform(ReopenRequest(request: requests[request], why: "又坏了"), at: now)
        tell(.reopened, request, now)
    }

    private mutating func attend() throws {
        let events = requests.indices.filter { estate.requests[requests[$0]]?.class == .event }
        if events.isEmpty { return }
        let request = dice.pick(events)
        let noted = Set(estate.requests[requests[request]]?.households.map(\.unit.text) ?? [])
        let rooms = FollowUpChronicle.units.filter { !noted.contains($0) }
        if rooms.isEmpty { return }
        let room = dice.pick(rooms)
        let time = dice.below(2) == 0 ? now : between(asked(request), now)
        try perform(AttendEvent(request: requests[request], unit: unit(room)), at: time)
        tell(.attended(unit: room), request, time)
    }

    private mutating func visit() throws {
        let today = almanac.day(of: now)
        let due = oracle().visits.filter { $0.visitedAt == nil && $0.voidedAt == nil && $0.opens <= today }
        if due.isEmpty { return }
        let name = dice.pick(due).name
        // What lies on paper is written up in its order.
        if lies(onPaper: name) { return }
        var codes: [String] = []
        for _ in 0...dice.below(3) {
            let code = dice.pick(FollowUpChronicle.roles).code
            if !codes.contains(code) { codes.append(code) }
        }
        let roles = Set(FollowUpChronicle.roles.filter { codes.contains($0.code) }.map(\.role.rawValue))
        let visited = Happening(
            request: name.request, time: now,
            kind: .visited(name, result: dice.pick(VisitResult.allCases).rawValue, roles: roles))
        let visitors = codes.joined(separator: ",")
        if dice.below(4) == 0 { onPaper.append((visited, visitors)) } else { try write(visited, visitors) }
    }

    private mutating func write(_ visit: Happening, _ visitors: String) throws {
        guard case .visited(let name, let result, _) = visit.kind else { return }
        try perform(record(name, result, visitors), at: visit.time)
        told.append(visit)
    }

    private func lies(onPaper name: CaseName) -> Bool {
        onPaper.contains { paper in
            if case .visited(name, _, _) = paper.visit.kind { true } else { false }
        }
    }

    /// What lies on paper is written down.
    private mutating func writeUp(of request: Int? = nil) throws {
        for (visit, visitors) in onPaper where request == nil || visit.request == request { try write(visit, visitors) }
        onPaper.removeAll { request == nil || $0.visit.request == request }
    }

    private mutating func rectify() throws {
        let wanting = oracle().visits.filter { $0.awaitsRectification && !lies(onPaper: $0.name) }
        if wanting.isEmpty { return }
        let name = dice.pick(wanting).name
        try perform(RectifyFollowUp(followup: id(of: name)), at: now)
        tell(.rectified(name), name.request, now)
    }

    /// The last thing done is taken back: it has never been.
    private mutating func undo() {
        guard let last, onPaper.isEmpty else { return }
        facts.removeLast(last.facts)
        told.removeLast()
        if last.opened { requests.removeLast() }
        self.last = nil
        estate = base
        for (fact, stamp) in facts { fact.apply(to: &estate, stamp) }
    }

    /// What the standards leave no room for is tried and must be refused.
    private mutating func refused() throws {
        let today = almanac.day(of: now)
        let barred = oracle().visits.filter {
            !$0.isRectified && ($0.visitedAt != nil || $0.voidedAt != nil || $0.opens > today)
                && !lies(onPaper: $0.name)
        }
        if barred.isEmpty { return }
        let name = dice.pick(barred).name
        do {
            _ = try plan(record(name, "satisfied", "S06"), at: now)
        } catch is Refusal {
            return
        }
        throw Surprise(description: "a visit that cannot be was taken: \(name)")
    }

    // MARK: Doing it

    private mutating func between(_ first: Int, _ end: Int) -> Int { first + dice.below(end - first + 1) }

    private mutating func tell(_ kind: Happening.Kind, _ request: Int, _ time: Int) {
        told.append(Happening(request: request, time: time, kind: kind))
    }

    private func record(_ name: CaseName, _ result: String, _ visitors: String) throws -> RecordFollowUp {
        var action = RecordFollowUp()
        action.followup = try id(of: name)
        action.result = VisitResult(rawValue: result) ?? .refused
        action.visitors = try StaffNames(text: visitors, zone: .shanghai)
        action.signer = "李四"
        return action
    }

    /// The product's id of a visit.
    private func id(of name: CaseName) throws -> Ref<FollowUp> {
        let found = estate.followUps.of(requests[name.request]).first {
            $0.stage.rawValue == name.stage && $0.unit.text == name.unit && $0.cycle == name.cycle
        }
        guard let found else { throw Surprise(description: "there is no \(name)") }
        return found.id
    }

    private func plan(_ action: any Action, at time: Int) throws -> Plan {
        let ids = ids
        var plan = Plan(
            by: "S01", at: Moment(milliseconds: Int64(time)), now: Moment(milliseconds: Int64(now)),
            newID: { _ in ids.next() })
        try action.perform(&plan, in: estate)
        return plan
    }

    @discardableResult
    private mutating func perform(_ action: any Action, at time: Int) throws -> EntryID {
        let plan: Plan
        do { plan = try self.plan(action, at: time) } catch let refusal as Refusal {
            throw Surprise(description: "\(type(of: action).name) was refused: \(refusal.message.english)")
        }
        for (id, fact) in plan.facts {
            let stamp = Metadata(id: id, at: plan.at, by: plan.by)
            facts.append((fact, stamp))
            fact.apply(to: &estate, stamp)
        }
        last = (plan.facts.count, false)
        return plan.answer ?? plan.facts[0].id
    }
}
