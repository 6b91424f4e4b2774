import Foundation
import Testing

@testable import Journal
@testable import TestDisks

/// The mirror follows the log, and its failures do not fail a write (J7).
@Suite struct MirrorTests {
    @Test func noMirrorByDefault() throws {
        let disk = try MemoryDisk.withJournal()
        try disk.journal().record(1)
        #expect(try Journal.mirrorFolder(of: MemoryDisk.folder, disk: disk) == nil)
        #expect(disk.files.keys.allSatisfy { $0.hasPrefix(MemoryDisk.folder) })
        #expect(try disk.verification().mirror == nil)
    }

    @Test func acknowledgedLinesAreInTheMirror() throws {
        let (disk, clock) = (try MemoryDisk.withMirror(), TestClock(november))
        let (one, other) = (try disk.journal(clock), try disk.journal(clock))
        for number in 1...9 {
            if number == 5 { clock.set(december) }
            try (number.isMultiple(of: 2) ? one : other).record(number * 10, number * 10 + 1)
            #expect(disk.isMirrored && disk.segments(.mirror).count == (number < 5 ? 1 : 2))
        }
        #expect(one.mirrorFailure == nil && one.damages.isEmpty)
        let found = try disk.verification()
        #expect(found.damages.isEmpty && found.mirror == MemoryDisk.mirror && found.mirrorFailure == nil)
    }

    @Test func settingAMirrorCopiesTheLog() throws {
        let (disk, clock) = (try MemoryDisk.withJournal(), TestClock(november))
        let writer = try disk.journal(clock)
        try writer.record(1, 2)
        clock.set(december)
        try writer.record(3)
        try disk.setMirror()
        #expect(disk.isMirrored && disk.segments(.mirror).count == 2)
        // The writer was opened before the mirror was set.
        try writer.record(4)
        #expect(disk.isMirrored)
    }

    @Test func mirrorIsSwitchedOffAndContinued() throws {
        let (disk, clock) = (try MemoryDisk.withMirror(), TestClock(november))
        let writer = try disk.journal(clock)
        try writer.record(1)
        let before = disk.segments(.mirror)
        try Journal.setMirror(of: MemoryDisk.folder, to: nil, disk: disk)
        try writer.record(2)
        clock.set(december)
        try writer.record(3)
        #expect(disk.segments(.mirror) == before && writer.damages.isEmpty)
        try disk.setMirror()
        #expect(disk.isMirrored)
    }

    @Test func tornTailAndItsRecordAreMirrored() throws {
        let disk = try MemoryDisk.withMirror()
        try disk.journal().record(1)
        try disk.journal().record(2, 3)
        var files = disk.files
        files["\(MemoryDisk.log)/2026-11.jsonl"]?.removeLast(100)
        files["\(MemoryDisk.log)/HEAD"] = Head().encoded
        files["\(MemoryDisk.mirrorLog)/2026-11.jsonl"]?.removeLast(400)
        let torn = MemoryDisk(files: files)
        #expect(try torn.verification().damages.contains { $0.kind == .torn })
        try torn.journal().record(4)
        #expect(torn.isMirrored)
        let found = try torn.verification()
        #expect(found.damages.isEmpty && found.setAsides.count == 1)
    }

    @Test func overlappingAndUnnameableFoldersAreRefused() throws {
        let (scratch, other) = (ScratchFolder(), ScratchFolder())
        try Journal.create(at: scratch.path, node: "desk")
        try FileManager.default.createDirectory(atPath: other.path, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: "\(other.path)/link", withDestinationPath: "\(scratch.path)/journal")
        for mirror in [
            scratch.path, "\(scratch.path)/mirror", "\(scratch.path)/journal/desk", "/", "\(other.path)/link/mirror",
        ] {
            #expect(throws: MirrorError.overlaps(folder: scratch.path, mirror: mirror)) {
                try Journal.setMirror(of: scratch.path, to: mirror)
            }
        }
        for mirror in ["", "/a\nb"] {
            #expect(throws: MirrorError.unnameable(mirror: mirror)) {
                try Journal.setMirror(of: scratch.path, to: mirror)
            }
        }
        #expect(throws: JournalError.self) { try Journal.setMirror(of: scratch.path, to: "/proc/mirror") }
        #expect(throws: JournalError.missing(folder: other.path)) {
            try Journal.setMirror(of: other.path, to: scratch.path + "-mirror")
        }
        #expect(try Journal.mirrorFolder(of: scratch.path) == nil)
    }

    @Test func networkDiskIsRefused() throws {
        let disk = MemoryDisk(files: try MemoryDisk.withJournal().files, network: MemoryDisk.mirror)
        #expect(throws: JournalError.network(folder: MemoryDisk.mirror, fileSystem: "nfs")) { try disk.setMirror() }
        #expect(try Journal.mirrorFolder(of: MemoryDisk.folder, disk: disk) == nil)
    }

    @Test func foreignMirrorIsRefused() throws {
        let disk = try MemoryDisk.withMirror()
        try disk.journal().record(1)
        let mirror = disk.files.filter { $0.key.hasPrefix(MemoryDisk.mirror) }
        let other = try MemoryDisk.withJournal()
        try other.journal().record(7)
        // It belongs to the other journal; or its lines contradict this one's.
        for (name, error) in [
            ("", MirrorError.owned(mirror: MemoryDisk.mirror, by: MemoryDisk.folder)),
            ("INSTANCE", MirrorError.foreign(mirror: MemoryDisk.mirror)),
        ] {
            let mirror = mirror.filter { $0.key != "\(MemoryDisk.mirrorLog)/\(name)" }
            let both = MemoryDisk(files: other.files.merging(mirror) { $1 })
            #expect(throws: error) { try both.setMirror() }
            #expect(both.files.filter { $0.key.hasPrefix(MemoryDisk.mirror) } == mirror)
        }
    }

    @Test func mirrorOnARealDisk() throws {
        let (scratch, other, clock) = (ScratchFolder(), ScratchFolder(), TestClock(november))
        try Journal.create(at: scratch.path, node: "desk")
        let writer = try Journal(at: scratch.path, clock: clock.clock)
        try writer.record(1)
        let mirror = "\(other.path)/backup/estate"
        try Journal.setMirror(of: scratch.path, to: mirror + "/../estate/")
        #expect(try Journal.mirrorFolder(of: scratch.path)?.hasSuffix("/backup/estate") == true)
        try writer.record(2)
        let name = "2026-11.jsonl"
        #expect(try scratch.bytes("journal/desk/\(name)") == other.bytes("backup/estate/desk/\(name)"))
        func mode(_ path: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }
        #expect(try mode(mirror) == 0o700 && mode("\(mirror)/desk") == 0o700)
        #expect(try mode("\(mirror)/desk/\(name)") == 0o600 && mode("\(scratch.path)/MIRROR") == 0o600)
        #expect(try Verification(of: scratch.path).damages.isEmpty)
        // The other disk is unmounted; its empty mount point is no mirror.
        try FileManager.default.moveItem(atPath: mirror, toPath: mirror + "-away")
        try FileManager.default.createDirectory(atPath: mirror, withIntermediateDirectories: true)
        try writer.record(3)
        try writer.record(4)
        #expect(writer.mirrorFailure?.number == ENOENT && writer.failure == nil)
        #expect(try FileManager.default.contentsOfDirectory(atPath: mirror).isEmpty)
        let found = try Verification(of: scratch.path)
        #expect(found.mirrorFailure?.number == ENOENT)
        #expect(found.damages.map(\.kind) == [.mirror] && found.damages.first?.sequences == 1...4)
        #expect(throws: JournalError.self) { try Journal.repair(folder: scratch.path) }
        // It is mounted again.
        try FileManager.default.removeItem(atPath: mirror)
        try FileManager.default.moveItem(atPath: mirror + "-away", toPath: mirror)
        try writer.record(5)
        #expect(writer.mirrorFailure == nil)
        #expect(try scratch.bytes("journal/desk/\(name)") == other.bytes("backup/estate/desk/\(name)"))
    }

    @Test func differingMirrorIsLeftForRepair() throws {
        let disk = try MemoryDisk.withMirror()
        for number in 1...3 { try disk.journal().record(number) }
        var files = disk.files
        files["\(MemoryDisk.mirrorLog)/2026-11.jsonl"]?[700] ^= 1
        let damaged = MemoryDisk(files: files)
        let writer = try damaged.journal()
        for number in 4...5 { try writer.record(number) }
        #expect(damaged.segments(.mirror)["2026-11.jsonl"] == files["\(MemoryDisk.mirrorLog)/2026-11.jsonl"])
        #expect(writer.damages.map(\.kind) == [.mirror] && writer.damages.map(\.copy) == [.mirror])
        #expect(writer.failure == nil && writer.mirrorFailure == nil)
        let found = try damaged.verification()
        #expect(found.damages.allSatisfy { $0.copy == .mirror })
        #expect(found.damages.last { $0.kind == .mirror }?.sequences == 3...5)
        #expect(found.damages.last { $0.kind == .mirror }?.offset == 700)
        _ = try damaged.repair()
        try writer.record(6)
        #expect(writer.damages.isEmpty && damaged.isMirrored)
        #expect(try damaged.verification().damages.isEmpty)
    }

    /// Each call on the mirror's disk fails: writes succeed all the same, and afterwards the mirror catches up.
    @Test(.hangLimit, arguments: FaultyDisk.Fault.survived, [false, true])
    func mirrorFailureLosesNothing(fault: FaultyDisk.Fault, lasting: Bool) throws {
        for place in 1...200 {
            let (disk, clock) = (try MemoryDisk.withMirror(), TestClock(november))
            let faulty = FaultyDisk(disk, failing: place, with: fault, lasting: lasting, in: MemoryDisk.mirror)
            let writers = try (0..<2).map { _ in
                try Journal(at: MemoryDisk.folder, clock: clock.clock, disk: faulty)
            }
            var wasReported = false
            for number in 1...6 {
                if number == 4 { clock.set(december) }
                let writer = writers[number % 2]
                try writer.record(number * 10, number * 10 + 1)
                wasReported = wasReported || writer.mirrorFailure != nil
                if writer.mirrorFailure == nil, !disk.isMirrored {
                    Issue.record("call \(place): behind, and not reported")
                }
            }
            let isHit = !faulty.failed.isEmpty
            if isHit, !wasReported { Issue.record("call \(place): not reported") }
            if lasting, isHit, writers[0].mirrorFailure == nil { Issue.record("call \(place): forgotten") }
            if writers.contains(where: { !$0.damages.isEmpty || $0.failure != nil }) { Issue.record("call \(place)") }
            let reader = try disk.journal()
            #expect(try reader.numbers().count == 12)
            // A new program completes the mirror, and syncs it.
            try disk.journal(clock).record(77)
            if !disk.isMirrored { Issue.record("call \(place): not caught up") }
            let found = try MemoryDisk(files: disk.synced).verification().damages
            if !found.isEmpty { Issue.record("call \(place): \(found)") }
            if faulty.calls < place { return }
        }
        Issue.record("more calls than expected")
    }

    /// After a failed sync, bytes that can be read may not be durable.
    @Test func bytesOfAFailedSyncAreCopiedAgain() throws {
        for place in 1...20 {
            let disk = try MemoryDisk.withMirror()
            try disk.journal().record(1)
            let faulty = FaultyDisk(disk, failing: place, lasting: false, in: MemoryDisk.mirror)
            let writer = try Journal(at: MemoryDisk.folder, clock: TestClock(november).clock, disk: faulty)
            let size = disk.segments(.primary).values.joined().count
            try writer.record(2)
            let written = faulty.written
            if faulty.failed != ["fdatasync"] { continue }
            try writer.record(3)
            #expect(writer.mirrorFailure == nil && disk.isMirrored)
            let appended = disk.segments(.primary).values.joined().count - size
            #expect(faulty.written - written == appended + Head.slotSize)
            return
        }
        Issue.record("no sync failed")
    }

    @Test(.hangLimit) func settingAMirrorMayFailAtAnyCall() throws {
        let (sample, clock) = (try MemoryDisk.withJournal(), TestClock(november))
        try sample.journal(clock).record(1, 2)
        clock.set(december)
        try sample.journal(clock).record(3)
        for fault in FaultyDisk.Fault.allCases {
            for place in 1...200 {
                let disk = MemoryDisk(files: sample.files)
                let faulty = FaultyDisk(disk, failing: place, with: fault, lasting: true)
                try? Journal.setMirror(of: MemoryDisk.folder, to: MemoryDisk.mirror, disk: faulty)
                #expect(disk.openFiles == 0)
                for (part, files) in [disk.synced, disk.files].enumerated() {
                    let left = MemoryDisk(files: files)
                    // The mirror is set and complete, or not set, and setting it again succeeds.
                    let isOn = try Journal.mirrorFolder(of: MemoryDisk.folder, disk: left) != nil
                    if isOn, !left.isMirrored { Issue.record("call \(place): set before it is complete") }
                    if !isOn { try left.setMirror() }
                    try left.journal(clock).record(4)
                    if !left.isMirrored { Issue.record("call \(place), \(part): not complete") }
                    if try !left.verification().damages.isEmpty { Issue.record("call \(place), \(part): damaged") }
                }
                if faulty.calls < place { break }
            }
        }
    }
}
