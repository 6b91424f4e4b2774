import Demo

/// The time and memory of one command, as a script or a telephone system runs it on a large estate, compared with the
/// smallest start of the same program.
enum Script: ProgramBenchmark {
    static let name = "script"

    private static let rounds = 9
    private static let commands = [
        ["do", "call.ring", "phone=13800001111", "--as", Roster.operators[0]],
        ["show", "gate", "state=inside", "--json"],
        ["show", "arrears", "--json"],
    ]

    static func run(_ frontdesk: String, _ options: Options, _ result: inout BenchmarkResult) throws {
        let empty = emptyStarts(frontdesk, rounds: rounds)
        result.figure("start without an estate", empty.median, "s")
        try Workload.estate(facts: options.facts, options).withCopy { folder in
            for command in commands {
                let program = Program([frontdesk] + command + ["--data", folder.path])
                let name = command.prefix { !$0.hasPrefix("-") && !$0.hasPrefix("phone") }.joined(separator: " ")
                var (samples, peak) = (Samples(), 0)
                for round in 0...rounds {
                    guard let measured = program.measured() else { throw UsageError("frontdesk \(name) failed") }
                    // The first run of all is not measured: it leaves the checkpoint that the next ones use.
                    if round == 0 { continue }
                    samples.add(measured.seconds)
                    peak = max(peak, measured.peak)
                }
                result.figure("\(name), \(options.facts) facts", samples.median, "s")
                result.figure("\(name), peak memory", Double(peak) / 1e6, "MB")
                result.ratio("\(name) to a start without an estate", samples.median / empty.median, atMost: 10)
            }
        }
    }
}
