import Testing

@testable import Journal
@testable import TestDisks

/// The plain way: what one writes, all read, whole and once.
@Suite struct AppendTests {
    @Test func anotherReaderSeesActionsWholeAndOnce() throws {
        let scratch = Scratch()
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

    @Test func aWriterFirstCatchesUp() throws {
        let disk = try MemoryDisk.founded()
        let (one, other) = (try disk.journal(), try disk.journal())
        try one.record(1)
        var seen: [Int] = []
        let first = try other.write(delivering: { seen.append($0.number) }) { turn in
            #expect(seen == [1])
            return turn.append([draft(2), draft(3)])
        }
        #expect(first == 2)
        #expect(seen == [1, 2, 3])
        #expect(try other.numbers() == [])
        #expect(try one.numbers() == [2, 3])
    }

    @Test func anUnfinishedActionIsHeldBack() throws {
        let disk = try MemoryDisk.founded()
        try disk.journal().record(1)
        let before = disk.files
        try disk.journal().record(2, 3)
        let path = "\(MemoryDisk.log)/2026-11.jsonl"
        let all = disk.files[path] ?? []
        let shown = MemoryDisk(files: before)
        let (reader, raw) = (try shown.journal(), try shown.open(path, flags: 0, mode: 0))
        #expect(try reader.numbers() == [1])
        // The write arrives byte by byte, as it may for a reader without the lock.
        for byte in all[(before[path]?.count ?? 0)...] {
            #expect(try reader.numbers() == [])
            _ = try withUnsafeBytes(of: byte) { try shown.append($0, to: raw) }
        }
        #expect(try reader.numbers() == [2, 3])
        #expect(reader.damages.isEmpty)
    }

    @Test func actionsOfOneTurnShareOneSync() throws {
        func syncs(_ actions: Int) throws -> Int {
            let disk = FaultyDisk(try MemoryDisk.founded(), failing: 0, lasting: false)
            let journal = try Journal(at: MemoryDisk.folder, clock: TestClock(november).clock, disk: disk)
            try journal.record(0)
            let before = disk.calls
            try journal.write(delivering: { _ in }) { turn in
                for number in 1...actions { turn.append([draft(number)]) }
            }
            return disk.calls - before
        }
        #expect(try syncs(1) == syncs(20))
    }

    @Test func aTurnThatAppendsNothingWritesNothing() throws {
        let disk = try MemoryDisk.founded()
        let journal = try disk.journal()
        try journal.record(1)
        let before = disk.files
        try journal.write(delivering: { _ in }) { _ in }
        #expect(disk.files == before)
    }

    @Test func aTurnThatThrowsWritesNothing() throws {
        struct Refused: Error {}
        let disk = try MemoryDisk.founded()
        let journal = try disk.journal()
        try journal.record(1)
        let before = disk.files
        #expect(throws: Refused.self) {
            try journal.write(delivering: { _ in }) { turn in
                turn.append([draft(2)])
                throw Refused()
            }
        }
        #expect(disk.files == before && journal.failure == nil)
        try journal.record(3)
        #expect(try disk.journal().numbers() == [1, 3])
    }

    @Test func manyLinesAreReadInPieces() throws {
        let disk = try MemoryDisk.founded()
        let long = Draft(
            id: EntryID(high: 0, low: 7), by: "S01", kind: "test.long",
            data: Array("{\"text\":\"\(String(repeating: "张", count: 2_000_000))\"}".utf8))
        try disk.journal().write(delivering: { _ in }) { turn in
            turn.append([draft(1)])
            turn.append([long])
            turn.append([draft(2)])
        }
        #expect(try disk.journal().numbers() == [1, 7, 2])
    }
}
