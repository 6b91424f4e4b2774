import ArgumentParser
import Console
import Curses
import Estate
import Foundation
import Screen

/// The options for the console's appearance.
struct ScreenOptions: ParsableArguments {
    @Option(help: "主题 dark, light, high-contrast, mono · the theme (mono with NO_COLOR)")
    var theme: String?
    @Option(help: "界面语言 zh, en · the language of the interface")
    var lang: String?
    @Flag(name: .customLong("wide-signs"), help: "“”①✓ 等符号占两列 · signs of ambiguous width take two columns")
    var wideSigns = false
    @Flag(name: .customLong("no-mouse"), help: "不用鼠标 · leave the mouse to the terminal")
    var noMouse = false

    @Flag(help: "逐行读写，供读屏软件 · plain lines, for screen readers")
    var linear = false
    @OptionGroup var keys: KeyOptions

    /// Throws what would keep the console from opening, before anything is made for it.
    func check() throws {
        _ = try (chosenTheme(), language(), keys.table())
        if !linear { try reportingTerminal { try Terminal.check() } }
    }

    func open(_ store: Store, as member: StaffMember?) throws {
        let (theme, language) = (try chosenTheme(), try language())
        let keys = try keys.table().reached(in: ProcessInfo.processInfo.environment)
        if linear { return LinearApp.run(store, as: member, language: language, keys: keys) }
        var options = ConsoleApp.Options(theme: theme, language: language, log: "\(store.folder)/console.log")
        options.ambiguousIsWide = wideSigns
        options.mouse = !noMouse
        options.keys = keys
        try reportingTerminal { try ConsoleApp.run(store, as: member, options) }
    }

    private func chosenTheme() throws -> Theme {
        let environment = ProcessInfo.processInfo.environment
        let mono = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        let name = theme ?? environment["FRONTDESK_THEME"] ?? (mono ? "mono" : "dark")
        guard let theme = Theme(named: name) else {
            throw Refusal.input("screen.theme", "没有这个主题：\(name)", en: "there is no theme \(name)")
        }
        return theme
    }

    private func language() throws -> Language {
        switch lang {
        case nil: .ofEnvironment()
        case "zh": .chinese
        case "en": .english
        default: throw Refusal.input("screen.lang", "语言只有 zh 和 en", en: "the languages are zh and en")
        }
    }

    private func reportingTerminal(_ body: () throws -> Void) throws {
        do { try body() } catch let error as TerminalError {
            let (message, advice) =
                try language() == .chinese
                ? (error.chinese, "不用全屏也可以：加上 --linear，逐行读写。")
                : (error.english, "It works without a full screen, too: add --linear.")
            throw ErrorReport(code: "terminal", message: "\(message) \(advice)", exitCode: 5)
        }
    }
}
