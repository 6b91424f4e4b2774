import Journal

private let patrolRoles: Set<Role> = [.guard, .supervisor]

extension Label {
    static let patrol = Label("巡逻", en: "Patrol")
    fileprivate static let beginning = Label("巡逻开始", en: "the patrol began")
}

/// A patrol begins (7.15). The points of its route are kept as they are now.
public struct StartPatrol: ActionFact {
    public static let name = "patrol.start"
    static let kind: StaticString = "patrol.started"
    static var merging: Merging<Self> { .grows }
    public static let label = Label("开始巡逻", en: "Start a patrol")
    public static let roles = patrolRoles
    var route = Word<PatrolRoutes>.placeholder
    var points: [String] = []
    var post: String?

    public init() {}

    public init(route: String) { self.route = Word(route) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("route", &route)
        try visitor.derived("points", &points)
        try visitor.derived("post", &post)
    }

    public static func proposals(
        with values: [String: String], to member: String, in estate: Estate, at moment: Moment
    ) -> [String: String] {
        estate.patrolRoutes.first.map { ["route": $0.name] } ?? [:]
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        try estate.requirePatrols(of: plan.at)
        let open = estate.patrols.underWay(at: plan.at, by: estate.handbook.patrols)
        if let own = open.first(where: { $0.by == plan.by && $0.finished == nil }) {
            let since = own.started.clock(on: Day(plan.at, in: estate.zone), in: estate.zone)
            throw Refusal.rule(
                "patrol.underway", "\(own.route) \(since) 起还在巡，先结束那一次",
                en: "\(own.route) is under way since \(since): finish it first")
        }
        fill(&plan, in: estate)
    }

    /// Takes the route's points and the member's post.
    fileprivate mutating func fill(_ plan: inout Plan, in estate: Estate) {
        if let known = estate.patrolRoute(named: route.text) {
            (route, points) = (Word(known.name), known.points)
        } else {
            route = Word(route.text.halfwidth)
            plan.warn("patrol.route")
        }
        post = estate.post(of: plan.by, at: plan.at)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.patrols.add(
            Patrol(
                id: Ref(metadata.id), route: route.text, points: points, post: post ?? Gate.mainPost,
                started: metadata.at, by: metadata.by))
    }
}

/// A patrol reaches a point of its route (7.15). Without one under way a patrol begins. What is unusual about the point is
/// flagged, never refused.
public struct CheckPatrol: ActionFact {
    public static let name = "patrol.check"
    static let kind: StaticString = "patrol.checked"
    static var merging: Merging<Self> {
        .grows { fact, estate in fact.patrol.map { estate.patrols.all.holds($0) } ?? true }
    }
    public static let label = Label("巡逻打点", en: "Check a patrol point")
    public static let roles = patrolRoles
    var route = ""
    var point = ""
    /// `nil` in older lines.
    var patrol: Ref<Patrol>?

    public init() {}

    public init(route: String, point: String) { (self.route, self.point) = (route, point) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("route", &route)
        try visitor.field("point", &point)
        try visitor.derived("patrol", &patrol)
    }

    var subject: EntryID? { patrol?.id }

    public static func earlier(_ key: String, in estate: Estate) -> [Candidate] {
        let checks = estate.patrols.checks.reversed()
        return switch key {
        case "route": distinct(checks.lazy.map(\.route))
        case "point": distinct(checks.lazy.map(\.point))
        default: []
        }
    }

    /// The routes of the estate and their points, then those used before: of this route if it has any; the newest first.
    public static func candidates(
        for key: String, with values: [String: String], in estate: Estate
    ) -> [Candidate] {
        if key == "route" { return PatrolRoutes.words(in: estate) }
        guard key == "point" else { return [] }
        let listed =
            values["route"].map { estate.patrolRoute(named: $0)?.points ?? estate.handbook.patrols.points }
            ?? estate.patrolRoutes.flatMap(\.points)
        let own = distinct(
            estate.patrols.checks.reversed().lazy.filter { $0.route == values["route"] }.map(\.point))
        let used = own.isEmpty ? earlier(key, in: estate) : own
        return listed.map { Candidate($0) } + used.filter { !listed.contains($0.text) }
    }

    /// Asks about a route or point that is new: it would stay among the suggestions.
    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        let known = estate.patrolRoute(named: route)
        let (routes, points) = (Set(estate.patrols.checks.map(\.route)), Set(estate.patrols.checks.map(\.point)))
        // Before the first patrol of an estate without routes there is nothing to compare with.
        let isNewRoute = known == nil && !routes.contains(route.halfwidth) && !routes.isEmpty
        let key = Patrols.key(point)
        let isListed = known.map { $0.points.contains { Patrols.key($0) == key } } ?? false
        let isNewPoint = !isListed && !points.contains(point.halfwidth) && !(points.isEmpty && known == nil)
        if !isNewRoute, !isNewPoint { return nil }
        return Confirmation(
            Label("没有用过这个路线或点位，照样打点？", en: "A new route or point: record it?"),
            [
                isNewRoute ? .fact(Glossary.label(of: "route"), route) : nil,
                isNewPoint ? .fact(Glossary.label(of: "point"), point) : nil,
            ], yes: Label("打点", en: "record"))
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        try estate.requirePatrols(of: plan.at)
        let rule = estate.handbook.patrols
        var current: Patrol
        if let known = estate.patrolUnderWay(on: route, for: plan.by, at: plan.at) {
            current = known
        } else {
            var start = StartPatrol(route: route)
            start.fill(&plan, in: estate)
            current = Patrol(
                id: Ref(plan.record(start)), route: start.route.text, points: start.points,
                post: start.post ?? Gate.mainPost,
                started: plan.at, by: plan.by)
        }
        (patrol, route) = (current.id, current.route)
        // Most are written as the route has them.
        if !current.points.contains(point) {
            let key = Patrols.key(point)
            point = current.points.first { Patrols.key($0) == key } ?? point.halfwidth
        }
        current.checks.append(PatrolCheck(patrol: patrol, route: route, point: point, at: plan.at, by: plan.by))
        let mark = PatrolProgress(current, by: rule, isUnderWay: true).marks.last { $0.check.at == plan.at }
        for flag in mark?.flags ?? [] { plan.warn("patrol.\(flag.rawValue)") }
    }

    func isRetained(in set: WorkingSet, _ metadata: Metadata) -> Bool {
        patrol.map { set.ids.contains($0.id) } ?? (metadata.at >= set.window.since)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        if let patrol, !estate.patrols.all.holds(patrol) { return }
        estate.patrols.add(
            PatrolCheck(patrol: patrol, route: route, point: point, at: metadata.at, by: metadata.by))
    }
}

/// A patrol ends. The points that were missed are named.
public struct FinishPatrol: ActionFact {
    public static let name = "patrol.finish"
    static let kind: StaticString = "patrol.finished"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.patrols.all.value(of: fact.patrol) {
                $0.finished == nil ? nil : .doubled(Label("这次巡逻已经结束", en: "the patrol had been finished"))
            } ?? .unknown
        }
    }
    public static let label = Label("结束巡逻", en: "Finish a patrol")
    public static let roles = patrolRoles
    var patrol = Ref<Patrol>.placeholder

    public init() {}

    public init(patrol: Ref<Patrol>) { self.patrol = patrol }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("patrol", &patrol, .patrol)
    }

    var subject: EntryID? { patrol.id }

    /// Asks if points were missed, and names them.
    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let known = estate.patrols[patrol], known.finished == nil else { return nil }
        let missed = estate.progress(of: known, isUnderWay: false).missed
        if missed.isEmpty { return nil }
        return Confirmation(
            Label(
                "\(known.route)还有 \(missed.count) 个点没到，结束巡逻？",
                en: "\(known.route): \(missed.count) points were not reached. Finish?"),
            [.fact(.missedPoints, Patrols.named(missed), en: Patrols.named(missed, separator: ", "))],
            yes: Label("结束", en: "finish"))
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.patrols.known(patrol)
        if known.finished != nil {
            throw Refusal.rule("patrol.finished", "这次巡逻已经结束", en: "the patrol is finished already")
        }
        try plan.refuse(before: known.started, .beginning)
        let rule = estate.handbook.patrols
        if plan.at > known.limit(by: rule) {
            throw Refusal.rule(
                "patrol.abandoned", "开始已超过 \(rule.hours) 小时，按没有结束记",
                en: "it began more than \(rule.hours) hours ago and stays without an end")
        }
        if !estate.progress(of: known, isUnderWay: false).missed.isEmpty { plan.warn("patrol.missed") }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) { estate.patrols.finish(patrol, at: metadata.at) }
}

extension Estate {
    /// Throws for a moment whose patrols the working set may lack, so that the whole history decides.
    fileprivate func requirePatrols(of moment: Moment) throws {
        guard let window = partial?.window, moment < window.since.adding(minutes: 24 * 60) else { return }
        throw Refusal.rule("patrol.earlier", "那天的巡逻不在手头", en: "the patrols of that day are not at hand")
    }
}

extension Label {
    static let missedPoints = Label("漏点", en: "Missed")
}

extension Patrols {
    /// `1栋顶层、15层、大堂；2栋大堂`: points one after the other, each building named once.
    public static func named(_ points: [String], separator: String = "、") -> String {
        var groups: [(building: String, points: [String])] = []
        for point in points {
            let building = PatrolPoint(point)?.building ?? ""
            let isNext = !building.isEmpty && groups.last?.building == building
            if isNext {
                groups[groups.count - 1].points.append(String(point.dropFirst(building.count)))
            } else {
                groups.append((building, [point]))
            }
        }
        return groups.map { $0.points.joined(separator: separator) }.joined(separator: separator == "、" ? "；" : "; ")
    }
}
