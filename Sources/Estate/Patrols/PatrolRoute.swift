import Handbook
import Journal

/// A route that patrols walk: its name and its points in order.
public struct PatrolRoute: Hashable, Sendable {
    public let name: String
    public let points: [String]
}

/// The point of a route inside a building: `3栋顶层`, `3栋15层`, `3栋大堂`.
public struct PatrolPoint: Hashable, Sendable {
    public enum Level: Hashable, Sendable {
        case top
        case floor(Int)
        case ground

        fileprivate var word: String {
            switch self {
            case .top: "顶层"
            case .floor(let number): "\(number)层"
            case .ground: "大堂"
            }
        }
    }

    public let building: String
    public let level: Level

    var text: String { building + level.word }

    init(_ building: String, _ level: Level) { (self.building, self.level) = (building, level) }

    /// `nil` for a point that is not named after a building and a floor.
    public init?(_ text: String) {
        guard let end = text.firstIndex(of: "栋"), text.startIndex < end else { return nil }
        let (building, rest) = (text[...end], text[text.index(after: end)...])
        switch rest {
        case "顶层": self.init(String(building), .top)
        case "大堂": self.init(String(building), .ground)
        default:
            guard rest.hasSuffix("层"), let number = Int(rest.dropLast()) else { return nil }
            self.init(String(building), .floor(number))
        }
    }
}

/// A residential building as its units show it.
public struct PatrolBuilding: Hashable, Sendable {
    /// `3栋`, `1期3栋`.
    public let name: String
    /// The number of its floors.
    public let floors: Int

    /// Its points from the top down on foot: on the way the floors that are multiples of `step`, so that those of several
    /// buildings are the same, and the ground.
    func points(every step: Int) -> [String] {
        let middle = (2...max(2, floors)).filter { $0 % step == 0 && $0 + 1 < floors }
        let levels = (floors > 1 ? [.top] : []) + middle.reversed().map { PatrolPoint.Level.floor($0) } + [.ground]
        return levels.map { PatrolPoint(name, $0).text }
    }
}

extension Estate {
    /// The residential buildings in the order of their codes.
    public var patrolBuildings: [PatrolBuilding] {
        var floors: [(code: UnitCode, name: String, floors: Int)] = []
        var places: [String: Int] = [:]
        for unit in people.units.values where unit.kind == .residence {
            let parts = unit.code.parts
            guard let room = parts.last, parts.count > 1 else { continue }
            let floor = max(1, (Int(room.drop { !$0.isNumber }) ?? 0) / 100)
            let name = parts.count > 3 ? "\(parts[0])期\(parts[1])栋" : "\(parts[0])栋"
            if let place = places[name] {
                floors[place].floors = max(floors[place].floors, floor)
            } else {
                places[name] = floors.count
                floors.append((unit.code, name, floor))
            }
        }
        return floors.sorted { $0.code < $1.code }.map { PatrolBuilding(name: $0.name, floors: $0.floors) }
    }

    /// The estate's own routes, and the one over all buildings and further points (7.15).
    public var patrolRoutes: [PatrolRoute] {
        let rule = handbook.patrols
        let buildings = patrolBuildings.map { (name: $0.name, points: $0.points(every: rule.everyFloors)) }
        let byName = Dictionary(buildings.map { (Patrols.key($0.name), $0.points) }) { first, _ in first }
        // A building among the points of a route stands for all points inside it.
        func route(_ name: String, _ points: [String]) -> PatrolRoute {
            var seen: Set<String> = []
            let all = points.flatMap { byName[Patrols.key($0)] ?? [$0] }
            return PatrolRoute(name: name, points: all.filter { seen.insert(Patrols.key($0)).inserted })
        }
        let own = rule.routes.map { route($0.name, $0.points) }
        let whole = route(rule.wholeRoute, buildings.map(\.name) + rule.points)
        return own.contains { $0.name == whole.name } || whole.points.isEmpty ? own : own + [whole]
    }

    /// The patrol of a route to which a member's points belong at a moment: their own, or that of their post.
    public func patrolUnderWay(on route: String, for member: String, at moment: Moment) -> Patrol? {
        let (key, post) = (Patrols.key(route), post(of: member, at: moment))
        let open = patrols.underWay(at: moment, by: handbook.patrols)
            .filter { $0.route == route || Patrols.key($0.route) == key }
        return open.first { $0.by == member } ?? open.first { $0.post == post }
    }

    /// The route of a name, however it is written.
    func patrolRoute(named name: String) -> PatrolRoute? {
        let key = Patrols.key(name)
        return patrolRoutes.first { Patrols.key($0.name) == key }
    }
}

extension Patrols {
    /// One text for names that are written differently: `３ 号楼 15楼`, `3幢15层`, `3栋15层`.
    static func key(_ text: String) -> String {
        var text = text.withoutInvisible.halfwidth.lowercased().filter { !$0.isWhitespace }
        for (word, canonical) in [("号楼", "栋"), ("幢", "栋"), ("座", "栋"), ("底层", "大堂"), ("首层", "大堂")]
        where text.contains(word) {
            text = text.replacing(word, with: canonical)
        }
        if text.last == "楼", let digit = text.dropLast().last, digit.isASCII, digit.isNumber {
            text = text.dropLast() + "层"
        }
        return text
    }
}

/// The routes of the estate, then those used before.
public enum PatrolRoutes: WordList {
    public static func words(in estate: Estate) -> [Candidate] {
        let routes = estate.patrolRoutes
        let names = routes.map(\.name)
        var seen = Set(names)
        let used = estate.patrols.checks.suffix(2000).reversed().map(\.route).filter { seen.insert($0).inserted }
        return routes.map { route in
            Candidate(route.name, detail: Label("\(route.points.count) 点", en: "\(route.points.count) points"))
        } + used.map { Candidate($0) }
    }
}
