import Testing

@testable import Journal
@testable import TestDisks

/// A log longer than a chunk, which is read by two threads.
@Suite struct ChunkTests {
    /// A journal of more than four chunks, with a line that is as long as a chunk.
    static func filled() throws -> (disk: MemoryDisk, count: Int) {
        let disk = try MemoryDisk.withJournal()
        let writer = try disk.journal()
        var count = 0
        while disk.files["\(MemoryDisk.log)/2026-11.jsonl"]?.count ?? 0 < 4 * Chunk.usualSize {
            _ = try writer.write(delivering: { _ in }) { transaction in
                for _ in 0..<40 {
                    let length = count == 300 ? NewEntry.longest - 40 : 8000
                    transaction.append([longEntry(count, length: length)])
                    count += 1
                }
            }
        }
        return (disk, count)
    }

    @Test func eachLineIsDeliveredOnceInOrder() throws {
        let (disk, count) = try ChunkTests.filled()
        let reader = try disk.journal()
        #expect(try reader.numbers() == Array(0..<count))
        #expect(reader.damages.isEmpty && disk.openFiles == 3)
    }

    @Test(arguments: [-1, 0, 1])
    func damageNearAChunkBoundaryIsReported(distance: Int) throws {
        let (disk, count) = try ChunkTests.filled()
        var files = disk.files
        let name = "\(MemoryDisk.log)/2026-11.jsonl"
        var hit = Set<Int>()
        var line = 0
        for place in 0..<(files[name]?.count ?? 0) {
            if place > 0, place % Chunk.usualSize == 0, files[name]?[place + distance] != 0x0A {
                files[name]?[place + distance] ^= 1
                hit.insert(line)
            }
            if files[name]?[place] == 0x0A { line += 1 }
        }
        let reader = try MemoryDisk(files: files).journal()
        #expect(try reader.numbers() == (0..<count).filter { !hit.contains($0) })
        #expect(reader.damages.count { $0.kind == .hash } == hit.count && hit.count > 3)
    }

    /// The files of a journal of four segments, each larger than what counts as news, of ten lines each.
    private static func segments() throws -> [String: [UInt8]] {
        let (disk, clock) = (try MemoryDisk.withJournal(), TestClock(november))
        for month in 0..<4 {
            clock.set("2027-0\(month + 1)-01T08:00:00+08:00")
            let writer = try Journal(at: MemoryDisk.folder, clock: clock.clock, disk: disk)
            _ = try writer.write(delivering: { _ in }) { transaction in
                for line in 0..<10 { transaction.append([longEntry(month * 10 + line, length: 8000)]) }
            }
        }
        #expect(disk.files.keys.count { $0.hasSuffix(".jsonl") } == 4)
        return disk.files
    }

    @Test("of a segment read ahead nothing is lost or doubled, whichever call fails", arguments: [false, true])
    func successorWithFailures(isStopped: Bool) throws {
        let files = try ChunkTests.segments()
        var place = 1
        while true {
            let disk = MemoryDisk(files: files)
            let faulty = FaultyDisk(disk, failing: place, lasting: false)
            var reader = LogReader(node: "desk", folder: MemoryDisk.log, disk: faulty)
            var numbers: [Int] = []
            for _ in 0..<8 {
                do { try reader.advance({ numbers.append($0.number) }) { _ in !isStopped } } catch is DiskFailure {}
            }
            if numbers != Array(0..<40) || !reader.damages.isEmpty { Issue.record("call \(place): \(numbers)") }
            reader.close()
            #expect(disk.openFiles == 0)
            if faulty.failed.isEmpty { break }
            place += 1
        }
        #expect(place > 12)
    }

    @Test("a segment that was read ahead and has grown, or was replaced, is read as it is", arguments: [false, true])
    func changedSuccessor(isReplaced: Bool) throws {
        let disk = MemoryDisk(files: try ChunkTests.segments())
        var reader = LogReader(node: "desk", folder: MemoryDisk.log, disk: disk)
        var numbers: [Int] = []
        // With the third chunk the fourth segment is read ahead.
        for _ in 0..<3 { try reader.advance({ numbers.append($0.number) }) { _ in false } }
        #expect(numbers.count == 30)
        let clock = TestClock("2027-04-02T08:00:00+08:00")
        try Journal(at: MemoryDisk.folder, clock: clock.clock, disk: disk).record(40)
        if isReplaced {
            let bytes = try #require(disk.files["\(MemoryDisk.log)/2027-04.jsonl"])
            try disk.replace("2027-04.jsonl", in: MemoryDisk.log, text: bytes)
        }
        try reader.advance { numbers.append($0.number) }
        #expect(numbers == Array(0...40) && reader.damages.isEmpty && !reader.isOutdated)
        reader.close()
        #expect(disk.openFiles == 0)
    }

    @Test("a chunk that was read ahead counts only as long as its file is as it was", arguments: 1...5, [false, true])
    func readAhead(chunks: Int, isReplaced: Bool) throws {
        let (disk, count) = try ChunkTests.filled()
        var reader = LogReader(node: "desk", folder: MemoryDisk.log, disk: disk)
        var (numbers, left) = ([Int](), chunks)
        try reader.advance({ numbers.append($0.number) }) { _ in
            left -= 1
            return left > 0
        }
        #expect(numbers.count < count || chunks == 5)
        try disk.journal().record(count, count + 1)
        let bytes = try #require(disk.files["\(MemoryDisk.log)/2026-11.jsonl"])
        if isReplaced { try disk.replace("2026-11.jsonl", in: MemoryDisk.log, text: bytes) }
        try reader.advance { numbers.append($0.number) }
        #expect(numbers == Array(0..<(count + 2)))
        #expect(reader.damages.isEmpty && !reader.isOutdated)
        reader.close()
    }
}
