import Handbook
import Journal

/// What an inspector says of an item. Nothing is passed by default: an item without a mark is unmarked.
public enum Mark: String, NamedChoice {
    case pass, fail

    public var label: Label {
        switch self {
        case .pass: Label("合格", en: "pass")
        case .fail: Label("不合格", en: "fail")
        }
    }
}

/// One look at one item.
public struct Finding: Sendable {
    public let mark: Mark
    public let note: String?
    public let at: Moment
    public let by: String
}

/// An inspection of the customer areas and posts (巡检, 5.1): the items of a template, each to be marked.
public struct Inspection: Entity, Sendable {
    public static let entity = "inspection"
    public static let label = Label("巡检", en: "inspection")
    public let id: Ref<Inspection>
    public let template: String
    public let opened: Moment
    public let by: String
    /// The items by their clause, in the template's order.
    public let items: [String]
    public internal(set) var findings: [String: Finding] = [:]
    public internal(set) var closed: Moment?
    /// Later looks at items that had failed.
    public internal(set) var rechecks: [String: [Finding]] = [:]

    public var failed: [String] { items.filter { findings[$0]?.mark == .fail } }
    public var passed: Int { items.count { findings[$0]?.mark == .pass } }
    public var unmarked: Int { items.count { findings[$0] == nil } }

    /// How a failed item stands now.
    public func rectification(of item: String) -> RectificationState? {
        guard findings[item]?.mark == .fail, closed != nil else { return nil }
        return rechecks[item]?.last?.mark == .pass ? .rectified : .open
    }
}

extension Inspection {
    /// The latest, those under way first.
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

/// How a rectification (整改) stands.
public enum RectificationState: String, NamedChoice {
    case open, rectified

    public var label: Label {
        switch self {
        case .open: Label("待复查", en: "open")
        case .rectified: Label("已整改", en: "rectified")
        }
    }
}

/// The inspections and what they found.
public struct Inspections: Sendable {
    public internal(set) var all = Register<Inspection>()

    public subscript(id: Ref<Inspection>) -> Inspection? { all[id] }

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
    public static let chapters: [any Chapter.Type] = [Handbook.Inspections.self]
    public static let facts: [FactKind] = [
        .of(InspectionOpened.self), .of(ItemMarked.self), .of(InspectionClosed.self), .of(ItemRechecked.self),
    ]
    public static let actions: [any Action.Type] = [
        OpenInspection.self, MarkItem.self, CloseInspection.self, RecheckItem.self,
    ]
    public static let views: [any View.Type] = [
        InspectionsView.self, InspectionItemsView.self, RectificationsView.self, TemplatesView.self,
    ]
}

// MARK: Facts

struct InspectionOpened: Fact {
    static let kind: StaticString = "inspection.opened"
    static let action: (any Action.Type)? = OpenInspection.self
    var template = ""
    var items: [String] = []

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("template", &template)
        try visitor.field("items", &items)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.inspections.contains(Ref(stamp.id)) }

    func touches(in estate: Estate) -> [String]? { [] }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        let id = Ref<Inspection>(stamp.id)
        estate.inspections.all.add(
            Inspection(id: id, template: template, opened: stamp.at, by: stamp.by, items: items))
    }
}

struct ItemMarked: Fact {
    static let kind: StaticString = "inspection.marked"
    static let action: (any Action.Type)? = MarkItem.self
    var inspection = Ref<Inspection>.placeholder
    var item = ""
    var result = Mark.pass
    var note: String?

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("inspection", &inspection)
        try visitor.field("item", &item)
        try visitor.field("result", &result)
        try visitor.field("note", &note)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.inspections.contains(inspection) }

    func touches(in estate: Estate) -> [String]? { [inspection.id.text] }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        let finding = Finding(mark: result, note: note, at: stamp.at, by: stamp.by)
        estate.inspections.all.change(inspection) { $0.findings[item] = finding }
    }
}

struct InspectionClosed: Fact {
    static let kind: StaticString = "inspection.closed"
    static let action: (any Action.Type)? = CloseInspection.self
    var inspection = Ref<Inspection>.placeholder

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("inspection", &inspection)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.inspections.contains(inspection) }

    func touches(in estate: Estate) -> [String]? { [inspection.id.text] }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        estate.inspections.all.change(inspection) { $0.closed = stamp.at }
    }
}

struct ItemRechecked: Fact {
    static let kind: StaticString = "inspection.rechecked"
    static let action: (any Action.Type)? = RecheckItem.self
    var inspection = Ref<Inspection>.placeholder
    var item = ""
    var result = Mark.pass
    var note: String?

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("inspection", &inspection)
        try visitor.field("item", &item)
        try visitor.field("result", &result)
        try visitor.field("note", &note)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.inspections.contains(inspection) }

    func touches(in estate: Estate) -> [String]? { [inspection.id.text] }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        let finding = Finding(mark: result, note: note, at: stamp.at, by: stamp.by)
        estate.inspections.all.change(inspection) { $0.rechecks[item, default: []].append(finding) }
    }
}
