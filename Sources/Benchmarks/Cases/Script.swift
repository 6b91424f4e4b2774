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
            try measure(
                commands, frontdesk, on: folder, "\(options.facts) facts", rounds: rounds, empty: empty, atMost: 10,
                &result)
        }
    }
}
