import Journal

/// The action that each member's next undo takes back, or why it cannot.
public struct UndoView: PlainView {
    public static let name = "undo"
    public static let label = Label("可撤销", en: "Next undo")

    public struct Subject: Sendable {
        let member: StaffMember
        let action: RecordedAction
        public let entry: Ref<JournalEntry>

        public var staff: String { member.code }
    }

    public static var columns: [ViewColumn<Self>] {
        Column("staff") { $0.staff }
        Column("name") { $0.member.name }
        Column("entry", Label("编号", en: "Entry")) { $0.entry }
        Column("written") { $0.action.written }
        Column("what", Label("操作", en: "Action")) { $0.isHidden ? nil : $0.what }
        Column("refused", Label("不能撤销", en: "Refused")) { $0.isHidden ? nil : $0.refused }
    }

    public init() {}

    public func subjects(in context: ViewContext) -> [Subject] {
        context.estate.staff.members.values.compactMap { member in
            guard let action = try? context.estate.lastAction(of: member.code, at: context.moment),
                let first = action.entries.first
            else { return nil }
            return Subject(member: member, action: action, entry: Ref(first))
        }
    }
}

extension ViewRow<UndoView> {
    /// Whether the action tells of what the reader must not see.
    var isHidden: Bool { estate.entries(of: subject.action).contains { $0.isHidden(from: context.reader) } }

    var what: Label { estate.label(of: subject.action) }

    var refused: Label? {
        do { try estate.checkUndo(of: subject.action, at: context.moment) } catch {
            return (error as? Refusal)?.message
        }
        return nil
    }
}
