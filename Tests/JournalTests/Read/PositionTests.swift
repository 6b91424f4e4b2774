import Foundation
import Testing

@testable import Journal
@testable import TestDisks

/// A start after positions delivers the same as a start from the front, or is refused (J10).
@Suite struct PositionTests {
    private let log = "\(MemoryDisk.log)/2026-11.jsonl"

    /// Entries 1 to 6 in two segments, and the positions after entry 4, in the second.
    private func sample() throws -> (files: [String: [UInt8]], positions: [Journal.Position]) {
        let (disk, clock) = (try MemoryDisk.withJournal(), TestClock(november))
        try disk.journal(clock).record(1)
        clock.set(december)
        try disk.journal(clock).record(2)
        try disk.journal(clock).record(3, 4)
        let reader = try disk.journal()
        _ = try reader.numbers()
        let positions = reader.positions
        try disk.journal(clock).record(5, 6)
        return (disk.files, positions)
    }

    private func start(_ files: [String: [UInt8]], _ positions: [Journal.Position]) throws -> (Bool, [Int]) {
        let journal = try MemoryDisk(files: files).journal()
        let isStarted = journal.start(after: positions)
        return (isStarted, try journal.numbers())
    }

    private func check(_ result: (Bool, [Int]), _ isStarted: Bool, _ numbers: [Int]) {
        #expect(result.0 == isStarted && result.1 == numbers)
    }

    @Test func onlyLinesAfterThePositionAreRead() throws {
        let (files, positions) = try sample()
        check(try start(files, positions), true, [5, 6])
        let disk = MemoryDisk(files: files)
        let counted = FaultyDisk(disk, failing: 0, lasting: false, in: MemoryDisk.log)
        let journal = try Journal(at: MemoryDisk.folder, clock: TestClock(december).clock, disk: counted)
        let before = counted.calls
        #expect(journal.start(after: positions))
        // One open and one read.
        #expect(counted.calls - before == 2)
        try journal.record(7)
        #expect(journal.damages.isEmpty && journal.lines == 3)
        #expect(try disk.journal().numbers() == [1, 2, 3, 4, 5, 6, 7])
        let reader = try disk.journal()
        _ = try reader.numbers()
        #expect(reader.positions == journal.positions)
    }

    @Test func emptyLogHasAPosition() throws {
        let disk = try MemoryDisk.withJournal()
        let reader = try disk.journal()
        #expect(try reader.numbers() == [])
        let positions = reader.positions
        #expect(positions.map(\.sequence) == [0])
        try disk.journal().record(1)
        check(try start(disk.files, positions), true, [1])
    }

    @Test func incompleteActionIsReadAgain() throws {
        let disk = try MemoryDisk.withJournal()
        try disk.journal().record(1)
        let before = try disk.journal()
        _ = try before.numbers()
        try disk.journal().record(2, 3)
        var files = disk.files
        files[log]?.removeLast(50)
        files["\(MemoryDisk.log)/HEAD"] = Head().encoded
        let reader = try MemoryDisk(files: files).journal()
        #expect(try reader.numbers() == [1])
        #expect(reader.positions == before.positions && !reader.positions.isEmpty)
        files[log] = disk.files[log]
        check(try start(files, reader.positions), true, [2, 3])
    }

    @Test func damagedJournalHasNoPositions() throws {
        var (files, _) = try sample()
        files[log]?[30] ^= 1
        let reader = try MemoryDisk(files: files).journal()
        _ = try reader.numbers()
        #expect(reader.positions.isEmpty)
        #expect(!(try MemoryDisk(files: files).journal().start(after: [])))
    }

    @Test func invalidPositionReadsFromTheFront() throws {
        let (files, positions) = try sample()
        let all = [1, 2, 3, 4, 5, 6]
        let position = try #require(positions.first)
        let second = "\(MemoryDisk.log)/\(position.segment)"
        func change(_ change: (inout [UInt8]) -> Void) throws -> (Bool, [Int]) {
            var files = files
            change(&files[second, default: []])
            return try start(files, positions)
        }
        #expect(position.segment == "2026-12.jsonl" && position.sequence == 4)
        // Each byte of the line and its newline.
        let length = (files[second] ?? [])[..<(position.offset - 1)].reversed().prefix { $0 != 0x0A }.count + 1
        for place in position.offset - length..<position.offset {
            #expect(try change { $0[place] ^= 1 }.0 == false)
        }
        for cut in [0, 1, length, position.offset - 1] {
            #expect(try change { $0.removeLast($0.count - cut) }.0 == false)
        }
        #expect(try change { $0.insert(0x0A, at: 0) } == (false, all))
        // The newline before it.
        #expect(try change { $0[position.offset - length - 1] = 0x20 }.0 == false)
        var others = files
        others[second] = nil
        #expect(try start(others, positions).0 == false)
        for (segment, offset, sequence, node) in [
            ("2026-12.jsonl", position.offset + 1, 4, "desk"), ("2026-12.jsonl", 0, 4, "desk"),
            ("2026-12.jsonl", -1, 4, "desk"), ("2026-12.jsonl", .max, 4, "desk"),
            ("2026-12.jsonl", position.offset, 3, "desk"), ("2026-11.jsonl", position.offset, 4, "desk"),
            ("../../NODE", 5, 4, "desk"), ("", 1, 4, "desk"), ("2026-12.jsonl", position.offset, 4, "gate"),
        ] {
            let other = Journal.Position(
                node: node, segment: segment, offset: offset, sequence: sequence, hash: position.hash)
            check(try start(files, [other]), false, all)
        }
        let other = Journal.Position(
            node: "desk", segment: position.segment, offset: position.offset, sequence: 4, hash: .zero)
        check(try start(files, [other]), false, all)
    }

    @Test func positionHoldsInAnEqualFile() throws {
        let scratch = ScratchFolder()
        try Journal.create(at: scratch.path, node: "desk")
        let writer = try Journal(at: scratch.path, clock: TestClock(november).clock)
        try writer.record(1)
        try writer.record(2)
        let name = "journal/desk/2026-11.jsonl"
        let bytes = try scratch.bytes(name)
        let positions = writer.positions
        try FileManager.default.removeItem(atPath: "\(scratch.path)/\(name)")
        try scratch.put(bytes, name)
        try writer.record(3)
        let journal = try Journal(at: scratch.path)
        #expect(journal.start(after: positions))
        #expect(try journal.numbers() == [3])
        #expect(Digest(positions[0].hash.text) == positions[0].hash)
        // Other entries of the same length, in a file of the same name.
        let other = ScratchFolder()
        try Journal.create(at: other.path, node: "desk")
        for number in [7, 8, 9] { try Journal(at: other.path, clock: TestClock(november).clock).record(number) }
        try scratch.put(other.bytes(name), name)
        let again = try Journal(at: scratch.path)
        #expect(!again.start(after: positions))
        #expect(try again.numbers() == [7, 8, 9])
        #expect(!again.start(after: again.positions), "only before anything was read")
    }

    @Test func positionHoldsAfterALongLine() throws {
        for size in [16_000, 16_384, 300_000] {
            let disk = try MemoryDisk.withJournal()
            for isFirst in [true, false] {
                if !isFirst { try disk.journal().record(1) }
                _ = try disk.journal().write(delivering: { _ in }) { $0.append([longEntry(length: size)]) }
                let reader = try disk.journal()
                _ = try reader.numbers()
                check(try start(disk.files, reader.positions), true, [])
            }
        }
    }

    @Test func newNodesLogIsReadFromItsFront() throws {
        let (files, positions) = try sample()
        let gate = MemoryDisk()
        try Journal.create(at: MemoryDisk.folder, node: "gate", disk: gate)
        try gate.journal().record(90)
        let both = files.merging(gate.files.filter { $0.key.contains("/journal/gate/") }) { $1 }
        // The gate's line is the earliest: the reader sees by its time that it belongs before what was skipped.
        check(try start(both, positions), true, [90, 5, 6])
        let reader = try MemoryDisk(files: both).journal()
        _ = try reader.numbers()
        #expect(reader.positions.map(\.node) == ["desk", "gate"])
        check(try start(both, reader.positions), true, [])
        check(try start(files, reader.positions), false, [1, 2, 3, 4, 5, 6])
    }
}
