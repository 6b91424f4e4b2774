import Foundation
import Testing

@testable import Journal
@testable import TestDisks

@Suite struct SegmentTests {
    @Test func newMonthStartsASegmentOfTheSameChain() throws {
        let (scratch, clock) = (ScratchFolder(), TestClock("2026-11-30T23:59:59.999+08:00"))
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

    @Test func clockSetBackKeepsTheLatestSegment() throws {
        let (disk, clock) = (try MemoryDisk.withJournal(), TestClock(december))
        try disk.journal(clock).record(1)
        clock.set(november)
        try disk.journal(clock).record(2)
        #expect(disk.files["\(MemoryDisk.log)/2026-11.jsonl"] == nil)
        let reader = try disk.journal()
        #expect(try reader.numbers() == [1, 2])
        #expect(reader.damages.isEmpty)
    }

    @Test func segmentsGoOnByOrderAfterAClockFarAhead() throws {
        let (disk, clock) = (try MemoryDisk.withMirror(), TestClock(november))
        let early = try disk.journal(clock)
        let months = [
            ("2026-11-23T16:00:00+08:00", "2026-11.jsonl"), ("2099-05-01T00:00:00+08:00", "2099-05.jsonl"),
            // The clock is right again: the names still follow one another.
            ("2026-11-23T17:00:00+08:00", "2099-05~2026-11.jsonl"),
            ("2026-11-30T23:59:00+08:00", "2099-05~2026-11.jsonl"),
            ("2026-12-01T00:00:00+08:00", "2099-05~2026-12.jsonl"),
            // A month back is an hour's or a day's difference.
            ("2026-11-30T23:59:00+08:00", "2099-05~2026-12.jsonl"),
            ("2050-01-01T00:00:00+08:00", "2099-05~2050-01.jsonl"),
            ("2026-12-02T00:00:00+08:00", "2099-05~2050-01~2026-12.jsonl"),
            ("2027-01-02T00:00:00+08:00", "2099-05~2050-01~2027-01.jsonl"),
            ("2099-06-01T00:00:00+08:00", "2099-06.jsonl"),
        ]
        for (number, (time, name)) in months.enumerated() {
            clock.set(time)
            let size = disk.files["\(MemoryDisk.log)/\(name)"]?.count ?? 0
            try (number % 2 == 0 ? early : disk.journal(clock)).record(number + 1)
            #expect(disk.files["\(MemoryDisk.log)/\(name)"]?.count ?? 0 > size, "\(name)")
        }
        let names = try disk.names(in: MemoryDisk.log).filter { $0 != "HEAD" }
        var seen: Set<String> = []
        #expect(names == months.map(\.1).filter { seen.insert($0).inserted })
        let reader = try disk.journal()
        #expect(try reader.numbers() == Array(1...months.count))
        #expect(reader.damages.isEmpty && disk.isMirrored)
        #expect(try disk.verification().damages.isEmpty)
        let again = try disk.journal()
        #expect(again.start(after: reader.positions))
        #expect(try again.numbers() == [])
        // A lost segment comes back from the mirror under its own name.
        var files = disk.files
        files["\(MemoryDisk.log)/2099-05~2026-11.jsonl"] = nil
        let damaged = MemoryDisk(files: files)
        #expect(try damaged.verification().damages.isEmpty == false)
        _ = try damaged.repair()
        #expect(try damaged.verification().damages.isEmpty && damaged.isMirrored)
        #expect(damaged.segments(.primary) == disk.segments(.primary))
    }

    @Test func namesThatAreNoSegments() {
        for name in ["2026-11~.jsonl", "~2026-11.jsonl", "2026-11~2026-1x.jsonl", "2026-11-2026-12.jsonl", ".jsonl"] {
            #expect(!LogReader.isSegment(name), "\(name)")
        }
        #expect(LogReader.isSegment("2099-05~2026-11.jsonl"))
    }

    @Test func readerFinishesASegmentBeforeTheNext() throws {
        let clock = TestClock(november)
        let disk = try MemoryDisk.withJournal()
        try disk.journal(clock).record(1)
        // Both segments are written to after the reader read the old one and before it looks for a new one.
        let late = InterleavingDisk(disk) {
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

    @Test func otherFilesAreNoSegments() throws {
        let scratch = ScratchFolder()
        try Journal.create(at: scratch.path, node: "desk")
        try Journal(at: scratch.path, clock: TestClock(november).clock).record(1)
        let bytes = try scratch.bytes("journal/desk/2026-11.jsonl")
        for name in ["2026-11.copy.jsonl", "latest.jsonl", "2026-11.jsonl~", "2026-1x.jsonl"] {
            try scratch.put(bytes, "journal/desk/\(name)")
        }
        try scratch.put([], "journal/notes.txt")
        let journal = try Journal(at: scratch.path, clock: TestClock(november).clock)
        #expect(try journal.numbers() == [1])
        try journal.record(2)
        #expect(try Journal(at: scratch.path).numbers() == [1, 2])
        #expect(try Verification(of: scratch.path).damages.isEmpty)
    }

    @Test func emptySegmentLeftByACrashIsUsed() throws {
        let (disk, clock) = (try MemoryDisk.withJournal(), TestClock(november))
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

    @Test func writerDetectsAReplacedOrMissingSegment() throws {
        let (scratch, clock) = (ScratchFolder(), TestClock(november))
        let name = "journal/desk/2026-11.jsonl"
        try Journal.create(at: scratch.path, node: "desk")
        let writer = try Journal(at: scratch.path, clock: clock.clock)
        try writer.record(1)
        // An editor saves the same text as a new file: the next line must not go to the old one.
        let bytes = try scratch.bytes(name)
        try FileManager.default.removeItem(atPath: "\(scratch.path)/\(name)")
        try scratch.put(bytes, name)
        try writer.record(2)
        #expect(try Journal(at: scratch.path).numbers() == [1, 2])
        // A truncated segment is damage, and nothing is appended to it.
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
