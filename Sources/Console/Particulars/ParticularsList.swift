import Estate
import struct Journal.EntryID
import Screen

/// What is kept about persons, by class and month: what is due first. Enter ends all that is due, once the manager agrees.
struct ParticularsList: ViewSource {
    typealias Shown = ParticularsView
    static let name = "particulars"
    static let label = ParticularsView.label
    static let creates: (any Action.Type)? = nil
    static let refreshPolicy = RefreshPolicy.inSight
    static let granularity = ClockGranularity.day
    static func empty(_ context: Context) -> Label { Label("还没有个人信息", en: "nothing is kept") }

    static let commands: [Command] = [
        rowCommand(
            "particulars.expire", Label("删除到期的", en: "End what is due"),
            doc: Label("列出全部到期的，同意后销毁密钥", en: "lists all that is due; once agreed, its keys are destroyed"),
            keys: [.enter], priority: 9, action: ExpireParticulars.self,
            disabledReason: { row, _ in
                switch row.state {
                case .due: nil
                case .kept: Label("还没有到期", en: "not due yet")
                case .held: Label("留存或还要用，不能删除", en: "held, or still needed")
                case .ended: Label("已经删除", en: "ended already")
                }
            },
            run: { _, _ in .perform(ExpireParticulars(), done: Label("到期的个人信息已删除", en: "what was due has ended")) })
    ]

    static let columns: [ListColumn<Row>] = [
        ListColumn("class", Label("类别", en: "Class"), Column("", min: 8, ideal: 16, priority: 9)) {
            Pinyin.spelled($0.className.chinese)
        },
        ListColumn("period", Label("月份", en: "Month"), .fixed("", 8, priority: 9)) { $0.period.text },
        ListColumn("records", Label("条数", en: "Records"), .fixed("", 7, alignment: .right, priority: 7)) { $0.records },
        ListColumn("state", Label("状态", en: "State"), Column("", min: 8, ideal: 10, priority: 8)) { $0.state.rawValue },
        ListColumn("held", Label("留存", en: "Held"), .fixed("", 6, alignment: .right, priority: 4)) { $0.held },
        ListColumn("ended", Label("已删除", en: "Ended"), .fixed("", 7, alignment: .right, priority: 5)) { $0.ended },
        ListColumn("due", Label("保存至", en: "Kept through"), .filling("", min: 10, priority: 6)) { $0.due?.text ?? "" },
    ]

    static func rows(_ context: Context) -> [Row] {
        let rows = ParticularsView().subjects(in: context.view).map { Row($0, in: context.view) }
        return rows.filter { $0.state == .due } + rows.filter { $0.state != .due }
    }

    static func id(_ row: Row) -> String { "\(row.subject.kind) \(row.period.text)" }
    static func subject(_ row: Row) -> String? { nil }
    static func words(_ row: Row) -> [String] { [row.className.chinese, row.period.text, row.state.label.chinese] }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let style: Style =
            switch row.state {
            case .due: .warning
            case .held: .info
            case .kept: .text
            case .ended: .muted
            }
        return [
            Line(context(row.className), row.state == .ended ? .muted : .strong), Line(row.period.text),
            Line("\(row.records)"), Line(context(row.state.label), style), Line(row.held > 0 ? "\(row.held)" : ""),
            Line(row.ended > 0 ? "\(row.ended)" : "", .muted), Line(row.due?.text ?? "—", .muted),
        ]
    }

    /// The months that are due.
    static func tally(_ rows: [Row], _ context: Context) -> Int { rows.count { $0.state == .due } }

    static func summary(_ due: Int, _ glyphs: Glyphs, _ context: Context) -> [Span] {
        due == 0 ? [] : [Span(context(Label("到期 \(due)", en: "due \(due)")), .warning)]
    }

    static func detail(_ row: Row, _ context: Context) -> [Line] { row.detailLines(context) }
}

/// What a person may ask of what is kept about them: the record that is selected in any list.
extension Command {
    static let eraseParticulars = particulars(
        EraseParticulars.self, Label("本人要求删除选中记录的个人信息：写明原因，问过再删", en: "of the selected record, on request: asks first"))
    static let holdParticulars = particulars(
        HoldParticulars.self, Label("为事故把选中记录的个人信息留存到某日", en: "of the selected record, for an incident, until a day"))

    private static func particulars(_ action: any Action.Type, _ doc: Label) -> Command {
        @Sendable func record(_ session: Session, _ context: Context) -> EntryID? {
            session.focused.record(context).flatMap { EntryID($0) }.flatMap {
                context.estate.hasParticulars($0) ? $0 : nil
            }
        }
        return Command(
            "\(action.name).selected", action.label, doc: doc, keys: [], priority: 0, action: { _ in action },
            disabledReason: { session, context in
                if let reason = context.disabledReason(action) { return reason }
                return record(session, context) == nil
                    ? Label("没有选中的记录，或它没有可删除的个人信息", en: "nothing is selected, or nothing of it can end") : nil
            },
            run: { session, context in
                record(session, context).map { id in
                    .form(action, fixed: ["record": Ref<JournalEntry>(id)])
                } ?? .none
            })
    }
}
