import Estate
import Screen

/// Something that linear mode reads aloud: the most important first, one statement a line, without frames and columns.
protocol Spoken {
    func spoken(_ context: Context) -> [String]
}

extension Grid {
    /// The words of a picture: without frames, and columns joined by commas.
    var spoken: [String] {
        lines.compactMap { line in
            let words = String(line.map { Grid.isDrawn($0) ? " " : $0 })
            let parts = words.split(separator: "  ").map { String($0).trimmed }.filter {
                !$0.isEmpty && !Grid.isSign($0)
            }
            return parts.isEmpty ? nil : parts.joined(separator: "，")
        }
    }

    /// Box drawing and block characters: U+2500…U+259F.
    private static func isDrawn(_ character: Character) -> Bool {
        character.unicodeScalars.first.map { (0x2500...0x259F).contains($0.value) } ?? false
    }

    /// Whether a text is a single sign. It is not read: the text beside it has the same meaning.
    fileprivate static func isSign(_ text: String) -> Bool {
        text.count == 1 && text.allSatisfy { !$0.isLetter && !$0.isNumber }
    }
}

/// The number of rows read at once.
let spokenRows = 10

/// The number of rows left, and how to read them.
func rest(_ count: Int, _ context: Context) -> [String] {
    count > 0 ? [context(Label("后面还有 \(count) 条，/更多 往下读", en: "\(count) more follow: /more reads on"))] : []
}

extension Layer {
    func spoken(_ context: Context) -> [String] { pictured(context) }

    /// The words of the layer's picture.
    func pictured(_ context: Context) -> [String] {
        var grid = Grid(size: Size(width: 100, height: 60))
        draw(into: &grid, rect: grid.bounds, context)
        return grid.spoken
    }
}

extension Pane {
    func spoken(_ context: Context) -> [String] {
        var (pane, grid) = (self, Grid(size: Size(width: 100, height: 40)))
        let heading = PaneHeading(window: Window(self), key: "")
        pane.draw(into: &grid, rect: grid.bounds, heading: heading, isFocused: true, context)
        return Array(grid.spoken.dropFirst())
    }
}

extension ListPane {
    /// The number of rows and the summary, then the rows from the selected one on, with their numbers.
    func spoken(_ context: Context) -> [String] {
        let glyphs = Glyphs(TextWidth())
        let summary = (tally.map { Source.summary($0, glyphs, context) } ?? []).map(\.text).joined().trimmed
        let found = filter.map { context(Label("筛选“\($0.text)”，", en: "filter “\($0.text)”, ")) } ?? ""
        let (first, shown) = (selectedIndex ?? 0, shownRows(context))
        let count = context(Label("共 \(shown.count) 条", en: "\(shown.count) rows"))
        var lines = [([found + count, summary].filter { !$0.isEmpty }).joined(separator: "，")]
        if shown.isEmpty { return lines + [context(Source.empty(context))] }
        for index in first..<min(first + spokenRows, shown.count) {
            let all = Source.cells(shown[index], glyphs, context)
            let cells = places.map { all[$0].text.trimmed }
            let words = cells.filter { !$0.isEmpty && !Grid.isSign($0) }.joined(separator: "，")
            if let head = head(at: index, isFirst: index == first, context) { lines.append(head) }
            let mark = index == selectedIndex ? context(Label("（选中）", en: " (selected)")) : ""
            lines.append("\(index + 1)\(mark) \(words)")
        }
        return lines + rest(shown.count - first - spokenRows, context)
    }
}

extension FormLayer {
    /// The current field with its value and choices, then the errors.
    func spoken(_ context: Context) -> [String] {
        let (asked, field) = (asked, fields[current])
        let place = (asked.firstIndex(of: current) ?? 0) + 1
        let required = field.description.isRequired ? context(Label("，必填", en: ", required")) : ""
        var lines = ["\(context(title)) \(place)/\(asked.count)：\(context(field.description.label))\(required)"]
        let shown = field.shown(context.language)
        if field.isAsking {
            lines.append(asking(field, shown, context))
        } else if !shown.isEmpty {
            lines.append(context(Label("已填：\(shown)", en: "filled in: \(shown)")))
        }
        if field.isElementComplete {
            lines.append(context(Label("再填一个会加在后面，/Ctrl-U 清空", en: "another is added; /Ctrl-U empties it")))
        }
        let offered =
            field.isChoice
            ? field.choices.map { context($0.label) }
            : field.completions.prefix(spokenRows).map { "\($0.text) \($0.detail)".trimmed }
        if !offered.isEmpty {
            let list = offered.enumerated().map { "\($0 + 1) \($1)" }.joined(separator: "，")
            lines.append(context(Label("可选：\(list)", en: "choices: \(list)")))
        }
        for (index, remark) in remarks(context).sorted(by: { $0.key < $1.key }) {
            lines.append("\(context(fields[index].description.label))：\(remark.spans.last?.text ?? "")")
        }
        if let trouble { lines.append(trouble) }
        return lines
    }

    /// Says that the text has several completions, and how to choose one.
    private func asking(_ field: FormField, _ typed: String, _ context: Context) -> String {
        let count = field.completions.count
        let (more, orMore) = count <= spokenRows ? ("", "") : ("，先读 \(spokenRows) 项", ", \(spokenRows) are read")
        let own = field.description.type.isOfKnown ? Label.none : Label("，0 照所填", en: ", 0 leaves it as typed")
        return context(
            Label(
                "“\(typed)”符合的有 \(count) 项\(more)，输入数字选一项，或多打几个字\(own.chinese)",
                en: "\(count)\(orMore) fit “\(typed)”: a number chooses, or type more\(own.english)"))
    }
}

extension Session {
    /// The name of the pane or layer that has the keyboard. When it changes, the whole contents are read.
    var scene: String {
        guard let top = layers.last else { return focused.name }
        return "\(focused.name) \(layers.count) \(type(of: top))"
    }

    /// The contents of the pane or layer that has the keyboard.
    func spoken(_ context: Context) -> [String] {
        if let top = layers.last { return top.spoken(context) }
        return [context(focused.label)] + focused.spoken(context)
    }

    func spokenStatus(_ context: Context) -> String {
        var (session, grid) = (self, Grid(size: Size(width: 240, height: 30)))
        session.notice = nil
        session.draw(into: &grid, context)
        return grid.spoken.first ?? ""
    }

    /// The keys in force, each with its description.
    func spokenHelp(_ context: Context) -> [String] {
        if let top = layers.last { return [top.hints(context).map { "\($0.key) \($0.label)" }.joined(separator: "，")] }
        return commands.filter { $0.disabledReason(self, context) == nil }.map { command in
            let keys = context.keys.keys(of: command).map(\.description).joined(separator: " ")
            return "/\(context(command.label))：\(context(command.doc))（\(keys)）"
        }
    }
}
