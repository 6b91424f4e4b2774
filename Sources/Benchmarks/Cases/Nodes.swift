/// The time of a start without a checkpoint when the facts stand in the logs of twenty nodes, compared with those of one.
enum Nodes: Benchmark {
    static let name = "nodes"

    private static let rounds = 3
    private static let count = 20

    static func run(_ options: Options) throws -> BenchmarkResult {
        let one = try Workload.estate(facts: options.facts, options)
        let many = try one.split(among: count)
        var (single, merged) = (Samples(), Samples())
        for _ in 0..<rounds {
            single.add(try one.withNothingButJournal { try Worker.open.measured(on: $0) }.seconds)
            merged.add(try many.withNothingButJournal { try Worker.open.measured(on: $0) }.seconds)
        }
        var result = BenchmarkResult(name)
        result.figure("rebuild, one node", single.median, "s")
        result.figure("rebuild, \(count) nodes", merged.median, "s")
        result.ratio("\(count) nodes to one", merged.median / single.median, atMost: 1.3)
        return result
    }
}
