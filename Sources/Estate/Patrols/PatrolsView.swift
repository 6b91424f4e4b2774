import Journal

/// The points that patrols have reached (7.15).
public struct PatrolsView: PlainView {
    public static let name = "patrols"
    public static let label = Label("巡逻", en: "Patrols")
    public static let changesWithTime = false
    public static let timeKey: String? = "at"

    public static var columns: [ViewColumn<Self>] {
        Column("route") { $0.route }
        Column("point") { $0.point }
        Column("at") { $0.at }
        Column("by", Label("巡逻人", en: "By")) { $0.by }
    }

    public init() {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool {
        window.covers(from: filters)
    }

    public func subjects(in context: ViewContext) -> [PatrolCheck] { context.estate.patrols.checks }
}

extension ViewRow<PatrolsView> {
    public var by: String { estate.staff.name(of: subject.by) }
}
