import Journal

/// What was found wanting and is to be put right: the failed items of closed inspections, and the shortcomings that
/// unsatisfied return visits left.
public struct RectificationsView: PlainView {
    public static let name = "rectifications"
    public static let label = Label("整改", en: "Rectifications")

    public static var columns: [ViewColumn<Self>] {
        Column("inspection") { $0.inspection }
        Column("item", .clause) { $0.item }
        Column("text", .standard) { $0.text }
        Column("note") { $0.note }
        Column("found", Label("发现", en: "Found")) { $0.found }
        Column("state") { $0.state }
        Column("rechecks", Label("复查次数", en: "Rechecks")) { $0.rechecks }
        Column("source", Label("来源", en: "Found at")) { $0.source }
        Column("followup") { $0.followUp }
        Column("place", .foundAt) { $0.place }
        Column("photo", .photo) { $0.photo }
        Column("who", .rectifier) { $0.whoName }
        Column("due", .rectifiedBy) { $0.due }
        Column("overdue", Label("超期", en: "Overdue")) { $0.isOverdue }
        Column("critical", Label("安全项", en: "Safety")) { $0.isCritical }
    }

    public init() {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool {
        filters["state"] == RectificationState.open.rawValue
    }

    /// Items of checklists before other matters.
    public func subjects(in context: ViewContext) -> [Rectification] {
        let all = context.estate.rectifications()
        return all.filter { $0.item != nil } + all.filter { $0.item == nil }
    }
}

extension ViewRow<RectificationsView> {
    public var inspection: Ref<Inspection>? { subject.kind == Inspection.entity ? Ref(subject.subject) : nil }
    public var followUp: Ref<FollowUp>? { subject.kind == FollowUp.entity ? Ref(subject.subject) : nil }
    /// 巡检 or 回访.
    public var source: Label {
        Estate.entities.first { $0.entity == subject.kind }.map { $0.label } ?? .none
    }
    /// The name of who puts it right; `nil`: 未指派.
    public var whoName: String? { subject.who.map { estate.staff.name(of: $0) } }
    /// Whether its last day is over and it is still to be put right.
    public var isOverdue: Bool {
        subject.state == .open && subject.due?.isOver(asOf: context.moment, in: context.zone) ?? false
    }
}
