/// A hundred actions with one sync, as in an import, compared with one write and with one SQLite transaction.
enum Groups: Benchmark {
    static let name = "groups"

    private static let rounds = 200
    private static let size = 100

    static func run(_ options: Options) throws -> BenchmarkResult {
        try WritableEstate.with(options) { estate in
            let database = try SQLite(at: "\(estate.folder.path)/peer.db")
            var (ours, bare, peer) = (Samples(), Samples(), Samples())
            func act() throws {
                let actions = (0..<size).map { _ in estate.nextVisitor() }
                ours.add(
                    try time {
                        try estate.store.perform(by: estate.guardCode) { batch in
                            for action in actions { try batch.perform(action) }
                        }
                    })
            }

            try act()
            var bytes = try estate.segment.next()
            try database?.commit(bytes.split(separator: UInt8(ascii: "\n")))
            ours = Samples()
            for round in 0..<rounds {
                // The order rotates, because a sync may wait for the previous one. The baselines write the bytes of the round
                // before.
                let rows = bytes.split(separator: UInt8(ascii: "\n"))
                let steps: [() throws -> Void] = [
                    act,
                    { bare.add(try time { try estate.floor.append(bytes) }) },
                    { if let database { peer.add(try time { try database.commit(rows) }) } },
                ]
                for step in steps.indices { try steps[(step + round) % steps.count]() }
                bytes = try estate.segment.next()
            }
            let rows = Double(rounds * size)
            var result = BenchmarkResult(name)
            result.figure("acknowledged in groups of \(size)", rows / ours.total, "rows/s")
            result.figure("write and fdatasync", rows / bare.total, "rows/s")
            result.ratio("groups to write and fdatasync", bare.total / ours.total)
            if database == nil {
                result.markUnavailable("SQLite")
            } else {
                result.figure("SQLite, WAL, synchronous=FULL", rows / peer.total, "rows/s")
                result.ratio("groups to SQLite", peer.total / ours.total, atLeast: 1.5)
            }
            return result
        }
    }
}
