import Foundation

/// Measures the operations that users wait for, and prints the figures as one JSON object.
///
/// Each figure that depends on the machine has a baseline, measured in the same run, on the same file system and with the same
/// bytes. Only the ratios can be compared between machines. A missed target is reported, not treated as a failure.
@main
struct Benchmarks {
    /// In the order in which they run.
    private static let all: [any Benchmark.Type] = [
        Append.self, Groups.self, Rebuild.self, Nodes.self, Late.self, Drill.self, Screen.self, Script.self,
        Stock.self, Exchange.self,
    ]

    static func main() {
        do {
            let arguments = Array(CommandLine.arguments.dropFirst())
            if arguments.first == Worker.flag {
                try Worker.run(Array(arguments.dropFirst()))
            } else {
                try measure(try Options(arguments))
            }
        } catch {
            printProgress("\(error)")
            exit(1)
        }
    }

    private static func measure(_ options: Options) throws {
        let known = all.map { $0.name }
        if let stranger = options.only.first(where: { !known.contains($0) }) {
            throw UsageError("there is no benchmark \(stranger) (there are: \(known.joined(separator: ", ")))")
        }
        var report = Report(facts: options.facts)
        for benchmark in all where options.only.isEmpty || options.only.contains(benchmark.name) {
            printProgress("\(benchmark.name) …")
            report.measures.append(try benchmark.run(options))
        }
        print(try report.json)
    }
}

protocol Benchmark: SendableMetatype {
    /// The name for `--only`.
    static var name: String { get }
    static func run(_ options: Options) throws -> BenchmarkResult
}

/// A benchmark that starts the `frontdesk` program.
protocol ProgramBenchmark: Benchmark {
    static func run(_ frontdesk: String, _ options: Options, _ result: inout BenchmarkResult) throws
}

extension ProgramBenchmark {
    static func run(_ options: Options) throws -> BenchmarkResult {
        var result = BenchmarkResult(name)
        if let frontdesk = options.frontdesk {
            try run(frontdesk, options, &result)
        } else {
            result.markUnavailable("--frontdesk")
        }
        return result
    }

    /// The times of the smallest program: it is loaded and prints its help.
    static func emptyStarts(_ frontdesk: String, rounds: Int) -> Samples {
        var samples = Samples()
        for _ in 0..<rounds { if let seconds = Program([frontdesk, "--help"]).seconds() { samples.add(seconds) } }
        return samples
    }
}

extension ProgramBenchmark {
    /// The time and peak memory of single commands on an estate.
    ///
    /// - Parameters:
    ///   - size: what the estate holds, for the names of the figures.
    ///   - empty: the times of the smallest program.
    ///   - target: the greatest ratio to these that is aimed at.
    static func measure(
        _ commands: [[String]], _ frontdesk: String, on folder: EstateFolder, _ size: String, rounds: Int,
        empty: Samples, atMost target: Double? = nil, _ result: inout BenchmarkResult
    ) throws {
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
            result.figure("\(name), \(size)", samples.median, "s")
            result.figure("\(name), peak memory", Double(peak) / 1e6, "MB")
            let (words, ratio) = ("\(name) to a start without an estate", samples.median / empty.median)
            if let target { result.ratio(words, ratio, atMost: target) } else { result.ratio(words, ratio) }
        }
    }
}

/// Prints a line to standard error.
func printProgress(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data("\(text)\n".utf8)) }
