import Demo

/// The time and peak memory of single commands on a large estate, as scripts and telephone systems run them. The time
/// is compared with that of the program's start without an estate.
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
                    // The first run of a command is not measured: it may write the checkpoint that the others read.
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
