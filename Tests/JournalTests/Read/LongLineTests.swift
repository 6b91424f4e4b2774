import Testing

@testable import Journal
@testable import TestDisks

/// A line has at most 1 MiB. More bytes without a newline are damage, however many they are, and are not kept in memory.
@Suite struct LongLineTests {
    private static let name = "2026-11.jsonl"
    private static let path = "\(MemoryDisk.log)/\(name)"
    private static let noise = [UInt8](repeating: UInt8(ascii: "x"), count: 7 * Line.longest + 5)

    /// A mirrored journal with entries 1 and 2, and the bytes of the second.
    private func sample() throws -> (disk: MemoryDisk, second: [UInt8]) {
        let disk = try MemoryDisk.withMirror()
        try disk.journal().record(1)
        let size = disk.files[Self.path]?.count ?? 0
        try disk.journal().record(2)
        return (disk, Array((disk.files[Self.path] ?? []).dropFirst(size)))
    }

    private func counted(_ disk: MemoryDisk) -> FaultyDisk { FaultyDisk(disk, failing: 0, lasting: false) }

    @Test func longLineIsDamageAndWhatFollowsIsRead() throws {
        let (disk, second) = try sample()
        var files = disk.files
        let place = (files[Self.path]?.count ?? 0) - second.count
        files[Self.path]?.replaceSubrange(place..<place, with: Self.noise + [0x0A])
        let damaged = MemoryDisk(files: files)
        let counting = counted(damaged)
        let reader = try Journal(at: MemoryDisk.folder, disk: counting)
        #expect(try reader.numbers() == [1, 2])
        #expect(reader.damages.map(\.kind) == [.hash] && reader.damages.map(\.offset) == [place])
        let found = try Verification(of: MemoryDisk.folder, disk: counting)
        #expect(found.damages.contains { $0.kind == .hash && $0.copy == .primary } && found.lines == 3)
        _ = try Journal.repair(folder: MemoryDisk.folder, disk: counting)
        #expect(counting.largestRead <= Line.longest)
        #expect(damaged.segments(.primary) == disk.segments(.primary) && damaged.isMirrored)
        #expect(try damaged.verification().damages.isEmpty)
    }

    @Test func longTailIsPutOnRecord() throws {
        let (disk, _) = try sample()
        let counting = counted(disk)
        let reader = try Journal(at: MemoryDisk.folder, disk: counting)
        #expect(try reader.numbers() == [1, 2])
        // It grows by and by.
        for part in [3, 0, 2] {
            try disk.append(Self.noise.prefix(part * Line.longest + 9))
            #expect(try reader.numbers() == [] && reader.damages.isEmpty)
        }
        let bytes = 5 * Line.longest + 27
        #expect(reader.readers[0].unresolvedTails.map(\.bytes) == [bytes])
        try disk.journal().record(3)
        #expect(try reader.numbers() == [3] && reader.damages.isEmpty)
        #expect(reader.setAsides.map(\.bytes) == [bytes])
        let again = try Journal(at: MemoryDisk.folder, disk: counting)
        #expect(try again.numbers() == [1, 2, 3] && again.damages.isEmpty)
        // A writer that has read the tail does the same.
        try disk.append(Self.noise)
        _ = try again.numbers()
        try again.record(4)
        #expect(try disk.journal().numbers() == [1, 2, 3, 4])
        #expect(try disk.verification().damages.isEmpty && disk.repair().isEmpty)
        #expect(counting.largestRead <= Line.longest)
    }

    @Test func positionBeforeNoiseIsNotSearchedForEver() throws {
        let (disk, _) = try sample()
        let reader = try disk.journal()
        _ = try reader.numbers()
        let positions = reader.positions
        var files = disk.files
        let size = files[Self.path]?.count ?? 0
        files[Self.path] = Array(Self.noise.prefix(size - 1)) + [0x0A]
        let other = try MemoryDisk(files: files).journal()
        #expect(!other.start(after: positions))
        files[Self.path] = Self.noise + [0x0A]
        let counting = counted(MemoryDisk(files: files))
        let long = Journal.Position(
            node: "desk", segment: Self.name, offset: Self.noise.count + 1, sequence: 2,
            hash: positions.first?.hash ?? .zero)
        let third = try Journal(at: MemoryDisk.folder, disk: counting)
        #expect(!third.start(after: [long]))
        #expect(counting.largestRead <= Line.longest + 1)
    }
}
