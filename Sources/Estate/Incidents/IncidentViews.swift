import Journal

/// The incidents: emergencies and drills.
public struct IncidentsView: PlainView {
    public static let name = "incidents"
    public static let label = Label("应急", en: "Incidents")
    public static let changesWithTime = false
    public static let timeKey: String? = "opened"

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("kind", Label("情况", en: "Kind")) { IncidentKind($0.kind) }
        Column("drill", .drill) { $0.isDrill }
        Column("opened", Label("开始", en: "Opened")) { $0.opened }
        Column("state") { $0.state }
        Column("steps", Label("步骤", en: "Steps")) { $0.doneCount }
        Column("told", .told) { $0.told }
        Column("inside", Label("点名", en: "On the roll")) { $0.inside.count }
        Column("unaccounted", .unaccounted) { $0.unaccounted }
        Column("closed", Label("结束", en: "Closed")) { $0.closing?.at }
        Column("note", .incidentNote) { $0.closing?.note }
        Column("due", Label("复盘期限", en: "Debrief due")) { $0.due }
        Column("debriefed", Label("复盘", en: "Debrief")) { $0.debrief?.at }
        Column("by", Label("发起人", en: "By")) { $0.estate.staff.name(of: $0.by) }
    }

    public init() {}

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool {
        filters["closed"] == ""
            || [IncidentState.open, .closed].contains { $0.rawValue == filters["state"] }
            || window.covers(from: filters)
    }

    public func subjects(in context: ViewContext) -> EntityTable<Incident>.Values {
        context.estate.incidents.all.values
    }
}

extension ViewRow<IncidentsView> {
    /// The names of those who were told, in order, each once.
    public var told: [String] {
        var seen: Set<String> = []
        return subject.told.map(estate.name).filter { seen.insert($0).inserted }
    }
    public var unaccounted: [Ref<Visit>] { estate.unaccounted(of: subject) }
    public var due: Day? { estate.debriefDue(of: subject) }
}

/// The kind of an incident, in English where its card has an English name.
struct IncidentKind: TextValue {
    let text: String

    init(_ text: String) { self.text = text }

    static var type: FieldType { .text }

    func words(in estate: Estate, _ language: Language) -> String { estate.title(ofIncident: text)[language] }
}

extension Estate {
    /// The name of a kind of incident in both languages.
    public func title(ofIncident kind: String) -> Label {
        Label(kind, en: handbook.incidents[kind]?.english ?? kind)
    }
}
