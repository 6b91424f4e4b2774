import Testing

@testable import Journal
@testable import TestDisks

/// One process appends, others read.
@Suite struct AppendTests {
    @Test func readerSeesEachActionCompleteAndOnce() throws {
        let scratch = ScratchFolder()
        try Journal.create(at: scratch.path, node: "desk")
        let (writer, reader) = (try Journal(at: scratch.path), try Journal(at: scratch.path))
        try writer.record(1)
        try writer.record(2, 3)
        #expect(try reader.numbers() == [1, 2, 3])
        #expect(try reader.numbers() == [])
        try writer.record(4)
        #expect(try reader.numbers() == [4])
        #expect(try Journal(at: scratch.path).numbers() == [1, 2, 3, 4])
        #expect(reader.damages.isEmpty && reader.setAsides.isEmpty)
    }

    @Test func writerReadsNewLinesBeforeItAppends() throws {
        let disk = try MemoryDisk.withJournal()
        let (one, other) = (try disk.journal(), try disk.journal())
        try one.record(1)
        var seen: [Int] = []
        let first = try other.write(delivering: { seen.append($0.number) }) { transaction in
            #expect(seen == [1])
            return transaction.append([newEntry(2), newEntry(3)])
        }
        #expect(first == 2)
        #expect(seen == [1, 2, 3])
        #expect(try other.numbers() == [])
        #expect(try one.numbers() == [2, 3])
    }

    @Test func incompleteActionIsHeldBack() throws {
        let disk = try MemoryDisk.withJournal()
        try disk.journal().record(1)
        let before = disk.files
        try disk.journal().record(2, 3)
        let path = "\(MemoryDisk.log)/2026-11.jsonl"
        let all = disk.files[path] ?? []
        let shown = MemoryDisk(files: before)
        let (reader, raw) = (try shown.journal(), try shown.open(path, flags: 0, mode: 0))
        #expect(try reader.numbers() == [1])
        // A reader without the lock may see any part of a write.
        for byte in all[(before[path]?.count ?? 0)...] {
            #expect(try reader.numbers() == [])
            _ = try withUnsafeBytes(of: byte) { try shown.append($0, to: raw) }
        }
        #expect(try reader.numbers() == [2, 3])
        #expect(reader.damages.isEmpty)
    }

    @Test func actionsOfOneTransactionShareOneSync() throws {
        func syncs(_ actions: Int) throws -> Int {
            let disk = FaultyDisk(try MemoryDisk.withJournal(), failing: 0, lasting: false)
            let journal = try Journal(at: MemoryDisk.folder, clock: TestClock(november).clock, disk: disk)
            try journal.record(0)
            let before = disk.calls
            try journal.write(delivering: { _ in }) { transaction in
                for number in 1...actions { transaction.append([newEntry(number)]) }
            }
            return disk.calls - before
        }
        #expect(try syncs(1) == syncs(20))
    }

    @Test func emptyTransactionWritesNothing() throws {
        let disk = try MemoryDisk.withJournal()
        let journal = try disk.journal()
        try journal.record(1)
        let before = disk.files
        try journal.write(delivering: { _ in }) { _ in }
        #expect(disk.files == before)
    }

    @Test func transactionThatThrowsWritesNothing() throws {
        struct Refused: Error {}
        let disk = try MemoryDisk.withJournal()
        let journal = try disk.journal()
        try journal.record(1)
        let before = disk.files
        #expect(throws: Refused.self) {
            try journal.write(delivering: { _ in }) { transaction in
                transaction.append([newEntry(2)])
                throw Refused()
            }
        }
        #expect(disk.files == before && journal.failure == nil)
        try journal.record(3)
        #expect(try disk.journal().numbers() == [1, 3])
    }

    @Test func longestLineIsRead() throws {
        let disk = try MemoryDisk.withJournal()
        try disk.journal().write(delivering: { _ in }) { transaction in
            transaction.append([newEntry(1)])
            transaction.append([longEntry(length: NewEntry.longest - 40)])
            transaction.append([newEntry(2)])
        }
        #expect(try disk.journal().numbers() == [1, 7, 2])
    }
}
