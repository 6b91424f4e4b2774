import Handbook
import Journal

private let incidentRoles: Set<Role> = [.guard, .operator, .supervisor]

extension Label {
    fileprivate static let opening = Label("应急开始", en: "the incident began")
}

/// An emergency or a drill begins (7.10). The visitors who are inside are kept for the roll call.
public struct OpenIncident: ActionFact {
    public static let name = "incident.open"
    static let kind: StaticString = "incident.opened"
    static var merging: Merging<Self> { .grows }
    public static let label = Label("开始应急", en: "Open an incident")
    public static let roles = incidentRoles
    /// A person has to say whether it is a drill.
    public static let leading = ["kind", "drill"]
    var kind = Word<IncidentKinds>.placeholder
    var drill: Bool?
    var inside: [Ref<Visit>] = []

    public init() {}

    public init(kind: String, isDrill: Bool) { (self.kind, drill) = (Word(kind), isDrill) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("kind", &kind, Label("情况", en: "Kind"))
        try visitor.field("drill", &drill, .drill)
        try visitor.derived("inside", &inside)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        if let known = estate.handbook.incidents.kind(named: kind.text) {
            kind = Word(known)
        } else {
            plan.warn("incident.card")
        }
        drill = drill ?? false
        inside = estate.gate.inside.compactMap { estate.gate.visits[$0] }.filter { $0.arrived <= plan.at }.map(\.id)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.incidents.add(
            Incident(
                id: Ref(metadata.id), kind: kind.text, isDrill: drill ?? false, opened: metadata.at, by: metadata.by,
                inside: inside))
    }
}

/// A step of the card was done, or something else was. A step that is repeated or out of order is kept and flagged.
public struct StepIncident: ActionFact {
    public static let name = "incident.step"
    static let kind: StaticString = "incident.stepped"
    static var merging: Merging<Self> { .grows { fact, estate in estate.incidents.all.holds(fact.incident) } }
    public static let label = Label("应急步骤", en: "A step of an incident")
    public static let roles = incidentRoles
    var incident = Ref<Incident>.placeholder
    var step = Word<IncidentSteps>.placeholder
    /// The card's words at the time; `nil` for one's own.
    var text: String?

    public init() {}

    public init(incident: Ref<Incident>, step: String) { (self.incident, self.step) = (incident, Word(step)) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("incident", &incident, .incident)
        try visitor.field("step", &step, Label("步骤（序号或说明）", en: "Step (number or words)"))
        try visitor.derived("text", &text)
    }

    var subject: EntryID? { incident.id }

    /// The steps of the card that are not done yet.
    public static func candidates(for key: String, with values: [String: String], in estate: Estate) -> [Candidate] {
        guard key == "step", let id = EntryID(values["incident"] ?? ""), let known = estate.incidents[Ref(id)],
            let card = estate.handbook.incidents[known.kind]
        else { return [] }
        return card.steps.enumerated().filter { known.done($0.offset + 1) == nil }.map {
            Candidate("\($0.offset + 1)", detail: $0.element)
        }
    }

    /// The number of the step; `nil` for one's own words.
    private var number: Int? {
        let typed = step.text.halfwidth
        return typed.allSatisfy { $0.isASCII && $0.isNumber } ? Int(typed) : nil
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.incidents.known(incident)
        try plan.refuse(before: known.opened, .opening)
        if let closing = known.closing, plan.at > closing.at {
            throw Refusal.rule(
                "incident.closed", "这次应急已经结束，只能补记结束以前的步骤", en: "it is over: only what was done before can be added")
        }
        guard let number else { return }
        step = Word("\(number)")
        let steps = estate.handbook.incidents[known.kind]?.steps ?? []
        text = steps.indices.contains(number - 1) ? steps[number - 1] : nil
        if text == nil { plan.warn("incident.unlisted") }
        if known.done(number) != nil {
            plan.warn("incident.repeated")
        } else if number > 1, (1..<number).contains(where: { known.done($0) == nil }) {
            plan.warn("incident.order")
        }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        let words = text ?? number.map { "第 \($0) 步" } ?? step.text
        estate.incidents.change(incident) {
            $0.steps.append(.init(number: number, text: words, at: metadata.at, by: metadata.by))
        }
    }
}

/// Somebody was told of the incident. Also after its end: the report to the authorities.
public struct TellIncident: ActionFact {
    public static let name = "incident.told"
    static let kind: StaticString = "incident.told"
    static var merging: Merging<Self> { .grows { fact, estate in estate.incidents.all.holds(fact.incident) } }
    public static let label = Label("应急告知", en: "Somebody was told")
    public static let roles = incidentRoles
    var incident = Ref<Incident>.placeholder
    /// As it was typed.
    var told = Informed.placeholder
    /// A member, a contact of the handbook, or a number such as 119.
    var who: Informed?
    /// Anybody else.
    var person = Particular<String?>(nil)

    public init() {}

    public init(incident: Ref<Incident>, who: String) { (self.incident, told) = (incident, Informed(who)) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("incident", &incident, .incident)
        try visitor.asked("who", &told, .told)
        try visitor.derived("who", &who, .told)
        try visitor.derivedParticular("person", &person, .told)
    }

    var subject: EntryID? { incident.id }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        try plan.refuse(before: try estate.incidents.known(incident).opened, .opening)
        if let known = told.known(in: estate) { who = known } else { person = Particular(told.text) }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.incidents.change(incident) {
            $0.told.append(.init(who: who?.text, person: person, at: metadata.at, by: metadata.by))
        }
    }
}

/// The roll call: a visitor was seen, safe. Also after the end, of who was missing then.
public struct SeeVisitor: ActionFact {
    public static let name = "incident.seen"
    static let kind: StaticString = "incident.seen"
    static var merging: Merging<Self> { .grows { fact, estate in estate.incidents.all.holds(fact.incident) } }
    public static let label = Label("点名见到", en: "Roll call: seen")
    public static let roles = incidentRoles
    var incident = Ref<Incident>.placeholder
    var visit = Ref<Visit>.placeholder

    public init() {}

    public init(incident: Ref<Incident>, visit: Ref<Visit>) { (self.incident, self.visit) = (incident, visit) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("incident", &incident, .incident)
        try visitor.field("visit", &visit)
    }

    var subject: EntryID? { incident.id }
    func affectedIDs(in estate: Estate) -> [String]? { [incident.id.text, visit.id.text] }

    /// Those who are unaccounted for.
    public static func candidates(for key: String, with values: [String: String], in estate: Estate) -> [Candidate] {
        guard key == "visit", let id = EntryID(values["incident"] ?? ""), let known = estate.incidents[Ref(id)] else {
            return []
        }
        return estate.unaccounted(of: known).compactMap { estate.gate.visits[$0] }.map {
            Candidate($0.id.id.text, text: $0.name, detail: "\($0.hostName) \($0.purpose)")
        }
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.incidents.known(incident)
        guard let visitor = estate.gate.visits[visit] else { throw visit.unknown.about("visit") }
        if !known.inside.contains(visit), !visitor.isInside {
            throw Refusal(
                .rule, "incident.visit", "\(visitor.name) 当时不在场，不在点名名单里",
                en: "\(visitor.name) was not inside: not on the roll", field: "visit")
        }
        try plan.refuse(before: known.opened, .opening)
        if known.sighting(of: visit) != nil { plan.warn("incident.repeated") }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.incidents.change(incident) {
            $0.sightings.append(.init(visit: visit, at: metadata.at, by: metadata.by))
        }
    }
}

/// The incident is over. Who is unaccounted for then stays on the list.
public struct CloseIncident: ActionFact {
    public static let name = "incident.close"
    static let kind: StaticString = "incident.closed"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.incidents.all.value(of: fact.incident) {
                $0.isOpen ? nil : .doubled(Label("这次应急已经结束", en: "it was over already"))
            } ?? .unknown
        }
    }
    public static let label = Label("结束应急", en: "Close an incident")
    public static let roles = incidentRoles
    var incident = Ref<Incident>.placeholder
    var note = ""
    var missing: [Ref<Visit>] = []

    public init() {}

    public init(incident: Ref<Incident>, note: String) { (self.incident, self.note) = (incident, note) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("incident", &incident, .incident)
        try visitor.field("note", &note, .incidentNote)
        try visitor.derived("missing", &missing)
    }

    var subject: EntryID? { incident.id }

    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let known = estate.incidents[incident], known.isOpen else { return nil }
        let missing = estate.unaccounted(of: known)
        if missing.isEmpty { return nil }
        let people = estate.people(in: missing)
        let names = missing.compactMap { estate.gate.visits[$0]?.words(in: estate) }
        return Confirmation(
            Label("还有 \(people) 人没有见到，就此结束？", en: "\(people) visitors are unaccounted for: close it?"),
            [.fact(.unaccounted, names.joined(separator: "、"))], yes: Label("结束", en: "close"))
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.incidents.known(incident)
        if !known.isOpen { throw Refusal.rule("incident.closed", "这次应急已经结束", en: "this incident is over") }
        try plan.refuse(before: known.opened, .opening)
        missing = estate.unaccounted(of: known)
        if !missing.isEmpty { plan.warn("incident.unaccounted") }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.incidents.change(incident) {
            $0.closing = .init(note: note, missing: missing, at: metadata.at, by: metadata.by)
        }
    }
}
