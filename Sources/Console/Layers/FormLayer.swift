import Estate
import enum Journal.JSONValue
import Screen

/// A form for any action, made from the action's own fields.
struct FormLayer: Layer {
    let action: any Action.Type
    private(set) var fields: [FormField]
    /// Fields that the place where the form was opened has answered already.
    private let hidden: [String: String]
    private let title: Label
    private(set) var current = 0
    /// What is wrong with the form as a whole.
    private(set) var trouble: String?

    init(
        _ action: any Action.Type, _ context: Context, given: [String: String], hidden: [String: String], title: Label?
    ) {
        self.action = action
        self.hidden = hidden
        self.title = title ?? action.label
        fields = action.description.filter { hidden[$0.key] == nil }.map { FormField($0, given: given[$0.key]) }
        current = fields.firstIndex { $0.value.isEmpty } ?? 0
        complete(context)
    }

    // MARK: Keys

    mutating func handle(_ event: Event, _ context: Context) -> LayerAnswer {
        switch event {
        case .paste(let text):
            fields[current].input.insert(text)
            changed(context)
        case .key(let key): return press(key, context)
        default: break
        }
        return .stay
    }

    private mutating func press(_ key: Key, _ context: Context) -> LayerAnswer {
        let field = fields[current]
        switch key {
        case .escape:
            if field.completion != nil, !field.input.isEmpty {
                fields[current].completions = []
                fields[current].completion = nil
                return .stay
            }
            return .close
        case .control("s"): return submit(context)
        case .enter:
            if takeCompletion(context) { return .stay }
            if current == fields.count - 1 { return submit(context) }
            move(1, context)
        case .tab: move(1, context)
        case .backTab: move(-1, context)
        case .down:
            if !field.completions.isEmpty { return stepCompletion(1) }
            move(1, context)
        case .up:
            if let index = field.completion, index > 0 { return stepCompletion(-1) }
            move(-1, context)
        case .left where field.isChoice, .right where field.isChoice, .character(" ") where field.isChoice:
            fields[current].choose(key == .left ? -1 : 1)
            fields[current].error = nil
        default:
            if !field.isChoice {
                let before = field.input.text
                _ = fields[current].input.handle(key)
                if fields[current].input.text != before { changed(context) }
            }
        }
        return .stay
    }

    private mutating func move(_ step: Int, _ context: Context) {
        fields[current].completions = []
        fields[current].completion = nil
        current = (current + step + fields.count) % fields.count
        complete(context)
    }

    private mutating func changed(_ context: Context) {
        fields[current].error = nil
        trouble = nil
        complete(context)
    }

    private mutating func complete(_ context: Context) {
        let field = fields[current]
        let found = field.isChoice ? [] : Completion.fitting(field.input.text, field.description, context)
        let isTaken = found.contains { $0.value == field.input.text }
        fields[current].completions = isTaken && found.count == 1 ? [] : Array(found.prefix(Completion.most))
        // An empty field offers, but does not insist.
        fields[current].completion = field.input.isEmpty || isTaken || found.isEmpty ? nil : 0
    }

    private mutating func stepCompletion(_ step: Int) -> LayerAnswer {
        let count = fields[current].completions.count
        fields[current].completion = fields[current].completion.map { min(count - 1, max(0, $0 + step)) } ?? 0
        return .stay
    }

    /// Takes the marked completion and goes on, except in a list and in the last field.
    private mutating func takeCompletion(_ context: Context) -> Bool {
        let field = fields[current]
        guard let index = field.completion, field.completions.indices.contains(index) else { return false }
        fields[current].input = TextInput(field.completions[index].replacing(field.input.text, in: field.description))
        fields[current].error = nil
        fields[current].completions = []
        fields[current].completion = nil
        if case .list = field.description.type { return true }
        if current < fields.count - 1 { move(1, context) }
        return true
    }

    // MARK: Submitting

    private mutating func submit(_ context: Context) -> LayerAnswer {
        var members = hidden.mapValues { JSONValue.string($0) }
        for field in fields where !field.value.isEmpty { members[field.description.key] = .string(field.value) }
        do {
            let read = try action.read(members, zone: context.estate.zone)
            return .perform([.perform(read, done: Label("已登记：\(title.chinese)", en: "recorded: \(title.english)"))])
        } catch let refusal as Refusal {
            show(refusal, context)
        } catch {
            trouble = "\(error)"
        }
        return .stay
    }

    /// Shows why the action was refused, at the field that it is about; all that was typed stays.
    mutating func show(_ refusal: Refusal, _ context: Context) {
        let text = context(refusal.message)
        if let index = fields.firstIndex(where: { $0.description.key == refusal.field }) {
            fields[index].error = text
            current = index
            trouble = nil
        } else {
            trouble = text
        }
    }

    // MARK: Drawing

    func draw(into grid: inout Grid, rect screen: Rect, _ context: Context) {
        let labels = fields.map { context($0.description.label) + ($0.description.isRequired ? " *" : "") }
        let labelWidth = labels.map { grid.measure.width(of: $0) }.max() ?? 0
        let width = min(screen.width - 4, max(64, labelWidth + 46))
        let needed = fields.count + fields.count { $0.error != nil } + 4 + Completion.most
        let popup = Popup(
            Frame(
                title: Line(context(title), .title),
                trailing: Line(context(Label("* 必填", en: "* required")), .muted), isFocused: true),
            size: Size(width: width, height: min(screen.height - 2, needed)))
        popup.draw(into: &grid, rect: screen)
        let inner = popup.inner(in: screen).inset(left: 0, top: 0, right: 0, bottom: 1)
        // The current field is always in sight, with what is said below it.
        let above = fields[..<current].reduce(0) { $0 + ($1.error == nil ? 1 : 2) }
        let below = 1 + (fields[current].error == nil ? 0 : 1) + min(3, fields[current].completions.count)
        var y = inner.y - max(0, above + below - inner.height)
        grid.clipped(to: inner) { grid in
            for (index, field) in fields.enumerated() {
                let row = Rect(x: inner.x, y: y, width: inner.width, height: 1)
                draw(field, label: labels[index], labelWidth, into: &grid, row: row, isCurrent: index == current, context)
                y += 1
                if let error = field.error {
                    let place = Rect(x: inner.x + labelWidth + 2, y: y, width: inner.width - labelWidth - 2, height: 1)
                    grid.put(Line("\(grid.glyphs.failed) \(error)", .danger), in: place)
                    y += 1
                }
                if index == current { y = drawCompletions(of: field, into: &grid, inner, x: labelWidth + 2, y: y) }
            }
        }
        let foot = popup.inner(in: screen).row(popup.inner(in: screen).height - 1)
        if let trouble { grid.put(Line("\(grid.glyphs.failed) \(trouble)", .danger), in: foot) }
    }

    private func draw(
        _ field: FormField, label: String, _ labelWidth: Int, into grid: inout Grid, row: Rect, isCurrent: Bool,
        _ context: Context
    ) {
        grid.put(
            Line(label, isCurrent ? .accent : .muted),
            in: Rect(x: row.x, y: row.y, width: labelWidth, height: 1), align: .right)
        let place = row.inset(left: labelWidth + 2, top: 0, right: 0, bottom: 0)
        if field.isChoice {
            drawChoices(of: field, into: &grid, place, isCurrent: isCurrent, context)
        } else {
            TextField(field.input, isFocused: isCurrent).draw(into: &grid, rect: place)
        }
    }

    private func drawChoices(
        of field: FormField, into grid: inout Grid, _ place: Rect, isCurrent: Bool, _ context: Context
    ) {
        var x = place.x
        for (index, choice) in field.choices.enumerated() where x < place.maxX {
            let isChosen = index == field.choice
            let sign = isChosen ? grid.glyphs.done : grid.glyphs.none
            let text = " \(sign)\(context(choice.label)) "
            let style =
                isChosen
                ? Style(.strong, on: isCurrent ? .accent : .field, .bold) : Style(isCurrent ? .text : .muted)
            x += grid.put(Line(text, style), in: Rect(x: x, y: place.y, width: place.maxX - x, height: 1)) + 1
        }
        // The real cursor stands where the keys act.
        if isCurrent { grid.cursor = Point(x: place.x, y: place.y) }
    }

    private func drawCompletions(of field: FormField, into grid: inout Grid, _ inner: Rect, x: Int, y: Int) -> Int {
        for (offset, completion) in field.completions.enumerated() {
            let place = Rect(x: inner.x + x, y: y + offset, width: inner.width - x, height: 1)
            if offset == field.completion { grid.restyle(place) { $0.ground = .selected } }
            grid.put(
                [Span("\(completion.value)  ", offset == field.completion ? .strong : .text), Span(completion.detail, .muted)],
                in: place.inset(horizontal: 1))
        }
        return y + field.completions.count
    }

    func hints(_ context: Context) -> [KeyHint] {
        let field = fields[current]
        var hints = [
            KeyHint("Ctrl-S", context(Label("提交", en: "submit")), priority: 7),
            KeyHint("Esc", context(Label("放弃", en: "give up")), priority: 6),
        ]
        if field.isChoice {
            hints.insert(KeyHint("←→", context(Label("选择", en: "choose")), priority: 5), at: 0)
        } else if !field.completions.isEmpty {
            hints.insert(KeyHint("↑↓", context(Label("候选", en: "suggestions")), priority: 5), at: 0)
        }
        let last = current == fields.count - 1 && field.completion == nil
        hints.insert(
            KeyHint(
                "Enter", context(last ? Label("提交", en: "submit") : Label("下一项", en: "next")), priority: 8), at: 0)
        hints.append(KeyHint("Tab", context(Label("换项", en: "move")), priority: 3))
        return hints
    }
}
