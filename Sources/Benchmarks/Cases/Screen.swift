import Demo
import Foundation

/// The time from the start of the program to its first picture.
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
    }

    private static func first(_ frontdesk: String, _ folder: EstateFolder) throws -> Samples {
        // Most panes are shown for an operator.
        var program = Program([frontdesk, "--data", folder.path, "--as", Roster.operators[0]])
        program.environment.merge(["TERM": "xterm-256color", "LC_ALL": "C.UTF-8"]) { $1 }
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
