import Handbook
import Journal

/// A checked point of a patrol's route (巡逻).
public struct PatrolCheck: Sendable {
    public let route: String
    public let point: String
    public let at: Moment
    public let by: String
}

/// The patrols.
public struct Patrols: Sendable {
    public internal(set) var checks: [PatrolCheck] = []
}

extension Patrols: Feature {
    static let chapters: [any Chapter.Type] = [Handbook.Patrols.self]
    static let actions: [any Action.Type] = [CheckPatrol.self]
    static let views: [any View.Type] = [PatrolsView.self]

    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool { true }
}
