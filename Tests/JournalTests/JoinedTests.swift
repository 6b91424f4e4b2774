import Testing

@testable import Journal
@testable import TestDisks

@Suite("Joined actions")
struct JoinedTests {
    @Test("are one action on the disk: a reader sees all of them or, where the end is missing, none")
    func allOrNone() throws {
        let disk = MemoryDisk()
        try Journal.create(at: "/j", node: "desk", disk: disk)
        let writer = try Journal(at: "/j", clock: { Moment(milliseconds: 1_800_000_000_000) }, disk: disk)
        _ = try writer.write(delivering: { _ in }) { turn in
            turn.append([Draft(id: EntryID(high: 1, low: 1), by: "S01", kind: "a", data: Array("{}".utf8))])
        }
        var delivered = 0
        try writer.write(delivering: { _ in delivered += 1 }) { turn in
            turn.joinActions()
            for low in 2...4 {
                turn.append([
                    Draft(id: EntryID(high: 1, low: UInt64(low)), by: "S01", kind: "a", data: Array("{}".utf8))
                ])
            }
        }
        #expect(delivered == 3)
        var groups: [Line.Group] = []
        let reader = try Journal(at: "/j", disk: disk)
        try reader.catchUp { groups.append($0.group) }
        #expect(groups == [.single] + (0..<3).map { Line.Group(index: $0, count: 3) })
        #expect(reader.damages.isEmpty)
    }
}
