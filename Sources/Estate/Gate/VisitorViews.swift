import Journal

/// Who is inside now.
public struct PresenceView: PlainView {
    public static let name = "presence"
    public static let label = Label("在场访客", en: "Inside now")
    public static let timeKey: String? = "since"

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("name") { $0.visitor.name }
        Column("host", .host) { Location(UnitCode(text: $0.hostName)) }
        Column("plate") { $0.visitor.plate }
        Column("count") { $0.count }
        Column("since", Label("到访", en: "Since")) { $0.arrived }
        Column("state") { $0.state }
    }

    public init() {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    public func subjects(in context: ViewContext) -> [Visit] {
        let gate = context.estate.gate
        return gate.inside.compactMap { gate.visits[$0] }
    }
}

extension ViewRow<PresenceView> {
    public var state: VisitState { subject.state(at: context.moment, by: estate.handbook.gate) }
}

/// The state of a registration in advance.
public enum ExpectationState: String, NamedChoice {
    case expected, arrived, missed

    public var label: Label {
        switch self {
        case .expected: Label("未到", en: "expected")
        case .arrived: Label("已到", en: "arrived")
        case .missed: Label("未来", en: "did not come")
        }
    }
}

/// The visitors who were registered in advance.
public struct ExpectedView: PlainView {
    public static let name = "expected"
    public static let label = Label("预约来访", en: "Expected visitors")

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("name") { $0.name }
        Column("host", .host) { Location(UnitCode(text: $0.hostName)) }
        Column("plate") { $0.subject.plate }
        Column("from", Label("从哪天", en: "From")) { $0.from }
        Column("to", Label("到哪天", en: "Through")) { $0.to }
        Column("state") { $0.state }
        Column("by", Label("登记人", en: "By")) { $0.estate.staff.name(of: $0.subject.by) }
    }

    public init() {}

    public func subjects(in context: ViewContext) -> [ExpectedVisitor] { context.estate.gate.lists.expected }
}

extension ViewRow<ExpectedView> {
    public var state: ExpectationState {
        if subject.visit != nil { return .arrived }
        return subject.to < Day(context.moment, in: context.zone) ? .missed : .expected
    }
}

/// The visitors who were turned away.
public struct RefusalsView: PlainView {
    public static let name = "refusals"
    public static let label = Label("谢绝进入", en: "Turned away")
    public static let changesWithTime = false
    public static let timeKey: String? = "at"

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("at") { $0.at }
        Column("name") { $0.name }
        Column("host", .host) { $0.host }
        Column("why") { $0.why }
        Column("by", Label("登记人", en: "By")) { $0.estate.staff.name(of: $0.subject.by) }
    }

    public init() {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool {
        window.covers(from: filters)
    }

    public func subjects(in context: ViewContext) -> [RefusedVisitor] { context.estate.gate.lists.refused }
}

/// Who is not to be admitted.
public struct BarsView: PlainView {
    public static let name = "bars"
    public static let label = Label("限制进入", en: "Not to be admitted")

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("name") { $0.name }
        Column("plate") { $0.subject.plate }
        Column("why") { $0.why }
        Column("until", Label("限制到", en: "Through")) { $0.until }
        Column("active", Label("有效", en: "In force")) { $0.isActive }
        Column("by", Label("登记人", en: "By")) { $0.estate.staff.name(of: $0.subject.by) }
    }

    public init() {}

    public func subjects(in context: ViewContext) -> [BarredVisitor] { context.estate.gate.lists.barred }
}

extension ViewRow<BarsView> {
    public var isActive: Bool { subject.until >= Day(context.moment, in: context.zone) }
}
