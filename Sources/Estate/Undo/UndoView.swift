import Journal

/// What each member's next undo would take back, or why it could not.
public struct UndoView: PlainView {
    public static let name = "undo"
    public static let label = Label("可撤销", en: "Next undo")

    public struct Row: Record {
        public var staff = ""
        public var name = ""
        public var entry = Ref<Page>.placeholder
        public var written = Moment.placeholder
        public var what = Label.none
        public var refused: Label?

        public init() {}

        public mutating func fields(_ visitor: inout some FieldVisitor) throws {
            try visitor.field("staff", &staff, Label("工号", en: "Number"))
            try visitor.field("name", &name, Label("姓名", en: "Name"))
            try visitor.field("entry", &entry, Label("编号", en: "Entry"))
            try visitor.field("written", &written, Label("记录时间", en: "Written"))
            try visitor.field("what", &what, Label("操作", en: "Action"))
            try visitor.field("refused", &refused, Label("不能撤销", en: "Refused"))
        }
    }

    public init() {}

    public func rows(of estate: Estate, at moment: Moment) -> [Row] {
        estate.staff.members.values.compactMap { member in
            guard let deed = try? estate.lastDeed(of: member.code, at: moment), let first = deed.entries.first else {
                return nil
            }
            var row = Row()
            (row.staff, row.name, row.entry) = (member.code, member.name, Ref(first))
            (row.written, row.what) = (deed.written, estate.label(of: deed))
            do { try estate.checkUndoing(deed, at: moment) } catch { row.refused = (error as? Refusal)?.message }
            return row
        }
    }
}
