import Foundation
import Testing

@testable import Journal
@testable import TestDisks

/// The second copy follows the log, and never stands in its way.
@Suite struct MirrorTests {
    @Test func noneIsKeptUnlessAskedFor() throws {
        let disk = try MemoryDisk.founded()
        try disk.journal().record(1)
        #expect(try Journal.mirrorFolder(of: MemoryDisk.folder, disk: disk) == nil)
        #expect(disk.files.keys.allSatisfy { $0.hasPrefix(MemoryDisk.folder) })
        #expect(try disk.verification().mirror == nil)
    }

    @Test func everyLineIsThereWhenItIsAcknowledged() throws {
        let (disk, clock) = (try MemoryDisk.mirrored(), TestClock(november))
        let (one, other) = (try disk.journal(clock), try disk.journal(clock))
        for number in 1...9 {
            if number == 5 { clock.set(december) }
            try (number.isMultiple(of: 2) ? one : other).record(number * 10, number * 10 + 1)
            #expect(disk.isMirrored && disk.segments(.mirror).count == (number < 5 ? 1 : 2))
        }
        #expect(one.mirrorTrouble == nil && one.damages.isEmpty)
        let found = try disk.verification()
        #expect(found.damages.isEmpty && found.mirror == MemoryDisk.mirror && found.mirrorTrouble == nil)
    }

    @Test func whatWasThereBeforeIsCopied() throws {
        let (disk, clock) = (try MemoryDisk.founded(), TestClock(november))
        let writer = try disk.journal(clock)
        try writer.record(1, 2)
        clock.set(december)
        try writer.record(3)
        try disk.setMirror()
        #expect(disk.isMirrored && disk.segments(.mirror).count == 2)
        // The writer was there before the mirror was.
        try writer.record(4)
        #expect(disk.isMirrored)
    }

    @Test func switchedOffItStaysAsItIsAndCanBeCarriedOn() throws {
        let (disk, clock) = (try MemoryDisk.mirrored(), TestClock(november))
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

    @Test func aTornTailAndItsRecordAreMirroredToo() throws {
        let disk = try MemoryDisk.mirrored()
        try disk.journal().record(1)
        try disk.journal().record(2, 3)
        var files = disk.files
        files["\(MemoryDisk.log)/2026-11.jsonl"]?.removeLast(100)
        files["\(MemoryDisk.log)/HEAD"] = []
        files["\(MemoryDisk.mirrorLog)/2026-11.jsonl"]?.removeLast(400)
        let torn = MemoryDisk(files: files)
        #expect(try torn.verification().damages.contains { $0.kind == .torn })
        try torn.journal().record(4)
        #expect(torn.isMirrored)
        let found = try torn.verification()
        #expect(found.damages.isEmpty && found.setAsides.count == 1)
    }

    @Test func badPlacesAreRefused() throws {
        let (scratch, other) = (Scratch(), Scratch())
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

    @Test func aNetworkDiskIsRefused() throws {
        let disk = MemoryDisk(files: try MemoryDisk.founded().files, network: MemoryDisk.mirror)
        #expect(throws: JournalError.network(folder: MemoryDisk.mirror)) { try disk.setMirror() }
        #expect(try Journal.mirrorFolder(of: MemoryDisk.folder, disk: disk) == nil)
    }

    @Test func anotherEstatesMirrorIsRefused() throws {
        let disk = try MemoryDisk.mirrored()
        try disk.journal().record(1)
        let mirror = disk.files.filter { $0.key.hasPrefix(MemoryDisk.mirror) }
        let other = try MemoryDisk.founded()
        try other.journal().record(7)
        let both = MemoryDisk(files: other.files.merging(mirror) { $1 })
        #expect(throws: MirrorError.foreign(mirror: MemoryDisk.mirror)) { try both.setMirror() }
        #expect(both.files.filter { $0.key.hasPrefix(MemoryDisk.mirror) } == mirror)
    }

    @Test func onARealDisk() throws {
        let (scratch, other, clock) = (Scratch(), Scratch(), TestClock(november))
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
        // The other disk is taken away, and its empty mount point is not taken for it.
        try FileManager.default.moveItem(atPath: mirror, toPath: mirror + "-away")
        try FileManager.default.createDirectory(atPath: mirror, withIntermediateDirectories: true)
        try writer.record(3)
        try writer.record(4)
        #expect(writer.mirrorTrouble?.number == ENOENT && writer.failure == nil)
        #expect(try FileManager.default.contentsOfDirectory(atPath: mirror).isEmpty)
        let found = try Verification(of: scratch.path)
        #expect(found.mirrorTrouble?.number == ENOENT)
        #expect(found.damages.map(\.kind) == [.mirror] && found.damages.first?.sequences == 1...4)
        #expect(throws: JournalError.self) { try Journal.repair(folder: scratch.path) }
        // It comes back.
        try FileManager.default.removeItem(atPath: mirror)
        try FileManager.default.moveItem(atPath: mirror + "-away", toPath: mirror)
        try writer.record(5)
        #expect(writer.mirrorTrouble == nil)
        #expect(try scratch.bytes("journal/desk/\(name)") == other.bytes("backup/estate/desk/\(name)"))
    }

    @Test func aMirrorThatDiffersIsLeftForRepair() throws {
        let disk = try MemoryDisk.mirrored()
        for number in 1...3 { try disk.journal().record(number) }
        var files = disk.files
        files["\(MemoryDisk.mirrorLog)/2026-11.jsonl"]?[700] ^= 1
        let damaged = MemoryDisk(files: files)
        let writer = try damaged.journal()
        for number in 4...5 { try writer.record(number) }
        #expect(damaged.segments(.mirror)["2026-11.jsonl"] == files["\(MemoryDisk.mirrorLog)/2026-11.jsonl"])
        #expect(writer.damages.map(\.kind) == [.mirror] && writer.damages.map(\.copy) == [.mirror])
        #expect(writer.failure == nil && writer.mirrorTrouble == nil)
        let found = try damaged.verification()
        #expect(found.damages.allSatisfy { $0.copy == .mirror })
        #expect(found.damages.last { $0.kind == .mirror }?.sequences == 3...5)
        #expect(found.damages.last { $0.kind == .mirror }?.offset == 700)
        _ = try damaged.repair()
        try writer.record(6)
        #expect(writer.damages.isEmpty && damaged.isMirrored)
        #expect(try damaged.verification().damages.isEmpty)
    }

    /// Whatever the other disk does, nothing is refused and nothing is lost; and once it works again, it has all.
    @Test(arguments: FaultyDisk.Fault.survived, [false, true])
    func theMirrorMayFailAnywhere(fault: FaultyDisk.Fault, lasting: Bool) throws {
        for place in 1...200 {
            let (disk, clock) = (try MemoryDisk.mirrored(), TestClock(november))
            let faulty = FaultyDisk(disk, failing: place, with: fault, lasting: lasting, in: MemoryDisk.mirror)
            let writers = try (0..<2).map { _ in
                try Journal(at: MemoryDisk.folder, clock: clock.clock, disk: faulty)
            }
            var wasTold = false
            for number in 1...6 {
                if number == 4 { clock.set(december) }
                let writer = writers[number % 2]
                try writer.record(number * 10, number * 10 + 1)
                wasTold = wasTold || writer.mirrorTrouble != nil
                if writer.mirrorTrouble == nil, !disk.isMirrored { Issue.record("call \(place): behind in silence") }
            }
            let isHit = !faulty.failed.isEmpty
            if isHit, !wasTold { Issue.record("call \(place): not told") }
            if lasting, isHit, writers[0].mirrorTrouble == nil { Issue.record("call \(place): forgotten") }
            if writers.contains(where: { !$0.damages.isEmpty || $0.failure != nil }) { Issue.record("call \(place)") }
            let reader = try disk.journal()
            #expect(try reader.numbers().count == 12)
            // By a new program; and what it holds is on its disk.
            try disk.journal(clock).record(77)
            if !disk.isMirrored { Issue.record("call \(place): not caught up") }
            let found = try MemoryDisk(files: disk.synced).verification().damages
            if !found.isEmpty { Issue.record("call \(place): \(found)") }
            if faulty.calls < place { return }
        }
        Issue.record("more calls than thought")
    }

    /// A sync that failed may have lost what the system still shows: it is written again.
    @Test func aFailedSyncIsNotTrusted() throws {
        for place in 1...20 {
            let disk = try MemoryDisk.mirrored()
            try disk.journal().record(1)
            let faulty = FaultyDisk(disk, failing: place, lasting: false, in: MemoryDisk.mirror)
            let writer = try Journal(at: MemoryDisk.folder, clock: TestClock(november).clock, disk: faulty)
            let size = disk.segments(.primary).values.joined().count
            try writer.record(2)
            let written = faulty.written
            if faulty.failed != ["fdatasync"] { continue }
            try writer.record(3)
            #expect(writer.mirrorTrouble == nil && disk.isMirrored)
            #expect(faulty.written - written == disk.segments(.primary).values.joined().count - size)
            return
        }
        Issue.record("no sync failed")
    }

    @Test func settingItMayFailAnywhere() throws {
        let (sample, clock) = (try MemoryDisk.founded(), TestClock(november))
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
                    // It is on, and whole; or it is off, and setting it again makes it so.
                    let isOn = try Journal.mirrorFolder(of: MemoryDisk.folder, disk: left) != nil
                    if isOn, !left.isMirrored { Issue.record("call \(place): on before it is whole") }
                    if !isOn { try left.setMirror() }
                    try left.journal(clock).record(4)
                    if !left.isMirrored { Issue.record("call \(place), \(part): not whole") }
                    if try !left.verification().damages.isEmpty { Issue.record("call \(place), \(part): damaged") }
                }
                if faulty.calls < place { break }
            }
        }
    }
}
