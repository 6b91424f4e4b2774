import Handbook
import Journal

/// The inspections, of one week or all.
public struct InspectionsView: View {
    public static let name = "inspections"
    public static let label = Label("巡检", en: "Inspections")
    public static let changesWithTime = false
    public static let timeKey: String? = "opened"
    var week: Week?

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("template") { TemplateName($0.template) }
        Column("opened", Label("开始", en: "Opened")) { $0.opened }
        Column("closed", Label("结束", en: "Closed")) { $0.closed }
        Column("passed", Label("合格", en: "Passed")) { $0.passed }
        Column("failed", Label("不合格", en: "Failed")) { $0.failed }
        Column("unmarked", Label("未检", en: "Unmarked")) { $0.unmarked }
        Column("week") { $0.week }
        Column("by", Label("检查人", en: "By")) { $0.estate.staff.name(of: $0.by) }
    }

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws { try visitor.field("week", &week) }

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool {
        let week = Week(window.today)
        return filters["closed"] == "" || filters["week"].map { $0 >= week.text } ?? false
            || filters["from"].map { $0 >= week.monday.text } ?? false
    }

    public func subjects(in context: ViewContext) -> [Inspection] {
        let inspections = context.estate.inspections
        return week.map { inspections.of($0, in: context.zone) } ?? Array(inspections.all.values)
    }
}

/// The name of a template of the handbook; its title in sentences for people.
struct TemplateName: TextValue {
    let text: String

    init(_ text: String) { self.text = text }

    static var type: FieldType { .text }

    func words(in estate: Estate, _ language: Language) -> String {
        estate.handbook.template(named: text)?.title ?? text
    }
}

extension ViewRow<InspectionsView> {
    public var failed: Int { subject.failed.count }
    public var week: Week { Week(Day(subject.opened, in: context.zone)) }
}

/// The items of one inspection, with their results.
public struct InspectionItemsView: View {
    public static let name = "inspection.items"
    public static let label = Label("检查项", en: "Inspection items")
    var inspection = Ref<Inspection>.placeholder

    public static var columns: [ViewColumn<Self>] {
        Column("item", .clause) { $0.item }
        Column("text", .standard) { $0.text }
        Column("result") { $0.result }
        Column("note") { $0.note }
        Column("rectification", Label("整改", en: "Rectification")) { $0.rectification }
    }

    public init() {}

    public init(inspection: Ref<Inspection>) { self.inspection = inspection }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("inspection", &inspection)
    }

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    public func subjects(in context: ViewContext) throws -> [InspectedItem] {
        let known = try context.estate.inspections.known(inspection)
        return known.items.map { InspectedItem(inspection: known, item: $0) }
    }
}

/// One item of an inspection.
public struct InspectedItem: Sendable {
    let inspection: Inspection
    /// Its clause.
    public let item: String

    private var finding: Finding? { inspection.findings[item] }
    public var result: ItemResult? { finding?.mark }
    public var note: String? { finding?.note }
    public var found: Moment { finding?.at ?? inspection.opened }
    public var rectification: RectificationState? { inspection.rectification(of: item) }
    public var rechecks: Int { inspection.rechecks[item]?.count ?? 0 }
}

extension Label {
    fileprivate static let standard = Label("标准", en: "Standard")
}

extension ViewRow where V.Subject == InspectedItem {
    public var text: String { estate.itemTexts(of: subject.inspection.template)[subject.item] ?? "" }
}

extension Estate {
    /// The texts of a template's items by their clauses, with the estate's name in place of the standards' `**花园`.
    public func itemTexts(of template: String) -> [String: String] {
        let items = handbook.template(named: template)?.items ?? []
        return Dictionary(items.map { ($0.id, $0.text.replacing("**花园", with: name)) }) { first, _ in first }
    }
}

/// The failed items of closed inspections.
public struct RectificationsView: PlainView {
    public static let name = "rectifications"
    public static let label = Label("整改", en: "Rectifications")
    public static let changesWithTime = false

    public static var columns: [ViewColumn<Self>] {
        Column("inspection") { $0.inspection }
        Column("item", .clause) { $0.item }
        Column("text", .standard) { $0.text }
        Column("note") { $0.note }
        Column("found", Label("发现", en: "Found")) { $0.found }
        Column("state") { $0.state }
        Column("rechecks", Label("复查次数", en: "Rechecks")) { $0.rechecks }
    }

    public init() {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool {
        filters["state"] == RectificationState.open.rawValue
    }

    public func subjects(in context: ViewContext) -> [InspectedItem] {
        context.estate.inspections.all.values.flatMap { inspection in
            inspection.failed.map { InspectedItem(inspection: inspection, item: $0) }
        }.filter { $0.rectification != nil }
    }
}

extension ViewRow<RectificationsView> {
    public var inspection: Ref<Inspection> { subject.inspection.id }
    public var state: RectificationState { subject.rectification ?? .open }
}

/// The inspection templates and the number of their items.
public struct TemplatesView: PlainView {
    public static let name = "templates"
    public static let label = Label("检查表", en: "Templates")

    public static var columns: [ViewColumn<Self>] {
        Column("template") { $0.name }
        Column("title", Label("名称", en: "Title")) { $0.title }
        Column("items", Label("项数", en: "Items")) { $0.items }
    }

    public init() {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    public func subjects(in context: ViewContext) -> [Handbook.Inspections.Template] {
        let rule = context.estate.handbook.inspections
        return rule.names.compactMap { rule.template(named: $0) }
    }
}

extension ViewRow<TemplatesView> {
    public var items: Int { subject.items.count }
}
