import Testing

@testable import Journal
@testable import TestDisks

/// A log longer than a piece: the next piece is proved in another thread, and nothing of that shows.
@Suite struct PieceTests {
    /// A journal in memory whose lines fill more than four pieces, and a line longer than a piece among them.
    static func filled() throws -> (disk: MemoryDisk, count: Int) {
        let disk = try MemoryDisk.founded()
        let writer = try disk.journal()
        var count = 0
        while disk.files["\(MemoryDisk.log)/2026-11.jsonl"]?.count ?? 0 < 4 * Piece.usualSize {
            _ = try writer.write(delivering: { _ in }) { turn in
                for _ in 0..<40 {
                    let length = count == 300 ? Piece.usualSize * 3 / 2 : 8000
                    let data = "{\"text\":\"" + String(repeating: "问", count: length / 3) + "\"}"
                    turn.append([
                        Draft(
                            id: EntryID(high: 1, low: UInt64(count)), by: "S01", kind: "test.counted",
                            data: Array(data.utf8))
                    ])
                    count += 1
                }
            }
        }
        return (disk, count)
    }

    @Test func everyLineComesOnceAndInOrder() throws {
        let (disk, count) = try PieceTests.filled()
        let reader = try disk.journal()
        #expect(try reader.numbers() == Array(0..<count))
        #expect(reader.damages.isEmpty && disk.openFiles == 3)
    }

    @Test("damage at the seams of pieces is named as anywhere else", arguments: [-1, 0, 1])
    func damage(near seam: Int) throws {
        let (disk, count) = try PieceTests.filled()
        var files = disk.files
        let name = "\(MemoryDisk.log)/2026-11.jsonl"
        var hit = Set<Int>()
        var line = 0
        for place in 0..<(files[name]?.count ?? 0) {
            if place > 0, place % Piece.usualSize == 0, files[name]?[place + seam] != 0x0A {
                files[name]?[place + seam] ^= 1
                hit.insert(line)
            }
            if files[name]?[place] == 0x0A { line += 1 }
        }
        let reader = try MemoryDisk(files: files).journal()
        #expect(try reader.numbers() == (0..<count).filter { !hit.contains($0) })
        #expect(reader.damages.count { $0.kind == .hash } == hit.count && hit.count > 3)
    }
}
