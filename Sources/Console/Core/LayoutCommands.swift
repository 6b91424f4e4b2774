import Estate
import Screen

extension Command {
    /// The commands that change the layout, which is stored in the member's preferences.
    static let layout: [Command] = [
        layout(
            "left", Label("分隔线左移", en: "Divider left"),
            doc: Label("左列窄一些，右列宽一些", en: "the left column narrower, the right one wider"), key: .controlled(.left)
        ) { arrangement, _ in arrangement.moveDivider(by: -2) },
        layout(
            "right", Label("分隔线右移", en: "Divider right"),
            doc: Label("左列宽一些，右列窄一些", en: "the left column wider, the right one narrower"), key: .controlled(.right)
        ) { arrangement, _ in arrangement.moveDivider(by: 2) },
        layout(
            "taller", Label("窗格加高", en: "Taller"), doc: Label("当前窗格高一行", en: "this pane one row taller"),
            key: .controlled(.up)
        ) { arrangement, session in
            arrangement.grow(session.focus, by: 1, in: session.body, contents: session.contentHeight(of:))
        },
        layout(
            "lower", Label("窗格减低", en: "Lower"), doc: Label("当前窗格低一行", en: "this pane one row lower"),
            key: .controlled(.down)
        ) { arrangement, session in
            arrangement.grow(session.focus, by: -1, in: session.body, contents: session.contentHeight(of:))
        },
        layout(
            "earlier", Label("窗格前移", en: "Pane up"),
            doc: Label("当前窗格与前一个换位", en: "this pane changes places with the one before it"), key: .controlled(.pageUp)
        ) { arrangement, session in arrangement.move(session.focus, by: -1) },
        layout(
            "later", Label("窗格后移", en: "Pane down"),
            doc: Label("当前窗格与后一个换位", en: "this pane changes places with the one behind it"),
            key: .controlled(.pageDown)
        ) { arrangement, session in arrangement.move(session.focus, by: 1) },
        Command(
            "layout.reset", Label("恢复版面", en: "Layout as it was"),
            doc: Label("恢复本岗位原来的版面", en: "the layout that the role has at the start"), keys: [.controlled(.home)],
            priority: 0, run: { _, _ in .arrange(nil) }),
    ]

    private static func layout(
        _ name: String, _ label: Label, doc: Label, key: Key,
        change: @escaping @Sendable (inout Arrangement, Session) -> Void
    ) -> Command {
        Command(
            "layout.\(name)", label, doc: doc, keys: [key], priority: 0,
            disabledReason: { session, _ in
                session.places.count > 1
                    ? nil : Label("只有一个窗格，没有版面可调", en: "there is one pane only: nothing to arrange")
            },
            run: { session, _ in
                var arrangement = session.arrangement
                change(&arrangement, session)
                return .arrange(arrangement)
            })
    }
}
