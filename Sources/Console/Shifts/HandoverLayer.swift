import Estate
import Screen

/// The checklist of a handover (7.3). Each line is answered by itself: 无 by `0`, a count by its number, words by typing
/// them, the ritual and what is confirmed by Enter. A held Enter answers one line. Ctrl-S signs once all are answered.
struct HandoverLayer: Layer {
    let shift: Ref<Shift>
    private(set) var draft: HandoverDraft
    private(set) var position = ListPosition(selection: 0)
    private(set) var input = TextInput()
    /// The count that differs, while its note is typed.
    private(set) var noting: Int?

    init(_ shift: Ref<Shift>, _ purpose: HandoverDraft.Purpose, _ context: Context) {
        self.shift = shift
        draft = HandoverDraft(purpose, by: context.estate.handbook.shifts)
    }

    var isModal: Bool { true }
    var tellsRepeats: Bool { true }

    var selected: HandoverDraft.Item { draft.items[position.selection ?? 0] }

    /// Whether words or a count may be typed on the selected line.
    var takesText: Bool {
        switch selected {
        case .ritual: false
        case .answer: draft.purpose != .incoming
        case .equipment, .key, .reservation: true
        }
    }

    // MARK: Keys

    mutating func handle(_ event: Event, _ context: Context) -> LayerResult {
        switch event {
        case .repeated(.enter): return .handled([.error(.tooQuick)])
        case .paste(let text):
            if takesText { input.insert(text) }
            return .handled()
        case .key(let key): return handle(key, context)
        default: return .ignored
        }
    }

    private mutating func handle(_ key: Key, _ context: Context) -> LayerResult {
        switch key {
        case .escape: return leave()
        case .enter: return accept(context)
        case .control("s"): return submit(context)
        case .up, .down, .tab, .backTab, .pageUp, .pageDown:
            _ = position.step(on: key, count: draft.items.count)
            clearInput()
            return .handled()
        case .character(let sign): return type(sign, context)
        default:
            if takesText { _ = input.handle(key) }
            return .handled()
        }
    }

    private mutating func leave() -> LayerResult {
        if noting != nil {
            clearInput()
            return .handled()
        }
        if draft.answers.isEmpty { return .dismissed() }
        return .handled([
            .confirm(
                Label("交接清单还没有签，丢开已填的？", en: "The checklist is not signed: drop what was filled in?"),
                yes: Label("丢开", en: "drop"), .closeLayer)
        ])
    }

    private mutating func type(_ sign: Character, _ context: Context) -> LayerResult {
        guard takesText else { return .handled() }
        let plain = String(sign).halfwidth
        if let stock = draft.stock(selected), noting == nil {
            guard plain.first?.isASCII == true, plain.first?.isNumber == true, input.text.count < 4 else {
                return .handled([.error(Label("写数目", en: "a number"))])
            }
            input.insert(plain)
            // The number that has to be there is a whole answer.
            return input.text == "\(stock.count)" ? accept(context) : .handled()
        }
        if noting == nil, input.isEmpty, plain == "0", draft[selected] == nil {
            // What the estate has on record is not none.
            if let known = proposal(for: selected, context), known != .text("无") {
                return .handled([.error(Label("系统里有记录，不能写无：Enter 采用，或写清楚", en: "there are records: Enter takes them"))])
            }
            answer(selected == .reservation ? .done : .text(draft.rule(selected)?.item.nothing ?? "无"))
            return .handled()
        }
        input.insert(sign)
        return .handled()
    }

    /// Enter: records the selected line's answer and selects the next line without one.
    private mutating func accept(_ context: Context) -> LayerResult {
        let text = input.text.trimmed
        if let stock = draft.stock(selected) { return acceptCount(of: stock.count, text) }
        switch selected {
        case .ritual: answer(.done)
        case .answer where draft.purpose == .incoming: answer(.done)
        default:
            if !text.isEmpty {
                answer(.text(text))
            } else if draft[selected] != nil {
                advance()
            } else if let proposal = proposal(for: selected, context) {
                answer(proposal)
            } else {
                return .handled([.error(Label("没有就按 0；有就写清楚", en: "0 for none, else write it"))])
            }
        }
        return .handled()
    }

    private mutating func acceptCount(of expected: Int, _ text: String) -> LayerResult {
        if let number = noting {
            if text.isEmpty { return .handled([.error(Label("写清怎么回事、谁处理", en: "say why, and who sees to it"))]) }
            answer(.count(number, note: text))
            return .handled()
        }
        if text.isEmpty, draft[selected] != nil {
            advance()
            return .handled()
        }
        guard let number = Int(text.halfwidth) else {
            return .handled([.error(Label("点过再写数目", en: "count, then type the number"))])
        }
        if number == expected {
            answer(.count(number, note: nil))
        } else {
            (noting, input) = (number, TextInput())
        }
        return .handled()
    }

    private mutating func answer(_ answer: HandoverDraft.Answer) {
        draft.answer(selected, answer)
        advance()
    }

    /// To the next line without an answer; if there is none, to the next line.
    private mutating func advance() {
        let here = position.selection ?? 0
        let order = Array(draft.items.indices.dropFirst(here + 1)) + Array(draft.items.indices.prefix(here))
        position.selection = order.first { draft[draft.items[$0]] == nil } ?? min(here + 1, draft.items.count - 1)
        clearInput()
    }

    private mutating func clearInput() { (input, noting) = (TextInput(), nil) }

    /// What Enter takes on a line that nothing was typed on: counts that the estate knows. The names are particulars: the
    /// fact refers to the visits.
    func proposal(for item: HandoverDraft.Item, _ context: Context) -> HandoverDraft.Answer? {
        guard case .answer = item, draft.purpose != .incoming, let known = context.estate.shifts[shift] else {
            return nil
        }
        let inside = context.estate.gate.inside(at: known.post)
        switch draft.rule(item)?.item.id {
        case "visitors":
            let people = inside.people
            return .text(people == 0 ? "无" : "\(people) 人，按名移交")
        case "vehicles":
            let vehicles = inside.count { $0.plate != nil }
            return vehicles == 0 ? nil : .text("访客车 \(vehicles) 辆在场")
        case "incidents":
            let incidents = context.estate.incidents.all.values.filter { $0.opened >= known.opened }
            return incidents.isEmpty ? nil : .text("应急 \(incidents.count) 次，见事件记录")
        case "articles":
            let open = context.estate.registers.open.count
            return open == 0 ? nil : .text("未了结 \(open) 件，见登记簿")
        default: return nil
        }
    }

    /// The visitors that are handed over, by name.
    func visitors(_ context: Context) -> Label? {
        context.estate.shifts[shift].map { context.estate.gate.handover(at: $0.post) }
    }

    func isAboutVisitors(_ item: HandoverDraft.Item) -> Bool {
        if case .answer = item { draft.rule(item)?.item.id == "visitors" } else { false }
    }

    // MARK: Signing

    private mutating func submit(_ context: Context) -> LayerResult {
        let open = draft.openItems
        if let first = open.first {
            position.selection = draft.items.firstIndex(of: first)
            clearInput()
            return .handled([
                .error(Label("还有 \(open.count) 项没有填，没有的按 0", en: "\(open.count) lines are open; 0 for none"))
            ])
        }
        return .handled([ShiftChange.signing(shift, draft, context)])
    }

    // MARK: Picture

    func draw(into grid: inout Grid, rect: Rect, _ context: Context) {
        HandoverPicture(self, context).draw(into: &grid, rect: rect)
    }

    func hints(_ context: Context) -> [KeyHint] {
        var hints = [KeyHint("Enter", context(Label("确认这一项", en: "this line")), priority: 6)]
        if takesText, draft.stock(selected) == nil, noting == nil {
            hints.append(KeyHint("0", context(Label("没有", en: "none")), priority: 6))
        }
        return hints + [
            KeyHint("↑↓", context(Label("选择", en: "choose")), priority: 2),
            KeyHint(
                "Ctrl-S",
                context(draft.purpose == .closing ? Label("填好，交给谁", en: "to whom") : Label("签收", en: "sign")),
                priority: 5),
            KeyHint("Esc", context(Label("返回", en: "back")), priority: 4),
        ]
    }

    /// In linear mode an empty line does what Enter does, 完成 signs, and other text is the line's answer.
    func keys(answering line: String, _ context: Context) -> [Key]? {
        if line.isEmpty { return [.enter] }
        if ["完成", "签收", "done"].contains(line.lowercased()) { return [.control("s")] }
        guard takesText else { return nil }
        let typed = line.map(Key.character)
        let isWhole = line.halfwidth == "0" || draft.stock(selected).map { "\($0.count)" == line.halfwidth } ?? false
        return isWhole && noting == nil ? typed : typed + [.enter]
    }
}
