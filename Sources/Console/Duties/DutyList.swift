import Estate
import Screen

/// The duties that come again at fixed times: what waits first, then what is to come, then the past.
struct DutyList: ViewSource {
    typealias Shown = DutiesView
    static let name = "duties"
    static let label = DutiesView.label
    static let creates: (any Action.Type)? = nil
    static let refreshPolicy = RefreshPolicy.always
    static func parts(of estate: Estate) -> [Int] { listed.flatMap { $0.parts(estate) } + [estate.$staff] }
    /// Without those that stand in lists of their own.
    private static let listed = Estate.duties.filter(\.isListed)
    static let granularity = ClockGranularity.day
    static func empty(_ context: Context) -> Label { Label("还没有定期工作", en: "there are no duties yet") }

    static let commands: [Command] = [
        rowCommand(
            "duties.do", Label("去办", en: "Do"), doc: Label("填写完成这项工作的表单", en: "the form that fulfils it"),
            keys: [.enter], priority: 9,
            disabledReason: { row, context in
                if row.done != nil { return Label("已完成", en: "it is done") }
                let role = row.rule.role.label
                return context.disabledReason(row.rule.action) == nil
                    ? nil : Label("由\(role.chinese)办理", en: "for the \(role.english)")
            }, run: { row, context in form(row, context) })
    ]

    private static func form(_ row: Row, _ context: Context) -> Intent {
        let values = row.rule.prefill(row.subject, context.estate)
        // The title names the duty that is done by a word. Its id is not asked for: people read no ids.
        if row.rule.isTicked {
            let (label, about) = (row.rule.label, row.subject.subject ?? "")
            return .fill(
                FormRequest(
                    action: row.rule.action, fixed: values,
                    title: Label("完成 · \(label.chinese) \(about)", en: "Done · \(label.english) \(about)")))
        }
        // The title also names the record that a duty is about.
        let records = row.rule.action.description.filter { if case .reference = $0.type { true } else { false } }
        let fixed = values.filter { value in records.contains { $0.key == value.key } }
        let (label, about) = (row.rule.action.label, row.subject.subject ?? "")
        return .fill(
            FormRequest(
                action: row.rule.action, prefill: values.filter { fixed[$0.key] == nil }, fixed: fixed,
                title: fixed.isEmpty
                    ? nil : Label("\(label.chinese) · \(about)", en: "\(label.english) · \(about)")))
    }

    /// From anywhere to what waits: its form, or the list if several wait.
    static let waiting = Command(
        "duties.waiting", Label("待办", en: "Due"),
        doc: Label("到期的定期工作：一件的直接填表，几件的列出", en: "what is due: its form, or the list of several"),
        keys: [.insert, .character("d")], priority: 0,
        disabledReason: { session, context in
            waiting(session, context).isEmpty
                ? Label("没有到期的定期工作", en: "no duty is due") : nil
        },
        run: { session, context in
            let waiting = waiting(session, context)
            return waiting.count == 1 ? form(Row(waiting[0], in: context.view), context) : .focus(name)
        })

    private static func waiting(_ session: Session, _ context: Context) -> [Duty] {
        (session.pane(ListPane<DutyList>.self)?.tally ?? []).filter { isTold($0, context) }
    }

    /// Whether the member may do it, and is told of it.
    private static func isTold(_ duty: Duty, _ context: Context) -> Bool {
        guard let role = context.member?.role, context.disabledReason(duty.rule.action) == nil else { return false }
        return duty.rule.tells?.contains(role) ?? true
    }

    static let columns: [ListColumn<Row>] = [
        ListColumn("due", Label("期限", en: "Due"), .fixed("", 10, priority: 9)) { $0.due },
        ListColumn("duty", Label("工作", en: "Duty"), Column("", min: 8, ideal: 18, priority: 8)) {
            Pinyin.spelled($0.rule.label.chinese)
        },
        ListColumn("subject", Label("事项", en: "About"), .filling("", min: 8, ideal: 30, priority: 6)) {
            $0.subject.subject ?? ""
        },
        ListColumn("state", Label("状态", en: "State"), .fixed("", 10, priority: 8)) { $0.state.rawValue },
        ListColumn("role", Label("负责", en: "Role"), .fixed("", 8, priority: 4)) { $0.rule.role.rawValue },
        ListColumn("note", Label("说明", en: "Note"), .filling("", min: 8, priority: 3)) { $0.note?.chinese ?? "" },
    ]

    static func rows(_ context: Context) -> [Row] {
        let rows = DutiesView.subjects(of: listed, in: context.view).map { Row($0, in: context.view) }
        let (waiting, coming) = (own(rows.filter(\.isWaiting), context), rows.filter(\.isComing))
        return waiting + coming + rows.filter { $0.done != nil || $0.state == .missed }.reversed()
    }

    /// Those of the member's own role first.
    private static func own(_ rows: [Row], _ context: Context) -> [Row] {
        rows.filter { $0.rule.role == context.member?.role } + rows.filter { $0.rule.role != context.member?.role }
    }

    static func id(_ row: Row) -> String { row.id }
    static func stage(_ row: Row) -> Bool { row.done != nil }
    static func subject(_ row: Row) -> String? { row.done?.fact.id.text }
    static func words(_ row: Row) -> [String] {
        [
            row.rule.label.chinese, row.subject.subject ?? "", row.due.text, row.rule.role.label.chinese,
            row.state.label.chinese,
        ]
    }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let style: Style =
            switch row.state {
            case .open: row.isWaiting ? .warning : .muted
            case .done: .good
            case .late: row.done == nil ? .danger : .warning
            case .missed: .danger
            }
        return [
            Line(row.due.text, .strong), Line(context(row.rule.label)), Line(row.subject.subject ?? ""),
            Line(context(label(row)), style),
            Line(context(row.rule.role.label), .muted), Line(context(note(row, context)), .muted),
        ]
    }

    /// What was done late is not late any more.
    private static func label(_ row: Row) -> Label {
        switch (row.state, row.done) {
        case (.late, _?): Label("逾期完成", en: "done late")
        case (.missed, _?): Label("漏办补做", en: "made up")
        default: row.state.label
        }
    }

    /// When it was done, else why its day is another than usual.
    private static func note(_ row: Row, _ context: Context) -> Label {
        guard let done = row.done else { return row.note ?? .none }
        let day = Day(done.at, in: context.estate.zone).short
        return Label("\(day) 完成", en: "done \(day)")
    }

    /// What waits.
    static func tally(_ rows: [Row], _ context: Context) -> [Duty] { rows.filter(\.isWaiting).map(\.subject) }
    static func tally(filtered rows: [Row], of all: [Duty], _ context: Context) -> [Duty] { all }
    static func summary(_ tally: [Duty], _ glyphs: Glyphs, _ context: Context) -> [Span] {
        if tally.isEmpty { return [] }
        let (today, sunday) = (context.today, Week(context.today).sunday)
        // Those of the member's own role; of the others only how many there are.
        let own = tally.filter { $0.rule.role == context.member?.role }
        let others = tally.count - own.count
        let parts: [(Label, Int, Style)] = [
            (Label("逾期", en: "late"), own.count { $0.due < today }, .danger),
            (Label("今天", en: "today"), own.count { $0.due == today }, .warning),
            (Label("本周", en: "this week"), own.count { today < $0.due && $0.due <= sunday }, .text),
            (Label("其他岗位", en: "of others"), others, .muted),
        ]
        let words = parts.filter { $0.1 > 0 }.map {
            Span(context(Label(" \($0.0.chinese) \($0.1)", en: " \($0.1) \($0.0.english)")), $0.2)
        }
        return [Span(context(Label(" 待办 \(own.count)", en: " \(own.count) waiting")), .warning)] + words
    }

    /// `财务对账 11-05 Insert`, in red `财务对账 迟 3 天 Insert`. The key stands once, at the first, which is shown longest.
    static func badges(_ tally: [Duty]?, _ context: Context) -> [Badge] {
        let key = context.keys.key(of: waiting.name)
        // Of each kind the most urgent.
        var kinds: Set<String> = []
        let told = (tally ?? []).filter { isTold($0, context) && kinds.insert($0.rule.kind).inserted }
        let shown = told.prefix(2).sorted { $0.due < $1.due }
        return shown.map { duty in
            let days = context.today.days(since: duty.due)
            let when =
                switch days {
                case ..<0: Label(duty.due.short, en: duty.due.short)
                case 0: Label("今天", en: "today")
                default: Label("迟 \(days) 天", en: "\(days) d late")
                }
            return Badge(
                line: [
                    Span("\(context(duty.rule.label)) ", .muted),
                    Span(context(when), days > 0 ? .danger : days == 0 ? .warning : .info),
                    Span(duty.id == shown.first?.id ? " \(key)" : "", .faint),
                ], priority: days > 0 ? 6 : 4)
        }
    }

    static func detail(_ row: Row, _ context: Context) -> [Line] { row.detailLines(context, without: ["id", "fact"]) }
}
