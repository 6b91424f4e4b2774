import ArgumentParser
import Console
import Estate
import Foundation
import Screen

/// The option for the file with the user's key bindings.
struct KeyOptions: ParsableArguments {
    @Option(
        help: "按键文件 · the file of keys (else $XDG_CONFIG_HOME/frontdesk/keys or ~/.config/frontdesk/keys)",
        completion: .file())
    var keys: String?

    /// In bytes: a device may have no end.
    private static let longest = 1 << 20

    /// The key bindings of the file; the default ones if no file is named and the default file does not exist.
    ///
    /// - Throws: `Refusal` `keys.unreadable`.
    func table() throws -> KeyTable {
        guard let path = keys ?? file else { return KeyTable() }
        do {
            // A handle reads devices too: `/dev/null` is a file of no keys.
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            let bytes = try handle.read(upToCount: KeyOptions.longest + 1) ?? Data()
            if bytes.count > KeyOptions.longest { throw CocoaError(.fileReadTooLarge) }
            return KeyTable(reading: String(decoding: bytes, as: UTF8.self))
        } catch {
            if keys == nil, (error as? CocoaError)?.code == .fileReadNoSuchFile { return KeyTable() }
            throw Refusal.input(
                "keys.unreadable", "按键文件不能读：\(path)（用 --keys 另指一个，或把它移开）",
                en: "the file of keys cannot be read: \(path) (name another with --keys, or move it away)")
        }
    }

    private var file: String? {
        let folder =
            EnvironmentVariable.configurationHome.value ?? EnvironmentVariable.home.value.map { "\($0)/.config" }
        return folder.map { "\($0)/frontdesk/keys" }
    }
}

/// `frontdesk keys`: prints the current key bindings in the format of the key file.
struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "全部按键，可存为按键文件 · the keys, in the form of the file that changes them")
    @OptionGroup var keys: KeyOptions
    @OptionGroup var unused: UnusedOptions

    func run() throws {
        let (table, language) = (try keys.table(), Language.ofEnvironment())
        printLine(table.text(language))
        if table.problems.isEmpty { return }
        table.problems.forEach { printError("frontdesk: \(VisibleText.visible($0.label[language]))") }
        throw ExitCode(2)
    }
}
