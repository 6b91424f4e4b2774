import Handbook
import Journal

/// What a matter is about.
public enum MatterKind: String, NamedChoice {
    case general, dispute

    public var label: Label {
        switch self {
        case .general: Label("转办", en: "for a department")
        case .dispute: Label("业主租户纠纷", en: "owner and tenant")
        }
    }

    public var synonyms: [String] { self == .dispute ? ["纠纷", "租赁纠纷"] : ["转部门"] }
}

/// Where a matter stands at a moment.
public enum MatterState: String, NamedChoice {
    case open, late, answered

    public var label: Label {
        switch self {
        case .open: Label("待回话", en: "open")
        case .late: Label("逾期未回", en: "late")
        case .answered: Label("已回话", en: "answered")
        }
    }
}

/// A matter that the front desk passed to another department, which answers by a day (转部门).
public struct Matter: Entity, Sendable {
    public static let entity = "matter"
    public static let label = Label("转办事项", en: "matter")
    public let id: Ref<Matter>
    public let kind: MatterKind
    /// The department.
    public let to: String
    public let what: String
    /// The unit or place that it concerns.
    public internal(set) var unit: UnitCode?
    public let request: Ref<Request>?
    /// The last day for the answer.
    public let due: Day
    public let passed: Moment
    public let by: String
    public internal(set) var answer: Answer?

    /// What the department said.
    public struct Answer: Sendable {
        let fact: Ref<JournalEntry>
        public let text: String
        public let at: Moment
        public let by: String
    }

    public func state(at moment: Moment, in zone: Zone) -> MatterState {
        if answer != nil { return .answered }
        return due.end(in: zone) < moment ? .late : .open
    }
}

extension Matter {
    /// Those without an answer, the earliest due first.
    public static func candidates(in estate: Estate) -> [Candidate] {
        estate.matters.open.compactMap { estate.matters[$0] }.sorted { $0.due < $1.due }.map {
            Candidate($0.id.id.text, text: $0.words(in: estate), detail: $0.due.short)
        }
    }

    public static func known(_ id: Ref<Matter>, in estate: Estate) -> Matter? { estate.matters[id] }
    public func words(in estate: Estate) -> String { "\(to) \(what)" }
}

/// The matters, in the order of recording.
public struct Matters: Sendable {
    public internal(set) var all = EntityTable<Matter>()
    /// Those without an answer.
    public internal(set) var open: [Ref<Matter>] = []

    public subscript(id: Ref<Matter>) -> Matter? { all[id] }

    func known(_ id: Ref<Matter>) throws -> Matter {
        guard let matter = all[id] else { throw id.unknown }
        return matter
    }

    mutating func add(_ matter: Matter) {
        all.add(matter)
        open.append(matter.id)
    }

    mutating func answer(_ id: Ref<Matter>, _ answer: Matter.Answer) {
        all.change(id) { $0.answer = answer }
        open.removeAll { $0 == id }
    }
}

extension Matters: Feature {
    static let chapters: [any Chapter.Type] = [Handbook.Matters.self]
    static let actions: [any Action.Type] = [PassMatter.self, AnswerMatter.self]
    static let views: [any View.Type] = [MattersView.self]
    static let entities: [any Entity.Type] = [Matter.self]
    /// What a department has not answered in time is the supervisor's.
    static let duties = [
        DutyRule.perCase(
            "matter", Label("催部门回话", en: "Answer of a department"), .supervisor, by: AnswerMatter.self,
            field: "matter", parts: { [$0.$matters] }, tells: [.supervisor, .manager]
        ) { estate in
            estate.matters.all.values.map { matter in
                DutyCase(
                    id: matter.id.id.text, subject: matter.words(in: estate), opens: matter.due, due: matter.due,
                    done: matter.answer.map { Duty.Fulfilment(fact: $0.fact, at: $0.at, due: nil) }, note: nil)
            }
        }
    ]

    static func retainedIDs(in estate: Estate, _ window: RetentionWindow) -> [EntryID] {
        estate.matters.all.values.filter { $0.answer.map { $0.at >= window.since } ?? true }.map(\.id.id)
    }

    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool { true }

    static func rename(_ unit: UnitCode, to code: UnitCode, in estate: inout Estate) {
        for id in estate.matters.all.values.map(\.id) {
            estate.matters.all.change(id) { if $0.unit == unit { $0.unit = code } }
        }
    }

    static func dueToday(_ day: Day, in estate: Estate, at moment: Moment) -> Label? {
        let count = estate.matters.open.count { estate.matters[$0].map { $0.due <= day } ?? false }
        return count == 0 ? nil : Label("部门回话 \(count)", en: "answers \(count)")
    }

    static func relatedIDs(of id: EntryID, in estate: Estate) -> [EntryID] {
        estate.matters.all.values.filter { $0.request?.id == id }.map(\.id.id)
    }
}
