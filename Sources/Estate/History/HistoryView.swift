import Journal

/// The journal entries about an entity, a unit or a staff member: time, author, content, and whether it was undone.
public struct HistoryView: View {
    public static let name = "history"
    public static let label = Label("历史", en: "History")
    public static let timeKey: String? = "at"
    var id: Ref<JournalEntry>?
    var unit: Location?
    var staff: StaffName?

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("at", Label("发生", en: "At")) { $0.at }
        Column("written") { $0.written }
        Column("by", Label("记录人", en: "By")) { $0.estate.staff.name(of: $0.by) }
        Column("kind", Label("种类", en: "Kind")) { $0.kind }
        Column("label", Label("操作", en: "Action")) { $0.label }
        Column("what", Label("内容", en: "What")) { $0.what }
        Column("undone", Label("撤销时间", en: "Undone")) { $0.undo?.at }
        Column("undoneBy", Label("撤销人", en: "Undone by")) { row in row.undo.map { row.estate.staff.name(of: $0.by) } }
        Column("why", Label("撤销原因", en: "Why")) { $0.undo?.why }
    }

    public init() {}

    /// The history of an entity by its id, or of a unit by its code, or of a place; `nil` for any other text.
    public init?(of text: String) {
        if let id = EntryID(text) {
            self.id = Ref(id)
        } else if let unit = try? Location(text: text, zone: .shanghai) {
            self.unit = unit
        } else {
            return nil
        }
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("id", &id)
        try visitor.field("unit", &unit)
        try visitor.field("staff", &staff, Label("员工", en: "Staff"))
    }

    /// The name that people have for the subject of the history.
    public func title(in estate: Estate) -> String {
        if let unit { return unit.code.text }
        if let staff { return estate.staff.name(of: staff.text) }
        return id.flatMap { id in Estate.entities.lazy.compactMap { $0.words(of: id.id, in: estate) }.first } ?? ""
    }

    public func entryNames(in estate: Estate) throws -> [String]? {
        var names = unit.map { estate.people.codes(of: $0.code).map(\.text) } ?? []
        if let staff { names.append(try estate.staff.named(staff.text).code) }
        if let id {
            names.append(id.id.text)
            names += Estate.features.flatMap { $0.relatedIDs(of: id.id, in: estate) }.map(\.text)
        }
        return names
    }

    public func subjects(in context: ViewContext) -> [JournalEntry] {
        context.entries.filter { $0.at <= context.moment && !$0.isHidden(from: context.reader) }
    }
}

extension ViewRow<HistoryView> {
    var what: Label {
        func words(_ language: Language) -> String {
            subject.values(in: estate, language, for: context.reader).map { "\($0.label) \($0.value)" }.joined(
                separator: " · ")
        }
        return Label(words(.chinese), en: words(.english))
    }
}

extension Entity {
    fileprivate static func words(of id: EntryID, in estate: Estate) -> String? {
        known(Ref(id), in: estate)?.words(in: estate)
    }
}
