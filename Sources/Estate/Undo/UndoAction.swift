import Handbook
import Journal

/// Undoes the member's last action of the day, or a named one: its facts no longer count.
///
/// Policy: on the same day only, by its author or a manager, and while no later fact depends on it.
public struct UndoAction: Action {
    public static let name = "action.undo"
    public static let label = Label("撤销", en: "Undo")
    public static let roles = Set(Role.allCases)
    /// Any fact of the action.
    var entry: Ref<JournalEntry>?
    var why: String?

    public init() {}

    public init(_ action: RecordedAction) { entry = action.entries.first.map { Ref($0) } }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("entry", &entry, Label("操作", en: "Action"))
        try visitor.field("why", &why)
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        let action =
            try entry.map { try estate.action(of: $0, for: plan.by) } ?? estate.lastAction(of: plan.by, at: plan.now)
        try estate.checkUndo(of: action, at: plan.now)
        plan.record(ActionUndone(entries: action.entries.map { Ref($0) }, why: why))
    }
}

extension Estate {
    /// The action that a member's next undo takes back. Throws ``Refusal``.
    public func nextUndo(of member: String, at now: Moment) throws -> RecordedAction {
        let action = try lastAction(of: member, at: now)
        try checkUndo(of: action, at: now)
        return action
    }

    /// The member's last action of today that is not undone. Facts that the program itself recorded, such as a
    /// lock-out, do not count.
    func lastAction(of member: String, at now: Moment) throws -> RecordedAction {
        guard
            let action = undoWindow.actions.last(where: {
                $0.by == member && !$0.isUndo && isOfToday($0, at: now)
                    && entries(of: $0).contains { $0.isOfAction }
            })
        else { throw Refusal.rule("undo.nothing", "今天没有可撤销的操作", en: "you have done nothing today to take back") }
        return action
    }

    /// Whether an action was recorded today, by the order of the records where its own date is of a wrong clock: one that
    /// lies ahead, or behind another of today.
    private func isOfToday(_ action: RecordedAction, at now: Moment) -> Bool {
        let (today, day) = (Day(now, in: zone), Day(action.written, in: zone))
        return day >= today || undoWindow.hasLine(on: today, before: action.indices.lowerBound, in: zone)
    }

    fileprivate func action(of entry: Ref<JournalEntry>, for member: String) throws -> RecordedAction {
        if undone.holds(entry.id) { throw Refusal.rule("undo.done", "这个操作已经撤销", en: "this was undone already") }
        guard let action = undoWindow.actions.last(where: { $0.entries.contains(entry.id) }) else {
            throw Refusal.rule(
                "undo.notToday", "只能撤销当天的操作；今天没有 \(entry.id)", en: "only today's actions: there is no \(entry.id)")
        }
        if action.by != member, staff.members[member]?.role != .manager {
            throw Refusal.rule(
                "undo.notYours", "这是\(staff.name(of: action.by))的操作，只能由本人或经理撤销",
                en: "\(staff.name(of: action.by)) did this: only they or a manager may take it back")
        }
        return action
    }

    func checkUndo(of action: RecordedAction, at now: Moment) throws {
        if !isOfToday(action, at: now) {
            throw Refusal.rule("undo.notToday", "只能撤销当天的操作", en: "only today's actions can be undone")
        }
        var affected = Set(action.entries.map(\.text))
        for entry in entries(of: action) {
            guard let ids = entry.fact?.affectedIDs(in: self) else {
                throw Refusal.rule(
                    "undo.never", "“\(entry.label.chinese)”不能撤销，请另记一笔更正（如作废）",
                    en: "“\(entry.label.english)” cannot be undone: record what corrects it")
            }
            affected.formUnion(ids)
        }
        let doubled = Set(nodes.conflicts.filter { !$0.reason.counts }.map(\.id.id))
        var dependent: JournalEntry?
        undoWindow.forEach { index, line in
            if dependent == nil, index >= action.indices.upperBound, !line.isOf(kind: ActionUndone.kind),
                !doubled.contains(line.id),
                affected.contains(where: line.names)
            {
                dependent = JournalEntry(line, zone, ring)
            }
        }
        guard let dependent else { return }
        let time = dependent.written.display(zone: zone, language: .chinese).suffix(5)
        let who = staff.name(of: dependent.by)
        guard dependent.fact?.affectedIDs(in: self) != nil else {
            throw Refusal.rule(
                "undo.used", "不能撤销：\(time) \(who)的“\(dependent.label.chinese)”以它为前提，请另记一笔更正",
                en: "“\(dependent.label.english)” of \(time) by \(who) builds on this: record what corrects it")
        }
        throw Refusal.rule(
            "undo.used", "不能撤销：\(time) \(who)的“\(dependent.label.chinese)”以它为前提，须先撤销那一项",
            en: "“\(dependent.label.english)” of \(time) by \(who) builds on this: take that back first")
    }

    func entries(of action: RecordedAction) -> [JournalEntry] {
        var entries: [JournalEntry] = []
        undoWindow.forEach(in: action.indices) { _, line in entries.append(JournalEntry(line, zone, ring)) }
        return entries
    }

    /// The ids of the entities that an action created or changed.
    public func affectedIDs(of action: RecordedAction) -> [String] {
        entries(of: action).flatMap { [$0.id.id.text] + ($0.fact?.affectedIDs(in: self) ?? []) }
    }

    /// An action in a few words: `来访登记 · 张三 · 3-2-501`.
    public func label(of action: RecordedAction) -> Label {
        let entries = entries(of: action)
        guard let first = entries.first else { return .none }
        func words(_ language: Language) -> String {
            let values = [first.label[language]] + first.values(in: self, language, for: nil).prefix(3).map(\.phrase)
            let more =
                entries.count > 1 ? [Label("等 \(entries.count) 条", en: "\(entries.count) records")[language]] : []
            return (values + more).joined(separator: " · ")
        }
        return Label(words(.chinese), en: words(.english))
    }
}
