/// The time of `frontdesk show arrears --json`, as a script would run it.
enum Show: Benchmark {
    static let name = "show"

    private static let rounds = 5

    static func run(_ options: Options) throws -> BenchmarkResult {
        var result = BenchmarkResult(name)
        guard let frontdesk = options.frontdesk else {
            result.markUnavailable("--frontdesk")
            return result
        }
        let small = try arrears(frontdesk, Workload.estate(facts: Options.smallEstate, options))
        let large = try arrears(frontdesk, Workload.estate(facts: options.facts, options))
        result.figure("show arrears, \(Options.smallEstate) facts", small.median, "s")
        result.figure("show arrears, \(options.facts) facts", large.median, "s")
        result.ratio("show arrears of \(options.facts) facts to \(Options.smallEstate)", large.median / small.median)
        return result
    }

    private static func arrears(_ frontdesk: String, _ folder: EstateFolder) throws -> Samples {
        let program = Program([frontdesk, "show", "arrears", "--json", "--data", folder.path])
        var samples = Samples()
        for round in 0...rounds {
            guard let seconds = program.seconds() else { throw UsageError("frontdesk show arrears failed") }
            // Round 0 only warms the caches.
            if round > 0 { samples.add(seconds) }
        }
        return samples
    }
}
