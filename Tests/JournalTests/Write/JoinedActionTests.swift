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

    @Test(arguments: 1...3) func aKeyOfJoinedActionsIsOnTheirFirstLine(count: Int) throws {
        let disk = try MemoryDisk.withJournal()
        let writer = try disk.journal()
        try writer.record(1)
        try writer.write(delivering: { _ in }) { transaction in
            transaction.joinActions()
            for number in 2...count + 1 { transaction.append([newEntry(number)]) }
            transaction.joinedIdempotency = Array(#"["k"]"#.utf8)
        }
        var keys: [String] = []
        let reader = try disk.journal()
        try reader.catchUp { keys.append(String(decoding: $0.idempotency, as: UTF8.self)) }
        #expect(keys == ["", #"["k"]"#] + Array(repeating: "", count: count - 1))
        #expect(reader.damages.isEmpty)
    }
}
