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
