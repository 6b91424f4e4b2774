import Foundation

/// The time and memory of a start without a checkpoint: all lines are read, hashed and applied.
enum Rebuild: Benchmark {
    static let name = "rebuild"

    private static let rounds = 3

    static func run(_ options: Options) throws -> BenchmarkResult {
        let folder = try Workload.estate(facts: options.facts, options)
        let bytes = Double(try folder.journalBytes)
        let facts = Double(options.facts)
        var (ours, decoder, hash, jq) = (Samples(), Samples(), Samples(), Samples())
        var peak = 0
        for _ in 0..<rounds {
            let opened = try folder.withNothingButJournal { try Worker.open.measured(on: $0) }
            ours.add(opened.seconds)
            peak = max(peak, opened.peak)
            hash.add(try Worker.hash.measured(on: folder).seconds)
            decoder.add(try Worker.decode.measured(on: folder).seconds)
            if let seconds = Program(["jq", "-c", "."] + (try folder.segments)).seconds() { jq.add(seconds) }
        }
        var result = BenchmarkResult(name)
        func rate(_ name: String, _ samples: Samples) {
            result.figure("\(name), facts", facts / samples.median, "facts/s")
            result.figure("\(name), bytes", bytes / samples.median / 1e6, "MB/s")
        }
        result.figure("journal", bytes / 1e6, "MB")
        result.figure("rebuild", ours.median, "s")
        rate("rebuild", ours)
        rate("SHA-256 of every line", hash)
        rate("JSONDecoder", decoder)
        result.ratio("rebuild to SHA-256 of every line", hash.median / ours.median)
        result.ratio("rebuild to JSONDecoder", decoder.median / ours.median, atLeast: 8)
        if jq.median > 0 {
            rate("jq -c .", jq)
            result.ratio("rebuild to jq -c .", jq.median / ours.median, atLeast: 10)
        } else {
            result.markUnavailable("jq")
        }
        result.figure("peak memory", Double(peak) / 1e6, "MB")
        result.ratio("peak memory to journal", Double(peak) / bytes, atMost: 3)
        return result
    }
}
