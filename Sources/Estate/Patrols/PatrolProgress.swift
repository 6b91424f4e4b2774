import Handbook
import Journal

/// What of a patrol's points was reached: derived from its checks in the order of their moments.
public struct PatrolProgress: Sendable {
    /// A check and what is unusual about it.
    public struct Mark: Sendable {
        public let check: PatrolCheck
        public let flags: [PatrolFlag]
    }

    /// In the order of their moments.
    public let marks: [Mark]
    /// When each point was reached first.
    public let reached: [String: Moment]
    /// The points that are omitted, in order: of a patrol under way those before the last point reached, of another all that
    /// were not reached.
    public let missed: [String]
    /// The first point behind the last one reached that is still to come; without one, the first omitted. `nil`: none is left.
    public let next: String?

    /// The number of the points reached; repeats do not count.
    public let count: Int

    /// - Parameter isUnderWay: whether points behind the last one reached are still to come.
    init(_ patrol: Patrol, by rule: Handbook.Patrols, isUnderWay: Bool) {
        let places = Dictionary(patrol.points.enumerated().map { ($1, $0) }) { first, _ in first }
        var marks: [Mark] = []
        var reached: [String: Moment] = [:]
        var last: PatrolCheck?
        var furthest = -1
        let checks = patrol.checks.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
        for check in checks.map(\.element) {
            var flags: [PatrolFlag] = []
            let place = places[check.point]
            if reached[check.point] != nil {
                flags.append(.repeated)
            } else if place == nil, !patrol.points.isEmpty {
                flags.append(.unlisted)
            } else if let place, place < furthest {
                flags.append(.outOfOrder)
            }
            if let last, last.point != check.point, check.at.seconds(since: last.at) < rule.minimumSeconds {
                flags.append(.tooFast)
            }
            if reached[check.point] == nil { reached[check.point] = check.at }
            furthest = max(furthest, place ?? -1)
            last = check
            marks.append(Mark(check: check, flags: flags))
        }
        let open = patrol.points.enumerated().filter { reached[$0.element] == nil }
        missed = open.filter { !isUnderWay || $0.offset < furthest }.map(\.element)
        next = (open.first { $0.offset > furthest } ?? open.first)?.element
        count = patrol.points.isEmpty ? reached.count : patrol.points.count - open.count
        (self.marks, self.reached) = (marks, reached)
    }

    /// The points with a flag, each once, in the order in which they were reached.
    public func points(_ flag: PatrolFlag) -> [String] {
        var seen: Set<String> = []
        return marks.filter { $0.flags.contains(flag) }.map(\.check.point).filter { seen.insert($0).inserted }
    }
}

extension Estate {
    /// - Parameter isUnderWay: whether points are still to come; by default as long as the patrol has no end.
    public func progress(of patrol: Patrol, isUnderWay: Bool? = nil) -> PatrolProgress {
        PatrolProgress(patrol, by: handbook.patrols, isUnderWay: isUnderWay ?? (patrol.finished == nil))
    }
}
