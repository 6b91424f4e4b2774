import Handbook
import Journal
import Synchronization
import TestSupport

@testable import Estate

/// A short random history of requests and return visits, applied to an estate without a disk and listed as events for
/// the oracle. The seed determines it.
struct RandomFollowUps {
    /// An action that was refused but should not be, or the reverse.
    struct Mismatch: Error, CustomStringConvertible { let description: String }

    private(set) var estate: Estate
    private(set) var events: [CaseEvent] = []
    private(set) var requests: [Ref<Request>] = []
    /// The end of the history.
    private(set) var now: Int

    private let base: Estate
    private var facts: [(fact: any Fact, metadata: Metadata)] = []
    private var random: SeededRandom
    /// Visits that were made and are not recorded yet, as with notes on paper.
    private var unrecorded: [(visit: CaseEvent, visitors: String)] = []
    /// The number of facts of the last action, which may be undone, and whether it opened a request.
    private var last: (facts: Int, opened: Bool)?
    private let calendar = TestCalendar.shared
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

    /// An estate with staff and units, before the first request.
    static func initialState(_ handbook: Handbook) -> Estate {
        var estate = Estate(handbook: handbook)
        let metadata = Metadata(id: EntryID(high: 0, low: 1), at: Moment(milliseconds: 0), by: "S01")
        for (code, role) in roles { AddStaff(staff: code, name: code, role: role).apply(to: &estate, metadata) }
        for room in units { AddUnit(unit: unit(room)).apply(to: &estate, metadata) }
        return estate
    }

    init(on initialState: Estate, seed: UInt64) throws {
        (base, estate, random) = (initialState, initialState, SeededRandom(seed: seed))
        now = calendar.start(of: 365 + random.below(850))
        for _ in 0..<(6 + random.below(20)) {
            advanceTime()
            try step()
        }
        try recordPending()
    }

    /// The state as of a moment; 0:00 counts as 24:00 of the day before.
    func estate(asOf moment: Int) -> Estate {
        let isMidnight = moment == calendar.start(of: calendar.day(of: moment))
        let limit = Moment(milliseconds: Int64(isMidnight ? moment - 1 : moment))
        var estate = base
        for (fact, metadata) in facts where fact.holds(since: metadata, in: estate.zone) <= limit {
            fact.apply(to: &estate, metadata)
        }
        return estate
    }

    /// Random moments, most of them near the ends of windows.
    mutating func moments(_ count: Int) -> [Int] {
        let days = oracle().visits.flatMap { [calendar.start(of: $0.opens), calendar.end(of: $0.due)] }
        let first = events.first?.time ?? now
        return (0..<count).map { _ in
            switch days.isEmpty ? 2 : random.below(3) {
            case 0: random.pick(days)
            case 1: random.pick(days) + random.below(3) - 1
            default: first + random.below(now - first + 40 * TestCalendar.dayLength)
            }
        }
    }

    // MARK: Random steps

    /// Advances the time, often to 0:00 or to the last moment of a day, where mistakes are likely.
    private mutating func advanceTime() {
        let days = random.below(6) == 0 ? random.below(30) : random.below(4)
        let day = calendar.day(of: now) + days
        let time: Int =
            switch random.below(5) {
            case 0: calendar.start(of: day)
            case 1: calendar.end(of: day) - 1
            default: calendar.start(of: day) + random.below(TestCalendar.dayLength)
            }
        now = max(now, time)
    }

    /// The expected visits after all events, recorded or not.
    private func oracle() -> FollowUpOracle { FollowUpOracle(events + unrecorded.map(\.visit), asOf: .max / 2) }

    private mutating func step() throws {
        let isOpen = requests.indices.filter { estate.requests[requests[$0]]?.isOpen == true }
        let isDone = requests.indices.filter { !isOpen.contains($0) }
        switch random.below(12) {
        case 0, 1: if requests.count < 3 { try open() }
        case 2, 3: if !isOpen.isEmpty { try complete(random.pick(isOpen)) }
        case 4: if !isDone.isEmpty { try reopen(random.pick(isDone)) }
        case 5, 6: try attend()
        case 7, 8, 9: try visit()
        case 10: try random.below(2) == 0 ? rectify() : close()
        default: random.below(2) == 0 ? undo() : try refused()
        }
    }

    private mutating func open() throws {
        let requestClass = random.pick(RequestClass.allCases)
        let room = random.pick(RandomFollowUps.units)
        var period: (from: Int, to: Int)?
        if requestClass == .special {
            let from = calendar.day(of: now) - 3 + random.below(12)
            period = (from, from + random.below(random.below(3) == 0 ? 40 : 8))
        }
        func day(_ index: Int) -> Day { TestSupport.day(calendar.text(of: index)) }
        let id = try perform(
            OpenRequest(
                class: requestClass, unit: unit(room), text: "诉求", from: (period?.from).map(day),
                to: (period?.to).map(day)), at: now)
        addEvent(.opened(class: requestClass.rawValue, unit: room, period: period), requests.count, now)
        requests.append(Ref(id))
        last?.opened = true
    }

    private mutating func complete(_ request: Int) throws {
        try recordPending(of: request)
        // A completion is often recorded later.
        let time = random.below(3) == 0 ? between(cycleStart(of: request), now) : now
        try perform(CompleteRequest(request: requests[request]), at: time)
        addEvent(.completed, request, time)
    }

    /// When the current cycle of a request began: at its opening or last reopening.
    private func cycleStart(of request: Int) -> Int {
        let start = events.last { event in
            if event.request != request { return false }
            switch event.kind {
            case .opened, .reopened: return true
            default: return false
            }
        }
        return start?.time ?? now
    }

    private mutating func reopen(_ request: Int) throws {
        // Unrecorded visits were made before.
        now += 1
        try perform(ReopenRequest(request: requests[request], why: "又坏了"), at: now)
        addEvent(.reopened, request, now)
    }

    private mutating func attend() throws {
        let eventRequests = requests.indices.filter { estate.requests[requests[$0]]?.class == .event }
        if eventRequests.isEmpty { return }
        let request = random.pick(eventRequests)
        let attending = Set(estate.requests[requests[request]]?.households.map(\.unit.text) ?? [])
        let rooms = RandomFollowUps.units.filter { !attending.contains($0) }
        if rooms.isEmpty { return }
        let room = random.pick(rooms)
        let time = random.below(2) == 0 ? now : between(cycleStart(of: request), now)
        try perform(AttendEvent(request: requests[request], unit: unit(room)), at: time)
        addEvent(.attended(unit: room), request, time)
    }

    private mutating func visit() throws {
        let today = calendar.day(of: now)
        let due = oracle().visits.filter { $0.visitedAt == nil && $0.voidedAt == nil && $0.opens <= today }
        if due.isEmpty { return }
        let key = random.pick(due).key
        // Unrecorded visits are recorded in their order.
        if isUnrecorded(key) { return }
        var codes: [String] = []
        for _ in 0...random.below(3) {
            let code = random.pick(RandomFollowUps.roles).code
            if !codes.contains(code) { codes.append(code) }
        }
        let roles = Set(RandomFollowUps.roles.filter { codes.contains($0.code) }.map(\.role.rawValue))
        let visited = CaseEvent(
            request: key.request, time: now,
            kind: .visited(key, result: random.pick(FollowUpResult.allCases).rawValue, roles: roles))
        let visitors = codes.joined(separator: ",")
        if random.below(4) == 0 { unrecorded.append((visited, visitors)) } else { try record(visited, visitors) }
    }

    private mutating func record(_ visit: CaseEvent, _ visitors: String) throws {
        guard case .visited(let key, let result, _) = visit.kind else { return }
        try perform(record(key, result, visitors), at: visit.time)
        events.append(visit)
    }

    private func isUnrecorded(_ key: VisitKey) -> Bool {
        unrecorded.contains { unrecorded in
            if case .visited(key, _, _) = unrecorded.visit.kind { true } else { false }
        }
    }

    /// Records the visits that are not recorded yet.
    private mutating func recordPending(of request: Int? = nil) throws {
        for (visit, visitors) in unrecorded where request == nil || visit.request == request {
            try record(visit, visitors)
        }
        unrecorded.removeAll { request == nil || $0.visit.request == request }
    }

    private mutating func rectify() throws {
        let unsatisfactory = oracle().visits.filter { $0.awaitsRectification && !isUnrecorded($0.key) }
        if unsatisfactory.isEmpty { return }
        let key = random.pick(unsatisfactory).key
        try perform(RectifyFollowUp(followup: id(of: key)), at: now)
        addEvent(.rectified(key), key.request, now)
    }

    /// Closes a case, after as many attempts as it still needs.
    private mutating func close() throws {
        let today = calendar.day(of: now)
        let open = oracle().visits.filter {
            $0.visitedAt == nil && $0.voidedAt == nil && !$0.isClosed && $0.opens <= today && !isUnrecorded($0.key)
        }
        if open.isEmpty { return }
        let visit = random.pick(open)
        let key = visit.key
        for _ in visit.attempts..<max(3, visit.attempts) {
            let result = random.pick([FollowUpResult.unreachable, .refused]).rawValue
            try record(
                CaseEvent(request: key.request, time: now, kind: .visited(key, result: result, roles: [])), "S06")
        }
        try perform(CloseFollowUp(followup: id(of: key), why: "找不到业主"), at: now)
        addEvent(.closed(key), key.request, now)
    }

    /// Undoes the last action: the history continues without it.
    private mutating func undo() {
        guard let last, unrecorded.isEmpty else { return }
        facts.removeLast(last.facts)
        events.removeLast()
        if last.opened { requests.removeLast() }
        self.last = nil
        estate = base
        for (fact, metadata) in facts { fact.apply(to: &estate, metadata) }
    }

    /// Attempts a visit that the standards do not allow; it must be refused.
    private mutating func refused() throws {
        let today = calendar.day(of: now)
        let forbidden = oracle().visits.filter {
            !$0.isRectified && ($0.visitedAt != nil || $0.voidedAt != nil || $0.opens > today)
                && !isUnrecorded($0.key)
        }
        if forbidden.isEmpty { return }
        let key = random.pick(forbidden).key
        do {
            _ = try plan(record(key, "satisfied", "S06"), at: now)
        } catch is Refusal {
            return
        }
        throw Mismatch(description: "a forbidden visit was accepted: \(key)")
    }

    // MARK: Performing

    private mutating func between(_ first: Int, _ end: Int) -> Int { first + random.below(end - first + 1) }

    private mutating func addEvent(_ kind: CaseEvent.Kind, _ request: Int, _ time: Int) {
        events.append(CaseEvent(request: request, time: time, kind: kind))
    }

    private func record(_ key: VisitKey, _ result: String, _ visitors: String) throws -> RecordFollowUp {
        var action = RecordFollowUp()
        action.followup = try id(of: key)
        action.result = FollowUpResult(rawValue: result) ?? .refused
        action.visitors = try StaffNames(text: visitors, zone: .shanghai)
        action.signer = "李四"
        return action
    }

    /// The id of a visit in the estate.
    private func id(of key: VisitKey) throws -> Ref<FollowUp> {
        let followUp = estate.followUps.of(requests[key.request]).first {
            $0.stage.rawValue == key.stage && $0.unit.text == key.unit && $0.cycle == key.cycle
        }
        guard let followUp else { throw Mismatch(description: "there is no \(key)") }
        return followUp.id
    }

    private func plan(_ action: any Action, at time: Int) throws -> Plan {
        let ids = ids
        var plan = Plan(
            by: "S01", at: Moment(milliseconds: Int64(time)), now: Moment(milliseconds: Int64(now)), node: "desk",
            newID: { _ in ids.next() })
        try action.perform(&plan, in: estate)
        return plan
    }

    @discardableResult
    private mutating func perform(_ action: any Action, at time: Int) throws -> EntryID {
        let plan: Plan
        do { plan = try self.plan(action, at: time) } catch let refusal as Refusal {
            throw Mismatch(description: "\(type(of: action).name) was refused: \(refusal.message.english)")
        }
        for (id, fact, _) in plan.facts {
            let metadata = Metadata(id: id, at: plan.at, by: plan.by)
            facts.append((fact, metadata))
            fact.apply(to: &estate, metadata)
        }
        last = (plan.facts.count, false)
        return plan.answer ?? plan.facts[0].id
    }
}
