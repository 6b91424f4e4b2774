import Handbook
import Journal

/// The result of an inspected item. There is no default: an item without a result is unmarked.
public enum ItemResult: String, NamedChoice {
    case pass, fail

    public var label: Label {
        switch self {
        case .pass: Label("合格", en: "pass")
        case .fail: Label("不合格", en: "fail")
        }
    }
}

/// The result of one check of an item.
public struct Finding: Sendable {
    public let mark: ItemResult
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
    /// The later checks of failed items.
    public internal(set) var rechecks: [String: [Finding]] = [:]

    public var failed: [String] { items.filter { findings[$0]?.mark == .fail } }
    public var passed: Int { items.count { findings[$0]?.mark == .pass } }
    public var unmarked: Int { items.count { findings[$0] == nil } }

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

/// The state of a rectification (整改).
public enum RectificationState: String, NamedChoice {
    case open, rectified

    public var label: Label {
        switch self {
        case .open: Label("待复查", en: "open")
        case .rectified: Label("已整改", en: "rectified")
        }
    }
}

/// The inspections and their findings.
public struct Inspections: Sendable {
    public private(set) var all = EntityTable<Inspection>()
    /// Those that are not closed, in order.
    public private(set) var open: [Ref<Inspection>] = []

    public subscript(id: Ref<Inspection>) -> Inspection? { all[id] }

    mutating func add(_ inspection: Inspection) {
        all.add(inspection)
        open.append(inspection.id)
    }

    mutating func change(_ id: Ref<Inspection>, _ body: (inout Inspection) -> Void) {
        all.change(id, body)
        if all[id]?.closed != nil { open.removeAll { $0 == id } }
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
        OpenInspection.self, MarkItem.self, CloseInspection.self, RecheckItem.self,
    ]
    static let views: [any View.Type] = [
        InspectionsView.self, InspectionItemsView.self, RectificationsView.self, TemplatesView.self,
    ]
    static let entities: [any Entity.Type] = [Inspection.self]

    /// Open inspections, this week's, and those with open rectifications.
    static func retainedIDs(in estate: Estate, _ window: RetentionWindow) -> [EntryID] {
        let monday = Week(window.today).monday.start(in: estate.zone)
        return estate.inspections.all.values.filter { inspection in
            inspection.closed == nil || inspection.opened >= monday
                || inspection.failed.contains { inspection.rectification(of: $0) == .open }
        }.map(\.id.id)
    }

    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool { true }
}
