import Estate
import Screen

/// The meaning of a typed line in linear mode.
enum Interpretation {
    case keys([Key])
    case command(Command)
    /// Lines to read in reply.
    case answer([String])
}

extension Session {
    /// Interprets a typed line. `/` begins a command or the name of a key; in a form or a search other text is typed; in a
    /// list a number selects a row; an empty line is Enter. After a line that cannot be interpreted the question is read again.
    func interpret(_ line: String, _ context: Context) -> Interpretation {
        let line = line.trimmed
        switch line.halfwidth {
        case "?", "/?": return .answer([guide(context)] + spokenHelp(context))
        case "=", "/=": return .answer([spokenStatus(context)] + spoken(context))
        case let text where text.hasPrefix("/") && layers.last is FormLayer && isMore(String(text.dropFirst())):
            return interpret(String(text.dropFirst()), context)
        case let text where text.hasPrefix("/"): return order(String(text.dropFirst()).trimmed, context)
        default: break
        }
        if let form = layers.last as? FormLayer, isMore(line.halfwidth) {
            return .answer(form.spokenChoices(from: spokenRows, context).nonEmpty ?? spoken(context))
        }
        if let top = layers.last {
            return top.keys(answering: line, context).map(Interpretation.keys)
                ?? .answer(spoken(context) + spokenHelp(context))
        }
        if line.isEmpty { return .keys([.enter]) }
        return focused.interpret(line, context) ?? order(line, context)
    }

    private func isMore(_ text: String) -> Bool { Session.more.contains(text.lowercased()) }

    private static let more = ["更多", "more", "m"]

    /// A key by its name, or a command by its label or its pinyin.
    private func order(_ text: String, _ context: Context) -> Interpretation {
        // `/End` is the command of that name, before it is the key.
        let isCommand = layers.isEmpty && commands.contains { [$0.label.chinese, $0.label.english].contains(text) }
        if !isCommand, let key = Key(text), !key.isComposed, text.count > 1 { return .keys([key]) }
        if let top = layers.last {
            let hint = top.hints(context).first { $0.label == text || Pinyin.matches(text, in: $0.label) }
            if let key = hint.flatMap({ Key($0.key) }) { return .keys([key]) }
        }
        if let word = words.first(where: { $0.label.chinese == text || $0.label.english == text.lowercased() }) {
            return .keys([word.key])
        }
        func fits(_ words: (Command) -> Bool) -> [Command] { commands.filter(words) }
        let exact = fits { [$0.label.chinese, $0.label.english.lowercased(), $0.name].contains(text.lowercased()) }
        let found = exact.isEmpty ? fits { Pinyin.matches(text, in: $0.label.chinese) } : exact
        if let command = found.first, found.count == 1, layers.isEmpty { return .command(command) }
        if found.isEmpty || !layers.isEmpty {
            return .answer([
                context(Label("没有这个命令：\(text)（? 列出可用的）", en: "there is no command \(text) (? lists them)"))
            ])
        }
        return .answer([context(Label("是哪一个？", en: "which of these?"))] + found.map { "/\(context($0.label))" })
    }

    /// The words for keys in the pane or layer that has the keyboard.
    private var words: [(label: Label, key: Key)] {
        let isForm = layers.last is FormLayer
        let isList = layers.last.map { $0 is any ChoiceLayer } ?? !focused.columns.isEmpty
        let isCut = (layers.last as? FormLayer).map { $0.offeredCount > spokenRows } ?? false
        return [(Label("返回", en: "back"), .escape)]
            + (isForm ? [(Label("提交", en: "submit"), .control("s"))] : [])
            + (isList || isCut ? [(Label("更多", en: "more"), .pageDown)] : [])
    }

    private func guide(_ context: Context) -> String {
        let before = [Label("回车 下一步", en: "Enter: next step")]
        let named = words.map { Label("/\($0.label.chinese)", en: "/\($0.label.english)") }
        let after = [
            Label("数字 选择", en: "a number chooses"), Label("/键名 或 /命令 执行", en: "/key or /command does it"),
            Label("= 重读", en: "= reads again"), Label("? 帮助", en: "? helps"),
        ]
        return (before + named + after).map { context($0) }.joined(separator: context(Label("，", en: ", ")))
    }
}

extension Array {
    fileprivate var nonEmpty: [Element]? { isEmpty ? nil : self }
}
