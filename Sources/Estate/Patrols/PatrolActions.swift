import Journal

/// A patrol reaches a point of its route (7.15).
public struct CheckPatrol: ActionFact {
    public static let name = "patrol.check"
    static let kind: StaticString = "patrol.checked"
    static var merging: Merging<Self> { .grows }
    public static let label = Label("巡逻打点", en: "Check a patrol point")
    public static let roles: Set<Role> = [.guard, .supervisor]
    var route = ""
    var point = ""

    public init() {}

    public init(route: String, point: String) { (self.route, self.point) = (route, point) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("route", &route)
        try visitor.field("point", &point)
    }

    public static func earlier(_ key: String, in estate: Estate) -> [Candidate] {
        let checks = estate.patrols.checks.reversed()
        return switch key {
        case "route": distinct(checks.lazy.map(\.route))
        case "point": distinct(checks.lazy.map(\.point))
        default: []
        }
    }

    /// The points of the handbook, then those used before, of this route if it has any; the newest first.
    public static func candidates(
        for key: String, with values: [String: String], in estate: Estate
    ) -> [Candidate] {
        guard key == "point" else { return earlier(key, in: estate) }
        let listed = estate.handbook.patrols.points
        let own = distinct(
            estate.patrols.checks.reversed().lazy.filter { $0.route == values["route"] }.map(\.point))
        let used = own.isEmpty ? earlier(key, in: estate) : own
        return listed.map { Candidate($0) } + used.filter { !listed.contains($0.text) }
    }

    /// The labels and values that the estate does not know yet; none before the first patrol of an estate without points.
    private func unknown(in estate: Estate) -> [(Label, String)] {
        [("route", route), ("point", point)].compactMap { key, value in
            let known = CheckPatrol.candidates(for: key, with: [:], in: estate)
            return known.isEmpty || known.contains { $0.value == value } ? nil : (Glossary.label(of: key), value)
        }
    }

    /// Asks about a route or point that is new: it would stay among the suggestions.
    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        let new = unknown(in: estate)
        if new.isEmpty { return nil }
        return Confirmation(
            Label("没有用过这个路线或点位，照样打点？", en: "A new route or point: record it?"),
            new.map { .fact($0, $1) }, yes: Label("打点", en: "record"))
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        (route, point) = (route.halfwidth, point.halfwidth)
    }

    func isRetained(in set: WorkingSet, _ metadata: Metadata) -> Bool { metadata.at >= set.window.since }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.patrols.checks.append(PatrolCheck(route: route, point: point, at: metadata.at, by: metadata.by))
    }
}
