import Estate
import Screen

/// What a typed line means in linear mode.
enum Heard {
    /// Keys, one after the other.
    case keys([Key])
    case command(Command)
    /// Something to say in return, and nothing more.
    case answer([String])
}

extension Session {
    /// Reads a line as it is meant where one is: `/` begins a command or the name of a key; in a form or a search the rest is
    /// typed; in a list a number selects. An empty line is Enter.
    func hear(_ line: String, _ context: Context) -> Heard {
        let line = line.trimmed
        switch line.halfwidth {
        case "": return .keys([.enter])
        case "?", "/?": return .answer(Session.guide(context) + spokenHelp(context))
        case "=", "/=": return .answer([spokenStatus(context)] + spoken(context))
        case let text where text.hasPrefix("/"): return order(String(text.dropFirst()).trimmed, context)
        default: break
        }
        if let form = layers.last as? FormLayer { return .keys(form.keys(answering: line, context)) }
        if !layers.isEmpty || focused.takesText {
            // A search is typed anew and its first hit taken; what a call's caller says is recorded.
            return .keys([.end, .control("u")] + line.map(Key.character) + [.enter])
        }
        if let number = Int(line.halfwidth), number > 0 {
            return .keys([.home] + Array(repeating: .down, count: min(number, 100_000) - 1))
        }
        return order(line, context)
    }

    /// A key by its name, or a command by its words or their pinyin.
    private func order(_ text: String, _ context: Context) -> Heard {
        if let key = Key(text), !key.isComposed, text.count > 1 { return .keys([key]) }
        if let top = layers.last {
            let hint = top.hints(context).first { $0.label == text || Pinyin.matches(text, in: $0.label) }
            if let key = hint.flatMap({ Key($0.key) }) { return .keys([key]) }
        }
        func fits(_ words: (Command) -> Bool) -> [Command] { commands.filter(words) }
        let exact = fits { [$0.label.chinese, $0.label.english.lowercased(), $0.name].contains(text.lowercased()) }
        let found = exact.isEmpty ? fits { Pinyin.matches(text, in: $0.label.chinese) } : exact
        if let command = found.first, found.count == 1, layers.isEmpty { return .command(command) }
        if found.isEmpty || !layers.isEmpty {
            return .answer([
                context(
                    Label("没有这个命令：\(text)（? 列出可用的）", en: "there is no command \(text) (? lists them)"))
            ])
        }
        return .answer([context(Label("是哪一个？", en: "which of these?"))] + found.map { "/\(context($0.label))" })
    }

    private static func guide(_ context: Context) -> [String] {
        [
            context(
                Label(
                    "回车 下一步，/返回 或 /Esc 返回，/提交 或 /Ctrl-S 提交，数字 选择，/命令 执行，= 重读，? 帮助",
                    en: "Enter goes on, /Esc back, /Ctrl-S submits, a number chooses, /command does it, = reads again"))
        ]
    }
}

extension FormLayer {
    /// The keys that fill in the current field: a choice by its number, word or pinyin; a suggestion by its number; else the
    /// text itself. Then on to the next field.
    func keys(answering line: String, _ context: Context) -> [Key] {
        let field = fields[current]
        let number = Int(line.halfwidth)
        if field.isChoice {
            let wanted =
                field.choices.firstIndex { choice in
                    [choice.value, choice.label.chinese, choice.label.english].contains(line)
                } ?? number.map { $0 - 1 } ?? field.choices.firstIndex { Pinyin.matches(line, in: $0.label.chinese) }
            guard let wanted, field.choices.indices.contains(wanted) else { return [] }
            var (trial, keys) = (field, [Key]())
            while trial.choice != wanted {
                trial.choose(1)
                keys.append(.right)
            }
            return keys + [.enter]
        }
        if let number, field.completions.indices.contains(number - 1), field.input.isEmpty, !field.isNumeric {
            return Array(repeating: .down, count: number) + [.enter]
        }
        return [.end, .control("u")] + line.map(Key.character) + [.enter]
    }
}

extension FormField {
    /// Whether a number typed is the answer itself, and not the number of a suggestion.
    fileprivate var isNumeric: Bool {
        switch description.type {
        case .integer, .amount, .area, .phone, .unit, .host, .date, .moment: true
        default: false
        }
    }
}
