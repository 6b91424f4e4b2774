import ArgumentParser
import Console
import Estate
import Foundation
import Journal

/// The manual page frontdesk(1), made of the declarations: commands and options as the argument parser describes them,
/// actions, views and reports, the command table with its keys, environment and exit codes.
struct ManualPage {
    private var lines: [String] = []

    /// The page in roff, for the macros of man(7).
    static func text() throws -> String {
        var page = ManualPage()
        try page.write()
        return page.lines.joined(separator: "\n") + "\n"
    }

    private mutating func write() throws {
        let help = try JSONDecoder().decode(Help.self, from: Data(Frontdesk._dumpHelp().utf8)).command
        let commands = (help.subcommands ?? []).filter { $0.isShown && $0.commandName != "help" }
        lines.append(".TH FRONTDESK 1 \"\" \"frontdesk \(Version.number)\" \"frontdesk\"")
        // In English alone: `man -k` looks for it.
        section("NAME")
        text("frontdesk - console of a property company's front desk · 物业前台控制台")
        section("SYNOPSIS · 用法")
        for command in commands { entry("frontdesk " + command.synopsis, nil) }
        section("DESCRIPTION · 说明")
        text(help.abstract ?? "")
        text("Everything is recorded as facts in an append-only journal in the data folder. 一切都作为事实记入数据文件夹里只增不改的日志。")
        section("COMMANDS · 命令")
        for command in commands {
            subsection(command.synopsis)
            text(command.abstract ?? "")
            for argument in command.arguments ?? [] where argument.isShown {
                entry(argument.usage, argument.abstract)
            }
        }
        section("ACTIONS · 动作（do）")
        for action in Estate.actions {
            let roles = Role.allCases.filter { action.roles.contains($0) && $0 != .manager }.map(\.rawValue)
            entry(
                ([action.name] + action.description.map(\.typed)).joined(separator: " "),
                "\(action.label.both) [\((["manager"] + roles).joined(separator: " "))]"
                    + (action.condition.map { " \($0.both)" } ?? ""))
        }
        for (title, views) in [("VIEWS · 视图（show）", Estate.views), ("REPORTS · 报表（report）", Estate.reports)] {
            section(title)
            for view in views {
                entry(([view.name] + view.description.map(\.typed)).joined(separator: " "), view.label.both)
                text(view.columnDescriptions.map(\.key).joined(separator: ", "), indented: true)
            }
        }
        section("KEYS · 按键")
        text("frontdesk keys prints them in the form of the file that changes them. 可用 frontdesk keys 存为按键文件后修改。")
        for (label, commands) in KeyTable().sections {
            subsection(label.both)
            for command in commands {
                entry(command.keys.isEmpty ? "F9" : command.keys.joined(separator: ", "), command.doc.both)
            }
        }
        section("FILES · 文件")
        for (path, label) in ManualPage.files { entry(path, label.both) }
        section("ENVIRONMENT · 环境变量")
        for variable in EnvironmentVariable.allCases { entry(variable.rawValue, variable.label.both) }
        section("EXIT STATUS · 退出码")
        for status in ExitStatus.allCases { entry("\(status.rawValue)", status.label.both) }
        section("EXAMPLES · 例")
        for example in ManualPage.examples { lines += [".PP", ".nf", escaped(example), ".fi"] }
    }

    /// The files by their places; `DATA` is the data folder.
    private static let files = [
        ("~/.local/share/frontdesk", Label("数据文件夹 DATA", en: "the data folder, DATA")),
        ("~/.config/frontdesk/keys", Label("按键文件", en: "the file of keys")),
        ("DATA/journal/NODE/*.jsonl", Label("日志，一月一段", en: "the journal, a segment a month")),
        ("DATA/keys", Label("个人信息的密钥，须另行备份", en: "the keys of sealed particulars; keep a copy apart")),
        ("DATA/pins", Label("密码的散列、输错的次数", en: "the hashes of the PINs, and wrong tries")),
        ("DATA/handbook/*.json", Label("本小区改写的手册章节", en: "what the estate changes in the handbook's chapters")),
        ("DATA/drafts, DATA/preferences", Label("未提交的表单、各人的版面", en: "unsent forms, each member's layout")),
        ("DATA/reports", Label("控制台保存的报表", en: "reports that the console has saved")),
        ("DATA/checkpoint", Label("启动用的副本，可删", en: "a copy for a quick start; may be deleted")),
        ("DATA/console.log", Label("控制台运行时的错误输出", en: "error output while the console runs")),
        ("DATA/LOCK, NODE, INSTANCE, MIRROR", Label("锁、日志名、文件夹标识、镜像", en: "lock, node name, identity, mirror")),
        ("DATA/hub/", Label("中心库地址和同步情况", en: "the hub's address, and how far it is in step")),
    ]

    private static let examples = [
        "frontdesk demo", "frontdesk init --name 翠湖花园 --staff S01:王经理:manager",
        "frontdesk do visitor.arrive name=张三 host=3-2-501 purpose=探亲访友 --as S01",
        "frontdesk show followups state=overdue --json", "frontdesk backup /media/usb/2026-11-28",
    ]

    // MARK: roff

    private mutating func section(_ title: String) { lines.append(".SH \"\(escaped(title))\"") }
    private mutating func subsection(_ title: String) { lines.append(".SS \"\(escaped(title))\"") }

    private mutating func text(_ text: String, indented: Bool = false) {
        lines += [indented ? ".IP" : ".PP", escaped(text)]
    }

    private mutating func entry(_ term: String, _ text: String?) {
        lines += [".TP", ".B \"\(escaped(term))\""] + [text.map(escaped) ?? "\\&"]
    }

    /// Text in which roff sees no request, escape or hyphen of its own.
    private func escaped(_ text: String) -> String {
        let text = text.replacingOccurrences(of: "\\", with: "\\e").replacingOccurrences(of: "-", with: "\\-")
            .replacingOccurrences(of: "\"", with: "\\(dq").replacingOccurrences(of: "\n", with: " ")
        return text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" + text : text
    }
}

/// `frontdesk man`: prints the manual page; for the package.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "man", abstract: "手册页 · the manual page, in roff", shouldDisplay: false)

    func run() throws { printText(try ManualPage.text()) }
}

extension Label {
    fileprivate var both: String { "\(chinese) · \(english)" }
}

extension FieldDescription {
    /// `unit=`, or `area?=` if it may be left out.
    fileprivate var typed: String { key + (isRequired ? "=" : "?=") }
}

/// What `_dumpHelp()` says of a command, as far as the page needs it.
private struct Help: Decodable {
    let command: Command

    struct Command: Decodable {
        let commandName: String
        let abstract: String?
        let shouldDisplay: Bool?
        let subcommands: [Command]?
        let arguments: [Argument]?

        var isShown: Bool { shouldDisplay ?? true }
        /// `restore SOURCE PLACE [options]`
        var synopsis: String {
            let positional = (arguments ?? []).filter { $0.kind == "positional" && $0.isShown }
            return ([commandName] + positional.map(\.usage)).joined(separator: " ")
        }
    }

    struct Argument: Decodable {
        let kind: String
        let shouldDisplay: Bool
        let isOptional: Bool
        let isRepeating: Bool
        let names: [Name]?
        let valueName: String?
        let abstract: String?

        /// The options that all commands have are left out.
        var isShown: Bool { shouldDisplay && abstract != nil && !["help", "version"].contains(valueName) }
        /// `--data DATA`, `SOURCE`, `[KINDS …]`
        var usage: String {
            let value = (valueName ?? "").uppercased() + (isRepeating ? " …" : "")
            if kind == "positional" { return isOptional ? "[\(value)]" : value }
            let names = (names ?? []).map { ($0.kind == "short" ? "-" : "--") + $0.name }.joined(separator: ", ")
            return kind == "flag" ? names : "\(names) \(value)"
        }
    }

    struct Name: Decodable {
        let kind: String
        let name: String
    }
}
