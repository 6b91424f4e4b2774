import Foundation
import Synchronization
import Testing

@testable import Journal
@testable import TestDisks

/// Backups: consistent while others write, proved, and complete under their name or not there.
@Suite struct BackupTests {
    static let place = "/backups/monday"
    static let restored = "/restores/monday"

    /// A journal of two months with a second node's log, private files, and what must not be copied.
    static func sample(torn: Bool = false) throws -> MemoryDisk {
        let (disk, clock) = (try MemoryDisk.withMirror(), TestClock(november))
        try disk.journal(clock).record(1, 2)
        clock.set(december)
        try disk.journal(clock).record(3)
        let other = MemoryDisk()
        try Journal.create(at: "/gate", node: "gate", disk: other)
        let gate = try Journal(at: "/gate", clock: clock.clock, disk: other)
        try gate.record(50)
        try gate.record(51, 52)
        var files = disk.files
        // The other node's log is being copied.
        files["\(MemoryDisk.folder)/journal/gate/2026-12.jsonl"] =
            (other.files["/gate/journal/gate/2026-12.jsonl"] ?? []).dropLast(torn ? 20 : 0)
        files["\(MemoryDisk.folder)/pins/a.json"] = Array("{\"hash\":1}".utf8)
        files["\(MemoryDisk.folder)/pins/b.json.new"] = [1]
        files["\(MemoryDisk.folder)/handbook/staff.json"] = Array("{}".utf8)
        files["\(MemoryDisk.folder)/keys/visits/2026-11.key"] = [1, 2, 3]
        files["\(MemoryDisk.folder)/checkpoint/working-set.jsonl"] = [1]
        files["\(MemoryDisk.folder)/drafts/x.json"] = [1]
        if torn { files["\(MemoryDisk.log)/2026-12.jsonl"]?.append(contentsOf: tornBytes) }
        return MemoryDisk(files: files)
    }

    private func names(_ disk: MemoryDisk, in folder: String) -> [String] {
        disk.files.keys.filter { $0.hasPrefix(folder + "/") }.map { String($0.dropFirst(folder.count + 1)) }.sorted()
    }

    @Test func holdsTheJournalAndWhatWasAskedFor() throws {
        let disk = try BackupTests.sample(torn: true)
        let before = disk.files
        let backup = try Backup(of: MemoryDisk.folder, to: BackupTests.place, disk: disk)
        #expect(backup.lines == ["desk": 3, "gate": 1] && backup.damages.isEmpty && backup.failures.isEmpty)
        let journal = [
            "journal/desk/2026-11.jsonl", "journal/desk/2026-12.jsonl", "journal/desk/HEAD",
            "journal/gate/2026-12.jsonl",
        ]
        let parts = ["handbook/staff.json", "keys/visits/2026-11.key", "pins/a.json"]
        #expect(names(disk, in: BackupTests.place) == (["BACKUP", "INSTANCE", "NODE"] + journal + parts).sorted())
        for name in ["journal/desk/2026-11.jsonl", "pins/a.json", "NODE", "INSTANCE"] {
            #expect(disk.files["\(BackupTests.place)/\(name)"] == before["\(MemoryDisk.folder)/\(name)"])
        }
        // Shown and verified where it lies, and not changed by that.
        let made = disk.files
        let copy = try Journal(at: BackupTests.place, disk: disk, readOnly: true)
        #expect(try copy.numbers() == [1, 2, 3, 50] && copy.isCopy && copy.damages.isEmpty)
        #expect(try Verification(of: BackupTests.place, readOnly: true, disk: disk).damages.isEmpty)
        #expect(throws: JournalError.self) { try copy.record(4) }
        #expect(disk.files == made)
        // Nothing is written over it.
        #expect(throws: CopyError.notEmpty(folder: BackupTests.place)) {
            try Backup(of: MemoryDisk.folder, to: BackupTests.place, disk: disk)
        }
        #expect(throws: CopyError.inside(folder: "\(MemoryDisk.folder)/x", source: MemoryDisk.folder)) {
            try Backup(of: MemoryDisk.folder, to: "\(MemoryDisk.folder)/x", disk: disk)
        }
        _ = try Backup(of: MemoryDisk.folder, to: "/backups/bare", parts: [.handbook], disk: disk)
        #expect(names(disk, in: "/backups/bare") == (["BACKUP", "INSTANCE", "NODE"] + journal + [parts[0]]).sorted())
    }

    @Test func onARealDiskFilesArePrivate() throws {
        let scratch = ScratchFolder()
        let (data, place) = ("\(scratch.path)/data", "\(scratch.path)/backup")
        try Journal.create(at: data, node: "desk")
        try Journal(at: data).record(1)
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        _ = try Backup(of: data, to: place)
        func mode(_ name: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: place + name)[.posixPermissions] as? Int
        }
        for folder in ["", "/journal", "/journal/desk"] { #expect(try mode(folder) == 0o700) }
        for file in ["/NODE", "/INSTANCE", "/BACKUP", "/journal/desk/HEAD"] { #expect(try mode(file) == 0o600) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).sorted() == ["backup", "data"])
    }

    @Test func damageOfTheOriginalIsCopiedAndTold() throws {
        let disk = try BackupTests.sample()
        var files = disk.files
        files["\(MemoryDisk.log)/2026-11.jsonl"]?[60] ^= 1
        files["\(MemoryDisk.log)/2026-12.jsonl"] = []
        let damaged = MemoryDisk(files: files)
        let backup = try Backup(of: MemoryDisk.folder, to: BackupTests.place, disk: damaged)
        #expect(Set(backup.damages.map(\.kind)) == [.hash, .gap, .group, .head])
        let made = damaged.files["\(BackupTests.place)/journal/desk/2026-11.jsonl"]
        #expect(made == files["\(MemoryDisk.log)/2026-11.jsonl"])
        let restore = try Restore(from: BackupTests.place, to: BackupTests.restored, disk: damaged)
        #expect(Set(restore.damages.map(\.kind)) == [.hash, .gap, .group, .head] && restore.differing.isEmpty)
    }

    @Test(.hangLimit) func isConsistentWhileOthersWrite() throws {
        let scratch = ScratchFolder()
        let data = "\(scratch.path)/data"
        try Journal.create(at: data, node: "desk")
        let acknowledged = Mutex<Set<Int>>([])
        let isDone = Mutex(false)
        let writers = Workers()
        for writer in 0..<3 {
            writers.start {
                let journal = try Journal(at: data)
                var number = writer * 1_000_000
                while !isDone.withLock({ $0 }) {
                    try journal.record(number, number + 1, number + 2)
                    acknowledged.withLock { $0.formUnion(number..<number + 3) }
                    number += 3
                }
            }
        }
        defer {
            isDone.withLock { $0 = true }
            writers.wait()
            #expect(writers.failures == [])
        }
        for round in 0..<20 {
            let place = "\(scratch.path)/backup-\(round)"
            let before = acknowledged.withLock { $0 }
            let backup = try Backup(of: data, to: place)
            #expect(backup.damages.isEmpty)
            let found = try Verification(of: place, readOnly: true)
            #expect(found.damages.isEmpty && found.lines == backup.lines["desk"])
            let numbers = try Journal(at: place, readOnly: true).numbers()
            #expect(Set(numbers).isSuperset(of: before) && numbers.count % 3 == 0)
        }
    }

    /// The backup is there as a whole, or not at all, and no unfinished one is left where the program lived on.
    private func check(_ disk: MemoryDisk, survived: Bool, isMade: Bool, _ context: String) throws {
        let names = names(disk, in: BackupTests.place)
        if isMade, names.isEmpty { Issue.record("\(context): not there") }
        if survived, disk.files.keys.contains(where: { $0.contains(".partial-") }) {
            Issue.record("\(context): left over")
        }
        if names.isEmpty { return }
        let found = try Verification(of: BackupTests.place, readOnly: true, disk: disk)
        let restore = try Restore(from: BackupTests.place, to: BackupTests.restored, disk: disk)
        if !found.damages.isEmpty || found.lines != 6 { Issue.record("\(context): \(found.damages)") }
        if !restore.differing.isEmpty || restore.lines != ["desk": 3, "gate": 3] {
            Issue.record("\(context): \(restore)")
        }
    }

    @Test(.hangLimit, arguments: FaultyDisk.Fault.allCases)
    func backupMayFailAtAnyCall(fault: FaultyDisk.Fault) throws {
        let files = try BackupTests.sample().files
        for lasting in [false, true] {
            for place in 1...2_000 {
                let disk = MemoryDisk(files: files)
                let faulty = FaultyDisk(disk, failing: place, with: fault, lasting: lasting)
                let backup = try? Backup(of: MemoryDisk.folder, to: BackupTests.place, disk: faulty)
                // The other node's log could not be read: that is told.
                if backup?.failures.isEmpty == false { continue }
                let isMade = backup != nil
                if disk.openFiles != 0 { Issue.record("\(fault) \(place): \(disk.openFiles) files are open") }
                let context = "\(fault)\(lasting ? " from" : " at") call \(place)"
                let survived = !lasting && fault != .killed && fault != .short
                try check(MemoryDisk(files: disk.files), survived: survived, isMade: isMade, context)
                if fault == .killed || fault == .inputOutput {
                    for left in disk.afterPowerCuts.prefix(40) {
                        try check(MemoryDisk(files: left), survived: false, isMade: isMade, context + ", power cut")
                    }
                }
                if faulty.calls < place { break }
            }
        }
    }
}
