import Journal

/// The matters that were passed to other departments.
public struct MattersView: PlainView {
    public static let name = "matters"
    public static let label = Label("转办", en: "Matters")
    public static let timeKey: String? = "due"
    public static let looksAhead = true

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("to", .department) { $0.to }
        Column("what", .matterText) { $0.what }
        Column("due", Label("最迟回话", en: "Answer by")) { $0.due }
        Column("answered", Label("回话时间", en: "Answered")) { $0.answer?.at }
        Column("state") { $0.state }
        Column("kind", Label("类别", en: "Kind")) { $0.kind }
        Column("unit") { $0.unit.map { Location($0) } }
        Column("request") { $0.request }
        Column("passed", Label("转办时间", en: "Passed on")) { $0.passed }
        Column("by", Label("转办人", en: "By")) { $0.estate.staff.name(of: $0.by) }
        Column("answer", .departmentAnswer) { $0.answer?.text }
        Column("answeredBy", Label("回话登记人", en: "Answer by")) { $0.answeredBy }
    }

    public init() {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool {
        [MatterState.open, .late].contains { $0.rawValue == filters["state"] }
    }

    public func subjects(in context: ViewContext) -> EntityTable<Matter>.Values { context.estate.matters.all.values }
}

extension ViewRow<MattersView> {
    public var state: MatterState { subject.state(at: context.moment, in: context.zone) }
    public var answeredBy: String? { subject.answer.map { estate.staff.name(of: $0.by) } }
}
