import Estate
import Journal

/// One action, acknowledged: how long somebody at the gate waits after the last key.
enum Append: Measure {
    static let name = "append"

    private static let rounds = 600

    static func take(_ options: Options) throws -> Findings {
        try Growth.estate(facts: Options.few, options).withCopy { folder in
            let store = try Store(at: folder.path)
            var segment = try GrowingSegment(of: folder)
            let floor = try AppendFile(at: "\(folder.path)/floor")
            var visitors = Visitors(store.estate)
            var (ours, bare) = (Samples(), Samples())
            func append() throws { ours.add(try time { try store.perform(visitors.next(), by: visitors.guardian) }) }
            func write(_ bytes: [UInt8]) throws { bare.add(try time { try floor.append(bytes) }) }

            try store.perform(visitors.next(), by: visitors.guardian)
            var bytes = try segment.next()
            for round in 0..<rounds {
                // Each goes first every other time, since a sync may find the disk still busy with the one before. The bytes
                // of the floor are then those of the round before.
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
            var findings = Findings(name)
            for percent in [50, 99] {
                findings.figure("acknowledged, p\(percent)", ours.percentile(percent) * 1e6, "µs")
                findings.figure("write and fdatasync, p\(percent)", bare.percentile(percent) * 1e6, "µs")
                findings.ratio(
                    "acknowledged to write and fdatasync, p\(percent)",
                    ours.percentile(percent) / bare.percentile(percent), atMost: 1.3)
            }
            return findings
        }
    }
}

/// Visitors, one like the other.
struct Visitors {
    private let hosts: [UnitCode]
    private var count = 0
    /// Who registers them.
    let guardian = Crew.guards[0]

    init(_ estate: Estate) { hosts = Array(estate.people.units.keys) }

    mutating func next() -> ArriveVisitor {
        count += 1
        return ArriveVisitor(name: "访客\(count)", host: hosts[count % hosts.count], purpose: "快递")
    }
}
