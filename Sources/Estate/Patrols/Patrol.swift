import Handbook
import Journal

/// A checked point of a patrol's route (巡逻).
public struct PatrolCheck: Sendable {
    /// `nil` in older lines.
    public let patrol: Ref<Patrol>?
    public let route: String
    public let point: String
    public let at: Moment
    public let by: String
}

/// One walk of a route (巡逻, 7.15). The points that are expected are kept as they were at its start.
public struct Patrol: Entity, Sendable {
    public static let entity = "patrol"
    public static let label = Label("巡逻", en: "patrol")
    public let id: Ref<Patrol>
    public let route: String
    /// In order; empty for a route that was not known: then no point is missed.
    public let points: [String]
    /// The post of the member who began it.
    public let post: String
    public let started: Moment
    public let by: String
    /// In the order of recording.
    public internal(set) var checks: [PatrolCheck] = []
    public internal(set) var finished: Moment?
}

/// Where a patrol stands.
public enum PatrolState: String, NamedChoice {
    case underway, finished, abandoned

    public var label: Label {
        switch self {
        case .underway: Label("进行中", en: "under way")
        case .finished: Label("已完成", en: "finished")
        case .abandoned: Label("未完成", en: "abandoned")
        }
    }
}

/// What is unusual about a check. It counts all the same.
public enum PatrolFlag: String, NamedChoice {
    case outOfOrder, tooFast, repeated, unlisted

    public var label: Label {
        switch self {
        case .outOfOrder: Label("未按次序", en: "out of order")
        case .tooFast: Label("过快", en: "too fast")
        case .repeated: Label("重复", en: "repeated")
        case .unlisted: Label("路线外", en: "not on the route")
        }
    }
}

extension Patrol {
    /// Until when it counts as under way.
    public func limit(by rule: Handbook.Patrols) -> Moment { started.adding(minutes: rule.hours * 60) }

    public func state(at moment: Moment, by rule: Handbook.Patrols) -> PatrolState {
        if finished != nil { return .finished }
        if moment <= limit(by: rule) { return .underway }
        let reached = Set(checks.map(\.point))
        return points.isEmpty || !points.allSatisfy(reached.contains) ? .abandoned : .finished
    }

    /// The latest patrols, those without an end first.
    public static func candidates(in estate: Estate) -> [Candidate] {
        let latest = estate.patrols.all.values.suffix(30).reversed()
        return (latest.filter { $0.finished == nil } + latest.filter { $0.finished != nil }).map {
            Candidate($0.id.id.text, text: $0.words(in: estate))
        }
    }

    public static func known(_ id: Ref<Patrol>, in estate: Estate) -> Patrol? { estate.patrols.all[id] }

    public func words(in estate: Estate) -> String {
        "\(route) \(started.display(zone: estate.zone, language: .chinese))"
    }
}

/// The patrols and their checks, in the order of recording.
public struct Patrols: Sendable {
    public private(set) var all = EntityTable<Patrol>()
    /// All checks, those of older lines too, which belong to no patrol.
    public private(set) var checks: [PatrolCheck] = []

    public subscript(id: Ref<Patrol>) -> Patrol? { all[id] }

    /// How many of the latest patrols are looked through for those under way: a patrol lasts hours.
    private static let recent = 200

    /// The patrols under way at a moment, the latest first.
    public func underWay(at moment: Moment, by rule: Handbook.Patrols) -> [Patrol] {
        all.values.suffix(Patrols.recent).reversed().filter { patrol in
            patrol.started <= moment && patrol.finished.map { $0 >= moment } ?? true
                && moment <= patrol.limit(by: rule)
        }
    }

    mutating func add(_ patrol: Patrol) { all.add(patrol) }

    mutating func add(_ check: PatrolCheck) {
        checks.append(check)
        if let patrol = check.patrol { all.change(patrol) { $0.checks.append(check) } }
    }

    mutating func finish(_ id: Ref<Patrol>, at moment: Moment) { all.change(id) { $0.finished = moment } }

    func known(_ id: Ref<Patrol>) throws -> Patrol {
        guard let patrol = all[id] else { throw id.unknown }
        return patrol
    }
}

extension Patrols: Feature {
    static let chapters: [any Chapter.Type] = [Handbook.Patrols.self]
    static let actions: [any Action.Type] = [StartPatrol.self, CheckPatrol.self, FinishPatrol.self]
    static let views: [any View.Type] = [PatrolsView.self, PatrolChecksView.self]
    static let entities: [any Entity.Type] = [Patrol.self]

    static let warnings = [
        "patrol.route": Label("没有这条路线：点位不核对", en: "there is no such route: its points are not compared"),
        "patrol.outOfOrder": Label("没有按次序：后面的点先打过", en: "out of order: a later point was reached before"),
        "patrol.tooFast": Label("离上一点太快", en: "too soon after the point before"),
        "patrol.repeated": Label("这个点打过了，不另计", en: "the point was reached before; it counts once"),
        "patrol.unlisted": Label("路线上没有这个点", en: "the route has no such point"),
        "patrol.missed": Label("有漏掉的点", en: "points were missed"),
    ]

    /// Those that may be under way, and those of the last days.
    static func retainedIDs(in estate: Estate, _ window: RetentionWindow) -> [EntryID] {
        estate.patrols.all.values.filter { $0.started >= window.since }.map(\.id.id)
    }

    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool { true }

    /// A patrol under way is told at the handover of a shift.
    static func handoverNotes(in estate: Estate, at moment: Moment) -> [Label] {
        estate.patrols.underWay(at: moment, by: estate.handbook.patrols).filter { $0.finished == nil }.map { patrol in
            let progress = estate.progress(of: patrol)
            let since = patrol.started.clock(on: Day(moment, in: estate.zone), in: estate.zone)
            return Label(
                "巡逻进行中：\(patrol.route)，\(since) 起，\(progress.count)/\(patrol.points.count)",
                en: "patrol under way since \(since): \(patrol.route), \(progress.count) of \(patrol.points.count)")
        }
    }

    /// The patrols of the post that began in a shift, with the points that were missed.
    static func shiftLog(in estate: Estate, from start: Moment, to end: Moment, at post: String) -> [Label] {
        let patrols = estate.patrols.all.values.filter { $0.post == post && $0.started >= start && $0.started <= end }
        return patrols.map { patrol in
            let state = patrol.state(at: end, by: estate.handbook.patrols)
            let progress = estate.progress(of: patrol, isUnderWay: state == .underway)
            let since = patrol.started.display(zone: estate.zone, language: .chinese).suffix(5)
            let missed = progress.missed.isEmpty ? "" : "漏 \(Patrols.named(progress.missed))"
            let english = progress.missed.isEmpty ? "" : "missed \(Patrols.named(progress.missed))"
            return Label(
                "\(since) 巡逻 \(patrol.route) \(progress.count)/\(patrol.points.count) \(state.label.chinese) \(missed)"
                    .trimmed,
                en:
                    "\(since) patrol \(patrol.route) \(progress.count)/\(patrol.points.count) \(state.label.english) \(english)"
                    .trimmed)
        }
    }
}
