import Handbook
import Journal

/// Who inspects.
let inspectors: Set<Role> = [.supervisor, .regional]

extension Label {
    static let clause = Label("条款", en: "Item")
    static let inspected = Label("被检查人", en: "Inspected")
}

/// The templates of the handbook, by their titles.
public enum Checklists: WordList {
    public static func words(in estate: Estate) -> [Candidate] {
        let rule = estate.handbook.inspections
        let all = rule.names.compactMap { rule.template(named: $0) }
        return (all.filter(\.coversAreas) + all.filter { !$0.coversAreas }).map {
            Candidate($0.name, text: $0.title, detail: "\($0.items.count)")
        }
    }
}

/// An inspection begins; every item starts unmarked.
public struct OpenInspection: ActionFact {
    public static let name = "inspection.open"
    static let kind: StaticString = "inspection.opened"
    static var merging: Merging<Self> { .grows }
    public static let label = Label("开始巡检", en: "Open an inspection")
    public static let roles = inspectors
    var template = Word<Checklists>.placeholder
    /// Who is inspected: as typed numbers or names, recorded as numbers. Needed where the work of staff is inspected.
    var staff: [StaffName] = []
    /// The template's items at the time, by clause, and how each of them reads.
    var items: [String] = []
    var contents: [InspectionItem] = []
    /// The numbers of those who are on duty at a post.
    var onDuty: [String] = []

    public init() {}

    public init(template: String, staff: [String] = []) {
        (self.template, self.staff) = (Word(template), staff.map(StaffName.init))
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("template", &template)
        try visitor.derived("items", &items)
        try visitor.field("staff", &staff, .inspected)
        try visitor.derived("contents", &contents)
        try visitor.derived("onDuty", &onDuty, Label("当班", en: "On duty"))
    }

    /// The checklist of the customer areas, which a supervisor goes through twice a week.
    public static func proposals(
        with values: [String: String], to member: String, in estate: Estate, at moment: Moment
    ) -> [String: String] { estate.areaTemplate.map { ["template": $0] } ?? [:] }

    public static func cautions(
        with values: [String: String], by member: String, in estate: Estate
    ) -> [String: Label] {
        let staff = values["staff"] ?? ""
        return lacksStaff(values["template"] ?? "", staff.isEmpty ? 0 : 1, in: estate) ? ["staff": needsStaff] : [:]
    }

    static let needsStaff = Label("检查员工岗位，应写明被检查人", en: "say whose work is inspected")

    /// Whether the work of staff is inspected and nobody is named. A form and a script are both told of it, and may begin
    /// all the same.
    private static func lacksStaff(_ template: String, _ count: Int, in estate: Estate) -> Bool {
        count == 0 && OpenInspection.template(template, in: estate)?.isOfStaff ?? false
    }

    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard OpenInspection.lacksStaff(template.text, staff.count, in: estate) else { return nil }
        let title = OpenInspection.template(template.text, in: estate)?.title ?? template.text
        return Confirmation(
            Label("没有写明被检查人，照样开始？", en: "nobody is named whose work is inspected: begin all the same?"),
            [.fact(Glossary.label(of: "template"), title), OpenInspection.needsStaff],
            yes: Label("照样开始", en: "begin"))
    }

    /// The template of a name or a title.
    private static func template(_ text: String, in estate: Estate) -> Handbook.Inspections.Template? {
        let rule = estate.handbook.inspections
        return rule.template(named: text)
            ?? rule.names.compactMap { rule.template(named: $0) }.first { $0.title == text }
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        guard let known = OpenInspection.template(template.text, in: estate) else {
            let rule = estate.handbook.inspections
            let titles = rule.names.compactMap { rule.template(named: $0)?.title }
            throw Refusal(
                .rule, "inspection.template",
                "没有这张检查表：\(template.text)（有：\(titles.joined(separator: "、"))）",
                en: "there is no template \(template.text) (there are: \(titles.joined(separator: ", ")))",
                field: "template")
        }
        if OpenInspection.lacksStaff(known.name, staff.count, in: estate) { plan.warn("inspection.staff") }
        do {
            staff = try staff.map { StaffName(try estate.staff.working($0.text).code) }
        } catch let refusal as Refusal { throw refusal.about("staff") }
        (template, items) = (Word(known.name), known.items.map(\.id))
        contents = known.items.map { InspectionItem($0, in: estate) }
        onDuty = estate.shifts.open.map(\.staff)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        let contents = Dictionary(zip(items, contents)) { first, _ in first }
        estate.inspections.add(
            Inspection(
                id: Ref(metadata.id), template: template.text, opened: metadata.at, by: metadata.by,
                staff: staff.map(\.text), onDuty: onDuty, items: items, contents: contents), in: estate.zone)
    }
}

/// The inspection is over; each failed item is now a rectification. With unmarked items it does not count as done.
public struct CloseInspection: ActionFact {
    public static let name = "inspection.close"
    static let kind: StaticString = "inspection.closed"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.inspections.all.value(of: fact.inspection) {
                $0.closed == nil ? nil : .doubled(Label("这次巡检已经结束", en: "the inspection had been closed"))
            } ?? .unknown
        }
    }
    public static let label = Label("结束巡检", en: "Close an inspection")
    public static let roles = inspectors
    var inspection = Ref<Inspection>.placeholder

    public init() {}

    public init(inspection: Ref<Inspection>) { self.inspection = inspection }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("inspection", &inspection)
    }

    var subject: EntryID? { inspection.id }

    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let known = estate.inspections[inspection], known.closed == nil, !known.findings.isEmpty else {
            return nil
        }
        let (left, title) = (known.unmarked, known.words(in: estate))
        let unmarked = Label("还有 \(left) 项未检，这次不算完成", en: "\(left) items are unmarked: it will not count as done")
        let score = known.score.map { "\(known.passed)/\(known.applicable) · \($0.text)%" } ?? "—"
        return Confirmation(
            left > 0
                ? Label("还有 \(left) 项未检，就此结束？", en: "\(left) items are unmarked: close all the same?")
                : Label("结束这次巡检？", en: "close this inspection?"),
            [
                .fact(Glossary.label(of: "template"), title), left > 0 ? unmarked : nil,
                .fact(Label("合格", en: "Passed"), score),
                known.failed.isEmpty
                    ? nil : .fact(Label("不合格，转整改", en: "Failed, to be put right"), known.failed.joined(separator: "、")),
            ], yes: Label("结束", en: "close"))
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.inspections.known(inspection)
        if known.closed != nil { throw Refusal.rule("inspection.closed", "这次巡检已经结束", en: "this inspection is closed") }
        if known.findings.isEmpty {
            throw Refusal.rule("inspection.unmarked", "一项也没有检查，不能结束", en: "not one item was marked")
        }
        try plan.refuse(before: known.opened, .inspectionBegan)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.inspections.close(inspection, by: metadata.id, at: metadata.at, in: estate.zone)
    }
}

extension Label {
    /// The event that a mark must not precede, for refusals.
    static let inspectionBegan = Label("巡检开始", en: "the inspection began")
}
