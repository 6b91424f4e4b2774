import Handbook
import Journal

/// An emergency or a drill (应急, 7.10): what was done by the clock, who was told, and the roll call of those inside.
public struct Incident: Entity, Sendable {
    public static let entity = "incident"
    public static let label = Label("应急", en: "incident")
    public let id: Ref<Incident>
    /// The Chinese name of its card, or free words for a kind without one.
    public let kind: String
    public let isDrill: Bool
    public let opened: Moment
    public let by: String
    /// The visitors who were inside at the opening.
    public let inside: [Ref<Visit>]
    /// In the order of recording.
    public internal(set) var steps: [Step] = []
    public internal(set) var told: [Told] = []
    public internal(set) var sightings: [Sighting] = []
    public internal(set) var closing: Closing?
    public internal(set) var debrief: Debrief?

    /// Something that was done.
    public struct Step: Sendable {
        /// Its number on the card; `nil` for what no card names.
        public let number: Int?
        /// The card's words at the time, or the member's own.
        public let text: String
        public let at: Moment
        public let by: String
    }

    /// Somebody who was told.
    public struct Told: Sendable {
        /// The code of a member, a contact of the handbook, or a number such as 119; `nil`: see `person`.
        public let who: String?
        /// Anybody else, who may be a person from outside.
        public let person: Particular<String?>
        public let at: Moment
        public let by: String
    }

    /// A visitor who was seen after the opening.
    public struct Sighting: Sendable {
        public let visit: Ref<Visit>
        public let at: Moment
        public let by: String
    }

    public struct Closing: Sendable {
        public let note: String
        /// The visitors who were unaccounted for.
        public let missing: [Ref<Visit>]
        public let at: Moment
        public let by: String
    }

    /// What was learned from it (复盘).
    public struct Debrief: Sendable {
        public let fact: Ref<JournalEntry>
        public let note: String
        /// Until when it was due.
        public let due: Day?
        public let at: Moment
        public let by: String
    }

    public var isOpen: Bool { closing == nil }

    public var state: IncidentState { debrief != nil ? .debriefed : closing != nil ? .closed : .open }

    /// When the visitor was first seen.
    public func sighting(of visit: Ref<Visit>) -> Sighting? { sightings.first { $0.visit == visit } }

    /// When a step of the card was first done.
    public func done(_ number: Int) -> Step? { steps.filter { $0.number == number }.min { $0.at < $1.at } }

    /// The number of different steps of the card that were done.
    public var doneCount: Int { Set(steps.compactMap(\.number)).count }

    /// Whole minutes from the opening to a moment.
    public func minutes(at moment: Moment) -> Int { max(0, moment.seconds(since: opened) / 60) }
}

/// What became of an incident.
public enum IncidentState: String, NamedChoice {
    case open, closed, debriefed

    public var label: Label {
        switch self {
        case .open: Label("进行中", en: "open")
        case .closed: Label("待复盘", en: "to be gone through")
        case .debriefed: Label("已复盘", en: "gone through")
        }
    }
}

extension Incident {
    /// The latest incidents, open ones first.
    public static func candidates(in estate: Estate) -> [Candidate] {
        let latest = estate.incidents.all.values.suffix(30).reversed()
        return (latest.filter(\.isOpen) + latest.filter { !$0.isOpen }).map {
            Candidate($0.id.id.text, text: $0.words(in: estate), detail: $0.state.label)
        }
    }

    public static func known(_ id: Ref<Incident>, in estate: Estate) -> Incident? { estate.incidents[id] }

    public func words(in estate: Estate) -> String {
        "\(kind)\(isDrill ? "（演练）" : "") \(opened.display(zone: estate.zone, language: .chinese))"
    }
}

/// The incidents, in the order of recording.
public struct Incidents: Sendable {
    public private(set) var all = EntityTable<Incident>()

    public subscript(id: Ref<Incident>) -> Incident? { all[id] }

    /// Those that are not closed, in order.
    public var open: [Incident] { all.values.filter(\.isOpen) }

    mutating func add(_ incident: Incident) { all.add(incident) }
    mutating func change(_ id: Ref<Incident>, _ body: (inout Incident) -> Void) { all.change(id, body) }

    func known(_ id: Ref<Incident>) throws -> Incident {
        guard let incident = all[id] else { throw id.unknown }
        return incident
    }
}

extension Estate {
    /// The visitors of an incident who are unaccounted for: inside at its opening, not seen since, and not recorded as
    /// left before its end. Who is gone at an unknown time was not seen either.
    public func unaccounted(of incident: Incident) -> [Ref<Visit>] {
        let candidates = incident.closing?.missing ?? incident.inside
        return candidates.filter { visit in
            if incident.sighting(of: visit) != nil { return false }
            return incident.closing != nil || gate.visits[visit]?.left == nil
        }
    }

    /// The number of persons in these visits.
    public func people(in visits: some Sequence<Ref<Visit>>) -> Int { visits.compactMap { gate.visits[$0] }.people }

    /// Until when an incident is to be gone through; `nil` as long as it is open.
    public func debriefDue(of incident: Incident) -> Day? {
        if let debrief = incident.debrief { return debrief.due }
        return incident.closing.map { Day($0.at, in: zone).adding(handbook.incidents.debriefDays) }
    }
}

extension Incidents: Feature {
    static let chapters: [any Chapter.Type] = [Handbook.Incidents.self]
    static let actions: [any Action.Type] = [
        OpenIncident.self, StepIncident.self, TellIncident.self, SeeVisitor.self, CloseIncident.self,
        DebriefIncident.self,
    ]
    static let views: [any View.Type] = [IncidentsView.self]
    static let reports: [any Report.Type] = [IncidentReport.self]
    static let entities: [any Entity.Type] = [Incident.self]

    static let warnings = [
        "incident.card": Label("这类情况没有处理卡", en: "there is no card for this kind"),
        "incident.repeated": Label("这一项记过了，又记了一次", en: "it had been recorded before"),
        "incident.order": Label("前面还有没做的步骤", en: "earlier steps are not done"),
        "incident.unlisted": Label("卡上没有这一步", en: "the card has no such step"),
        "incident.unaccounted": Label("还有访客没有见到", en: "visitors are unaccounted for"),
    ]

    /// Each incident is gone through some days after its end.
    static let duties = [
        DutyRule.perCase(
            "debrief", Label("应急复盘", en: "Debrief of an incident"), .supervisor, by: DebriefIncident.self,
            field: "incident", parts: { [$0.$incidents] }
        ) { estate in
            estate.incidents.all.values.compactMap { incident in
                guard let closing = incident.closing, let due = estate.debriefDue(of: incident) else { return nil }
                return DutyCase(
                    id: incident.id.id.text, subject: incident.words(in: estate),
                    opens: Day(closing.at, in: estate.zone),
                    due: due,
                    done: incident.debrief.map { Duty.Fulfilment(fact: $0.fact, at: $0.at, due: $0.due) }, note: nil)
            }
        }
    ]

    /// All of them, as there are few and any may get a late entry; with the visitors of the roll calls of those that are
    /// not gone through, and of the latest.
    static func retainedIDs(in estate: Estate, _ window: RetentionWindow) -> [EntryID] {
        estate.incidents.all.values.flatMap { incident in
            let isCurrent = incident.debrief == nil || incident.opened >= window.since
            return [incident.id.id] + (isCurrent ? incident.inside.map(\.id) : [])
        }
    }

    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool { true }

    /// An emergency under way is told at the handover of a shift.
    static func handoverNotes(in estate: Estate, at moment: Moment) -> [Label] {
        estate.incidents.open.map { incident in
            let title = estate.title(ofIncident: incident.kind)
            let missing = estate.people(in: estate.unaccounted(of: incident))
            let since = incident.opened.clock(on: Day(moment, in: estate.zone), in: estate.zone)
            return Label(
                "应急进行中：\(title.chinese)，\(since) 起，未见到 \(missing) 人",
                en: "under way since \(since): \(title.english), \(missing) unaccounted for")
        }
    }

    /// The incidents that began in a shift.
    static func shiftLog(in estate: Estate, from start: Moment, to end: Moment, at post: String) -> [Label] {
        estate.incidents.all.values.filter { $0.opened >= start && $0.opened <= end }.map { incident in
            let (title, since) = (
                estate.title(ofIncident: incident.kind),
                incident.opened.display(zone: estate.zone, language: .chinese).suffix(5)
            )
            let drill = incident.isDrill ? Label("（演练）", en: " (drill)") : .none
            return Label(
                "\(since) \(title.chinese)\(drill.chinese)", en: "\(since) \(title.english)\(drill.english)")
        }
    }

    /// A roll call needs the names.
    static func needsParticulars(of record: EntryID, in estate: Estate, on day: Day) -> Label? {
        estate.incidents.all.values.contains { $0.debrief == nil && $0.inside.contains(Ref(record)) }
            ? Label("所在的应急还没有复盘", en: "an incident with this visitor was not gone through yet") : nil
    }
}
