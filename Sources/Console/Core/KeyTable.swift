import Estate
import Screen

/// The keys of the commands: the declared ones, those of the role's windows, and over both those of the user's key file.
///
///     # 重绘也用 F13
///     redraw = Ctrl-L, F13
///
/// A line names a command and all its keys; the rest of a line after `#` is a comment. `taken = Ctrl-S, F3` names keys that
/// another program takes, besides those that the environment tells. A faulty line is reported by its number and has no
/// effect.
public struct KeyTable: Sendable {
    /// A fault in the key file.
    public struct Problem: Equatable, Sendable {
        public let line: Int
        /// The command's name as written in the file.
        public let name: String
        public let message: Label

        /// `第 3 行 gate.leave：…`
        public var label: Label {
            Label("第 \(line) 行 \(name)：\(message.chinese)", en: "line \(line), \(name): \(message.english)")
        }
    }

    /// The keys in the file, by command.
    private var own: [String: (keys: [Key], line: Int)] = [:]
    /// All keys in the file. They replace the role's window keys.
    private var claimed: Set<Key> = []
    /// The role whose windows are on F2 and so on.
    private(set) var role: Role?
    public private(set) var problems: [Problem] = []
    /// For ``role``: the keys of each command, the first of its names, and the commands on each key.
    private var assigned: (keys: [String: [Key]], firsts: [String: String], commands: [Key: [String]])?
    /// The keys that another program takes (``KeyInterceptor``), so that a hint shows another.
    private var taken: Set<Key> = []
    /// The language of linear mode; `nil` on a screen.
    private var spokenLanguage: Language?
    /// The keys that the file says are taken.
    private var named: Set<Key> = []

    /// The declared keys.
    public init() {}

    /// The keys of a key file.
    public init(reading text: String) {
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let words = line.prefix { $0 != "#" }.filter { $0 != "\u{FEFF}" }.trimmed
            if !words.isEmpty { read(words, line: index + 1) }
        }
        while !settle() {}
        problems.sort { $0.line < $1.line }
        claimed = Set(own.values.flatMap(\.keys))
    }

    /// The table with the window keys of a role.
    func serving(_ role: Role?) -> KeyTable {
        var table = self
        table.role = role
        table.assigned = nil
        let keys = Dictionary(uniqueKeysWithValues: Command.named.map { ($0, table.keys(of: $1)) })
        var commands: [Key: [String]] = [:]
        for (name, keys) in keys { for key in keys { commands[key, default: []].append(name) } }
        table.assigned = (keys, Command.named.compactMapValues { table.names(of: $0).first }, commands)
        return table
    }

    /// The names of the commands on a key, in any window.
    func commands(on key: Key) -> [String] {
        if let assigned { return assigned.commands[key] ?? [] }
        return Command.all.filter { keys(of: $0).contains(key) }.map(\.name)
    }

    /// The table for the programs that the environment tells of.
    public func reached(in environment: [String: String]) -> KeyTable {
        var table = self
        table.taken.formUnion(KeyInterceptor.taken(in: environment))
        table.assigned = nil
        return table
    }

    /// The keys of a command without their alternates.
    func keys(of command: Command) -> [Key] {
        if let keys = assigned?.keys[command.name] { return keys }
        if let own = own[command.name] { return own.keys }
        guard let keys = Command.windowKeys[role]?[command.name] else { return command.keys }
        return claimed.isEmpty ? keys : keys.filter { !claimed.contains($0) }
    }

    /// The second key of a key that others take, if no command has it by the file.
    private func alternate(of key: Key) -> Key? {
        guard KeyInterceptor.takenAnywhere.contains(key) || taken.contains(key) else { return nil }
        return key.alternate.flatMap { claimed.contains($0) ? nil : $0 }
    }

    /// The key for which another one stands: `F1` for `Shift-F1`.
    func original(of key: Key) -> Key? { key.original.flatMap { alternate(of: $0) == nil ? nil : $0 } }

    /// The names of a command's keys that arrive here, then those of alternates and of letters; all names if none arrives.
    func names(of command: Command) -> [String] {
        let keys = keys(of: command)
        let lost = keys.filter(taken.contains)
        if lost.isEmpty { return keys.map(\.description) }
        let free = keys.filter { !taken.contains($0) }
        let letters = free.filter { if case .character = $0 { true } else { false } }
        let alternates = lost.compactMap(alternate).filter { !taken.contains($0) }.map(\.alternateName)
        let names = free.filter { !letters.contains($0) }.map(\.description) + alternates + letters.map(\.description)
        return names.isEmpty ? keys.map(\.description) : names
    }

    /// The name of a key for a hint: that of its alternate if only that arrives.
    func name(_ key: String) -> String {
        guard let pressed = Key(key), taken.contains(pressed), let alternate = alternate(of: pressed),
            !taken.contains(alternate)
        else {
            return key
        }
        return alternate.alternateName
    }

    /// The table of linear mode, whose texts name the words that are typed: `/结束` where a key would be named.
    func spoken(_ language: Language) -> KeyTable {
        var table = self
        table.spokenLanguage = language
        return table
    }

    /// The first key of a command, for texts that name it; that of the palette if it has none.
    func key(of name: String) -> String {
        if let spokenLanguage, let command = Command.named[name] { return "/\(command.label[spokenLanguage])" }
        return firstKey(of: name) ?? firstKey(of: "palette") ?? ""
    }

    /// The first of a command's names (``names(of:)``); `nil` if it has no key.
    func firstKey(of name: String) -> String? {
        if let assigned { return assigned.firsts[name] }
        return Command.named[name].flatMap { names(of: $0).first }
    }

    /// The key of a window; empty if it has none.
    func key(ofWindow name: String) -> String {
        spokenLanguage == nil ? firstKey(of: "focus.\(name)") ?? "" : key(of: "focus.\(name)")
    }

    // MARK: Reading

    private mutating func read(_ words: String, line: Int) {
        guard let sign = words.firstIndex(of: "=") else {
            return report(line, words, Label("不是“命令 = 键, 键”", en: "this is not “command = Key, Key”"))
        }
        let name = String(words[..<sign]).trimmed
        let list = words[words.index(after: sign)...]
        if name == KeyTable.takenName {
            for typed in list.split(separator: ",").map({ String($0).trimmed }) {
                guard let key = Key(typed) else { report(line, name, unknown(typed)); continue }
                named.insert(key)
            }
            taken = named
            return
        }
        guard Command.all.contains(where: { $0.name == name }) else {
            return report(line, name, Label("没有这个命令", en: "there is no such command"))
        }
        if let other = own[name]?.line {
            return report(line, name, Label("第 \(other) 行已经写过", en: "line \(other) defines it already"))
        }
        if String(list).trimmed.isEmpty { report(line, name, Label("没有写按键", en: "there is no key")) }
        var keys: [Key] = []
        for typed in list.split(separator: ",").map({ String($0).trimmed }) {
            guard let key = Key(typed)?.commandEquivalent else {
                report(line, name, unknown(typed))
                continue
            }
            if let why = KeyTable.disabledReason(key, for: name) {
                report(line, name, Label("\(key)：\(why.chinese)", en: "\(key): \(why.english)"))
            } else if !keys.contains(key) {
                keys.append(key)
            }
        }
        // A line without any valid key has no effect.
        if !keys.isEmpty { own[name] = (keys, line) }
    }

    private func unknown(_ typed: String) -> Label {
        Label("没有“\(typed)”这个键", en: "there is no key “\(typed)”")
    }

    /// The name, in the file, of the keys that others take.
    private static let takenName = "taken"

    /// Why a command cannot have a key.
    private static func disabledReason(_ key: Key, for name: String) -> Label? {
        switch key {
        case .escape, .up, .down: Label("这个键留作移动和返回", en: "this key is for moving and leaving")
        case .control("i"): Label("终端分不出它和 Tab", en: "a terminal cannot tell it from Tab")
        case .control("m"): Label("终端分不出它和 Enter", en: "a terminal cannot tell it from Enter")
        case .control("["): Label("终端分不出它和 Esc", en: "a terminal cannot tell it from Esc")
        // The lock key works while typing too.
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

    /// Resolves keys that two commands of one pane have: declared keys come before the file, earlier lines before later
    /// ones. Only the declared key of a window yields to the file's key of another window.
    ///
    /// A command left without any key gets its declared ones back. Then it returns `false`: these may conflict too.
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
                    if command.isOfWindow, own[owner] == nil, Command.named[owner]?.isOfWindow == true {
                        owners[key] = command.name
                        continue
                    }
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

    // MARK: Writing

    /// The table as the text of a key file, each command with its description.
    public func text(_ language: Language) -> String {
        var lines = [
            Label("命令 = 键, 键", en: "command = Key, Key")[language],
            Label(
                "存为 ~/.config/frontdesk/keys 后修改；没有写到的命令保持原样",
                en: "save it as ~/.config/frontdesk/keys and edit it; what it leaves out stays as it is")[language],
            Label(
                "被别的程序占用的键，第二个键照样可用：F1 是 Shift-F1，Ctrl-B 是 Alt-B；下一行写出收不到的键",
                en:
                    "a key that another program takes has a second one: Shift-F1 for F1, Alt-B for Ctrl-B; name them here"
            )[language],
        ].map { "# \($0)" }
        let names = named.map(\.description).sorted()
        lines.append((names.isEmpty ? "# " : "") + "\(KeyTable.takenName) = \(names.joined(separator: ", "))")
        let sections = KeyTable.groups
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

    /// All commands: those of each pane and layer, then those that work everywhere.
    private static var groups: [(Label, [Command])] {
        Windows.all.flatMap { $0.tabs.map(\.pane) }.map { ($0.label, $0.commands) }
            + Windows.layers + [(Label("随处", en: "Everywhere"), Command.global)]
    }

    /// All commands with the names of their keys, for the manual page. A pane that has none is left out.
    public var sections: [(label: Label, commands: [(keys: [String], doc: Label)])] {
        KeyTable.groups.filter { !$0.1.isEmpty }.map { label, commands in
            (label, commands.map { (keys(of: $0).map(\.description), $0.doc) })
        }
    }

    /// A command without a key stands as a comment: a line of the file needs one.
    private func line(of command: Command) -> String {
        let keys = keys(of: command).map(\.description)
        return (keys.isEmpty ? "# " : "") + "\(command.name) = \(keys.joined(separator: ", "))"
    }
}

extension Command {
    /// The groups of commands within which a key has one meaning: those of each pane, with those that work everywhere.
    static let contexts: [[Command]] =
        Windows.all.flatMap { window in
            window.tabs.map { $0.commands + global }
        } + Windows.layers.map { $0.commands + global.filter(\.worksOverLayers) }
    /// Every command, once.
    static let all: [Command] =
        Windows.all.flatMap(\.tabs).flatMap(\.pane.commands) + Windows.layers.flatMap(\.commands) + global
    static let named = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// Whether the command focuses a window.
    fileprivate var isOfWindow: Bool { Command.windowKeys[nil]?[name] != nil }

    /// The keys of each role's windows, from F2 on, by the names of the commands that focus them.
    fileprivate static let windowKeys: [Role?: [String: [Key]]] = Dictionary(
        uniqueKeysWithValues: ([nil] + Role.allCases).map { role in
            let order = Windows.order(for: role)
            let keys = Windows.all.map { window in
                ("focus.\(window.name)", order.firstIndex(of: window.name).map { [Key.function($0 + 2)] } ?? [])
            }
            return (role, Dictionary(uniqueKeysWithValues: keys))
        })
}
