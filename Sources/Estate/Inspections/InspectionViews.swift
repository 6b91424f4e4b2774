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
        Column("staff", .inspected) { $0.inspected }
        Column("onDuty", Label("当班", en: "On duty")) { $0.onDutyNames }
        Column("answered", Label("已检", en: "Marked")) { $0.answered }
        Column("total", Label("总项", en: "Items")) { $0.items.count }
        Column("applicable", Label("应检", en: "Applicable")) { $0.applicable }
        Column("score", Label("得分%", en: "Score %")) { $0.score?.text }
        Column("complete", Label("完成", en: "Complete")) { $0.isComplete }
        Column("areas", Label("客户区域", en: "Customer areas")) { $0.coversAreas }
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

extension ViewRow where V.Subject == Inspection {
    public var week: Week { Week(Day(subject.opened, in: context.zone)) }
    /// The names of those who are inspected.
    public var inspected: [String] { subject.staff.map { estate.staff.name(of: $0) } }
    /// The names of those who were on duty when it began.
    public var onDutyNames: [String] { subject.onDuty.map { estate.staff.name(of: $0) } }
    public var coversAreas: Bool { estate.coversAreas(subject) }
}

extension ViewRow<InspectionsView> {
    public var failed: Int { subject.failed.count }
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

/// The items of one inspection, with their results.
public struct InspectionItemsView: View {
    public static let name = "inspection.items"
    public static let label = Label("检查项", en: "Inspection items")
    var inspection = Ref<Inspection>.placeholder

    public static var columns: [ViewColumn<Self>] {
        Column("item", .clause) { $0.item }
        Column("text", .standard) { $0.content.text }
        Column("result") { $0.finding?.mark }
        Column("note") { $0.finding?.note }
        Column("rectification", Label("整改", en: "Rectification")) { $0.inspection.rectification(of: $0.item) }
        Column("section", Label("区域", en: "Area")) { $0.content.section }
        Column("critical", Label("安全项", en: "Safety")) { $0.content.isCritical }
        Column("place", .foundAt) { $0.finding?.place }
        Column("photo", .photo) { $0.finding?.photo }
        Column("who", .rectifier) { $0.who }
        Column("due", .rectifiedBy) { $0.inspection.remedies[$0.item]?.due }
    }

    public init() {}

    public init(inspection: Ref<Inspection>) { self.inspection = inspection }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("inspection", &inspection)
    }

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    public func subjects(in context: ViewContext) throws -> [InspectedItem] {
        let known = try context.estate.inspections.known(inspection)
        let contents = context.estate.contents(of: known)
        return known.items.map {
            InspectedItem(inspection: known, item: $0, content: contents[$0] ?? InspectionItem())
        }
    }
}

/// One item of an inspection.
public struct InspectedItem: Sendable {
    public let inspection: Inspection
    /// Its clause.
    public let item: String
    public let content: InspectionItem

    public var finding: Finding? { inspection.findings[item] }
}

extension Label {
    static let standard = Label("标准", en: "Standard")
}

extension ViewRow<InspectionItemsView> {
    public var text: String { subject.content.text }
    public var result: ItemResult? { subject.finding?.mark }
    public var note: String? { subject.finding?.note }
    /// The name of who puts it right.
    public var who: String? { subject.inspection.remedies[subject.item]?.who?.name(in: estate) }
}

/// The inspection templates and the number of their items.
public struct TemplatesView: PlainView {
    public static let name = "templates"
    public static let label = Label("检查表", en: "Templates")

    public static var columns: [ViewColumn<Self>] {
        Column("template") { $0.name }
        Column("title", Label("名称", en: "Title")) { $0.title }
        Column("items", Label("项数", en: "Items")) { $0.items }
        Column("critical", Label("安全项", en: "Safety")) { $0.critical }
        Column("areas", Label("客户区域", en: "Customer areas")) { $0.coversAreas }
        Column("ofStaff", Label("员工岗位", en: "Of staff")) { $0.isOfStaff }
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
    public var critical: Int { subject.items.count(where: \.isCritical) }
}
