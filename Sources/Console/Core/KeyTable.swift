import Estate
import Screen

/// Which keys do what: as the commands declare it, but for what the user's own file says.
///
///     # 离场改用 F12
///     gate.leave = Enter, F12
///
/// A line names a command and all its keys; what stands behind `#` is passed over. What is wrong in the file is left out, by
/// line, and the rest holds.
public struct KeyTable: Sendable {
    /// Something in the file that does not hold.
    public struct Problem: Equatable, Sendable {
        public let line: Int
        /// The command's name, as it stands there.
        public let name: String
        public let message: Label

        /// `第 3 行 gate.leave：…`
        public var label: Label {
            Label(
                "第 \(line) 行 \(name)：\(message.chinese)", en: "line \(line), \(name): \(message.english)")
        }
    }

    /// The keys that the file gives, by command.
    private var own: [String: (keys: [Key], line: Int)] = [:]
    public private(set) var problems: [Problem] = []

    /// The keys that the commands declare.
    public init() {}

    /// The keys as a file's text has them.
    public init(reading text: String) {
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let words = line.prefix { $0 != "#" }.filter { $0 != "\u{FEFF}" }.trimmed
            if !words.isEmpty { read(words, line: index + 1) }
        }
        while !settle() {}
        problems.sort { $0.line < $1.line }
    }

    func keys(of command: Command) -> [Key] { own[command.name]?.keys ?? command.keys }

    /// The first key of a command by its name, as texts tell of it; the palette's where it has none.
    func key(of name: String) -> String {
        func first(_ name: String) -> Key? {
            own[name].map { $0.keys.first } ?? Command.all.first { $0.name == name }?.keys.first
        }
        return (first(name) ?? first("palette"))?.description ?? ""
    }

    // MARK: Reading

    private mutating func read(_ words: String, line: Int) {
        guard let sign = words.firstIndex(of: "=") else {
            return report(line, words, Label("不是“命令 = 键, 键”", en: "this is not “command = Key, Key”"))
        }
        let name = String(words[..<sign]).trimmed
        guard Command.all.contains(where: { $0.name == name }) else {
            return report(line, name, Label("没有这个命令", en: "there is no such command"))
        }
        if let other = own[name]?.line {
            return report(line, name, Label("第 \(other) 行已经写过", en: "line \(other) says it already"))
        }
        let list = words[words.index(after: sign)...]
        if String(list).trimmed.isEmpty { report(line, name, Label("没有写按键", en: "there is no key")) }
        var keys: [Key] = []
        for typed in list.split(separator: ",").map({ String($0).trimmed }) {
            guard let key = Key(typed)?.commandEquivalent else {
                report(line, name, Label("没有“\(typed)”这个键", en: "there is no key “\(typed)”"))
                continue
            }
            if let why = KeyTable.whyNot(key, for: name) {
                report(line, name, Label("\(key)：\(why.chinese)", en: "\(key): \(why.english)"))
            } else if !keys.contains(key) {
                keys.append(key)
            }
        }
        // A line of which nothing holds changes nothing.
        if !keys.isEmpty { own[name] = (keys, line) }
    }

    /// Why a key cannot be a command's.
    private static func whyNot(_ key: Key, for name: String) -> Label? {
        switch key {
        case .escape, .up, .down: Label("这个键留作移动和返回", en: "this key is for moving and leaving")
        case .control("i"): Label("终端分不出它和 Tab", en: "a terminal cannot tell it from Tab")
        case .control("m"): Label("终端分不出它和 Enter", en: "a terminal cannot tell it from Enter")
        case .control("["): Label("终端分不出它和 Esc", en: "a terminal cannot tell it from Esc")
        // The screen is locked from wherever one is, also while typing.
        case _ where name == Command.lock.name && key.isText:
            Label("输入时要用这个键", en: "this key is needed for typing")
        case .character(let sign) where VisibleText.visible(String(sign)) != String(sign):
            Label("控制字符不能作按键", en: "a control character cannot be a key")
        case _ where key.isComposed: Label("文字不能作按键", en: "text that is composed cannot be a key")
        default: nil
        }
    }

    private mutating func report(_ line: Int, _ name: String, _ message: Label) {
        problems.append(Problem(line: line, name: name, message: message))
    }

    /// Takes a key away from the later of two commands that have it at one place: what is declared comes before the file.
    ///
    /// A command that is left without any has its declared ones again; then `false`, for these may be somebody's by now.
    private mutating func settle() -> Bool {
        for commands in Command.contexts {
            var owners: [Key: String] = [:]
            for command in commands.sorted(by: { own[$0.name]?.line ?? 0 < own[$1.name]?.line ?? 0 }) {
                for key in keys(of: command) {
                    guard let owner = owners[key] else {
                        owners[key] = command.name
                        continue
                    }
                    guard let line = own[command.name]?.line else { continue }
                    report(line, command.name, Label("\(key) 已用于 \(owner)", en: "\(key) belongs to \(owner)"))
                    own[command.name]?.keys.removeAll { $0 == key }
                    if own[command.name]?.keys == [] {
                        own[command.name] = nil
                        return false
                    }
                }
            }
        }
        return true
    }

    // MARK: Telling

    /// The table as a file of its own kind, each command with what it does.
    public func text(_ language: Language) -> String {
        var lines = [
            Label("命令 = 键, 键", en: "command = Key, Key")[language],
            Label(
                "存为 ~/.config/frontdesk/keys 后修改；没有写到的命令保持原样",
                en: "save it as ~/.config/frontdesk/keys and edit it; what it leaves out stays as it is")[language],
        ].map { "# \($0)" }
        let sections = Command.panes.map { ($0.label, $0.commands) } + [(Label("随处", en: "Everywhere"), Command.global)]
        let width = Command.all.map { line(of: $0).count }.max() ?? 0
        for (label, commands) in sections {
            lines += ["", "# \(label[language])"]
            lines += commands.map { command in
                let line = line(of: command)
                return line + String(repeating: " ", count: width - line.count + 2)
                    + "# \(command.label[language])" + (language == .chinese ? "：" : ": ") + command.doc[language]
            }
        }
        return lines.joined(separator: "\n")
    }

    private func line(of command: Command) -> String {
        "\(command.name) = \(keys(of: command).map(\.description).joined(separator: ", "))"
    }
}

extension Command {
    /// The commands among which a key must mean one thing: those of each pane, with those that work everywhere.
    static let contexts: [[Command]] = panes.map { $0.commands + global }
    /// Each command there is, once.
    static let all: [Command] = panes.flatMap(\.commands) + global
}
