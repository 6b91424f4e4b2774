import Estate
import Screen

extension DetailLayer {
    /// The journal entries about something: who, when, what. The latest stands first; undone entries are marked.
    init(history entries: [JournalEntry], of name: String, _ context: Context) {
        var title = [Span(context(HistoryView.label), .title)]
        if !name.isEmpty { title += [Span(" · ", .faint), Span(name, .strong)] }
        self.init(
            title: Line(title),
            lines: entries.isEmpty
                ? [Line(context(Label("没有记录", en: "nothing was recorded")), .muted)]
                : entries.reversed().flatMap { DetailLayer.lines(of: $0, context) })
    }

    private static func lines(of entry: JournalEntry, _ context: Context) -> [Line] {
        func name(_ code: String) -> String { context.estate.staff.name(of: code) }
        var head = [
            Span("\(context.clock(entry.at))  ", .muted),
            Span(context(entry.label), entry.undo == nil ? .accent : .faint), Span("  \(name(entry.by))", .strong),
        ]
        // An entry made later than the event shows both times.
        if entry.written.seconds(since: entry.at) >= 60 {
            head.append(
                Span(
                    context(
                        Label("  补记于 \(context.clock(entry.written))", en: "  entered \(context.clock(entry.written))")),
                    .muted))
        }
        var lines = [Line(head)]
        if let undoing = entry.undo {
            let time = context.clock(undoing.at)
            let words = Label("已撤销 \(time) \(name(undoing.by))", en: "undone \(time) \(name(undoing.by))")
            lines.append(
                Line("    " + ([context(words)] + [undoing.why].compactMap { $0 }).joined(separator: " · "), .warning))
        }
        let values = entry.values(in: context.estate, context.language, for: context.member?.role)
        if !values.isEmpty {
            lines.append(
                Line(
                    [Span("    ")]
                        + values.flatMap {
                            [Span("\($0.label) ", .muted), Span("\($0.value)  ", entry.undo == nil ? .text : .faint)]
                        }))
        }
        return lines
    }
}

extension Session {
    mutating func show(_ entries: [JournalEntry], of name: String, _ context: Context) {
        notice = nil
        open(
            DetailLayer(history: entries.filter { !$0.isHidden(from: context.member?.role) }, of: name, context),
            context)
    }
}

extension Intent {
    /// Looks up the journal entries about an id or a unit, and shows them.
    static func history(of text: String, _ context: Context) -> Intent {
        guard let view = HistoryView(of: text) else { return .none }
        let title = view.title(in: context.estate)
        return .several([.say(Label("正在查历史：\(title)", en: "looking up \(title)")), .effect(.history(view, of: title))])
    }
}

extension Command {
    /// The command that shows the history of the thing that a pane has selected: an id or a unit, `nil` if none.
    static func history(
        _ name: String, of subject: @escaping @Sendable (Session, Context) -> String?
    ) -> Command {
        Command(
            name, HistoryView.label, doc: Label("谁在何时记了什么", en: "who recorded what, and when"),
            keys: [.control("\\")], priority: 2,
            disabledReason: {
                subject($0, $1) == nil ? Label("没有选中的记录，或它没有历史", en: "nothing is selected, or it has no history") : nil
            },
            run: { session, context in subject(session, context).map { Intent.history(of: $0, context) } ?? .none })
    }
}
