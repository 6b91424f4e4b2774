import Glibc
import Testing

@testable import Journal
@testable import TestDisks

/// What is told of a log whose lines were changed, inserted or removed by somebody who made all hashes anew.
@Suite struct TamperTests {
    private static let segment = "\(MemoryDisk.log)/2026-11.jsonl"
    private static let headFile = "\(MemoryDisk.log)/HEAD"

    /// A journal of entries 1 to 6.
    private func sample() throws -> [String: [UInt8]] {
        let disk = try MemoryDisk.withJournal()
        for number in 1...6 { try disk.journal().record(number) }
        return disk.files
    }

    private static func forged(_ files: [String: [UInt8]], _ change: (inout [String]) -> Void) -> MemoryDisk {
        var (files, forgery) = (files, Forgery(files[segment] ?? []))
        change(&forgery.lines)
        files[segment] = forgery.bytes
        return MemoryDisk(files: files)
    }

    static let changes: [(name: String, change: @Sendable (inout [String]) -> Void)] = [
        ("altered", { $0[2] = $0[2].replacing("\"number\":3", with: "\"number\":9") }),
        ("the last altered", { $0[5] = $0[5].replacing("\"number\":6", with: "\"number\":9") }),
        ("inserted", { $0.insert($0[1].replacing("\"number\":2", with: "\"number\":9"), at: 3) }),
        ("appended and one removed", { $0.append($0.remove(at: 2)) }),
    ]

    @Test("a forgery without a change is the log itself")
    func forgeryIsExact() throws {
        let files = try sample()
        #expect(Self.forged(files) { _ in }.files == files)
    }

    @Test(
        "an altered or inserted line is told by HEAD, also after the next write and to whoever verifies later",
        arguments: changes.indices)
    func headKnowsTheHash(index: Int) throws {
        let (name, change) = Self.changes[index]
        let disk = Self.forged(try sample(), change)
        let reader = try disk.journal()
        _ = try reader.numbers()
        #expect(reader.damages.map(\.kind) == [.rewritten], "\(name)")
        #expect(reader.damages.first?.sequences == 6...6 && reader.positions.isEmpty)
        #expect(try disk.verification().damages.map(\.kind) == [.rewritten])
        try reader.record(7)
        #expect(reader.damages.contains { $0.kind == .rewritten })
        #expect(try disk.verification().damages.contains { $0.kind == .rewritten }, "\(name)")
        // Years later, when nobody's screen is red any more.
        let later = try disk.journal(TestClock("2029-01-01T00:00:00+08:00"))
        _ = try later.numbers()
        #expect(!later.damages.contains { $0.kind == .rewritten })
        #expect(try disk.verification().damages.contains { $0.kind == .rewritten }, "\(name)")
    }

    @Test(
        "a removed line is told where HEAD was removed, emptied or filled with rubbish",
        arguments: ["gone", "empty", "rubbish"])
    func headIsMissing(how: String) throws {
        var files = try sample()
        files[Self.headFile] = how == "gone" ? nil : how == "empty" ? [] : [UInt8](repeating: 0x5A, count: 256)
        let disk = Self.forged(files) { $0.removeLast() }
        let reader = try disk.journal()
        #expect(try reader.numbers() == [1, 2, 3, 4, 5])
        #expect(reader.damages.map(\.kind) == [.noHead])
        try disk.journal().record(7)
        let found = try disk.verification()
        #expect(found.damages.map(\.kind) == [.noHead], "HEAD is there again, and the log says that it was not")
        // It is put on record once, and stands in nobody's way.
        try disk.journal().record(8)
        #expect(try disk.verification().damages.count == 1)
        #expect(try disk.journal().numbers() == [1, 2, 3, 4, 5, 7, 8])
    }

    @Test("a folder without HEAD that may only be read is told of as well")
    func readOnly() throws {
        var files = try sample()
        files[Self.headFile] = nil
        let disk = MemoryDisk(files: files)
        let found = try Verification(of: MemoryDisk.folder, readOnly: true, disk: disk)
        #expect(found.damages.map(\.kind) == [.noHead])
        #expect(disk.files == files)
    }

    @Test("neither a new log nor one whose first HEAD was torn or lost in a power cut is an alarm")
    func noFalseAlarm() throws {
        let disk = try MemoryDisk.withJournal()
        let reader = try disk.journal()
        #expect(try reader.numbers() == [] && reader.damages.isEmpty)
        for number in 1...3 {
            try disk.journal().record(number)
            for left in disk.afterPowerCuts {
                let after = try MemoryDisk(files: left).journal()
                #expect(try after.numbers().count == number && after.damages.isEmpty)
            }
        }
    }

    @Test("a stale HEAD fits the line of its number, also where a repair has moved it; another hash of it is told")
    func staleHead() throws {
        let disk = try MemoryDisk.withJournal()
        for number in 1...3 { try disk.journal().record(number) }
        let stale = try #require(disk.files[Self.headFile])
        for number in 4...6 { try disk.journal().record(number) }
        var files = disk.files
        files[Self.headFile] = stale
        let reader = try MemoryDisk(files: files).journal()
        #expect(try reader.numbers().count == 6 && reader.damages.isEmpty)
        var moved = Head()
        let lines = Forgery(files[Self.segment] ?? [])
        let hash = try #require(Digest(String(lines.lines[2].suffix(66).prefix(64))))
        moved.set(sequence: 3, hash: hash, segment: "2026-11.jsonl", offset: 17)
        files[Self.headFile] = moved.encoded
        let other = try MemoryDisk(files: files).journal()
        #expect(try other.numbers().count == 6 && other.damages.isEmpty)
        files[Self.headFile] = stale
        let rewritten = try Self.forged(files) { $0[1] = $0[1].replacing("\"number\":2", with: "\"number\":9") }
            .journal()
        _ = try rewritten.numbers()
        #expect(rewritten.damages.map(\.kind) == [.rewritten] && rewritten.damages.first?.sequences == 3...3)
    }

    @Test("what an open reader has read is compared with the file: changed in place with HEAD, it is told")
    func openReader() throws {
        let disk = try MemoryDisk.withJournal()
        for number in 1...6 { try disk.journal().record(number) }
        let reader = try disk.journal()
        #expect(try reader.numbers().count == 6)
        let heads = reader.heads
        #expect(try Verification(of: MemoryDisk.folder, against: heads, disk: disk).damages.isEmpty)
        var forgery = Forgery(disk.files[Self.segment] ?? [])
        forgery.lines[1] = forgery.lines[1].replacing("\"number\":2", with: "\"number\":9")
        let bytes = forgery.bytes
        let hash = try #require(Digest(String(decoding: bytes.suffix(67).prefix(64), as: UTF8.self)))
        var head = Head()
        head.set(sequence: 6, hash: hash, segment: "2026-11.jsonl", offset: bytes.count)
        for (path, content) in [(Self.segment, bytes), (Self.headFile, head.encoded + head.encoded)] {
            let file = try disk.open(path, flags: O_RDWR, mode: 0)
            defer { disk.close(file) }
            try content.withUnsafeBytes { try disk.write($0, to: file, at: 0) }
        }
        // By itself the log is flawless.
        #expect(try disk.verification().damages.isEmpty)
        let found = try Verification(of: MemoryDisk.folder, against: heads, disk: disk)
        #expect(found.damages.map(\.kind) == [.rewritten] && found.damages.first?.sequences == 1...6)
        // And the open reader sees that HEAD is not its own, without reading again.
        #expect(try reader.numbers() == [] && reader.damages.map(\.kind) == [.rewritten])
    }

    @Test("seals: the first line after which one no longer fits is named; those before it fit")
    func seals() throws {
        let files = try sample()
        var seals: [HeadSeal] = []
        let lines = Forgery(files[Self.segment] ?? []).lines
        for (index, line) in lines.enumerated() {
            let seal = try #require(HeadSeal("\(index + 1):\(line.suffix(66).prefix(64))"))
            seals.append(try #require(HeadSeal(seal.text)))
        }
        let intact = try Verification(of: MemoryDisk.folder, against: seals, disk: MemoryDisk(files: files))
        #expect(intact.damages.isEmpty && intact.seals.allSatisfy(\.fits) && intact.seals.count == 6)
        // Line 4 changed, and HEAD with it.
        var head = files
        head[Self.headFile] = nil
        let disk = Self.forged(head) { $0[3] = $0[3].replacing("\"number\":4", with: "\"number\":9") }
        let asked = [seals[1], seals[4], seals[5]]
        let found = try Verification(of: MemoryDisk.folder, against: asked, disk: disk)
        #expect(found.seals.map(\.fits) == [true, false, false])
        let damages = found.damages.filter { $0.kind == .rewritten }
        #expect(damages.map(\.sequences) == [3...5])
        // Lines lost after all that HEAD knows.
        let short = Self.forged(head) { $0.removeLast(2) }
        let lost = try Verification(of: MemoryDisk.folder, against: [seals[5]], disk: short)
        #expect(lost.damages.contains { $0.kind == .head && $0.sequences == 5...6 })
        #expect(lost.seals.map(\.fits) == [false])
    }

    @Test(
        "a seal is 64 bits in groups; hyphens, capitals and a wide colon are no matter; less or other signs are no seal"
    )
    func sealText() throws {
        let hash = Digest(of: UnsafeRawBufferPointer(start: nil, count: 0))
        let seal = HeadSeal(node: nil, sequence: 1234, hash: hash)
        #expect(seal.text == "1234:e3b0-c442-98fc-1c14")
        for text in [seal.text, "1234:E3B0C44298FC1C14", "1234：e3b0 c442 98fc 1c14", "1234:\(hash.text)"] {
            #expect(HeadSeal(text)?.fits(hash) == true, "\(text)")
        }
        #expect(HeadSeal(node: "gate", sequence: 7, hash: hash).text == "gate:7:e3b0-c442-98fc-1c14")
        #expect(HeadSeal("gate:7:e3b0-c442-98fc-1c14")?.node == "gate")
        for text in [
            "", "1234", "1234:e3b0-c442", "0:e3b0c44298fc1c14", "x:e3b0c44298fc1c14", "1:e3b0c44298fc1cxx",
            ":1:e3b0c44298fc1c14",
        ] { #expect(HeadSeal(text) == nil, "\(text)") }
        let other = HeadSeal("1234:e3b0-c442-98fc-1c15")
        #expect(other?.fits(hash) == false)
    }

    @Test(
        "a seal names its node where the folder has several logs, and any log may have the line of one that names none")
    func sealsOfNodes() throws {
        let disk = try MemoryDisk.withJournal()
        try disk.journal().record(1)
        let alone = try disk.journal()
        _ = try alone.numbers()
        #expect(alone.seal?.node == nil)
        let gate = MemoryDisk()
        try Journal.create(at: MemoryDisk.folder, node: "gate", disk: gate)
        try gate.journal().record(90)
        let both = MemoryDisk(files: disk.files.merging(gate.files.filter { $0.key.contains("/journal/gate/") }) { $1 })
        let reader = try both.journal()
        _ = try reader.numbers()
        let seal = try #require(reader.seal)
        #expect(seal.node == "desk")
        let other = try #require(HeadSeal("gate:" + seal.text.dropFirst(5)))
        let found = try Verification(
            of: MemoryDisk.folder, against: [seal, try #require(alone.seal), other], disk: both)
        #expect(found.seals.map(\.fits) == [true, true, false] && found.damages.map(\.node) == ["gate"])
    }

    /// Ways in which HEAD and log do not fit, each with the damage that a verification reports.
    static let misfits: [(kind: Damage.Kind, spoil: @Sendable (MemoryDisk) -> MemoryDisk)] = [
        (.rewritten, { forged($0.files, changes[0].change) }),
        (.noHead, { disk in MemoryDisk(files: disk.files.filter { $0.key != headFile }) }),
        (.head, { forged($0.files) { $0.removeLast() } }),
    ]

    @Test("what is made durable without a record leaves the alarm on record", arguments: [0, 1])
    func settling(index: Int) throws {
        let (kind, spoil) = Self.misfits[index]
        let disk = spoil(MemoryDisk(files: try sample()))
        try disk.journal().settle { _ in }
        let found = try disk.verification().damages
        #expect(found.contains { $0.kind == kind }, "\(found)")
        try disk.journal().record(7)
        #expect(try disk.verification().damages == found)
    }

    @Test("a backup and a restored folder tell of it, and go on telling", arguments: misfits.indices)
    func copies(index: Int) throws {
        let (kind, spoil) = Self.misfits[index]
        let disk = spoil(MemoryDisk(files: try sample()))
        // After the next record, what is lost is a gap.
        func told(_ folder: String) throws -> Bool {
            try !Verification(of: folder, readOnly: true, disk: disk).damages.isEmpty
        }
        for (place, name) in [("/next", Restore.Name.next), ("/same", .same)] {
            let restored = try Restore(from: MemoryDisk.folder, to: place, as: name, disk: disk)
            #expect(try restored.damages.map(\.kind) == [kind] && told(place), "\(place)")
            try Journal(at: place, disk: disk).record(7)
            #expect(try told(place), "\(place)")
        }
        let backup = try Backup(of: MemoryDisk.folder, to: "/backup", parts: [], disk: disk)
        #expect(try backup.damages.contains { $0.kind == kind } && told("/backup") && told(MemoryDisk.folder))
        // A backup of what was restored under another name.
        let second = try Backup(of: "/next", to: "/second", parts: [], disk: disk)
        #expect(try second.damages.contains { $0.kind == kind } && told("/second"))
    }

    @Test(
        "a time that no clock has makes no line: it is told, and keeps nobody from recording",
        arguments: ["9223372036854775807,0", "253402300800000,0", "-1,9223372036854775807", "1,-1"])
    func impossibleTime(time: String) throws {
        let gate = Self.forged(try sample()) {
            $0[3] = $0[3].replacing(/"c":\[\d+,\d+\]/, with: "\"c\":[\(time)]")
        }
        #expect(gate.files != (try sample()))
        let disk = MemoryDisk()
        try Journal.create(at: MemoryDisk.folder, node: "office", disk: disk)
        let both = MemoryDisk(
            files: disk.files.merging(gate.files.filter { $0.key.hasPrefix(MemoryDisk.log) }) { $1 })
        try both.journal().record(90)
        #expect(try both.verification().damages.contains { $0.node == "desk" })
        #expect(try both.journal().numbers().contains(90))
    }

    @Test("another node's lines are compared with the HEAD beside them", arguments: misfits.indices)
    func otherNodes(index: Int) throws {
        let (kind, spoil) = Self.misfits[index]
        let gate = spoil(MemoryDisk(files: try sample()))
        let files = gate.files.filter { $0.key.hasPrefix(MemoryDisk.log) }
        let disk = MemoryDisk()
        try Journal.create(at: MemoryDisk.folder, node: "office", disk: disk)
        let both = MemoryDisk(files: disk.files.merging(files) { $1 })
        try both.journal().record(90)
        // Without a HEAD nobody knows where the log ended.
        #expect(try both.verification().damages.map(\.kind) == (kind == .noHead ? [] : [kind]))
        #expect(try both.journal().numbers().contains(90))
    }
}
