import Journal

private let inspectors: Set<Role> = [.supervisor, .regional]

extension Label {
    static let clause = Label("条款", en: "Item")
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
public struct OpenInspection: ActionFact {
    public static let name = "inspection.open"
    static let kind: StaticString = "inspection.opened"
    public static let label = Label("开始巡检", en: "Open an inspection")
    public static let roles = inspectors
    var template = Word<Checklists>.placeholder
    /// The template's items at the time, by clause.
    var items: [String] = []

    public init() {}

    public init(template: String) { self.template = Word(template) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("template", &template)
        try visitor.derived("items", &items)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let rule = estate.handbook.inspections
        let template = template.text
        let byTitle = rule.names.first { rule.template(named: $0)?.title == template }
        guard let known = rule.template(named: byTitle ?? template) else {
            let titles = rule.names.compactMap { rule.template(named: $0)?.title }
            throw Refusal(
                .rule, "inspection.template", "没有这张检查表：\(template)（有：\(titles.joined(separator: "、"))）",
                en: "there is no template \(template) (there are: \(titles.joined(separator: ", ")))",
                field: "template")
        }
        (self.template, items) = (Word(known.name), known.items.map(\.id))
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.inspections.add(
            Inspection(
                id: Ref(metadata.id), template: template.text, opened: metadata.at, by: metadata.by, items: items))
    }
}

/// Records what was found at one item of an inspection.
public protocol ItemAction: Action {
    var inspection: Ref<Inspection> { get set }
    /// Its clause.
    var item: String { get set }
    var result: ItemResult { get set }
    /// Required for an item that fails.
    var note: String? { get set }
}

extension ItemAction {
    public init(inspection: Ref<Inspection>, item: String, result: ItemResult, note: String? = nil) {
        self.init()
        (self.inspection, self.item, self.result, self.note) = (inspection, item, result, note)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("inspection", &inspection)
        try visitor.field("item", &item, .clause)
        try visitor.field("result", &result)
        try visitor.field("note", &note)
    }

    func finding(_ metadata: Metadata) -> Finding {
        Finding(mark: result, note: note, at: metadata.at, by: metadata.by)
    }

    /// Refuses an item that the inspection does not have, and a failed one without a note.
    func check(in known: Inspection) throws {
        if !known.items.contains(item) {
            throw Refusal(
                .rule, "inspection.item", "这张检查表没有 \(item)（有：\(known.items.joined(separator: "、"))）",
                en: "there is no item \(item) (there are: \(known.items.joined(separator: ", ")))", field: "item")
        }
        if result == .fail, note == nil {
            throw Refusal(.rule, "inspection.note", "不合格须写明情况", en: "a failed item needs a note", field: "note")
        }
    }
}

/// One item is marked; a failed one needs a note.
public struct MarkItem: ActionFact, ItemAction {
    public static let name = "inspection.mark"
    static let kind: StaticString = "inspection.marked"
    public static let label = Label("检查项打分", en: "Mark an item")
    public static let roles = inspectors
    public var inspection = Ref<Inspection>.placeholder
    public var item = ""
    public var result = ItemResult.pass
    public var note: String?

    public init() {}

    var subject: EntryID? { inspection.id }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.inspections.known(inspection)
        if known.closed != nil {
            throw Refusal.rule("inspection.closed", "这次巡检已经结束，只能复查不合格项", en: "this inspection is closed")
        }
        try plan.refuse(before: known.opened, Label("巡检开始", en: "the inspection began"))
        try check(in: known)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.inspections.change(inspection) { $0.findings[item] = finding(metadata) }
    }
}

/// The inspection is over; each failed item is now a rectification.
public struct CloseInspection: ActionFact {
    public static let name = "inspection.close"
    static let kind: StaticString = "inspection.closed"
    public static let label = Label("结束巡检", en: "Close an inspection")
    public static let roles = inspectors
    var inspection = Ref<Inspection>.placeholder

    public init() {}

    public init(inspection: Ref<Inspection>) { self.inspection = inspection }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("inspection", &inspection)
    }

    var subject: EntryID? { inspection.id }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.inspections.known(inspection)
        if known.closed != nil { throw Refusal.rule("inspection.closed", "这次巡检已经结束", en: "this inspection is closed") }
        if known.findings.isEmpty {
            throw Refusal.rule("inspection.unmarked", "一项也没有检查，不能结束", en: "not one item was marked")
        }
        try plan.refuse(before: known.opened, Label("巡检开始", en: "the inspection began"))
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.inspections.change(inspection) { $0.closed = metadata.at }
    }
}

/// A failed item is inspected again; passed items are not.
public struct RecheckItem: ActionFact, ItemAction {
    public static let name = "inspection.recheck"
    static let kind: StaticString = "inspection.rechecked"
    public static let label = Label("复查", en: "Recheck an item")
    public static let roles = inspectors
    public var inspection = Ref<Inspection>.placeholder
    public var item = ""
    public var result = ItemResult.pass
    public var note: String?

    public init() {}

    var subject: EntryID? { inspection.id }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.inspections.known(inspection)
        try check(in: known)
        guard known.rectification(of: item) == .open else {
            throw Refusal(
                .rule, "inspection.recheck", "只复查巡检结束后仍待整改的不合格项",
                en: "only open failures of a closed inspection are rechecked",
                field: "item")
        }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.inspections.change(inspection) { $0.rechecks[item, default: []].append(finding(metadata)) }
    }
}
