import Estate
import Screen

/// The drafts of consoles that have ended: to continue, to leave for later, or to discard.
struct DraftLayer: Layer {
    private let drafts: [DraftFolder.Leftover]
    private var position = ListPosition(selection: 0)
    /// Whether the next Ctrl-D discards the selected draft.
    private var isDiscarding = false

    init(_ drafts: [DraftFolder.Leftover]) { self.drafts = drafts }

    private var selected: DraftFolder.Leftover? {
        position.selection.flatMap { drafts.indices.contains($0) ? drafts[$0] : nil }
    }

    mutating func handle(_ event: Event, _ context: Context) -> LayerResult {
        guard case .key(let key) = event, let selected else { return .ignored }
        let wasDiscarding = isDiscarding
        isDiscarding = false
        switch key {
        case .escape where !wasDiscarding: return .dismissed()
        case .enter where !wasDiscarding:
            // A draft of an action that this program does not have stays where it is.
            return .dismissed(
                FormLayer(selected.draft, context) == nil
                    ? [.error(.draftUnavailable)] : [.effect(.takeDraft(selected))])
        case .control("d"):
            if wasDiscarding {
                return .dismissed([.effect(.discardDraft(selected.id)), .effect(.findDrafts(isAsked: false))])
            }
            isDiscarding = true
        default: return position.step(on: key, count: drafts.count) || wasDiscarding ? .handled() : .ignored
        }
        return .handled()
    }

    /// The offer must not keep anybody from the telephone, the help or the way out.
    var yieldsToCommands: Bool { true }
    var reminder: Label? {
        Label("先选未提交的表单：Enter 继续，Esc 稍后，Ctrl-D 丢弃", en: "forms not sent: Enter goes on, Esc later, Ctrl-D throws away")
    }

    func draw(into grid: inout Grid, rect: Rect, _ context: Context) {
        let popup = Popup(
            title: Line(context(Label("未提交的表单", en: "Forms not sent")), .title),
            trailing: Line(drafts.count > 1 ? "\((position.selection ?? 0) + 1)/\(drafts.count)" : "", .muted),
            size: Size(width: min(rect.width - 4, 68), height: min(rect.height - 2, drafts.count + 6)))
        popup.draw(into: &grid, rect: rect)
        let inner = popup.inner(in: rect)
        let words =
            isDiscarding
            ? Line(context(Label("再按 Ctrl-D 丢弃，不能恢复", en: "Ctrl-D once more throws it away for good")), .warning)
            : Line(context(Label("上次没有提交就结束了，所填内容还在：", en: "the console ended before these were sent:")), .muted)
        grid.put(words, in: inner.row(0))
        let times = drafts.map { context.clock($0.at) }
        Table(
            columns: [
                .filling("", min: 8, priority: 2),
                .fixed("", times.map { grid.measure.width(of: $0) }.max() ?? 0, alignment: .right, priority: 1),
            ], count: drafts.count, position: position, isFocused: true, emptyMessage: Line([])
        ) { index in
            Table.Row([Line(drafts[index].draft.summary(context.language), .strong), Line(times[index], .muted)])
        }.draw(into: &grid, rect: inner.inset(left: -1, top: 1, right: -1, bottom: 1))
        grid.put(
            [
                Span("Enter", .key), Span(" \(context(Label("继续", en: "go on")))    "), Span("Esc", .key),
                Span(" \(context(Label("稍后", en: "later")))    "), Span("Ctrl-D", .key),
                Span(" \(context(Label("丢弃", en: "throw away")))"),
            ], in: inner.row(inner.height - 1), align: .right)
    }

    func hints(_ context: Context) -> [KeyHint] {
        [
            KeyHint("↑↓", context(Label("选择", en: "choose")), priority: 3),
            KeyHint("Enter", context(Label("继续", en: "go on")), priority: 6),
            KeyHint("Esc", context(Label("稍后", en: "later")), priority: 5),
            KeyHint("Ctrl-D", context(Label("丢弃", en: "throw away")), priority: 4),
        ]
    }
}
