import Handbook
import Journal
import OrderedCollections

/// The state of a visitor's stay at a moment. Whether the visitor was handed over (跨班) is a property of its own.
public enum VisitState: String, NamedChoice {
    case inside, overstay, left, unknown

    public var label: Label {
        switch self {
        case .inside: Label("在场", en: "inside")
        case .overstay: Label("超时", en: "overstay")
        case .left: Label("已离", en: "left")
        case .unknown: Label("离场时间不详", en: "leaving time unknown")
        }
    }
}

/// The classification of a plate.
public enum PlateState: String, NamedChoice {
    case known, visitor, unrecognised, none

    public var label: Label {
        switch self {
        case .known: Label("住户车辆", en: "resident's")
        case .visitor: Label("访客车辆", en: "visitor's")
        case .unrecognised: Label("未识别", en: "unrecognised")
        case .none: Label("—", en: "none")
        }
    }
}

/// A visitor's stay (来访), from arrival to departure.
public struct Visit: Entity, HostedVisitor, Sendable {
    public static let entity = "visit"
    public static let label = Label("来访", en: "visit")
    public let id: Ref<Visit>
    public internal(set) var visitor: Visitor
    public internal(set) var host: UnitCode
    public internal(set) var hostWords: Particular<String?>
    public internal(set) var resident: Ref<Person>?
    public internal(set) var purpose: String
    /// The number of visitors who are inside, or were to the end.
    public internal(set) var count: Int
    public let arrived: Moment
    public let by: String
    /// The post at which the visitor was registered, and whose guard accounts for them.
    public let post: String
    /// Set only for a host whom the estate does not know.
    var recordedHostState: HostState?
    /// Those of a group who left before the others, in the order of recording.
    public internal(set) var releases: [(count: Int, at: Moment)] = []
    /// The plate with which they left, if it was looked at.
    public internal(set) var exitPlate = Particular<Plate?>(nil)
    /// The host was told, or was not reached; the latest.
    public internal(set) var contact: VisitContact?
    public internal(set) var isCorrected = false
    public internal(set) var left: Moment?
    /// The reason for which the departure time is unknown; a time is never invented.
    public internal(set) var unknown: String?
    /// The shift that handed the visitor over.
    public internal(set) var handed: Ref<Shift>?

    public var name: String { visitor.name.text }
    public var plate: Plate? { visitor.plate.value ?? nil }
    public var phone: Phone? { visitor.phone.value ?? nil }
    public var document: String? { visitor.document.value ?? nil }

    /// How many of a group left before the others.
    var gone: Int { releases.reduce(0) { $0 + $1.count } }
    /// All who came.
    public var total: Int { count + gone }

    public var isInside: Bool { left == nil && unknown == nil }

    public func state(at moment: Moment, by rule: Handbook.Gate) -> VisitState {
        if left != nil { return .left }
        if unknown != nil { return .unknown }
        return overstay(at: moment, by: rule) == nil ? .inside : .overstay
    }

    /// The seconds beyond the time that the purpose allows; `nil` within it, and after the departure.
    public func overstay(at moment: Moment, by rule: Handbook.Gate) -> Int? {
        guard isInside else { return nil }
        let over = moment.seconds(since: arrived) - rule.overstayHours(purpose: purpose) * 3600
        return over > 0 ? over : nil
    }

    /// Some of a group leave.
    mutating func release(_ people: Int, at moment: Moment, with plate: Particular<Plate?>) {
        count -= people
        releases.append((people, moment))
        note(exit: plate)
    }

    mutating func note(exit plate: Particular<Plate?>) { if plate.isGiven() { exitPlate = plate } }
}

extension Sequence where Element == Visit {
    /// The number of persons who are inside of these visits: a group of three is three.
    public var people: Int { reduce(0) { $0 + $1.count } }
}

/// The particulars of a visitor.
public struct Visitor: Sendable {
    public let name: Particular<String>
    public let plate: Particular<Plate?>
    public let phone: Particular<Phone?>
    public let document: Particular<String?>
}

extension Visit {
    /// The visitors who are inside.
    public static func candidates(in estate: Estate) -> [Candidate] {
        estate.gate.inside.compactMap { estate.gate.visits[$0] }.map {
            Candidate($0.id.id.text, text: $0.name, detail: "\($0.hostName) \($0.purpose)")
        }
    }

    public static func known(_ id: Ref<Visit>, in estate: Estate) -> Visit? { estate.gate.visits[id] }
    public func words(in estate: Estate) -> String { "\(name) \(hostName)" }
}

/// The visitors.
public struct Gate: Sendable {
    public internal(set) var visits = EntityTable<Visit>()
    /// The visitors who are inside, in the order of their arrival.
    public internal(set) var inside: OrderedSet<Ref<Visit>> = []
    /// The visits by the day on which they ended, in the order of recording.
    private var endings: [Day: [Ref<Visit>]] = [:]
    private var index = OpenedIndex<Presence>()
    /// Who is expected, was turned away, or is not to be admitted.
    public internal(set) var lists = VisitorLists()

    /// The post of visitors whom nobody on duty has registered.
    public static let mainPost = "门岗"

    /// The visitors inside who were registered at a post, in its canonical text.
    public func inside(at post: String) -> [Visit] { inside.compactMap { visits[$0] }.filter { $0.post == post } }

    /// The visits that ended on one of these days, in the order of recording.
    public func ended(on days: [Day]) -> [Visit] { days.flatMap { endings[$0] ?? [] }.compactMap { visits[$0] } }

    /// Those inside, by what the keys of `ring` open.
    func presence(_ ring: KeyRing) -> Presence {
        index.content(ring) { Presence(inside.lazy.compactMap { visits[$0] }) }
    }

    // MARK: Changes by facts

    mutating func add(_ visit: Visit) {
        visits.add(visit)
        inside.append(visit.id)
        index.update { $0.add(visit) }
    }

    /// Changes what is known of a visit that goes on, or is over.
    mutating func change(_ id: Ref<Visit>, _ body: (inout Visit) -> Void) {
        guard let former = visits[id] else { return }
        visits.change(id, body)
        guard former.isInside, let visit = visits[id] else { return }
        index.update { $0.replace(former, with: visit) }
    }

    /// Ends a visit.
    mutating func end(_ id: Ref<Visit>, on day: Day, _ body: (inout Visit) -> Void) {
        if let visit = visits[id] { index.update { $0.remove(visit) } }
        visits.change(id, body)
        inside.remove(id)
        endings[day, default: []].append(id)
    }

    /// A visitor who is inside. Throws ``Refusal`` `visit.unknown` or `visit.left`.
    func present(_ id: Ref<Visit>) throws -> Visit {
        guard let visit = visits[id] else { throw id.unknown }
        if visit.left != nil {
            throw Refusal.rule("visit.left", "\(visit.name) 已离场", en: "\(visit.name) has left already")
        }
        if visit.unknown != nil {
            throw Refusal.rule("visit.left", "\(visit.name) 已登记为离场时间不详", en: "\(visit.name) is on record as gone")
        }
        return visit
    }
}

extension Estate {
    /// The classification of a visitor's plate.
    public func plateState(_ plate: Plate?) -> PlateState {
        guard let plate else { return .none }
        if plate.each.allSatisfy({ people.vehicles[$0] != nil }) { return .known }
        return plate.isRecognised(by: handbook.gate.plates) ? .visitor : .unrecognised
    }
}

extension Gate: Feature {
    static let chapters: [any Chapter.Type] = [Handbook.Gate.self]
    static let actions: [any Action.Type] = [
        ArriveVisitor.self, LeaveVisitor.self, LoseVisitor.self, CorrectVisit.self, ContactHost.self,
        ExpectVisitor.self, RefuseVisitor.self, BarVisitor.self,
    ]
    static let facts: [any Fact.Type] = [VisitorArrived.self, VisitCorrected.self]
    static let views: [any View.Type] = [
        GateView.self, PresenceView.self, ExpectedView.self, RefusalsView.self, BarsView.self,
    ]
    static let entities: [any Entity.Type] = [Visit.self, ExpectedVisitor.self]

    static func retainedIDs(in estate: Estate, _ window: RetentionWindow) -> [EntryID] {
        let gate = estate.gate
        return gate.inside.map(\.id) + gate.visits.values.filter { $0.arrived >= window.since }.map(\.id.id)
            + gate.lists.retainedIDs(window)
    }

    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool { true }

    static func rename(_ unit: UnitCode, to code: UnitCode, in estate: inout Estate) {
        for id in estate.gate.visits.values.map(\.id) {
            estate.gate.visits.change(id) { if $0.host == unit { $0.host = code } }
        }
        estate.gate.lists.rename(unit, to: code)
    }

    static func needsParticulars(of record: EntryID, in estate: Estate, on day: Day) -> Label? {
        estate.gate.visits[Ref(record)].flatMap { visit in
            visit.isInside ? Label("访客还在场", en: "the visitor is still inside") : nil
        } ?? estate.gate.lists.needs(record, on: day)
    }
}
