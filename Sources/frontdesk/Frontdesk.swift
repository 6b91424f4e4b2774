import ArgumentParser
import Estate
import Foundation

/// The command line: the console, and the commands for scripts.
@main
struct Frontdesk: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "frontdesk",
        abstract: "物业前台控制台 · The console of a residential property company's front desk, gate and supervisor",
        version: Version.line,
        subcommands: [
            ConsoleCommand.self, DemoCommand.self, InitCommand.self, DoCommand.self, ShowCommand.self,
            ImportCommand.self, ExportCommand.self, ReportCommand.self, PINCommand.self, VerifyCommand.self,
            SealCommand.self, MirrorCommand.self, HubCommand.self,
            BackupCommand.self, RestoreCommand.self,
            ActionsCommand.self, ViewsCommand.self, ReportsCommand.self, KeysCommand.self,
            ManualCommand.self,
        ],
        defaultSubcommand: ConsoleCommand.self)

    static func main() {
        occupyClosedStreams()
        // At a file size limit a write then fails with EFBIG, which is reported like a full disk. By default the signal
        // would kill the program and leave the terminal in full-screen mode.
        signal(SIGXFSZ, SIG_IGN)
        let arguments = reordered(Array(CommandLine.arguments.dropFirst()))
        do {
            try TextEncoding.check()
            var command = try parseAsRoot(arguments)
            try command.run()
        } catch let code as ExitCode {
            Foundation.exit(code.rawValue)
        } catch {
            fail(error, asJSON: arguments.contains("--json"))
        }
    }

    /// Opens /dev/null in the wrong direction for each closed standard stream, so that its use fails.
    ///
    /// Otherwise the next opened file, such as a journal segment, would get the descriptor, and messages would be
    /// written to it.
    private static func occupyClosedStreams() {
        for (stream, flags) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
        where fcntl(stream, F_GETFD) < 0 {
            _ = open("/dev/null", flags)
        }
    }

    /// Moves options before the command's name behind it, where the argument parser expects them.
    private static func reordered(_ arguments: [String]) -> [String] {
        let names = configuration.subcommands.compactMap { $0.configuration.commandName }
        // The word after one of these options is its value, even if it equals a command's name.
        let values = ["--data", "--as", "--at", "--pin-file", "--keys", "--node"]
        let place = arguments.indices.first {
            names.contains(arguments[$0]) && !($0 > 0 && values.contains(arguments[$0 - 1]))
        }
        // `---completion` is how a shell asks for words.
        guard let place, place > 0, arguments[0].hasPrefix("--"), !arguments[0].hasPrefix("---"),
            !["--help", "--version"].contains(arguments[0])
        else { return arguments }
        return [arguments[place]] + arguments[..<place] + arguments[(place + 1)...]
    }

    /// The shell whose completion script is asked for.
    private static var shellOfScript: String? {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, arguments[1] == "--generate-completion-script" else { return nil }
        return arguments[2]
    }

    /// Prints the error and exits with its code.
    private static func fail(_ error: any Error, asJSON: Bool) -> Never {
        if let report = ErrorReport(error, language: .ofEnvironment()) {
            report.print(asJSON: asJSON)
            Foundation.exit(report.exitCode)
        }
        // The parser throws successful "errors" for --help and --version; all others are usage errors.
        if exitCode(for: error).isSuccess {
            guard let shell = shellOfScript else { exit(withError: error) }
            printText(CompletionScript.adapted(fullMessage(for: error), to: shell))
            Foundation.exit(0)
        }
        let text = message(for: error)
        let words = Language.ofEnvironment() == .chinese ? "命令行有误：\(UsageWords.chinese(text))" : text
        ErrorReport(code: "usage", message: words, exitCode: 2).print(asJSON: asJSON)
        Foundation.exit(2)
    }
}
