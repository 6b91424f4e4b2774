import ArgumentParser
import Estate
import Foundation

/// The command line: the console, and its headless twin for scripts.
@main
struct Frontdesk: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "frontdesk",
        abstract: "物业前台控制台 · The console of a residential property company's front desk, gate and supervisor",
        subcommands: [
            ConsoleCommand.self, DemoCommand.self, InitCommand.self, DoCommand.self, ShowCommand.self,
            ImportCommand.self, ReportCommand.self, PINCommand.self, VerifyCommand.self, MirrorCommand.self,
            ActionsCommand.self, ViewsCommand.self, ReportsCommand.self, KeysCommand.self,
        ],
        defaultSubcommand: ConsoleCommand.self)

    static func main() {
        holdStandardStreams()
        // A limit on the size of files is the end of the disk like any other: the write fails and is told of. By default it
        // would end the program, and leave the terminal as it is.
        signal(SIGXFSZ, SIG_IGN)
        let arguments = reordered(Array(CommandLine.arguments.dropFirst()))
        do {
            var command = try parseAsRoot(arguments)
            try command.run()
        } catch let code as ExitCode {
            Foundation.exit(code.rawValue)
        } catch {
            fail(error, asJSON: arguments.contains("--json"))
        }
    }

    /// A standard stream that is closed must not become a file of the journal, where messages would be written into it:
    /// its number is taken by something that can only fail.
    private static func holdStandardStreams() {
        for (stream, flags) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
        where fcntl(stream, F_GETFD) < 0 {
            _ = open("/dev/null", flags)
        }
    }

    /// Options that stand before the command go behind its name, so that they may stand anywhere.
    private static func reordered(_ arguments: [String]) -> [String] {
        let names = configuration.subcommands.compactMap { $0.configuration.commandName }
        // What stands behind such an option is its value, even if a command is called the same.
        let values = ["--data", "--as", "--at", "--pin-file", "--keys"]
        let place = arguments.indices.first {
            names.contains(arguments[$0]) && !($0 > 0 && values.contains(arguments[$0 - 1]))
        }
        guard let place, place > 0, arguments[0].hasPrefix("--"), arguments[0] != "--help" else { return arguments }
        return [arguments[place]] + arguments[..<place] + arguments[(place + 1)...]
    }

    /// Says what is wrong and ends with the code that the contract gives it.
    private static func fail(_ error: any Error, asJSON: Bool) -> Never {
        let trouble = Trouble(error, language: .ofEnvironment())
        if let trouble {
            trouble.print(asJSON: asJSON)
            Foundation.exit(trouble.exitCode)
        }
        // Help and version are asked for; everything else that the parser throws is a mistake on the command line.
        if exitCode(for: error).isSuccess { exit(withError: error) }
        let text = message(for: error)
        Trouble(
            code: "usage", message: Language.ofEnvironment() == .chinese ? "命令行有误：\(text)" : text, exitCode: 2
        ).print(asJSON: asJSON)
        Foundation.exit(2)
    }
}
