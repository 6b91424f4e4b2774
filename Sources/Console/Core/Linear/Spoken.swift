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
    func spoken(_ context: Context) -> [String] { pictured(context) }
    func spokenDetails(_ context: Context) -> [String] { [] }

    /// The words of the pane's picture.
    func pictured(_ context: Context) -> [String] {
        var (pane, grid) = (self, Grid(size: Size(width: 100, height: 40)))
        let heading = PaneHeading(window: Window(self), key: "")
        pane.draw(into: &grid, rect: grid.bounds, heading: heading, isFocused: true, context)
        return Array(grid.spoken.dropFirst())
    }
}

extension ListPane {
    func spokenDetails(_ context: Context) -> [String] {
        selected(context).map { Source.detail($0, context).map(\.text.trimmed).filter { !$0.isEmpty } } ?? []
    }

    /// The number of rows and the summary, then the rows from the selected one on, with their numbers.
    func spoken(_ context: Context) -> [String] {
        let glyphs = Glyphs(TextWidth())
        let summary = (tally.map { Source.summary($0, glyphs, context) } ?? []).map(\.text).joined().trimmed
        let found = filter.map { context(Label("筛选“\($0.text)”，", en: "filter “\($0.text)”, ")) } ?? ""
        let (first, shown) = (selectedIndex ?? 0, shownRows(context))
        let count = context(Label("共 \(shown.count) 条", en: "\(shown.count) rows"))
        var lines = [([found + count, summary].filter { !$0.isEmpty }).joined(separator: "，")]
        if shown.isEmpty {
            let beginning = filter == nil ? Beginning.lines(context).map(\.text) : []
            return lines + (beginning.isEmpty ? [context(Source.empty(context))] : beginning)
        }
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
    /// The current field with its value and choices, then the remarks, what the action would come to, and the error.
    func spoken(_ context: Context) -> [String] {
        let (asked, field) = (asked, fields[current])
        let place = (asked.firstIndex(of: current) ?? 0) + 1
        let required = field.description.isRequired ? context(Label("，必填", en: ", required")) : ""
        var lines = [
            "\(context(title)) \(place)/\(asked.count)\(context(.colon))\(context(field.description.label))\(required)"
        ]
        if field.description.type.isList { lines[0] += context(Label("，", en: ", ")) + context(.several) }
        let shown = field.shown(context.language)
        if field.isAsking {
            lines.append(asking(field, shown, context))
        } else if !shown.isEmpty {
            lines.append(context(Label("已填：\(shown)", en: "filled in: \(shown)")))
        }
        if field.isElementComplete {
            lines.append(context(Label("再填一个会加在后面，/Ctrl-U 清空", en: "another is added; /Ctrl-U empties it")))
        }
        lines += spokenChoices(from: 0, context)
        for (index, remark) in remarks(context).sorted(by: { $0.key < $1.key }) {
            lines.append(
                "\(context(fields[index].description.label))\(context(.colon))\(remark.spans.last?.text ?? "")")
        }
        lines += outlook(context).filter { $0.weight != .faint }.prefix(spokenRows).map { row in
            row.cells.map { context($0).trimmed }.filter { !$0.isEmpty }.joined(
                separator: context(Label("，", en: ", ")))
        }
        if let trouble { lines.append(trouble.keysAsTyped) }
        return lines
    }

    /// How many values the current field offers.
    var offeredCount: Int {
        fields[current].isChoice ? fields[current].choices.count : fields[current].completions.count
    }

    /// The values that the current field offers.
    func offered(_ context: Context) -> [String] {
        let field = fields[current]
        return field.isChoice
            ? field.choices.map { context($0.label) } : field.completions.map { "\($0.text) \($0.detail)".trimmed }
    }

    /// The first values that the current field offers, with their numbers, and how many follow; or all from a later one on.
    func spokenChoices(from first: Int, _ context: Context) -> [String] {
        let offered = offered(context)
        let end = first == 0 ? min(spokenRows, offered.count) : offered.count
        guard first < end else { return [] }
        let list = (first..<end).map { "\($0 + 1) \(offered[$0])" }.joined(separator: context(Label("，", en: ", ")))
        return [context(Label("可选：\(list)", en: "choices: \(list)"))] + rest(offered.count - end, context)
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

    /// What is known of the selected row, and what can be done with it.
    func spokenChoice(_ context: Context) -> [String] {
        let details = focused.spokenDetails(context)
        if details.isEmpty { return [] }
        let can = commands.filter {
            $0.name.hasPrefix("\(focused.name).") && $0.priority > 0 && $0.isPermitted(self, context)
                && $0.disabledReason(self, context) == nil
        }
        let names = can.map { "/\(context($0.label))" }.joined(separator: context(Label("，", en: ", ")))
        return details + (can.isEmpty ? [] : [context(Label("可做：\(names)", en: "can be done: \(names)"))])
    }

    func spokenStatus(_ context: Context) -> String {
        var (session, grid) = (self, Grid(size: Size(width: 240, height: 30)))
        session.notice = nil
        session.draw(into: &grid, context)
        return grid.spoken.first ?? ""
    }

    /// The keys in force, each with its description.
    func spokenHelp(_ context: Context) -> [String] {
        if let top = layers.last {
            return [top.hints(context).map(spoken).joined(separator: context(Label("，", en: ", ")))]
        }
        return commands.filter { $0.disabledReason(self, context) == nil }.map { command in
            // A letter is the name of no key here.
            let keys = context.keys.names(of: command).filter { $0.count > 1 }.map { "/\($0)" }.joined(separator: " ")
            return "/\(context(command.label))\(context(.colon))\(context(command.doc))"
                + (keys.isEmpty ? "" : context(Label("（\(keys)）", en: " (\(keys))")))
        }
    }

    /// A layer's hint as it is typed: its label, or the arrow keys by name.
    private func spoken(_ hint: KeyHint) -> String {
        Key(hint.key) == nil ? "\(hint.key.keysAsTyped) \(hint.label)" : "/\(hint.label)"
    }
}

extension Label {
    fileprivate static let colon = Label("：", en: ": ")
}

extension String {
    /// Names of keys as they are typed: `/Esc` for `Esc`, `/Up` for `↑`.
    var keysAsTyped: String {
        // A single → is a sign, not a key.
        let arrows = [("←→", " /Left /Right "), ("↑", " /Up "), ("↓", " /Down "), ("←", " /Left ")]
        return arrows.reduce(self) { $0.replacing($1.0, with: $1.1) }
            .replacing(/\/?((?:[A-Z][a-z]+-(?:[A-Z\\\]_^]|F[0-9]+)|F[0-9]+|Esc|Tab|Enter))(?![A-Za-z0-9])/) { match in
                Key(String(match.output.1)) == nil ? String(match.output.0) : "/\(match.output.1)"
            }
            .split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
    }
}

extension DetailLayer {
    /// All of the text: nothing scrolls.
    func spoken(_ context: Context) -> [String] { ([title] + lines).map(\.text.trimmed).filter { !$0.isEmpty } }
}
