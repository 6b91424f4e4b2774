import Journal

/// The incident was gone through (复盘): what went well, what is to be done better.
public struct DebriefIncident: ActionFact {
    public static let name = "incident.debrief"
    static let kind: StaticString = "incident.debriefed"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.incidents.all.value(of: fact.incident) {
                $0.debrief == nil ? nil : .doubled(Label("这次应急已经复盘", en: "it had been gone through"))
            } ?? .unknown
        }
    }
    public static let label = Label("应急复盘", en: "Debrief of an incident")
    public static let roles: Set<Role> = [.supervisor]
    var incident = Ref<Incident>.placeholder
    var note = ""
    /// Until when it was due, by the handbook of the time.
    var due: Day?

    public init() {}

    public init(incident: Ref<Incident>, note: String) { (self.incident, self.note) = (incident, note) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("incident", &incident, .incident)
        try visitor.field("note", &note, Label("复盘结论", en: "What was learned"))
        try visitor.derived("due", &due)
    }

    var subject: EntryID? { incident.id }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.incidents.known(incident)
        guard let closing = known.closing else {
            throw Refusal.rule("incident.open", "这次应急还没有结束，先结束再复盘", en: "it is not over yet")
        }
        if known.debrief != nil {
            throw Refusal.rule("incident.debriefed", "这次应急已经复盘", en: "it was gone through already")
        }
        try plan.refuse(before: closing.at, Label("应急结束", en: "the incident ended"))
        due = estate.debriefDue(of: known)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.incidents.change(incident) {
            $0.debrief = .init(fact: Ref(metadata.id), note: note, due: due, at: metadata.at, by: metadata.by)
        }
    }
}
