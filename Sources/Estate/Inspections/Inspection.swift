import Handbook
import Journal

/// The result of an inspected item. There is no default: an item without a result is unmarked.
public enum ItemResult: String, NamedChoice {
    case pass, fail
    /// It does not apply here; the reason is given, and the item leaves the denominator.
    case notApplicable = "na"

    public var label: Label {
        switch self {
        case .pass: Label("合格", en: "pass")
        case .fail: Label("不合格", en: "fail")
        case .notApplicable: Label("不适用", en: "not applicable")
        }
    }
}

/// The result of one check of an item.
public struct Finding: Sendable {
    public let mark: ItemResult
    public let note: String?
    /// Where it was found, or which of several was looked at.
    public let place: String?
    /// The number of the photo.
    public let photo: String?
    public let at: Moment
    public let by: String
}

/// Who puts a failed item right, and by when.
public struct Remedy: Hashable, Sendable {
    /// `nil`: 未指派.
    public let who: Worker?
    /// The last day; `nil` in older lines.
    public let due: Day?
}

/// An item as it read when the inspection began: the template may change later.
public struct InspectionItem: Part, Hashable {
    public private(set) var text = ""
    /// The title of the template that it comes from, e.g. 电梯.
    public private(set) var section = ""
    /// Whether it is about safety (★).
    public private(set) var isCritical = false

    public init() {}

    init(_ item: Handbook.Inspections.Item, in estate: Estate) {
        text = item.text.replacing("**花园", with: estate.name)
        (section, isCritical) = (item.section, item.isCritical)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("text", &text)
        try visitor.field("section", &section, Label("区域", en: "Area"))
        try visitor.field("critical", &isCritical, Label("安全项", en: "Safety"))
    }
}

/// An inspection of the customer areas, of a post, or of how a member does their work (巡检, 5.1): the items of a template,
/// each to be marked.
public struct Inspection: Entity, Sendable {
    public static let entity = "inspection"
    public static let label = Label("巡检", en: "inspection")
    public let id: Ref<Inspection>
    public let template: String
    public let opened: Moment
    public let by: String
    /// The numbers of the members who are inspected.
    public let staff: [String]
    /// The numbers of those who were on duty when it began.
    public let onDuty: [String]
    /// The items by their clause, in the template's order.
    public let items: [String]
    /// How they read at the beginning, by clause; empty in older lines.
    let contents: [String: InspectionItem]
    public internal(set) var findings: [String: Finding] = [:]
    /// Who puts the failed items right.
    public internal(set) var remedies: [String: Remedy] = [:]
    /// The fact that closed it, and when.
    public internal(set) var closing: (fact: EntryID, at: Moment)?
    /// The later checks of failed items.
    public internal(set) var rechecks: [String: [Finding]] = [:]

    public var closed: Moment? { closing?.at }
    public var failed: [String] { items.filter { findings[$0]?.mark == .fail } }
    public var passed: Int { items.count { findings[$0]?.mark == .pass } }
    public var unmarked: Int { items.count { findings[$0] == nil } }
    /// The items with a result, those that do not apply included.
    public var answered: Int { items.count - unmarked }
    /// The items without those that do not apply. What is unmarked stays in.
    public var applicable: Int { items.count { findings[$0]?.mark != .notApplicable } }
    /// 得分: passed ÷ applicable; `nil` if nothing applies.
    public var score: Share? { Share(passed, of: applicable) }
    /// Whether it is closed, every item has a result and some apply. Others do not count as done.
    public var isComplete: Bool { closed != nil && unmarked == 0 && applicable > 0 }

    fileprivate func week(in zone: Zone) -> Week { Week(Day(closed ?? opened, in: zone)) }

    /// The state of a failed item's rectification; `nil` for items that passed, and before the inspection is closed.
    public func rectification(of item: String) -> RectificationState? {
        guard findings[item]?.mark == .fail, closed != nil else { return nil }
        return rechecks[item]?.last?.mark == .pass ? .rectified : .open
    }
}

extension Inspection {
    /// The latest inspections, open ones first.
    public static func candidates(in estate: Estate) -> [Candidate] {
        let latest = estate.inspections.all.values.suffix(20).reversed()
        return (latest.filter { $0.closed == nil } + latest.filter { $0.closed != nil }).map {
            Candidate($0.id.id.text, text: $0.words(in: estate), detail: estate.staff.name(of: $0.by))
        }
    }

    public static func known(_ id: Ref<Inspection>, in estate: Estate) -> Inspection? { estate.inspections[id] }

    public func words(in estate: Estate) -> String {
        "\(estate.handbook.template(named: template)?.title ?? template) \(Day(opened, in: estate.zone).short)"
    }
}

extension Estate {
    /// The items of an inspection by clause, as they read when it began; of an older one as the handbook has them.
    public func contents(of inspection: Inspection) -> [String: InspectionItem] {
        if !inspection.contents.isEmpty { return inspection.contents }
        let items = handbook.template(named: inspection.template)?.items ?? []
        return Dictionary(items.map { ($0.id, InspectionItem($0, in: self)) }) { first, _ in first }
    }
}

/// The inspections and their findings.
public struct Inspections: Sendable {
    public private(set) var all = EntityTable<Inspection>()
    /// Those that are not closed, in order.
    public private(set) var open: [Ref<Inspection>] = []
    /// By the week in which they were closed or, while they are not, opened: weeks are asked for one by one.
    private var byWeek: [Week: Set<Ref<Inspection>>] = [:]

    public subscript(id: Ref<Inspection>) -> Inspection? { all[id] }

    mutating func add(_ inspection: Inspection, in zone: Zone) {
        all.add(inspection)
        open.append(inspection.id)
        byWeek[inspection.week(in: zone), default: []].insert(inspection.id)
    }

    mutating func change(_ id: Ref<Inspection>, _ body: (inout Inspection) -> Void) { all.change(id, body) }

    mutating func close(_ id: Ref<Inspection>, by fact: EntryID, at moment: Moment, in zone: Zone) {
        guard let before = all[id] else { return }
        all.change(id) { $0.closing = (fact, moment) }
        open.removeAll { $0 == id }
        byWeek[before.week(in: zone)]?.remove(id)
        byWeek[Week(Day(moment, in: zone)), default: []].insert(id)
    }

    /// The inspections that were closed in a week, and those that were opened in it and are not closed; in order.
    func made(in week: Week) -> [Inspection] {
        (byWeek[week] ?? []).compactMap { all.index(of: $0) }.sorted().map { all.values[$0] }
    }

    /// The inspections opened in a week, in order.
    public func of(_ week: Week, in zone: Zone) -> [Inspection] {
        all.values.filter { Week(Day($0.opened, in: zone)) == week }
    }

    func known(_ id: Ref<Inspection>) throws -> Inspection {
        guard let inspection = all[id] else { throw id.unknown }
        return inspection
    }
}

extension Inspections: Feature {
    static let chapters: [any Chapter.Type] = [Handbook.Inspections.self]
    static let actions: [any Action.Type] = [
        OpenInspection.self, MarkItem.self, CloseInspection.self, RecheckItem.self, AssignItem.self,
    ]
    static let views: [any View.Type] = [
        InspectionsView.self, InspectionItemsView.self, RectificationsView.self, InspectionTrendView.self,
        TemplatesView.self,
    ]
    static let reports: [any Report.Type] = [InspectionReport.self]
    static let entities: [any Entity.Type] = [Inspection.self]
    static let warnings = [
        "inspection.critical": Label("安全项不合格：当天处置，立即报主管", en: "a safety item failed: report it now"),
        "inspection.staff": OpenInspection.needsStaff,
    ]
    static let duties = [DutyRule.inspection]

    /// Open inspections, those of the last weeks, whose duties are watched, and those with open rectifications.
    static func retainedIDs(in estate: Estate, _ window: RetentionWindow) -> [EntryID] {
        let since = Week(window.today).monday.adding(-7 * Inspections.watched).start(in: estate.zone)
        return estate.inspections.all.values.filter { inspection in
            inspection.closed.map { $0 >= since } ?? true || inspection.opened >= since
                || inspection.failed.contains { inspection.rectification(of: $0) == .open }
        }.map(\.id.id)
    }

    /// How many past weeks of inspections a checkpoint keeps.
    private static let watched = 4

    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool { true }

    static func rectifications(in estate: Estate, onlyOpen: Bool) -> [Rectification] {
        estate.inspections.all.values.flatMap { inspection in
            let failed = inspection.failed
            let contents = failed.isEmpty ? [:] : estate.contents(of: inspection)
            return failed.compactMap { item -> Rectification? in
                guard let state = inspection.rectification(of: item), !onlyOpen || state == .open,
                    let finding = inspection.findings[item]
                else { return nil }
                let remedy = inspection.remedies[item]
                return Rectification(
                    kind: Inspection.entity, subject: inspection.id.id, item: item, text: contents[item]?.text ?? "",
                    note: finding.note, place: finding.place, photo: finding.photo, found: finding.at,
                    who: remedy?.who?.text, due: remedy?.due, isCritical: contents[item]?.isCritical ?? false,
                    state: state, rechecks: inspection.rechecks[item]?.count ?? 0,
                    lastCheck: inspection.rechecks[item]?.last.map { ($0.at, $0.note) })
            }
        }
    }
}
