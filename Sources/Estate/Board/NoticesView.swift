import Journal

/// The notices of the desk's board.
public struct NoticesView: PlainView {
    public static let name = "notices"
    public static let label = Label("今日牌", en: "Notices")
    public static let timeKey: String? = "posted"

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("text") { $0.text }
        Column("posted", Label("挂牌", en: "Posted")) { $0.posted }
        Column("until", .shownUntil) { $0.until }
        Column("shown", Label("在牌上", en: "Shown")) { $0.isShown }
        Column("ended", Label("撤下", en: "Taken down")) { $0.ended }
        Column("by", Label("挂牌人", en: "By")) { $0.estate.staff.name(of: $0.by) }
    }

    public init() {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool {
        filters["shown"] == "true"
    }

    public func subjects(in context: ViewContext) -> EntityTable<DeskNotice>.Values { context.estate.board.all.values }
}

extension ViewRow<NoticesView> {
    public var isShown: Bool { subject.isShown(on: context.day) }
}
