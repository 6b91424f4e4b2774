/// Calculates return visits from events, by section 3 and *Rules*, independently of the product: it processes events in
/// the order in which they happened, with the rules written out. The product processes facts in the order in which they
/// were recorded, with the rules of its handbook.
struct FollowUpOracle {
    private(set) var visits: [ExpectedVisit] = []
    private var classes: [Int: String] = [:]
    private var units: [Int: String] = [:]
    private var periods: [Int: (from: Int, to: Int)] = [:]
    private var households: [Int: [(unit: String, entry: Int)]] = [:]
    private var done: [Int: (day: Int, entry: Int)] = [:]
    private var reopenedAt: [Int: Int] = [:]
    private let calendar = TestCalendar.shared

    /// `events` in the order of recording. Those at `moment` count, unless it is 24:00.
    init(_ events: [CaseEvent], asOf moment: Int) {
        let isMidnight = moment == calendar.start(of: calendar.day(of: moment))
        let past = events.enumerated().filter { $0.element.time < moment + (isMidnight ? 0 : 1) }
        for (entry, event) in past.sorted(by: { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }) {
            apply(event, entry)
        }
        visits.sort { $0.order < $1.order }
    }

    static let target = [
        "complaint": 100, "repair.minor": 100, "repair.works": 100, "special": 100, "event": 70, "other": nil,
    ]
    private static let requiredVisitors = ["complaint": ["regional", "administrator"]]

    /// The numbers of matured, covered and timely cases, and whether the target is met.
    func rate(_ requestClass: String, month: String, at moment: Int) -> (Int, Int, Int, Bool?) {
        let cases = visits.filter {
            $0.requestClass == requestClass && calendar.month(of: $0.due) == month && $0.hasMatured(by: moment)
        }
        let (covered, onTime) = (cases.count { $0.visitedAt != nil }, cases.count { $0.state(at: moment) == "done" })
        let target = FollowUpOracle.target[requestClass] ?? nil
        let met = cases.isEmpty ? nil : target.map { covered * 100 >= cases.count * $0 }
        return (cases.count, covered, onTime, met)
    }

    private mutating func apply(_ event: CaseEvent, _ entry: Int) {
        let (request, time) = (event.request, event.time)
        let day = calendar.day(of: time)
        switch event.kind {
        case .opened(let requestClass, let unit, let period):
            (classes[request], units[request], periods[request]) = (requestClass, unit, period)
            guard let (from, to) = period else { return }
            let length = to - from
            plan(request, "middle", unit, from + length / 3, from + length * 2 / 3, (entry, 0))
            plan(request, "end", unit, to, to + 3, (entry, 1))
        case .attended(let unit):
            households[request, default: []].append((unit, entry))
            if let done = done[request] {
                plan(request, "single", unit, after: done.day, (max(entry, done.entry), entry))
            }
        case .completed:
            done[request] = (day, entry)
            switch classes[request] {
            case "event":
                for household in households[request] ?? [] {
                    plan(request, "single", household.unit, after: day, (max(entry, household.entry), household.entry))
                }
            case "special":
                let since = reopenedAt[request] ?? .min
                let serves = visits.contains {
                    guard $0.key.request == request, $0.key.stage == "end" else { return false }
                    if let visitedAt = $0.visitedAt, visitedAt >= since { return true }
                    return $0.voidedAt == nil && ($0.visitedAt == nil || $0.awaitsRectification)
                }
                if !serves { plan(request, "end", units[request] ?? "", after: day, (entry, 0)) }
            default: plan(request, "single", units[request] ?? "", after: day, (entry, 0))
            }
        case .reopened:
            (done[request], reopenedAt[request]) = (nil, time)
            if let period = periods[request], day <= period.to { return }
            for index in visits.indices where visits[index].key.request == request {
                let isPending = visits[index].visitedAt == nil && visits[index].voidedAt == nil
                // A closed case is void, too: the new cycle has visits of its own.
                if isPending || visits[index].awaitsRectification { visits[index].voidedAt = time }
            }
        case .visited(let key, let result, let roles):
            guard let index = visits.firstIndex(where: { $0.key == key }) else { return }
            visits[index].lastResult = result
            if result == "satisfied" || result == "unsatisfied" {
                visits[index].visitedAt = time
                let requiredVisitors = FollowUpOracle.requiredVisitors[visits[index].requestClass] ?? ["administrator"]
                visits[index].absent = requiredVisitors.filter { !roles.contains($0) }
            } else {
                visits[index].attempts += 1
            }
        case .closed(let key):
            guard let index = visits.firstIndex(where: { $0.key == key }) else { return }
            visits[index].isClosed = true
        case .rectified(let key):
            guard let index = visits.firstIndex(where: { $0.key == key }) else { return }
            visits[index].isRectified = true
            plan(request, key.stage, key.unit, after: day, (entry, 0), isRepetition: true)
        }
    }

    private mutating func plan(
        _ request: Int, _ stage: String, _ unit: String, after done: Int, _ order: (Int, Int),
        isRepetition: Bool = false
    ) {
        var due = done
        switch classes[request] {
        case "repair.works", "event": due = calendar.monthAfter(done)
        case "other": for _ in 1...7 { due += 1 }
        default: for _ in 1...3 { due += 1 }
        }
        plan(request, stage, unit, done, due, order, isRepetition: isRepetition)
    }

    private mutating func plan(
        _ request: Int, _ stage: String, _ unit: String, _ opens: Int, _ due: Int, _ order: (Int, Int),
        isRepetition: Bool = false
    ) {
        let earlier = visits.count { $0.key.request == request && $0.key.stage == stage && $0.key.unit == unit }
        visits.append(
            ExpectedVisit(
                key: VisitKey(request: request, stage: stage, unit: unit, cycle: earlier + 1),
                requestClass: classes[request] ?? "", opens: opens, due: due, isRepetition: isRepetition, order: order))
    }
}
