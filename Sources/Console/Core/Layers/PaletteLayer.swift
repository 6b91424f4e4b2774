import Estate
import Screen

/// What can be done, to search and do: everything, and every case, resident and vehicle to go to (F9); or what a key does
/// here (F1).
struct PaletteLayer: ChoiceLayer {
    /// What a line of the palette does.
    enum Choice {
        /// `pane` is the one it belongs to, unless that has the keyboard already.
        case command(Command, pane: String?)
        case action(any Action.Type)
        case press(Key)
        case record(Found)
        case card(Match)
    }

    typealias Item = ChoiceList<Choice>.Item

    var list: ChoiceList<Choice>
    private let title: Label
    private let placeholder: Label
    private let empty: Label

    /// What every key does in the focused pane, moving about included.
    static func help(_ session: Session, _ context: Context) -> PaletteLayer {
        let moves = session.focused.moves.map { move in
            Item(
                choice: .press(move.keys[0]), name: Line(context(move.label)),
                detail: Line(context(move.doc), .muted), trailing: keys(move.keys),
                words: [move.label.chinese, move.label.english, move.doc.chinese])
        }
        let commands = session.commands.filter { !context.keys.keys(of: $0).isEmpty }.map { item($0, session, context) }
        return PaletteLayer(
            Label("帮助 · \(session.focused.label.chinese)", en: "Help · \(session.focused.label.english)"),
            placeholder: Label("中文、拼音或英文", en: "Chinese, pinyin or English"),
            empty: Label("没有这样的按键", en: "no such key"), ChoiceList(commands + moves, context))
    }

    /// Every command, every action that can be recorded, and where one may want to go.
    static func everything(_ session: Session, _ context: Context) -> PaletteLayer {
        let others = session.panes.filter { $0.name != session.focus }.flatMap { pane in
            pane.commands.map { item($0, of: pane, session, context) }
        }
        // What will be taken back is shown before, which no form does.
        let actions = Estate.actions.filter { $0 != UndoAction.self }.map { action in
            let why = context.whyNot(action)
            return Item(
                choice: .action(action), name: Line(context(action.label), why == nil ? .text : .faint),
                detail: Line(why.map { context($0) } ?? context(Label("填表登记", en: "fill in a form")), .faint),
                trailing: Line(action.name, .faint), words: [action.label.chinese, action.label.english, action.name],
                isEnabled: why == nil)
        }
        let fixed = session.commands.map { item($0, session, context) } + actions + others
        let panes = session.panes
        let list = ChoiceList<Choice>(context) { query, context in
            let wanted = Wanted(query)
            if wanted.isEmpty { return fixed }
            // Of equals, where to go comes before what to do.
            return ChoiceList.best(
                of: places(wanted, query, panes, context) + fixed.map { ($0, wanted.rank(of: $0.words)) })
        }
        return PaletteLayer(
            Label("命令与查找", en: "Commands and records"),
            placeholder: Label("命令、房号、姓名、车牌、未结事项：中文、拼音或英文", en: "a command, unit, name, plate or open case"),
            empty: Label("没有找到", en: "nothing found"), list)
    }

    /// How many of one kind are offered.
    private static let most = 20

    /// The residents and units, and the records in the panes, that are looked for.
    private static func places(
        _ wanted: Wanted, _ query: String, _ panes: [any Pane], _ context: Context
    ) -> [(item: Item, rank: Rank?)] {
        let residents = context.estate.people.search(query, limit: most).map { match in
            (
                Item(
                    choice: .card(match), name: Line(match.name ?? "—", .strong),
                    detail: [Span("\(match.unit.text)  "), Span(match.plate?.text ?? "", .muted)],
                    trailing: Line(match.tenure.map { context($0.label) } ?? "", .muted), words: []),
                Optional(match.rank)
            )
        }
        return residents
            + panes.enumerated().flatMap { index, pane in
                pane.find(wanted, limit: most).map { found in
                    (
                        Item(
                            choice: .record(found), name: Line(found.words.first ?? "", .strong),
                            detail: Line(found.words.dropFirst().filter { !$0.isEmpty }.joined(separator: "  ")),
                            trailing: [Span("F\(index + 2)", .key), Span(" \(context(pane.label))", .muted)], words: []),
                        found.rank
                    )
                }
            }
    }

    private static func keys(_ keys: [Key]) -> Line { Line(keys.map(\.description).joined(separator: " "), .key) }

    /// A command's line; that of another pane begins with the pane's name.
    private static func item(
        _ command: Command, of pane: (any Pane)? = nil, _ session: Session, _ context: Context
    ) -> Item {
        let why = command.whyNot(session, context)
        let name = (pane.map { "\(context($0.label)) · " } ?? "") + context(command.label)
        return Item(
            choice: .command(command, pane: pane?.name), name: Line(name, why == nil ? .text : .faint),
            detail: Line(context(why ?? command.doc), why == nil ? .muted : .faint),
            trailing: keys(context.keys.keys(of: command)),
            words: [command.label.chinese, command.label.english, command.doc.chinese, command.name],
            isEnabled: why == nil)
    }

    private init(_ title: Label, placeholder: Label, empty: Label, _ list: ChoiceList<Choice>) {
        (self.title, self.placeholder, self.empty, self.list) = (title, placeholder, empty, list)
    }

    mutating func handle(_ event: Event, _ context: Context) -> LayerAnswer {
        switch event {
        case .key(.escape): return .close
        case .key(.enter):
            guard let item = list.selected, item.isEnabled else { return .stay }
            return .leave { session, context in
                switch item.choice {
                case .command(let command, let pane):
                    if let pane { session.focus(pane) }
                    return session.run(command, context)
                case .press(let key): return session.update(.key(key), context)
                case .action(let action): session.fill(in: action, context)
                case .record(let found): session.go(to: found)
                case .card(let match):
                    let person = match.person.flatMap { context.estate.people.persons[$0] }
                    let card = UnitCard(match.unit, person, context)
                    session.open(DetailLayer(title: Line(match.unit.text, .title), lines: [card.title] + card.full))
                }
                return []
            }
        default:
            _ = list.handle(event, context)
            return .stay
        }
    }

    func draw(into grid: inout Grid, rect: Rect, _ context: Context) {
        list.draw(
            into: &grid, rect: rect, title: Line(context(title), .title),
            placeholder: context(placeholder), empty: context(empty))
    }

    func hints(_ context: Context) -> [KeyHint] {
        [
            KeyHint("↑↓", context(Label("选择", en: "choose")), priority: 3),
            KeyHint("Enter", context(Label("执行", en: "do it")), priority: 4),
            KeyHint("Esc", context(Label("返回", en: "back")), priority: 5),
        ]
    }
}
