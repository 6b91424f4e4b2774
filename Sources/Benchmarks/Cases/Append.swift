/// The time from one action to its acknowledgement, compared with `write` and `fdatasync` of the same bytes.
enum Append: Benchmark {
    static let name = "append"

    private static let rounds = 600

    static func run(_ options: Options) throws -> BenchmarkResult {
        try WritableEstate.with(options) { estate in
            var (ours, bare) = (Samples(), Samples())
            func append() throws { ours.add(try time { try estate.registerVisitor() }) }
            func write(_ bytes: [UInt8]) throws { bare.add(try time { try estate.floor.append(bytes) }) }

            try estate.registerVisitor()
            try estate.folder.settle()
            var bytes = try estate.segment.next()
            for round in 0..<rounds {
                // The order alternates, because a sync may wait for the previous one. Where the baseline comes first it
                // writes the bytes of the round before.
                if round.isMultiple(of: 2) {
                    try append()
                    bytes = try estate.segment.next()
                    try write(bytes)
                } else {
                    try write(bytes)
                    try append()
                    bytes = try estate.segment.next()
                }
            }
            var result = BenchmarkResult(name)
            for percent in [50, 99] {
                result.figure("acknowledged, p\(percent)", ours.percentile(percent) * 1e6, "µs")
                result.figure("write and fdatasync, p\(percent)", bare.percentile(percent) * 1e6, "µs")
                result.ratio(
                    "acknowledged to write and fdatasync, p\(percent)",
                    ours.percentile(percent) / bare.percentile(percent), atMost: 1.3)
            }
            return result
        }
    }
}
