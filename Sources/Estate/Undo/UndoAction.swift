import Handbook
import Journal

/// The last own action of the day is taken back, or one that is named: it counts for nothing from now on.
///
/// Policy: on the same day only, by who did it or a manager, and while nothing builds on it.
public struct UndoAction: Action {
    public static let name = "action.undo"
    public static let label = Label("撤销", en: "Undo")
    public static let roles = Set(Role.allCases)
    /// Any fact of the action.
    var entry: Ref<Page>?
    var why: String?

    public init() {}

    public init(_ deed: Deed) { entry = deed.entries.first.map { Ref($0) } }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("entry", &entry, Label("操作", en: "Action"))
        try visitor.field("why", &why, Label("原因", en: "Why"))
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        let deed = try entry.map { try estate.deed(of: $0, for: plan.by) } ?? estate.lastDeed(of: plan.by, at: plan.now)
        try estate.checkUndoing(deed, at: plan.now)
        plan.record(ActionUndone(entries: deed.entries.map { Ref($0) }, why: why))
    }
}

extension Estate {
    /// What a member would take back next. Throws ``Refusal``.
    public func nextUndo(of member: String, at now: Moment) throws -> Deed {
        let deed = try lastDeed(of: member, at: now)
        try checkUndoing(deed, at: now)
        return deed
    }

    /// The last thing that a member did today and has not taken back; that somebody was locked out nobody did.
    func lastDeed(of member: String, at now: Moment) throws -> Deed {
        guard
            let deed = daybook.deeds.last(where: {
                $0.by == member && !$0.isUndoing && Day($0.written, in: zone) == Day(now, in: zone)
                    && pages(of: $0).contains { $0.isOfAction }
            })
        else { throw Refusal.rule("undo.nothing", "今天没有可撤销的操作", en: "you have done nothing today to take back") }
        return deed
    }

    fileprivate func deed(of entry: Ref<Page>, for member: String) throws -> Deed {
        if undone.holds(entry.id) { throw Refusal.rule("undo.done", "这个操作已经撤销", en: "this was taken back already") }
        guard let deed = daybook.deeds.last(where: { $0.entries.contains(entry.id) }) else {
            throw Refusal.rule(
                "undo.notToday", "只能撤销当天的操作；今天没有 \(entry.id)", en: "only today's actions: there is no \(entry.id)")
        }
        if deed.by != member, staff.members[member]?.role != .manager {
            throw Refusal.rule(
                "undo.notYours", "这是\(staff.name(of: deed.by))的操作，只能由本人或经理撤销",
                en: "\(staff.name(of: deed.by)) did this: only they or a manager may take it back")
        }
        return deed
    }

    func checkUndoing(_ deed: Deed, at now: Moment) throws {
        if Day(deed.written, in: zone) != Day(now, in: zone) {
            throw Refusal.rule("undo.notToday", "只能撤销当天的操作", en: "only today's actions can be taken back")
        }
        var touched = Set(deed.entries.map(\.text))
        for page in pages(of: deed) {
            guard let names = page.fact?.touches(in: self) else {
                throw Refusal.rule(
                    "undo.never", "“\(page.label.chinese)”不能撤销，请另记一笔更正（如作废）",
                    en: "“\(page.label.english)” cannot be taken back: record what corrects it")
            }
            touched.formUnion(names)
        }
        var use: Page?
        daybook.forEach { place, line in
            if use == nil, place >= deed.places.upperBound, !line.isOf(kind: ActionUndone.kind),
                touched.contains(where: line.names)
            {
                use = Page(line, zone)
            }
        }
        guard let use else { return }
        let (time, who) = (use.written.display(zone: zone, language: .chinese).suffix(5), staff.name(of: use.by))
        throw Refusal.rule(
            "undo.used", "不能撤销：\(time) \(who)的“\(use.label.chinese)”以它为前提，须先撤销那一项",
            en: "“\(use.label.english)” of \(time) by \(who) builds on this: take that back first")
    }

    func pages(of deed: Deed) -> [Page] {
        var pages: [Page] = []
        daybook.forEach(in: deed.places) { _, line in pages.append(Page(line, zone)) }
        return pages
    }

    /// What a deed was, in a few words: `来访登记 · 张三 · 3-2-501`.
    public func label(of deed: Deed) -> Label {
        let pages = pages(of: deed)
        guard let first = pages.first else { return .none }
        func words(_ language: Language) -> String {
            let told = [first.label[language]] + first.told(in: self, language).prefix(3).map(\.value)
            let more = pages.count > 1 ? [Label("等 \(pages.count) 条", en: "\(pages.count) records")[language]] : []
            return (told + more).joined(separator: " · ")
        }
        return Label(words(.chinese), en: words(.english))
    }
}
