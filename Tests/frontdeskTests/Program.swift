import Foundation
import Testing

/// The tests that run the real program, but for those of ``ProgramInTerminal`` and ``ProgramWithFiles``. Serialised,
/// because they measure times and wait with timeouts.
@Suite("The program", .serialized, .timeLimit(.minutes(isLong ? 60 : 20)))
enum Program {
    /// Path of the program under test, which is in the folder of the test bundle.
    static let path: String = {
        let bundles = Bundle.allBundles.map { $0.bundlePath }
        let places = [CommandLine.arguments[0], "/proc/self/exe"] + bundles
        return places.map { URL(fileURLWithPath: $0).resolvingSymlinksInPath().deletingLastPathComponent() }
            .map { $0.appendingPathComponent("frontdesk").path }
            .first { FileManager.default.isExecutableFile(atPath: $0) } ?? "frontdesk"
    }()
}

/// The tests that are all about the console in a real terminal. They run beside those of ``Program``: all of them wait more
/// than they work.
@Suite("The program in a terminal", .serialized, .timeLimit(.minutes(isLong ? 60 : 20)))
enum ProgramInTerminal {}

/// The tests of import, export and copies. They run beside those of ``Program``.
@Suite("The program and files", .serialized, .timeLimit(.minutes(isLong ? 60 : 20)))
enum ProgramWithFiles {}

/// The result of a run of the program.
struct Outcome: CustomStringConvertible {
    let code: Int32
    let out: String
    let err: String

    var lines: [String] { out.split(whereSeparator: \.isNewline).map(String.init) }
    /// Standard output as one JSON value.
    var json: JSON { JSON(out) }
    /// Standard output as one JSON value per line.
    var answers: [JSON] { lines.map { JSON($0) } }
    /// The error of `--json` on standard error.
    var error: JSON { JSON(err)["error"] }
    var description: String { "exit \(code)\n\(out)\n\(err)" }
}

/// Whether the long variants of fuzz and crash tests run: `FRONTDESK_LONG_TESTS=1 swift test`.
let isLong = ProcessInfo.processInfo.environment["FRONTDESK_LONG_TESTS"] == "1"
