import Estate
import Journal

/// A hundred actions under one sync, as an import does them.
enum Groups: Measure {
    static let name = "groups"

    private static let rounds = 200
    private static let size = 100

    static func take(_ options: Options) throws -> Findings {
        try Growth.estate(facts: Options.few, options).withCopy { folder in
            let store = try Store(at: folder.path)
            var segment = try GrowingSegment(of: folder)
            let floor = try AppendFile(at: "\(folder.path)/floor")
            let database = try SQLite(at: "\(folder.path)/peer.db")
            var visitors = Visitors(store.estate)
            var (ours, bare, peer) = (Samples(), Samples(), Samples())
            func act() throws {
                let actions = (0..<size).map { _ in visitors.next() }
                ours.add(
                    try time {
                        try store.perform(by: visitors.guardian) { batch in
                            for action in actions { try batch.perform(action) }
                        }
                    })
            }

            try act()
            var bytes = try segment.next()
            try database?.commit(bytes.split(separator: UInt8(ascii: "\n")))
            ours = Samples()
            for round in 0..<rounds {
                // Each goes first every third time, since a sync may find the disk still busy with the one before. What the
                // peers write are the bytes of the round before.
                let rows = bytes.split(separator: UInt8(ascii: "\n"))
                let turns: [() throws -> Void] = [
                    act,
                    { bare.add(try time { try floor.append(bytes) }) },
                    { if let database { peer.add(try time { try database.commit(rows) }) } },
                ]
                for turn in turns.indices { try turns[(turn + round) % turns.count]() }
                bytes = try segment.next()
            }
            let rows = Double(rounds * size)
            var findings = Findings(name)
            findings.figure("acknowledged in groups of \(size)", rows / ours.total, "rows/s")
            findings.figure("write and fdatasync", rows / bare.total, "rows/s")
            findings.ratio("groups to write and fdatasync", bare.total / ours.total)
            if database == nil {
                findings.lacks("SQLite")
            } else {
                findings.figure("SQLite, WAL, synchronous=FULL", rows / peer.total, "rows/s")
                findings.ratio("groups to SQLite", peer.total / ours.total, atLeast: 1.5)
            }
            return findings
        }
    }
}
