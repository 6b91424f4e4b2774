import Journal

/// What was recorded of something, line by line: who, when, what, and whether it was taken back.
public struct HistoryView: View {
    public static let name = "history"
    public static let label = Label("历史", en: "History")
    public static let timeKey: String? = "at"
    var id: Ref<Page>?
    var unit: UnitCode?
    var staff: StaffName?

    public struct Row: Record {
        public var id = Ref<Page>.placeholder
        public var at = Moment.placeholder
        public var written = Moment.placeholder
        public var by = ""
        public var kind = ""
        public var label = Label.none
        public var what = Label.none
        public var undone: Moment?
        public var undoneBy: String?
        public var why: String?

        public init() {}

        public mutating func fields(_ visitor: inout some FieldVisitor) throws {
            try visitor.field("id", &id, Label("编号", en: "Id"))
            try visitor.field("at", &at, Label("发生", en: "At"))
            try visitor.field("written", &written, Label("记录时间", en: "Written"))
            try visitor.field("by", &by, Label("记录人", en: "By"))
            try visitor.field("kind", &kind, Label("种类", en: "Kind"))
            try visitor.field("label", &label, Label("操作", en: "Action"))
            try visitor.field("what", &what, Label("内容", en: "What"))
            try visitor.field("undone", &undone, Label("撤销时间", en: "Undone"))
            try visitor.field("undoneBy", &undoneBy, Label("撤销人", en: "Undone by"))
            try visitor.field("why", &why, Label("撤销原因", en: "Why"))
        }
    }

    public init() {}

    /// Of something by its id, or of a unit by its number; `nil` for any other text.
    public init?(of text: String) {
        if let id = EntryID(text) {
            self.id = Ref(id)
        } else if let unit = try? UnitCode(text: text, zone: .shanghai) {
            self.unit = unit
        } else {
            return nil
        }
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("id", &id, Label("编号", en: "Id"))
        try visitor.field("unit", &unit, .unit)
        try visitor.field("staff", &staff, Label("员工", en: "Staff"))
    }

    /// What people call that which it is the history of.
    public func title(in estate: Estate) -> String {
        if let unit { return unit.text }
        if let staff { return estate.staff.name(of: staff.text) }
        return id.flatMap { id in
            HistoryView.kinds.lazy.compactMap { $0.words(of: id.id, in: estate) }.first
        } ?? ""
    }

    /// The kinds of things that people ask for the history of, with names of their own.
    private static let kinds: [any Entity.Type] = [
        Request.self, FollowUp.self, Visit.self, Call.self, Bill.self, Payment.self, Shift.self, Inspection.self,
        Demand.self,
    ]

    /// The thing itself and what belongs to it: a request's return visits, a call's demands.
    public func names(in estate: Estate) throws -> [String]? {
        var names = [unit?.text].compactMap { $0 }
        if let staff { names.append(try estate.staff.named(staff.text).code) }
        if let id {
            names.append(id.id.text)
            names += estate.followUps.of(Ref(id.id)).map(\.id.id.text)
            names += estate.calls[Ref(id.id)]?.demands.map(\.id.id.text) ?? []
        }
        return names
    }

    public func rows(of estate: Estate, at moment: Moment) -> [Row] {
        estate.pages.filter { $0.at <= moment }.map { page in
            func words(_ language: Language) -> String {
                page.told(in: estate, language).map { "\($0.label) \($0.value)" }.joined(separator: " · ")
            }
            var row = Row()
            (row.id, row.at, row.written, row.kind) = (page.id, page.at, page.written, page.kind)
            (row.by, row.label) = (estate.staff.name(of: page.by), page.label)
            row.what = Label(words(.chinese), en: words(.english))
            (row.undone, row.undoneBy) = (page.undoing?.at, page.undoing.map { estate.staff.name(of: $0.by) })
            row.why = page.undoing?.why
            return row
        }
    }
}

extension Entity {
    fileprivate static func words(of id: EntryID, in estate: Estate) -> String? {
        known(Ref(id), in: estate)?.words(in: estate)
    }
}
