import Estate
import Screen

/// The requests that are not done: the oldest first.
struct RequestList: ListSource {
    static let name = "requests"
    static let label = RequestsView.label
    static let creates: (any Action.Type)? = OpenRequest.self
    static func empty(_ context: Context) -> Label { Label("没有未完成的工单", en: "no open requests") }

    static let commands: [Command] = [
        Command(
            "requests.complete", Label("完成", en: "Done"),
            doc: Label("工单办完：回访开始计时", en: "it is done: its return visit is due"),
            keys: [.enter], priority: 9, whyNot: whyNot(CompleteRequest.self, on: RequestList.self),
            run: { session, context in
                guard let row = session.pane(ListPane<RequestList>.self)?.selected else { return [] }
                session.open(
                    ConfirmLayer(
                        question: Label(
                            "\(row.unit.text)“\(row.text)”已办完？", en: "\(row.unit.text) “\(row.text)”: done?"),
                        yes: Label("完成", en: "done"),
                        effects: [
                            .perform(
                                CompleteRequest(request: row.id),
                                done: Label("工单已完成，回访待办", en: "done; a return visit is due"))
                        ]))
                return []
            }),
        Command(
            "requests.attend", Label("参与户", en: "Attended"),
            doc: Label("登记参加活动的住户", en: "a household took part in the event"),
            keys: [.control("a")], priority: 2,
            whyNot: { session, context in
                guard let row = session.pane(ListPane<RequestList>.self)?.selected, row.class == .event else {
                    return Label("只有文体活动登记参与户", en: "only events have households")
                }
                return context.whyNot(AttendEvent.self)
            },
            run: { session, context in
                if let row = session.pane(ListPane<RequestList>.self)?.selected {
                    session.fill(in: AttendEvent.self, context, hidden: ["request": row.id.id.text])
                }
                return []
            }),
        callOut { .record($0.id.id) },
    ]

    static let columns: [ListColumn<RequestsView.Row>] = [
        ListColumn("age", Label("时长", en: "Age"), .fixed("", 6, alignment: .right, priority: 4)) {
            -$0.opened.milliseconds
        },
        ListColumn("class", Label("类别", en: "Class"), .fixed("", 8, priority: 3)) { $0.class.rawValue },
        ListColumn("unit", .unit, .fixed("", 8, priority: 5)) { $0.unit },
        ListColumn("text", Label("内容", en: "Text"), .filling("", min: 10, priority: 6)) { Pinyin.spelled($0.text) },
    ]

    static func rows(_ context: Context) -> [RequestsView.Row] {
        context.estate.requests.open.compactMap { context.estate.requests[$0] }.map {
            RequestsView.Row($0, in: context.estate)
        }
        .sorted { $0.opened < $1.opened }
    }

    static func id(_ row: RequestsView.Row) -> String { row.id.id.text }
    static func words(_ row: RequestsView.Row) -> [String] { [row.unit.text, row.text, row.class.label.chinese] }

    static func cells(_ row: RequestsView.Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let days = context.today.days(since: Day(row.opened, in: context.estate.zone))
        let age = days == 0 ? context(Label("今日", en: "today")) : context(Label("\(days) 天", en: "\(days) d"))
        return [
            Line(age, days > 7 ? .warning : .muted), Line(context(row.class.label), .info),
            Line(row.unit.text, .strong), Line(row.text),
        ]
    }

    static func summary(_ rows: [RequestsView.Row], _ glyphs: Glyphs, _ context: Context) -> [Span] {
        rows.isEmpty ? [] : [Span(context(Label("处理中 \(rows.count)", en: "open \(rows.count)")), .muted)]
    }

    static func detail(_ row: RequestsView.Row, _ context: Context) -> [Line] {
        row.detailLines(context, without: ["id", "call", "households"])
            + resident(of: row.unit, context)
    }
}

/// Who lives in a unit, as a detail line.
func resident(of unit: UnitCode, _ context: Context) -> [Line] {
    context.estate.people.owner(of: unit).map { owner in
        [
            detailLine(
                context(owner.role.label), [owner.name, owner.phone?.masked].compactMap { $0 }.joined(separator: "  "))
        ]
    } ?? []
}

/// Why an action on the selected row of a list cannot be done now.
func whyNot<Source: ListSource>(
    _ action: any Action.Type, on _: Source.Type = Source.self
) -> @Sendable (Session, Context) -> Label? {
    { session, context in
        session.pane(ListPane<Source>.self)?.selected == nil
            ? Label("没有选中的记录", en: "nothing is selected") : context.whyNot(action)
    }
}
