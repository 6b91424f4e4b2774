/// Every day from 2025 to 2029, written down one after the other: the calendar of a calculation that shares nothing with the
/// product's. Days are counted from 2025-01-01, moments in milliseconds of Unix time; the zone is Shanghai's eight hours.
struct Almanac {
    static let shared = Almanac()

    private(set) var days: [(year: Int, month: Int, day: Int)] = []

    private init() {
        var (year, month, day) = (2025, 1, 1)
        while year < 2030 {
            days.append((year, month, day))
            day += 1
            if day > Almanac.length(year, month) { (day, month) = (1, month + 1) }
            if month > 12 { (month, year) = (1, year + 1) }
        }
    }

    private static func length(_ year: Int, _ month: Int) -> Int {
        if month == 2 { return year % 4 == 0 ? 29 : 28 }
        return [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    private static let dawn = 1_735_660_800_000
    static let dayLength = 86_400_000

    /// The day on which a moment lies; 0:00 belongs to the day that begins.
    func day(of time: Int) -> Int { (time - Almanac.dawn) / Almanac.dayLength }
    /// 0:00 of a day.
    func start(of day: Int) -> Int { Almanac.dawn + day * Almanac.dayLength }
    /// 24:00 of a day.
    func end(of day: Int) -> Int { start(of: day + 1) }

    func month(of day: Int) -> String { String(text(of: day).prefix(7)) }

    func text(of day: Int) -> String {
        let (year, month, day) = days[day]
        return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }

    /// The same day next month, or that month's last: found by walking there.
    func monthAfter(_ day: Int) -> Int {
        var walker = day
        while days[walker].month == days[day].month { walker += 1 }
        while days[walker].day != days[day].day, days[walker + 1].month == days[walker].month { walker += 1 }
        return walker
    }
}

/// One of an estate's return visits, named without an id.
struct CaseName: Hashable {
    var request: Int
    var stage: String
    var unit: String
    var cycle: Int
}

/// Something that happened, told without the product's types.
struct Happening {
    enum Kind {
        case opened(class: String, unit: String, period: (from: Int, to: Int)?)
        case attended(unit: String)
        case completed
        case reopened
        case visited(CaseName, result: String, roles: Set<String>)
        case rectified(CaseName)
    }

    let request: Int
    let time: Int
    let kind: Kind
}

/// What a return visit must look like as of a moment, by the standards.
struct ExpectedVisit {
    var name: CaseName
    var requestClass: String
    var opens: Int
    var due: Int
    var attempts = 0
    var lastResult: String?
    var visitedAt: Int?
    var absent: [String] = []
    var voidedAt: Int?
    /// Follows on a rectification, so that it is no case of its own.
    var isAgain = false
    var isRectified = false
    /// When it was written down that it must be made.
    var place: (Int, Int)

    var awaitsRectification: Bool {
        visitedAt != nil && lastResult == "unsatisfied" && !isRectified && voidedAt == nil
    }

    func state(at moment: Int) -> String {
        let almanac = Almanac.shared
        if let visitedAt { return visitedAt < almanac.end(of: due) ? "done" : "late" }
        if voidedAt != nil { return "void" }
        // 24:00 is still the day that ends.
        if almanac.day(of: moment - 1) < opens { return "upcoming" }
        return moment < almanac.end(of: due) ? "open" : "overdue"
    }

    /// Whether a rate of its month counts it: its due date is past, and no reopening had spared it by then.
    func hasMatured(by moment: Int) -> Bool {
        let end = Almanac.shared.end(of: due)
        if isAgain || moment < end { return false }
        return visitedAt != nil || voidedAt.map { $0 >= end } ?? true
    }
}

/// Return visits by the standards' sections 3 and *Rules*: what happened, in the order in which it happened, walked through
/// once. The product takes facts in the order in which they were written, and asks its handbook.
struct FollowUpOracle {
    private(set) var visits: [ExpectedVisit] = []
    private var classes: [Int: String] = [:]
    private var units: [Int: String] = [:]
    private var periods: [Int: (from: Int, to: Int)] = [:]
    private var households: [Int: [(unit: String, entry: Int)]] = [:]
    private var done: [Int: (day: Int, entry: Int)] = [:]
    private var reopenedAt: [Int: Int] = [:]
    private let almanac = Almanac.shared

    /// `happenings` in the order in which they were written down; those at `moment` count unless it is 24:00.
    init(_ happenings: [Happening], asOf moment: Int) {
        let isMidnight = moment == almanac.start(of: almanac.day(of: moment))
        let past = happenings.enumerated().filter { $0.element.time < moment + (isMidnight ? 0 : 1) }
        for (entry, happening) in past.sorted(by: { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }) {
            take(happening, entry)
        }
        visits.sort { $0.place < $1.place }
    }

    static let target = [
        "complaint": 100, "repair.minor": 100, "repair.works": 100, "special": 100, "event": 70, "other": nil,
    ]
    private static let mustGo = ["complaint": ["regional", "administrator"]]

    /// matured, covered, on time, and whether the target is met.
    func rate(_ requestClass: String, month: String, at moment: Int) -> (Int, Int, Int, Bool?) {
        let cases = visits.filter {
            $0.requestClass == requestClass && almanac.month(of: $0.due) == month && $0.hasMatured(by: moment)
        }
        let (covered, onTime) = (cases.count { $0.visitedAt != nil }, cases.count { $0.state(at: moment) == "done" })
        let target = FollowUpOracle.target[requestClass] ?? nil
        let met = cases.isEmpty ? nil : target.map { onTime * 100 >= cases.count * $0 }
        return (cases.count, covered, onTime, met)
    }

    private mutating func take(_ happening: Happening, _ entry: Int) {
        let (request, time) = (happening.request, happening.time)
        let day = almanac.day(of: time)
        switch happening.kind {
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
                    guard $0.name.request == request, $0.name.stage == "end" else { return false }
                    if let visitedAt = $0.visitedAt, visitedAt >= since { return true }
                    return $0.voidedAt == nil && ($0.visitedAt == nil || $0.awaitsRectification)
                }
                if !serves { plan(request, "end", units[request] ?? "", after: day, (entry, 0)) }
            default: plan(request, "single", units[request] ?? "", after: day, (entry, 0))
            }
        case .reopened:
            (done[request], reopenedAt[request]) = (nil, time)
            if let period = periods[request], day <= period.to { return }
            for index in visits.indices where visits[index].name.request == request {
                let isLeft = visits[index].visitedAt == nil && visits[index].voidedAt == nil
                if isLeft || visits[index].awaitsRectification { visits[index].voidedAt = time }
            }
        case .visited(let name, let result, let roles):
            guard let index = visits.firstIndex(where: { $0.name == name }) else { return }
            visits[index].lastResult = result
            if result == "satisfied" || result == "unsatisfied" {
                visits[index].visitedAt = time
                let mustGo = FollowUpOracle.mustGo[visits[index].requestClass] ?? ["administrator"]
                visits[index].absent = mustGo.filter { !roles.contains($0) }
            } else {
                visits[index].attempts += 1
            }
        case .rectified(let name):
            guard let index = visits.firstIndex(where: { $0.name == name }) else { return }
            visits[index].isRectified = true
            plan(request, name.stage, name.unit, after: day, (entry, 0), isAgain: true)
        }
    }

    private mutating func plan(
        _ request: Int, _ stage: String, _ unit: String, after done: Int, _ place: (Int, Int), isAgain: Bool = false
    ) {
        var due = done
        switch classes[request] {
        case "repair.works", "event": due = almanac.monthAfter(done)
        case "other": for _ in 1...7 { due += 1 }
        default: for _ in 1...3 { due += 1 }
        }
        plan(request, stage, unit, done, due, place, isAgain: isAgain)
    }

    private mutating func plan(
        _ request: Int, _ stage: String, _ unit: String, _ opens: Int, _ due: Int, _ place: (Int, Int),
        isAgain: Bool = false
    ) {
        let former = visits.count { $0.name.request == request && $0.name.stage == stage && $0.name.unit == unit }
        visits.append(
            ExpectedVisit(
                name: CaseName(request: request, stage: stage, unit: unit, cycle: former + 1),
                requestClass: classes[request] ?? "", opens: opens, due: due, isAgain: isAgain, place: place))
    }
}
