import Handbook
import Journal

/// The inspections, of one week or all.
public struct InspectionsView: View {
    public static let name = "inspections"
    public static let label = Label("巡检", en: "Inspections")
    public static let timeKey: String? = "opened"
    var week: Week?

    public struct Row: Record {
        public var id = Ref<Inspection>.placeholder
        public var template = ""
        public var opened = Moment.placeholder
        public var closed: Moment?
        public var passed = 0
        public var failed = 0
        public var unmarked = 0
        public var week = Week.placeholder
        public var by = ""

        public init() {}

        public mutating func fields(_ visitor: inout some FieldVisitor) throws {
            try visitor.field("id", &id, Label("编号", en: "Id"))
            try visitor.field("template", &template, Label("检查表", en: "Template"))
            try visitor.field("opened", &opened, Label("开始", en: "Opened"))
            try visitor.field("closed", &closed, Label("结束", en: "Closed"))
            try visitor.field("passed", &passed, Label("合格", en: "Passed"))
            try visitor.field("failed", &failed, Label("不合格", en: "Failed"))
            try visitor.field("unmarked", &unmarked, Label("未检", en: "Unmarked"))
            try visitor.field("week", &week, Label("周次", en: "Week"))
            try visitor.field("by", &by, Label("检查人", en: "By"))
        }
    }

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("week", &week, Label("周次", en: "Week"))
    }

    public func rows(of estate: Estate, at moment: Moment) -> [Row] {
        estate.inspections.all.values.compactMap { inspection in
            let its = Week(Day(inspection.opened, in: estate.zone))
            if let week, week != its { return nil }
            var row = Row()
            (row.id, row.template) = (inspection.id, inspection.template)
            (row.opened, row.closed) = (inspection.opened, inspection.closed)
            (row.passed, row.failed, row.unmarked) = (
                inspection.passed, inspection.failed.count, inspection.unmarked
            )
            (row.week, row.by) = (its, estate.staff.name(of: inspection.by))
            return row
        }
    }
}

/// The items of one inspection, with what was found.
public struct InspectionItemsView: View {
    public static let name = "inspection.items"
    public static let label = Label("检查项", en: "Inspection items")
    var inspection = Ref<Inspection>.placeholder

    public struct Row: Record {
        public var item = ""
        public var text = ""
        public var result: Mark?
        public var note: String?
        public var rectification: RectificationState?

        public init() {}

        public mutating func fields(_ visitor: inout some FieldVisitor) throws {
            try visitor.field("item", &item, .item)
            try visitor.field("text", &text, Label("标准", en: "Standard"))
            try visitor.field("result", &result, Label("结果", en: "Result"))
            try visitor.field("note", &note, .note)
            try visitor.field("rectification", &rectification, Label("整改", en: "Rectification"))
        }
    }

    public init() {}

    public init(inspection: Ref<Inspection>) { self.inspection = inspection }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("inspection", &inspection, .inspection)
    }

    public func rows(of estate: Estate, at moment: Moment) throws -> [Row] {
        let known = try estate.inspections.known(inspection)
        return known.items.map { item in
            var row = Row()
            (row.item, row.text) = (item, estate.handbook.text(of: item, in: known.template))
            (row.result, row.note) = (known.findings[item]?.mark, known.findings[item]?.note)
            row.rectification = known.rectification(of: item)
            return row
        }
    }
}

extension Handbook {
    /// The words of a template's item; empty for one that the handbook no longer has.
    func text(of item: String, in template: String) -> String {
        self.template(named: template)?.items.first { $0.id == item }?.text ?? ""
    }
}

/// The failed items of closed inspections.
public struct RectificationsView: PlainView {
    public static let name = "rectifications"
    public static let label = Label("整改", en: "Rectifications")

    public struct Row: Record {
        public var inspection = Ref<Inspection>.placeholder
        public var item = ""
        public var text = ""
        public var note: String?
        public var found = Moment.placeholder
        public var state = RectificationState.open
        public var rechecks = 0

        public init() {}

        public mutating func fields(_ visitor: inout some FieldVisitor) throws {
            try visitor.field("inspection", &inspection, .inspection)
            try visitor.field("item", &item, .item)
            try visitor.field("text", &text, Label("标准", en: "Standard"))
            try visitor.field("note", &note, .note)
            try visitor.field("found", &found, Label("发现", en: "Found"))
            try visitor.field("state", &state, Label("状态", en: "State"))
            try visitor.field("rechecks", &rechecks, Label("复查次数", en: "Rechecks"))
        }
    }

    public init() {}

    public func rows(of estate: Estate, at moment: Moment) -> [Row] {
        estate.inspections.all.values.flatMap { inspection in
            inspection.failed.compactMap { item in
                guard let state = inspection.rectification(of: item) else { return nil }
                var row = Row()
                (row.inspection, row.item, row.state) = (inspection.id, item, state)
                row.text = estate.handbook.text(of: item, in: inspection.template)
                row.note = inspection.findings[item]?.note
                row.found = inspection.findings[item]?.at ?? inspection.opened
                row.rechecks = inspection.rechecks[item]?.count ?? 0
                return row
            }
        }
    }
}

/// The inspection templates and how many items each has.
public struct TemplatesView: PlainView {
    public static let name = "templates"
    public static let label = Label("检查表", en: "Templates")

    public struct Row: Record {
        public var template = ""
        public var title = ""
        public var items = 0

        public init() {}

        public mutating func fields(_ visitor: inout some FieldVisitor) throws {
            try visitor.field("template", &template, Label("检查表", en: "Template"))
            try visitor.field("title", &title, Label("名称", en: "Title"))
            try visitor.field("items", &items, Label("项数", en: "Items"))
        }
    }

    public init() {}

    public func rows(of estate: Estate, at moment: Moment) -> [Row] {
        let rule = estate.handbook.inspections
        return rule.names.compactMap { name in
            guard let template = rule.template(named: name) else { return nil }
            var row = Row()
            (row.template, row.title, row.items) = (name, template.title, template.items.count)
            return row
        }
    }
}
