import Foundation
import Testing

@testable import Journal
@testable import TestDisks

@Suite struct SegmentTests {
    @Test func aNewMonthIsANewSegmentOfTheSameChain() throws {
        let (scratch, clock) = (Scratch(), TestClock("2026-11-30T23:59:59.999+08:00"))
        try Journal.create(at: scratch.path, node: "desk")
        let reader = try Journal(at: scratch.path)
        let writer = try Journal(at: scratch.path, clock: clock.clock)
        try writer.record(1)
        try writer.record(2, 3)
        clock.set(december)
        try writer.record(4, 5)
        let names = try SystemDisk().names(in: scratch.path + "/journal/desk")
        #expect(names == ["2026-11.jsonl", "2026-12.jsonl", "HEAD"])
        #expect(try reader.numbers() == [1, 2, 3, 4, 5])
        var lines: [(Int, Digest, Digest)] = []
        try Journal(at: scratch.path).catchUp { lines.append(($0.sequence, $0.previous, $0.hash)) }
        #expect(lines.map(\.0) == [1, 2, 3, 4, 5])
        #expect(lines.map(\.1) == [.zero] + lines.dropLast().map(\.2))
        #expect(try Verification(of: scratch.path).damages.isEmpty)
    }

    @Test func aClockThatGoesBackStaysInTheLatestSegment() throws {
        let (disk, clock) = (try MemoryDisk.founded(), TestClock(december))
        try disk.journal(clock).record(1)
        clock.set(november)
        try disk.journal(clock).record(2)
        #expect(disk.files["\(MemoryDisk.log)/2026-11.jsonl"] == nil)
        let reader = try disk.journal()
        #expect(try reader.numbers() == [1, 2])
        #expect(reader.damages.isEmpty)
    }

    @Test func aReaderFinishesASegmentBeforeItGoesOn() throws {
        let clock = TestClock(november)
        let disk = try MemoryDisk.founded()
        try disk.journal(clock).record(1)
        // Between the reader's look at the old segment and its look for a new one, both are written to.
        let late = LateDisk(disk) {
            try disk.journal(clock).record(2)
            clock.set(december)
            try disk.journal(clock).record(3)
        }
        let reader = try Journal(at: MemoryDisk.folder, disk: late)
        #expect(try reader.numbers() == [1])
        late.arm()
        #expect(try reader.numbers() == [2, 3])
        #expect(reader.damages.isEmpty)
    }

    @Test func copiesLeftInTheFolderAreNoSegments() throws {
        let scratch = Scratch()
        try Journal.create(at: scratch.path, node: "desk")
        try Journal(at: scratch.path, clock: TestClock(november).clock).record(1)
        let bytes = try scratch.bytes("journal/desk/2026-11.jsonl")
        for name in ["2026-11.copy.jsonl", "zuletzt.jsonl", "2026-11.jsonl~", "2026-1x.jsonl"] {
            try scratch.put(bytes, "journal/desk/\(name)")
        }
        try scratch.put([], "journal/notes.txt")
        let journal = try Journal(at: scratch.path, clock: TestClock(november).clock)
        #expect(try journal.numbers() == [1])
        try journal.record(2)
        #expect(try Journal(at: scratch.path).numbers() == [1, 2])
        #expect(try Verification(of: scratch.path).damages.isEmpty)
    }

    @Test func anEmptySegmentLeftByACrashIsGoneOnWith() throws {
        let (disk, clock) = (try MemoryDisk.founded(), TestClock(november))
        try disk.journal(clock).record(1)
        var files = disk.files
        files["\(MemoryDisk.log)/2026-12.jsonl"] = []
        let again = MemoryDisk(files: files)
        clock.set(december)
        try again.journal(clock).record(2)
        let reader = try again.journal()
        #expect(try reader.numbers() == [1, 2])
        #expect(reader.damages.isEmpty)
    }

    @Test func aSegmentReplacedOrGoneUnderAWriterTakesNoFacts() throws {
        let (scratch, clock) = (Scratch(), TestClock(november))
        let name = "journal/desk/2026-11.jsonl"
        try Journal.create(at: scratch.path, node: "desk")
        let writer = try Journal(at: scratch.path, clock: clock.clock)
        try writer.record(1)
        // An editor saves the same text under a new inode: what is written next must not go to the old one.
        let bytes = try scratch.bytes(name)
        try FileManager.default.removeItem(atPath: "\(scratch.path)/\(name)")
        try scratch.put(bytes, name)
        try writer.record(2)
        #expect(try Journal(at: scratch.path).numbers() == [1, 2])
        // A text that lost its end is an alarm, and nothing is written behind it.
        try scratch.put(Array(bytes.dropLast(5)), name)
        #expect(throws: JournalError.self) { try writer.record(3) }
        #expect(writer.damages.map(\.kind) == [.head])
        #expect(writer.failure != nil)
        try FileManager.default.removeItem(atPath: "\(scratch.path)/\(name)")
        let again = try Journal(at: scratch.path, clock: clock.clock)
        #expect(try again.numbers() == [])
        #expect(again.damages.map(\.kind) == [.head])
    }
}
