import ArgumentParser
import Console
import Curses
import Estate
import Foundation
import Journal
import Screen

/// The options for the console's appearance.
struct ScreenOptions: ParsableArguments {
    @Option(
        help: "主题 dark, light, high-contrast, mono · the theme (mono with NO_COLOR)",
        completion: .list(["dark", "light", "high-contrast", "mono"]))
    var theme: String?
    @Option(help: "界面语言 zh, en · the language of the interface", completion: .list(["zh", "en"]))
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
        let notice = LocaleEncoding.foreign(in: ProcessInfo.processInfo.environment).map { encoding in
            // English first: a terminal of another encoding shows no Chinese.
            Label(
                "Not UTF-8 (\(encoding)): set the terminal to UTF-8 · 请把终端和 LANG 设为 UTF-8",
                en: "the locale is not UTF-8 (\(encoding)): set the terminal and LANG to UTF-8")
        }
        if linear { return LinearApp.run(store, as: member, language: language, keys: keys, notice: notice) }
        let log = "\(store.folder)/console.log"
        let disk = SystemDisk()
        // Made here, it belongs to the folder's group. A failure shows when the screen opens it.
        if (try? disk.sharedGroup(of: store.folder)) != nil,
            let file = try? disk.open(log, flags: O_WRONLY | O_CREAT, mode: 0o600)
        {
            disk.close(file)
        }
        var options = ConsoleApp.Options(theme: theme, language: language, log: log)
        options.notice = notice
        options.ambiguousIsWide = wideSigns
        options.mouse = !noMouse
        options.keys = keys
        try reportingTerminal { try ConsoleApp.run(store, as: member, options) }
    }

    private func chosenTheme() throws -> Theme {
        let usual = EnvironmentVariable.noColor.value == nil ? "dark" : "mono"
        let name = theme ?? EnvironmentVariable.theme.value ?? usual
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
