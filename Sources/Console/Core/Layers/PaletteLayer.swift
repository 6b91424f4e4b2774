import Estate
import Screen

/// A searchable list of all commands, actions, tabs, records and residents (F9), or of the keys that work now (F1).
struct PaletteLayer: ChoiceLayer {
    enum Choice {
        case intents([Intent])
        /// The card of a unit, made when it is chosen.
        case card(PersonHit)
        /// What can be done with a record that no pane lists.
        case record(PersonRecord)
    }

    typealias Item = ChoiceList<Choice>.Item

    var list: ChoiceList<Choice>
    private let title: Label
    private let placeholder: Label
    private let empty: Label

    /// The keys of the focused pane, those that move in it included.
    static func help(_ session: Session, _ context: Context) -> PaletteLayer {
        let moves = session.focused.moves.map { move in
            Item(
                choice: .intents([.press(move.keys[0])]), name: Line(context(move.label)),
                detail: Line(context(move.doc), .muted), trailing: keys(move.keys.map(\.description)),
                words: [move.label.chinese, move.label.english, move.doc.chinese])
        }
        let commands = session.commands.filter { !context.keys.names(of: $0).isEmpty }.map {
            item($0, session, context)
        }
        return PaletteLayer(
            Label("帮助 · \(session.focused.label.chinese)", en: "Help · \(session.focused.label.english)"),
            placeholder: Label("中文、拼音或英文", en: "Chinese, pinyin or English"),
            empty: Label("没有这样的按键", en: "no such key"),
            ChoiceList(ChoiceList.enabledFirst(commands + moves), context))
    }

    /// Every command, every action, every tab, and the records and residents that match.
    static func everything(_ session: Session, _ context: Context) -> PaletteLayer {
        let focused = session.focused.name
        // The panes of further tabs all have the same few commands; the tab itself is enough.
        let others = session.windows.compactMap(\.tabs.first?.pane).filter { $0.name != focused }.flatMap { pane in
            pane.commands.map { item($0, of: pane, session, context) }
        }
        // Undo shows what it takes back, which a form does not.
        let actions = Estate.actions.filter { $0 != UndoAction.self }.map { action in
            let why = context.disabledReason(action)
            return Item(
                choice: .intents([.fill(FormRequest(action: action))]),
                name: Line(context(action.label), why == nil ? .text : .faint),
                detail: Line(why.map { context($0) } ?? context(Label("填表登记", en: "fill in a form")), .faint),
                trailing: Line([]), words: [action.label.chinese, action.label.english, action.name],
                disabledReason: why)
        }
        let tabs = tabs(session, context)
        let commands = ChoiceList.enabledFirst(session.commands.map { item($0, session, context) } + actions + others)
        let windows = session.windows
        let list = ChoiceList<Choice>(context) { text, context in
            let query = Query(text)
            if query.isEmpty { return ChoiceList.enabledFirst(commands + tabs) }
            func ranked(_ items: [Item]) -> [(item: Item, rank: Rank?)] {
                items.map { ($0, query.rank(of: $0.words)) }
            }
            // Among equals a tab comes before records, as one with the name of a purpose of visits does, and these before
            // commands.
            return ChoiceList.best(
                of: ranked(tabs) + places(query, text, windows, context) + ranked(commands))
                + lines(text, context)
        }
        return PaletteLayer(
            Label("命令与查找", en: "Commands and records"),
            placeholder: Label("命令、房号、姓名、车牌、未结事项：中文、拼音或英文", en: "a command, unit, name, plate or open case"),
            empty: Label("没有找到", en: "nothing found"), list)
    }

    /// The forms that a line of words fills in: `新建工单 3-2-501 厨房漏水`.
    private static func lines(_ text: String, _ context: Context) -> [Item] {
        Estate.actions.compactMap { action in
            guard context.disabledReason(action) == nil,
                let values = action.values(ofLine: text, in: context.estate)
            else { return nil }
            let words = action.description.compactMap { values[$0.key] }.joined(separator: " ")
            let request = FormRequest(action: action, prefill: values)
            // What the form will propose besides, which the words tell.
            let proposed = FormLayer(request, context).fields.filter { field in
                if case .choice = field.description.type { field.choice != nil } else { false }
            }
            return Item(
                choice: .intents([.fill(request)]), name: Line("\(context(action.label)) \(words)", .strong),
                detail: Line(proposed.map { $0.shown(context.language) }.joined(separator: " "), .muted),
                trailing: Line([]), words: [])
        }
    }

    /// The tabs of the windows that have several.
    private static func tabs(_ session: Session, _ context: Context) -> [Item] {
        session.windows.filter { $0.tabs.count > 1 }.flatMap { window in
            window.tabs.map { tab in
                Item(
                    choice: .intents([.focus(tab.pane.name)]),
                    name: Line("\(context(window.label)) · \(context(tab.label))"),
                    detail: Line(context(Label("切换到这一页", en: "go to this tab")), .muted),
                    trailing: Line(context.keys.key(ofWindow: window.name), .key),
                    words: [window.label.chinese + tab.label.chinese, tab.label.chinese, tab.label.english])
            }
        }
    }

    /// How many results of one kind are offered.
    private static let most = 20

    /// The residents, units and records that match.
    private static func places(
        _ query: Query, _ text: String, _ windows: [Window], _ context: Context
    ) -> [(item: Item, rank: Rank?)] {
        let residents = context.estate.people.search(text, limit: most, withPlaces: true).map { match in
            (
                Item(
                    choice: .card(match), name: Line(match.name ?? "—", .strong),
                    detail: [Span("\(match.unit.text)  "), Span(match.plate?.text ?? "", .muted)],
                    trailing: Line(match.tenure.map { context($0.label) } ?? "", .muted), words: []),
                Optional(match.rank)
            )
        }
        let listed = windows.flatMap { window in window.tabs.map { (window, $0.pane) } }.flatMap { window, pane in
            pane.find(query, limit: most).map { (window, pane, $0) }
        }
        let rows = listed.map { window, pane, found in
            (
                Item(
                    choice: .intents([.show(found)]), name: Line(found.words.first ?? "", .strong),
                    detail: Line(found.words.dropFirst().filter { !$0.isEmpty }.joined(separator: "  ")),
                    trailing: [
                        Span(context.keys.key(ofWindow: window.name), .key),
                        Span(" \(context(pane.label))", .muted),
                    ], words: []),
                Optional(found.rank)
            )
        }
        return residents + rows + records(text, without: Set(listed.map(\.2.id)), context)
    }

    /// The records of other persons that match and that no pane lists.
    private static func records(
        _ text: String, without listed: Set<String>, _ context: Context
    ) -> [(item: Item, rank: Rank?)] {
        let found = context.estate.personRecords(
            matching: text, for: context.member?.role, latest: PersonMenu.searched, limit: most)
        return found.filter { !listed.contains($0.record.id.text) }.map { record, rank in
            (
                Item(
                    choice: .record(record), name: Line(record.words.first ?? "", .strong),
                    detail: Line(record.words.dropFirst().joined(separator: "  ")),
                    trailing: Line(context(record.kind.label), .muted), words: []),
                Optional(rank)
            )
        }
    }

    private static func keys(_ names: [String]) -> Line { Line(names.joined(separator: " "), .key) }

    /// A command's line. For a command of another pane it begins with the pane's name.
    private static func item(
        _ command: Command, of pane: (any Pane)? = nil, _ session: Session, _ context: Context
    ) -> Item {
        let why = command.disabledReason(session, context)
        let name = (pane.map { "\(context($0.label)) · " } ?? "") + context(command.label)
        return Item(
            choice: .intents((pane.map { [.focus($0.name)] } ?? []) + [.run(command.name)]),
            name: Line(name, why == nil ? .text : .faint),
            detail: Line(context(why ?? command.doc), why == nil ? .muted : .faint),
            trailing: keys(context.keys.names(of: command)),
            words: [command.label.chinese, command.label.english, command.doc.chinese, command.name],
            disabledReason: why)
    }

    private init(_ title: Label, placeholder: Label, empty: Label, _ list: ChoiceList<Choice>) {
        (self.title, self.placeholder, self.empty, self.list) = (title, placeholder, empty, list)
    }

    func take(_ choice: Choice, _ context: Context) -> LayerResult {
        switch choice {
        case .intents(let intents): return .dismissed(intents)
        case .card(let match):
            let person = match.person.flatMap { context.estate.people.persons[$0] }
            return .dismissed([.open(UnitCardLayer(match.unit, person, context, plate: match.plate))])
        case .record(let record): return .dismissed([PersonMenu.intent(for: record, context)])
        }
    }

    func heading(_ context: Context) -> ChoiceHeading {
        ChoiceHeading(title: Line(context(title), .title), placeholder: placeholder, empty: empty)
    }

    func hints(_ context: Context) -> [KeyHint] { .choosing(Label("执行", en: "do it"), context) }
}
