import Glibc
import Testing

@testable import Journal
@testable import TestDisks

/// HEAD's two slots, and the folders of a new journal.
@Suite struct HeadTests {
    private static let head = "\(MemoryDisk.log)/HEAD"
    private static let segment = "\(MemoryDisk.log)/2026-11.jsonl"

    @Test(
        "a slot with a number that no log can reach counts as none, whatever its checksum",
        arguments: [(Int.max, 5), (-1, 5), (17, -1), (17, Int.min), (17, Int.max)])
    func absurdNumbers(sequence: Int, offset: Int) {
        var head = Head()
        head.set(sequence: sequence, hash: .zero, segment: "2026-11.jsonl", offset: offset)
        #expect(!Head(head.encoded).isKnown)
        head.set(sequence: 17, hash: .zero, segment: "2026-11.jsonl", offset: 5)
        #expect(Head(head.encoded).isKnown)
    }

    @Test("a write of HEAD that a kill tears leaves the former one, and lines lost after it are still told")
    func tornWrite() throws {
        let disk = try MemoryDisk.withJournal()
        var former = disk.files[Self.head] ?? []
        for number in 1...5 {
            // A process of its own each time, which finds the slot to write by reading HEAD.
            let before = disk.files
            try disk.journal().record(number)
            let written = disk.files[Self.head] ?? []
            let padded = former + [UInt8](repeating: 0, count: written.count - former.count)
            let changed = padded.indices.filter { padded[$0] != written[$0] }
            let place = try #require(changed.first), end = try #require(changed.last)
            #expect(place / Head.slotSize == end / Head.slotSize, "one slot is written")
            for cut in place...end {
                let torn = Array(written[...cut]) + Array(padded[(cut + 1)...])
                let known = Head(torn).sequence
                if known != number - 1, cut != end { Issue.record("\(number) cut at \(cut): \(known)") }
                guard number > 1, cut == (place + end) / 2 else { continue }
                var files = before
                files[Self.head] = torn
                let lines = files[Self.segment] ?? []
                files[Self.segment] = Array(lines.dropLast(lines.count / (number - 1)))
                let reader = try MemoryDisk(files: files).journal()
                #expect(try reader.numbers().count == number - 2)
                #expect(try !reader.damages.isEmpty || !reader.tornTail().isEmpty)
                #expect(reader.damages.contains { $0.kind == .head && $0.sequences == number - 1...number - 1 })
            }
            former = written
        }
    }

    @Test("a power cut after the founding takes neither the folder of the log nor what was acknowledged in it")
    func foldersAreDurable() throws {
        let disk = try MemoryDisk.withJournal()
        #expect(Journal.exists(at: MemoryDisk.folder, disk: MemoryDisk(files: disk.synced)))
        try disk.journal().record(1)
        for left in [disk.synced] + disk.afterPowerCuts {
            let after = MemoryDisk(files: left)
            #expect(try after.journal().numbers() == [1])
        }
    }

    @Test("the memory disk loses a folder with all in it unless the folder above was synced")
    func memoryDisk() throws {
        let disk = MemoryDisk()
        #expect(try disk.makeFolder("/a", mode: 0o700) && disk.makeFolder("/a/b", mode: 0o700))
        #expect(try !disk.makeFolder("/a/b", mode: 0o700))
        let file = try disk.open("/a/b/c", flags: O_RDWR | O_CREAT, mode: 0o600)
        defer { disk.close(file) }
        try disk.synchronise(file)
        try disk.synchroniseFolder("/a/b")
        #expect(disk.synced.isEmpty)
        try disk.synchroniseFolder("/a")
        #expect(disk.synced.isEmpty && disk.afterPowerCuts.contains { $0.keys.contains("/a/b/c") })
        try disk.synchroniseFolder("/")
        #expect(disk.synced.keys.sorted() == ["/a/b/c"])
    }

    @Test("after a repair and a power cut the repaired log holds nothing that its source lost")
    func repairedFromDurableBytes() throws {
        let sample = try MemoryDisk.withMirror()
        for number in 1...4 { try sample.journal().record(number) }
        let mirror = "\(MemoryDisk.mirrorLog)/2026-11.jsonl"
        var files = sample.files
        let whole = try #require(files[mirror])
        let last = try #require(whole.dropLast().lastIndex(of: 0x0A)) + 1
        files[Self.segment]?[last + 30] ^= 1
        files[mirror] = Array(whole[..<last])
        let disk = MemoryDisk(files: files)
        // The mirror has the last line, which whoever wrote it did not live to sync.
        let file = try disk.open(mirror, flags: O_RDWR, mode: 0)
        _ = try Array(whole[last...]).withUnsafeBytes { try disk.append($0, to: file) }
        disk.close(file)
        let repairs = try disk.repair()
        #expect(repairs.map(\.sequences) == [4...4])
        for left in [disk.synced] + disk.afterPowerCuts {
            let hasLine = left[Self.segment] == whole
            #expect(!hasLine || left[mirror] == whole)
        }
    }
}
