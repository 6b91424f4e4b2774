import Estate
import Screen

/// Commands to search and do: all of them (F9), or those with a key here (F1).
struct PaletteLayer: Layer {
    /// What a line of the palette does.
    enum Choice {
        case command(Command)
        case action(any Action.Type)
    }

    private var list: ChoiceList<Choice>
    private let title: Label

    /// Every key that works in the focused pane.
    static func help(_ session: Session, _ context: Context) -> PaletteLayer {
        PaletteLayer(
            Label("帮助 · \(session.focused.label.chinese)", en: "Help · \(session.focused.label.english)"),
            session.commands.filter { !$0.keys.isEmpty }.map { item($0, session, context) }, context)
    }

    /// Every command, and every action that can be recorded.
    static func everything(_ session: Session, _ context: Context) -> PaletteLayer {
        let actions = Estate.actions.map { action in
            let why = context.whyNot(action)
            return ChoiceList<Choice>.Item(
                choice: .action(action), name: Line(context(action.label), why == nil ? .text : .faint),
                detail: Line(why.map { context($0) } ?? context(Label("填表登记", en: "fill in a form")), .faint),
                trailing: Line(action.name, .faint), words: [action.label.chinese, action.label.english, action.name],
                isEnabled: why == nil)
        }
        return PaletteLayer(
            Label("命令", en: "Commands"), session.commands.map { item($0, session, context) } + actions, context)
    }

    private static func item(_ command: Command, _ session: Session, _ context: Context) -> ChoiceList<Choice>.Item {
        let why = command.whyNot(session, context)
        return .init(
            choice: .command(command), name: Line(context(command.label), why == nil ? .text : .faint),
            detail: Line(context(why ?? command.doc), why == nil ? .muted : .faint),
            trailing: Line(command.keys.map(\.description).joined(separator: " "), .key),
            words: [command.label.chinese, command.label.english, command.doc.chinese, command.name],
            isEnabled: why == nil)
    }

    private init(_ title: Label, _ items: [ChoiceList<Choice>.Item], _ context: Context) {
        self.title = title
        list = ChoiceList(items, context)
    }

    mutating func handle(_ event: Event, _ context: Context) -> LayerAnswer {
        switch event {
        case .key(.escape): return .close
        case .key(.enter):
            guard let item = list.selected, item.isEnabled else { return .stay }
            return .leave { session, context in
                switch item.choice {
                case .command(let command): return session.run(command, context)
                case .action(let action):
                    session.fill(in: action, context)
                    return []
                }
            }
        default:
            _ = list.handle(event, context)
            return .stay
        }
    }

    func draw(into grid: inout Grid, rect: Rect, _ context: Context) {
        list.draw(
            into: &grid, rect: rect, title: Line(context(title), .title),
            placeholder: context(Label("中文、拼音或英文", en: "Chinese, pinyin or English")),
            empty: context(Label("没有这样的命令", en: "no such command")))
    }

    func hints(_ context: Context) -> [KeyHint] {
        [
            KeyHint("↑↓", context(Label("选择", en: "choose")), priority: 3),
            KeyHint("Enter", context(Label("执行", en: "do it")), priority: 4),
            KeyHint("Esc", context(Label("返回", en: "back")), priority: 5),
        ]
    }
}
