import Crypto
import Foundation
import Testing

@testable import Journal
@testable import TestDisks

/// A data folder is made from a backup, its archive, a bare mirror or a copied folder, and records under another name.
@Suite struct RestoreTests {
    private static let place = BackupTests.restored

    private func tar(_ disk: MemoryDisk) throws -> [UInt8] {
        var bytes: [UInt8] = []
        _ = try Backup(of: MemoryDisk.folder, disk: disk) { bytes.append(contentsOf: $0) }
        return bytes
    }

    /// Opens the restored folder, records in it, and returns all numbers.
    private func recorded(_ disk: MemoryDisk, _ number: Int = 90) throws -> [Int] {
        let journal = try Journal(at: RestoreTests.place, clock: TestClock(december).clock, disk: disk)
        #expect(!journal.isCopy)
        try journal.record(number)
        let reader = try Journal(at: RestoreTests.place, disk: disk)
        let numbers = try reader.numbers()
        #expect(reader.damages.isEmpty)
        #expect(try Verification(of: RestoreTests.place, disk: disk).damages.isEmpty)
        return numbers
    }

    @Test func fromABackup() throws {
        let disk = try BackupTests.sample()
        _ = try Backup(of: MemoryDisk.folder, to: BackupTests.place, disk: disk)
        let restore = try Restore(from: BackupTests.place, to: RestoreTests.place, disk: disk)
        #expect(restore.node == "desk-2" && restore.lines == ["desk": 3, "gate": 3])
        #expect(restore.damages.isEmpty && restore.differing.isEmpty)
        #expect(disk.files["\(RestoreTests.place)/pins/a.json"] == Array("{\"hash\":1}".utf8))
        #expect(disk.files["\(RestoreTests.place)/MIRROR"] == nil && disk.files["\(RestoreTests.place)/BACKUP"] == nil)
        #expect(try recorded(disk) == [1, 2, 3, 50, 51, 52, 90])
        // The next one is numbered on.
        _ = try Backup(of: RestoreTests.place, to: "/backups/second", disk: disk)
        #expect(try Restore(from: "/backups/second", to: "/third", parts: [], disk: disk).node == "desk-3")
        #expect(disk.files["/third/pins/a.json"] == nil)
        #expect(throws: CopyError.notEmpty(folder: RestoreTests.place)) {
            try Restore(from: BackupTests.place, to: RestoreTests.place, disk: disk)
        }
    }

    /// Others may know the key, also if the copy keeps the name of its original.
    @Test func withAKeyThatCameFromTheHubACopySealsNothing() throws {
        let disk = try BackupTests.sample()
        let key = KeyFile.month(MonthKey(SymmetricKey(size: .bits256)))
        let place = KeyPlace("visitors", month: "2026-12", node: "desk")
        let name = KeyName(place, generation: 0)
        #expect(try CarriedKeys(of: MemoryDisk.folder, disk: disk).add(name.file, key.text, own: "desk"))
        _ = try Backup(of: MemoryDisk.folder, to: BackupTests.place, disk: disk)
        _ = try Restore(from: BackupTests.place, to: RestoreTests.place, as: .same, disk: disk)
        let ring = KeyRing(of: RestoreTests.place, disk: disk)
        #expect(try ring.names() == [name])
        let id = EntryID(at: Moment(milliseconds: 1))
        let sealed = try ring.seal([1], as: place, used: nil, ended: nil, id: id, kind: "visitor.arrived")
        #expect(sealed.withUnsafeBytes { SealedText($0) }?.generation == 1)
        // The mark goes with its key.
        try ring.end(name, keeping: [])
        let names = try disk.names(in: "\(RestoreTests.place)/keys").filter { $0.hasPrefix("visitors.2026-12") }
        #expect(names == ["visitors.2026-12.desk.1"])
    }

    @Test func nameIsChosenOrKept() throws {
        let disk = try BackupTests.sample()
        _ = try Backup(of: MemoryDisk.folder, to: BackupTests.place, disk: disk)
        for name in ["desk", "gate", "../x", "", "a b"] {
            #expect(throws: CopyError.nodeName(name)) {
                try Restore(from: BackupTests.place, to: RestoreTests.place, as: .named(name), disk: disk)
            }
        }
        let named = try Restore(from: BackupTests.place, to: "/named", as: .named("office"), disk: disk)
        #expect(named.node == "office")
        let kept = try Restore(from: BackupTests.place, to: RestoreTests.place, as: .same, disk: disk)
        #expect(kept.node == "desk")
        #expect(try recorded(disk) == [1, 2, 3, 50, 51, 52, 90])
        #expect(names(disk) == ["desk", "gate"])
    }

    private func names(_ disk: MemoryDisk) -> [String] {
        (try? disk.names(in: "\(RestoreTests.place)/journal")) ?? []
    }

    @Test func fromABareMirror() throws {
        let disk = try BackupTests.sample()
        let mirror = MemoryDisk(files: disk.files.filter { $0.key.hasPrefix(MemoryDisk.mirror) })
        for (source, place) in [(MemoryDisk.mirror, RestoreTests.place), (MemoryDisk.mirrorLog, "/again")] {
            let restore = try Restore(from: source, to: place, disk: mirror)
            #expect(restore.node == "desk-2" && restore.lines == ["desk": 3] && restore.damages.isEmpty)
        }
        #expect(try recorded(mirror) == [1, 2, 3, 90])
        // It takes over the mirror, which then has both logs.
        let adoption = try Journal.adopt(RestoreTests.place, mirror: MemoryDisk.mirror, disk: mirror)
        #expect(adoption.missing.isEmpty)
        #expect(mirror.files["\(MemoryDisk.mirror)/desk-2/2026-12.jsonl"] != nil)
        #expect(try recorded(mirror, 91) == [1, 2, 3, 90, 91])
    }

    @Test func fromACopyThatWasMadeWhileOthersWrote() throws {
        let disk = try BackupTests.sample(torn: true)
        var files = disk.files.filter { $0.key.hasPrefix(MemoryDisk.folder) }
        let cut = try Restore(from: MemoryDisk.folder, to: RestoreTests.place, disk: MemoryDisk(files: files))
        #expect(cut.lines == ["desk": 3, "gate": 1] && cut.damages.isEmpty)
        // HEAD is newer than the segments.
        files["\(MemoryDisk.log)/2026-12.jsonl"] = []
        let behind = try Restore(from: MemoryDisk.folder, to: RestoreTests.place, disk: MemoryDisk(files: files))
        #expect(behind.lines["desk"] == 2 && behind.damages.map(\.kind) == [.head])
        #expect(behind.damages.first?.sequences == 3...3)
        // NODE was lost.
        files["\(MemoryDisk.folder)/NODE"] = nil
        let nameless = try Restore(from: MemoryDisk.folder, to: RestoreTests.place, disk: MemoryDisk(files: files))
        #expect(nameless.lines["desk"] == 2)
        let empty = MemoryDisk(files: ["/empty/readme": [1]])
        #expect(throws: CopyError.nothing(source: "/empty")) {
            try Restore(from: "/empty", to: RestoreTests.place, disk: empty)
        }
    }

    @Test func fromAnArchive() throws {
        let disk = try BackupTests.sample()
        let bytes = try tar(disk)
        #expect(bytes.count.isMultiple(of: 512))
        let archived = MemoryDisk(files: ["/backup.tar": bytes])
        let restore = try Restore(from: "/backup.tar", to: RestoreTests.place, disk: archived)
        #expect(restore.node == "desk-2" && restore.lines == ["desk": 3, "gate": 3] && restore.differing.isEmpty)
        #expect(archived.files["\(RestoreTests.place)/keys/visits/2026-11.key"] == [1, 2, 3])
        #expect(try recorded(archived) == [1, 2, 3, 50, 51, 52, 90])
    }

    /// An archive that ends early is refused, and each flipped byte that matters is told.
    @Test(.hangLimit) func damagedArchive() throws {
        let bytes = try tar(BackupTests.sample())
        for end in stride(from: 0, to: bytes.count - 1024, by: 97) {
            let disk = MemoryDisk(files: ["/backup.tar": Array(bytes[..<end])])
            #expect(throws: CopyError.notTar(source: "/backup.tar"), "cut at \(end)") {
                try Restore(from: "/backup.tar", to: RestoreTests.place, disk: disk)
            }
            #expect(!disk.files.keys.contains { $0.hasPrefix(RestoreTests.place) })
        }
        let whole = try Restore(
            from: "/backup.tar", to: RestoreTests.place, disk: MemoryDisk(files: ["/backup.tar": bytes]))
        for place in stride(from: 0, to: bytes.count - 1024, by: 31) where bytes[place] != 0 {
            var flipped = bytes
            flipped[place] ^= 1
            let disk = MemoryDisk(files: ["/backup.tar": flipped])
            guard let restore = try? Restore(from: "/backup.tar", to: RestoreTests.place, disk: disk) else { continue }
            if restore.lines == whole.lines, restore.differing.isEmpty, restore.damages.isEmpty {
                let file = header(of: place, in: bytes)
                // The blank after a header's checksum means nothing.
                if place == file.startIndex + 155 { continue }
                Issue.record("byte \(place) of \(String(decoding: file, as: UTF8.self)): not told")
            }
        }
    }

    /// The name of the file whose header or content has a byte of an archive.
    private func header(of place: Int, in bytes: [UInt8]) -> ArraySlice<UInt8> {
        var start = 0
        while true {
            let size = Int(String(decoding: bytes[start + 124..<start + 135], as: UTF8.self), radix: 8) ?? 0
            let next = start + 512 + (size + 511) / 512 * 512
            if place < next { return bytes[start..<start + 100].prefix { $0 != 0 } }
            start = next
        }
    }

    @Test(.hangLimit, arguments: FaultyDisk.Fault.allCases)
    func restoreMayFailAtAnyCall(fault: FaultyDisk.Fault) throws {
        let sample = try BackupTests.sample()
        _ = try Backup(of: MemoryDisk.folder, to: BackupTests.place, disk: sample)
        let files = sample.files.filter { $0.key.hasPrefix("/backups/") }
        for lasting in [false, true] {
            for place in 1...2_000 {
                let disk = MemoryDisk(files: files)
                let faulty = FaultyDisk(disk, failing: place, with: fault, lasting: lasting)
                let restore = try? Restore(from: BackupTests.place, to: RestoreTests.place, disk: faulty)
                if disk.openFiles != 0 { Issue.record("\(fault) \(place): \(disk.openFiles) files are open") }
                for left in disk.afterPowerCuts.prefix(40) + [disk.files] {
                    let isThere = left.keys.contains { $0.hasPrefix(RestoreTests.place + "/") }
                    if restore != nil, !isThere { Issue.record("\(fault) \(place): not there") }
                    if !isThere { continue }
                    let found = try Verification(of: RestoreTests.place, disk: MemoryDisk(files: left))
                    if found.lines != 6 || !found.damages.isEmpty { Issue.record("\(fault) \(place): \(found)") }
                }
                if faulty.calls < place { break }
            }
        }
    }
}
