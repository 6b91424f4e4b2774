import Demo
import Foundation

/// The time from the start of the program to its first picture, and from a key to its answer.
enum Screen: ProgramBenchmark {
    static let name = "screen"

    private static let rounds = 5

    static func run(_ frontdesk: String, _ options: Options, _ result: inout BenchmarkResult) throws {
        let few = try first(frontdesk, Workload.estate(facts: Options.smallEstate, options))
        let many = try first(frontdesk, Workload.estate(facts: options.facts, options))
        let empty = emptyStarts(frontdesk, rounds: rounds)
        result.figure("first screen, \(Options.smallEstate) facts", few.median, "s")
        result.figure("first screen, \(options.facts) facts", many.median, "s")
        result.figure("start without an estate", empty.median, "s")
        result.ratio(
            "first screen of \(Options.smallEstate) facts to a start without an estate", few.median / empty.median)
        result.ratio("first screen of \(options.facts) facts to \(Options.smallEstate)", many.median / few.median)
        let keys = try keyAnswers(frontdesk, Workload.estate(facts: Options.smallEstate, options))
        result.figure("key to first byte", keys.seconds.median * 1000, "ms")
        result.figure("output of a key", keys.bytes.median, "bytes")
    }

    /// The answers to moving the selection down and up.
    private static func keyAnswers(
        _ frontdesk: String, _ folder: EstateFolder
    ) throws -> (seconds: Samples, bytes: Samples) {
        let terminal = try Terminal(columns: 120, rows: 36)
        let keys = ["\u{1B}OB", "\u{1B}OA"]
        guard
            let answers = try terminal.answers(
                of: console(frontdesk, folder), showing: Workload.name, to: keys, count: 200)
        else { throw UsageError("the console shows nothing") }
        return answers
    }

    /// The console as an operator, who is shown the most panes.
    private static func console(_ frontdesk: String, _ folder: EstateFolder) -> Program {
        var program = Program([frontdesk, "--data", folder.path, "--as", Roster.operators[0]])
        program.environment.merge(["TERM": "xterm-256color", "LC_ALL": "C.UTF-8"]) { $1 }
        return program
    }

    private static func first(_ frontdesk: String, _ folder: EstateFolder) throws -> Samples {
        let program = console(frontdesk, folder)
        var samples = Samples()
        for round in 0...rounds {
            let terminal = try Terminal(columns: 120, rows: 36)
            // The first start is not measured: it writes the checkpoint that the next ones use.
            let seconds = try terminal.firstPicture(of: program, showing: Workload.name, endingWhenIdle: round == 0)
            guard let seconds else { throw UsageError("the console shows nothing") }
            if round > 0 { samples.add(seconds) }
        }
        return samples
    }
}
