import Journal

private let inspectors: Set<Role> = [.supervisor, .regional]

extension Label {
    static let inspection = Label("巡检", en: "Inspection")
    static let item = Label("条款", en: "Item")
    static let note = Label("说明", en: "Note")
}

/// The templates of the handbook, by their titles.
public enum Checklists: WordList {
    public static func words(in estate: Estate) -> [Candidate] {
        let rule = estate.handbook.inspections
        return rule.names.compactMap { rule.template(named: $0) }.map {
            Candidate($0.name, text: $0.title, detail: "\($0.items.count)")
        }
    }
}

/// An inspection begins; every item starts unmarked.
public struct OpenInspection: Action {
    public static let name = "inspection.open"
    public static let label = Label("开始巡检", en: "Open an inspection")
    public static let roles = inspectors
    var template = Word<Checklists>.placeholder

    public init() {}

    public init(template: String) { self.template = Word(template) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("template", &template, Label("检查表", en: "Template"))
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        let rule = estate.handbook.inspections
        let template = template.text
        let byTitle = rule.names.first { rule.template(named: $0)?.title == template }
        guard let found = rule.template(named: byTitle ?? template) else {
            throw Refusal(
                .rule, "inspection.template", "没有这张检查表：\(template)（有：\(rule.names.joined(separator: "、"))）",
                en: "there is no template \(template) (there are: \(rule.names.joined(separator: ", ")))",
                field: "template")
        }
        plan.record(InspectionOpened(template: found.name, items: found.items.map(\.id)))
    }
}

/// One item is marked; a failed one needs a note.
public struct MarkItem: Action {
    public static let name = "inspection.mark"
    public static let label = Label("检查一项", en: "Mark an item")
    public static let roles = inspectors
    var inspection = Ref<Inspection>.placeholder
    var item = ""
    var result = Mark.pass
    var note: String?

    public init() {}

    public init(inspection: Ref<Inspection>, item: String, result: Mark, note: String? = nil) {
        (self.inspection, self.item, self.result, self.note) = (inspection, item, result, note)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("inspection", &inspection, .inspection)
        try visitor.field("item", &item, .item)
        try visitor.field("result", &result, Label("结果", en: "Result"))
        try visitor.field("note", &note, .note)
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.inspections.known(inspection)
        if known.closed != nil {
            throw Refusal.rule("inspection.closed", "这次巡检已经结束，只能复查不合格项", en: "this inspection is closed")
        }
        try plan.refuse(before: known.opened, Label("巡检开始", en: "the inspection began"))
        try check(item, in: known)
        try needNote(result, note)
        plan.record(ItemMarked(inspection: inspection, item: item, result: result, note: note))
        plan.answer = inspection.id
    }
}

/// Refuses an item that the inspection does not have.
private func check(_ item: String, in inspection: Inspection) throws {
    if !inspection.items.contains(item) {
        throw Refusal(
            .rule, "inspection.item", "这张检查表没有 \(item)（有：\(inspection.items.joined(separator: "、"))）",
            en: "there is no item \(item) (there are: \(inspection.items.joined(separator: ", ")))", field: "item")
    }
}

private func needNote(_ result: Mark, _ note: String?) throws {
    if result == .fail, note == nil {
        throw Refusal(.rule, "inspection.note", "不合格须写明情况", en: "a failed item needs a note", field: "note")
    }
}

/// The inspection is over; each failed item is now a rectification.
public struct CloseInspection: Action {
    public static let name = "inspection.close"
    public static let label = Label("结束巡检", en: "Close an inspection")
    public static let roles = inspectors
    var inspection = Ref<Inspection>.placeholder

    public init() {}

    public init(inspection: Ref<Inspection>) { self.inspection = inspection }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("inspection", &inspection, .inspection)
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.inspections.known(inspection)
        if known.closed != nil { throw Refusal.rule("inspection.closed", "这次巡检已经结束", en: "this inspection is closed") }
        if known.findings.isEmpty {
            throw Refusal.rule("inspection.unmarked", "一项也没有检查，不能结束", en: "not one item was marked")
        }
        try plan.refuse(before: known.opened, Label("巡检开始", en: "the inspection began"))
        plan.record(InspectionClosed(inspection: inspection))
        plan.answer = inspection.id
    }
}

/// A failed item is looked at again; passed ones are not.
public struct RecheckItem: Action {
    public static let name = "inspection.recheck"
    public static let label = Label("复查", en: "Recheck an item")
    public static let roles = inspectors
    var inspection = Ref<Inspection>.placeholder
    var item = ""
    var result = Mark.pass
    var note: String?

    public init() {}

    public init(inspection: Ref<Inspection>, item: String, result: Mark, note: String? = nil) {
        (self.inspection, self.item, self.result, self.note) = (inspection, item, result, note)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("inspection", &inspection, .inspection)
        try visitor.field("item", &item, .item)
        try visitor.field("result", &result, Label("结果", en: "Result"))
        try visitor.field("note", &note, .note)
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.inspections.known(inspection)
        try check(item, in: known)
        guard known.rectification(of: item) == .open else {
            throw Refusal(
                .rule, "inspection.recheck", "只复查巡检结束后仍待整改的不合格项",
                en: "only open failures of a closed inspection are rechecked",
                field: "item")
        }
        try needNote(result, note)
        plan.record(ItemRechecked(inspection: inspection, item: item, result: result, note: note))
        plan.answer = inspection.id
    }
}
