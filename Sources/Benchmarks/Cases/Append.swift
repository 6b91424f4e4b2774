import Demo
import Estate
import Journal

/// The time from one action to its acknowledgement, compared with `write` and `fdatasync` of the same bytes.
enum Append: Benchmark {
    static let name = "append"

    private static let rounds = 600

    static func run(_ options: Options) throws -> BenchmarkResult {
        try Workload.estate(facts: Options.smallEstate, options).withCopy { folder in
            let store = try Store(at: folder.path)
            var segment = try SegmentTail(of: folder)
            let floor = try AppendFile(at: "\(folder.path)/floor")
            var visitors = Visitors(store.estate)
            var (ours, bare) = (Samples(), Samples())
            func append() throws { ours.add(try time { try store.perform(visitors.next(), by: visitors.guardCode) }) }
            func write(_ bytes: [UInt8]) throws { bare.add(try time { try floor.append(bytes) }) }

            try store.perform(visitors.next(), by: visitors.guardCode)
            var bytes = try segment.next()
            for round in 0..<rounds {
                // The order alternates, because a sync may wait for the previous one. Where the baseline comes first it
                // writes the bytes of the round before.
                if round.isMultiple(of: 2) {
                    try append()
                    bytes = try segment.next()
                    try write(bytes)
                } else {
                    try write(bytes)
                    try append()
                    bytes = try segment.next()
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

/// A sequence of similar visitors.
struct Visitors {
    private let hosts: [UnitCode]
    private var count = 0
    /// The guard who registers them.
    let guardCode = Roster.guards[0]

    init(_ estate: Estate) { hosts = Array(estate.people.units.keys) }

    mutating func next() -> ArriveVisitor {
        count += 1
        return ArriveVisitor(name: "访客\(count)", host: hosts[count % hosts.count], purpose: "快递")
    }
}
