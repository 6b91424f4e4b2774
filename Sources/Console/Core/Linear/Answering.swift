import Estate
import Screen

// How a typed line answers a layer. If it has several meanings none is taken: they are read as a numbered choice.

extension Layer {
    /// A question is answered by an empty line (Enter) or the name of a key.
    func keys(answering line: String, _ context: Context) -> [Key]? { line.isEmpty ? [.enter] : nil }
}

extension Pane {
    /// Text goes into a pane that takes it; a number selects a row.
    func interpret(_ line: String, _ context: Context) -> Interpretation? {
        if takesText { return .keys(Key.typing(anew: line) + [.enter]) }
        guard let number = Int(line.halfwidth), number > 0 else { return nil }
        return .keys([.home] + Key.moving(by: min(number, 100_000) - 1))
    }
}

extension ListPane {
    func interpret(_ line: String, _ context: Context) -> Interpretation? {
        if takesText { return .keys(Key.typing(anew: line) + [.enter]) }
        guard let number = Int(line.halfwidth) else { return nil }
        let count = shownRows(context).count
        guard (1...max(1, count)).contains(number), count > 0 else { return .noRow(number, of: count, context) }
        return .keys([.home] + Key.moving(by: number - 1))
    }
}

extension Interpretation {
    /// A number that none of the rows has.
    static func noRow(_ number: Int, of count: Int, _ context: Context) -> Interpretation {
        .answer([context(Label("没有第 \(number) 条，共 \(count) 条", en: "there is no row \(number) of \(count)"))])
    }
}

extension ChoiceLayer {
    func keys(answering line: String, _ context: Context) -> [Key]? { choosing(line, context) }

    /// A number chooses; other text is searched for, and the match is taken if there is only one.
    func choosing(_ line: String, _ context: Context) -> [Key]? {
        let selected = list.position.selection ?? 0
        if line.isEmpty { return list.shown.count == 1 || selected > 0 ? [.enter] : nil }
        // Three digits or more are a room or a telephone number.
        if let number = Int(line.halfwidth), number < 100, list.shown.indices.contains(number - 1) {
            return Key.moving(by: number - 1 - selected) + [.enter]
        }
        let typing = Key.typing(anew: line)
        var list = list
        for key in typing { _ = list.handle(.key(key), context) }
        return typing + (list.shown.count == 1 ? [.enter] : [])
    }

    func spoken(_ context: Context) -> [String] { choices(context) }

    /// The query, the number of matches, and the matches from the selected one on with their numbers.
    func choices(_ context: Context) -> [String] {
        let (shown, picture) = (list.shown, pictured(context))
        guard !shown.isEmpty else { return picture }
        let query = list.input.isEmpty ? "" : context(Label("“\(list.input.text)”，", en: "“\(list.input.text)”, "))
        let count = context(Label("共 \(shown.count) 项，输入数字选一项", en: "\(shown.count) found: a number chooses"))
        let first = list.position.selection ?? 0
        let rows = (first..<min(first + spokenRows, shown.count)).map { index in
            let item = shown[index]
            let words = [item.name, item.detail, item.trailing].map(\.text.trimmed).filter { !$0.isEmpty }
            return "\(index + 1) \(words.joined(separator: "，"))"
        }
        return Array(picture.prefix(1)) + [query + count] + rows + rest(shown.count - first - rows.count, context)
    }
}

extension MenuLayer {
    func keys(answering line: String, _ context: Context) -> [Key]? {
        if line.isEmpty { return (position.selection ?? 0) > 0 ? [.enter] : nil }
        let number = Int(line.halfwidth).map { $0 - 1 }
        let fitting = items.indices.filter { Pinyin.matches(line, in: context(items[$0].label)) }
        guard let index = number ?? (fitting.count == 1 ? fitting.first : nil), items.indices.contains(index) else {
            return nil
        }
        return Key.moving(by: index - (position.selection ?? 0)) + [.enter]
    }

    func spoken(_ context: Context) -> [String] {
        [title.text] + items.enumerated().map { "\($0 + 1) \(context($1.label))，\(context($1.doc))" }
    }
}

extension FormLayer {
    /// A choice by number, word or pinyin, a completion by number, or else the text itself; then the next field.
    func keys(answering line: String, _ context: Context) -> [Key]? {
        let field = fields[current]
        if line.isEmpty { return field.isAsking ? nil : [.enter] }
        let number = Int(line.halfwidth).map { $0 - 1 }
        if field.isChoice {
            let fitting = field.choices(fitting: line, context.language)
            guard let index = number ?? (fitting.count == 1 ? fitting.first : nil),
                field.choices.indices.contains(index)
            else { return nil }
            var (trial, keys) = (field, [Key]())
            while trial.choice != index {
                trial.choose(1)
                keys.append(.right)
            }
            return keys + [.enter]
        }
        let isOfList = field.isAsking || (field.input.isEmpty || field.offersAll) && !field.isNumeric
        if let number, isOfList, field.completions.indices.contains(number) {
            // The arrow keys pass over a list beside a value.
            if field.isAnswered { return Key.typing(anew: field.completions[number].text) + [.enter] }
            return Key.moving(by: number - (field.completion ?? -1)) + [.enter]
        }
        // A number that is none of the list is not the text itself.
        if let number, isOfList, !field.completions.isEmpty, (0..<99).contains(number) { return nil }
        if line.halfwidth == "0", field.isAsking, !field.description.type.isOfKnown { return [.escape, .enter] }
        // In a list the new element is added.
        let typing = field.isElementComplete ? [.end] + line.map(Key.character) : Key.typing(anew: line)
        var trial = self
        for key in typing { _ = trial.handle(.key(key), context) }
        return typing + (trial.fields[current].isAsking ? [] : [.enter])
    }

    /// The value of the field that was just answered, if it differs from the typed line. `former` is the form before.
    func readBack(of former: FormLayer, unlike line: String, _ context: Context) -> [String] {
        let index = former.current
        guard former.action == action, fields.indices.contains(index) else { return [] }
        let field = fields[index]
        let shown = field.shown(context.language)
        let more = field.taken?.detail ?? field.understood(context) ?? ""
        guard index != current, !shown.isEmpty, shown != line.trimmed || !more.isEmpty else { return [] }
        return ["\(context(field.description.label))：\(shown) \(more)".trimmed]
    }
}

extension FormField {
    /// Whether the text has several completions, one of which must be chosen.
    var isAsking: Bool { completion != nil && Set(completions.map(\.value)).count > 1 }

    /// Whether a typed number is the value itself, not the number of a completion.
    fileprivate var isNumeric: Bool {
        switch description.type {
        case .integer, .amount, .area, .decimal, .phone, .unit, .host, .date, .moment: true
        default: false
        }
    }
}

extension Key {
    /// The keys that replace the text by a line.
    static func typing(anew line: String) -> [Key] { [.end, .control("u")] + line.map(Key.character) }

    /// The arrow keys that move some rows down, or up (negative).
    static func moving(by rows: Int) -> [Key] {
        Array(repeating: rows < 0 ? .up : .down, count: abs(rows))
    }
}
