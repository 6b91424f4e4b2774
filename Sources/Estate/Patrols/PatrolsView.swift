import Journal

/// The patrols (7.15), with the points that were missed by name.
public struct PatrolsView: PlainView {
    public static let name = "patrols"
    public static let label = Label("巡逻", en: "Patrols")
    public static let timeKey: String? = "started"

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("route") { $0.route }
        Column("started", Label("开始", en: "Started")) { $0.started }
        Column("finished", Label("结束", en: "Finished")) { $0.finished }
        Column("state") { $0.state }
        Column("by", Label("巡逻人", en: "By")) { $0.by }
        Column("post") { $0.post }
        Column("done", Label("已到", en: "Reached")) { $0.progress.count }
        Column("expected", Label("应到", en: "Expected")) { $0.points.count }
        Column("missed", .missedPoints) { $0.progress.missed }
        Column("outOfOrder", PatrolFlag.outOfOrder.label) { $0.progress.points(.outOfOrder) }
        Column("tooFast", PatrolFlag.tooFast.label) { $0.progress.points(.tooFast) }
        Column("repeated", PatrolFlag.repeated.label) { $0.progress.points(.repeated) }
        Column("unlisted", PatrolFlag.unlisted.label) { $0.progress.points(.unlisted) }
    }

    public init() {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool {
        filters["state"] == PatrolState.underway.rawValue || window.covers(from: filters)
    }

    public func subjects(in context: ViewContext) -> EntityTable<Patrol>.Values { context.estate.patrols.all.values }
}

extension ViewRow<PatrolsView> {
    public var by: String { estate.staff.name(of: subject.by) }
    public var state: PatrolState { subject.state(at: context.moment, by: estate.handbook.patrols) }
    public var progress: PatrolProgress { estate.progress(of: subject, isUnderWay: state == .underway) }
}

/// The points that patrols have reached, one by one.
public struct PatrolChecksView: PlainView {
    public static let name = "patrolchecks"
    public static let label = Label("巡逻打点", en: "Patrol points")
    public static let changesWithTime = false
    public static let timeKey: String? = "at"

    /// A check and what is unusual about it.
    public struct Check: Sendable {
        public let check: PatrolCheck
        public let flags: [PatrolFlag]
    }

    public static var columns: [ViewColumn<Self>] {
        Column("route") { $0.check.route }
        Column("point") { $0.check.point }
        Column("at") { $0.check.at }
        Column("by", Label("巡逻人", en: "By")) { $0.estate.staff.name(of: $0.check.by) }
        Column("patrol", .patrol) { $0.check.patrol }
        Column("flags", Label("备注", en: "Remark")) { $0.flags }
    }

    public init() {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool {
        window.covers(from: filters)
    }

    /// In the order of recording.
    public func subjects(in context: ViewContext) -> [Check] {
        let estate = context.estate
        var flags: [Ref<Patrol>: [PatrolProgress.Mark]] = [:]
        for patrol in estate.patrols.all.values where !patrol.checks.isEmpty {
            flags[patrol.id] = estate.progress(of: patrol).marks
        }
        return estate.patrols.checks.map { check in
            let mark = check.patrol.flatMap { id in
                let index = flags[id]?.firstIndex { $0.check.point == check.point && $0.check.at == check.at }
                return index.flatMap { flags[id]?.remove(at: $0) }
            }
            return Check(check: check, flags: mark?.flags ?? [])
        }
    }
}
