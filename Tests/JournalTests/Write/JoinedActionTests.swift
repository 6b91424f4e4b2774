import Testing

@testable import Journal
@testable import TestDisks

@Suite struct JoinedActionTests {
    @Test func joinedActionsAreOneActionOnDisk() throws {
        let disk = try MemoryDisk.withJournal()
        let writer = try disk.journal()
        try writer.record(1)
        var delivered: [Int] = []
        try writer.write(delivering: { delivered.append($0.number) }) { transaction in
            transaction.joinActions()
            for number in 2...4 { transaction.append([newEntry(number)]) }
        }
        #expect(delivered == [2, 3, 4])
        var groups: [Line.Group] = []
        let reader = try disk.journal()
        try reader.catchUp { groups.append($0.group) }
        #expect(groups == [.single] + (0..<3).map { Line.Group(index: $0, count: 3) })
        #expect(reader.damages.isEmpty)
    }
}
