import Foundation
import Testing

@testable import Journal
@testable import TestDisks

/// A data folder is told from its copies: they leave its mirror alone and go on under another node's name.
@Suite struct InstanceTests {
    /// A data folder with its mirror on a real disk, and room for copies.
    private final class Place {
        let scratch = ScratchFolder()
        var data: String { "\(scratch.path)/data" }
        var copy: String { "\(scratch.path)/copy" }
        var mirror: String { "\(scratch.path)/mirror" }
        let clock = TestClock(november)

        init() throws {
            try Journal.create(at: data, node: "desk")
            try Journal.setMirror(of: data, to: mirror)
            try journal().record(1, 2)
        }

        func journal(_ folder: String? = nil) throws -> Journal { try Journal(at: folder ?? data, clock: clock.clock) }
        func numbers(_ folder: String) throws -> [Int] { try journal(folder).numbers() }
        func bytes(_ name: String) throws -> [UInt8] { try scratch.bytes(name) }
        func duplicate() throws { try FileManager.default.copyItem(atPath: data, toPath: copy) }
        func isThere(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(scratch.path)/\(name)") }
    }

    private static let segment = "desk/2026-11.jsonl"

    @Test func movedFolderStaysTheSame() throws {
        let place = try Place()
        try FileManager.default.moveItem(atPath: place.data, toPath: place.copy)
        let journal = try place.journal(place.copy)
        #expect(!journal.isCopy)
        try journal.record(3)
        #expect(journal.node == "desk" && journal.formerNode == nil && journal.mirrorFailure == nil)
        #expect(
            try place.bytes("copy/journal/\(InstanceTests.segment)") == place.bytes("mirror/\(InstanceTests.segment)"))
        let (own, owner) = (
            try Instance(in: place.copy, disk: SystemDisk()),
            try Instance(in: "\(place.mirror)/desk", disk: SystemDisk())
        )
        #expect(own?.path == place.copy && owner == own)
        #expect(try Verification(of: place.copy).damages.isEmpty)
    }

    @Test(arguments: ["", "{", "null"])
    func aDamagedInstanceContinuesNoLog(text: String) throws {
        let place = try Place()
        try place.duplicate()
        try place.scratch.put(Array(text.utf8), "copy/INSTANCE")
        let journal = try place.journal(place.copy)
        #expect(journal.isCopy)
        try journal.record(3)
        #expect(journal.node == "desk-2" && journal.formerNode == "desk")
        #expect(try place.numbers(place.copy) == [1, 2, 3])
    }

    @Test func aBackupOfACopyBeginsNoLog() throws {
        let place = try Place()
        try place.duplicate()
        try FileManager.default.removeItem(atPath: "\(place.copy)/journal/desk/HEAD")
        let backup = try Backup(of: place.copy, to: "\(place.copy)-backup")
        #expect(backup.damages.map(\.kind) == [.noHead])
        #expect(try Journal(at: place.copy).isCopy && Journal(at: place.copy).node == "desk")
        #expect(try Verification(of: "\(place.copy)-backup", readOnly: true).damages.map(\.kind) == [.noHead])
    }

    @Test func copyGoesOnUnderAnotherNameAndLeavesTheMirrorAlone() throws {
        let place = try Place()
        try place.duplicate()
        let mirrored = try place.bytes("mirror/\(InstanceTests.segment)")
        // Two consoles are open on the copy.
        let (one, other) = (try place.journal(place.copy), try place.journal(place.copy))
        #expect(one.isCopy && one.node == "desk")
        #expect(try one.numbers() == [1, 2])
        one.checkMirror()
        try one.record(3)
        #expect(one.node == "desk-2" && one.formerNode == "desk" && !one.isCopy)
        try other.record(4)
        #expect(other.node == "desk-2")
        #expect(try Journal.mirrorFolder(of: place.copy) == nil)
        #expect(try place.bytes("mirror/\(InstanceTests.segment)") == mirrored)
        #expect(try place.bytes("copy/journal/\(InstanceTests.segment)") == mirrored)
        #expect(try place.numbers(place.copy) == [1, 2, 3, 4])
        #expect(try Journal(at: place.copy).node == "desk-2" && !(try Journal(at: place.copy).isCopy))
        // The original knows nothing of it.
        #expect(try Journal.repair(folder: place.data).isEmpty)
        try place.journal().record(5)
        #expect(try place.numbers(place.data) == [1, 2, 5])
        for folder in [place.data, place.copy] { #expect(try Verification(of: folder).damages.isEmpty) }
    }

    /// What is tried out in a copy reaches no other machine. What has ended stays ended.
    @Test func copyGoesOnWithoutTheHub() throws {
        let place = try Place()
        try FileManager.default.createDirectory(
            atPath: "\(place.data)/\(HubFolder.ended)", withIntermediateDirectories: true)
        let files = [HubFolder.setting, HubFolder.status, "\(HubFolder.ended)/visitors.2026-11.desk.0"]
        for file in files { try place.scratch.put(Array("{}".utf8), "data/\(file)") }
        try place.duplicate()
        try place.journal(place.copy).record(3)
        #expect(files.map { place.isThere("copy/\($0)") } == [false, false, true])
        #expect(files.allSatisfy { place.isThere("data/\($0)") })
    }

    @Test func repairOfACopyTakesNothingFromTheMirrorAndWritesNothingIntoIt() throws {
        let place = try Place()
        try place.duplicate()
        try place.journal().record(3)
        let mirrored = try place.bytes("mirror/\(InstanceTests.segment)")
        var damaged = try place.bytes("copy/journal/\(InstanceTests.segment)")
        damaged[60] ^= 1
        try place.scratch.put(damaged, "copy/journal/\(InstanceTests.segment)")
        #expect(try Journal.repair(folder: place.copy).isEmpty)
        #expect(try place.bytes("copy/journal/\(InstanceTests.segment)") == damaged)
        #expect(try place.bytes("mirror/\(InstanceTests.segment)") == mirrored)
        let found = try Verification(of: place.copy)
        #expect(found.isCopy && found.mirror == nil && found.damages.contains { $0.kind == .hash })
        #expect(throws: MirrorError.owned(mirror: place.mirror, by: place.data)) {
            try Journal.setMirror(of: place.copy, to: place.mirror)
        }
    }

    @Test func copyDoesNotTakeTheMirrorOfTheLogWhoseNameItGets() throws {
        let place = try Place()
        let (other, mirror) = ("\(place.scratch.path)/other", "\(place.scratch.path)/mirror-2")
        try Journal.create(at: other, node: "desk-2")
        try Journal.setMirror(of: other, to: mirror)
        try place.journal(other).record(5)
        try place.duplicate()
        #expect(throws: MirrorError.owned(mirror: mirror, by: other)) {
            try Journal.setMirror(of: place.copy, to: mirror)
        }
        #expect(try place.journal(place.copy).isCopy)
        try place.journal(other).record(6)
        #expect(try Verification(of: other).damages.isEmpty)
    }

    @Test func adoptKeepsNodeAndMirrorOfAFolderThatWasMovedToAnotherDisk() throws {
        let place = try Place()
        try place.duplicate()
        #expect(throws: MirrorError.stands(original: place.data)) { try Journal.adopt(place.copy) }
        try FileManager.default.removeItem(atPath: place.data)
        let adoption = try Journal.adopt(place.copy)
        #expect(adoption.node == "desk" && adoption.mirror == place.mirror && adoption.missing.isEmpty)
        let journal = try place.journal(place.copy)
        try journal.record(3)
        #expect(journal.node == "desk" && journal.mirrorFailure == nil)
        #expect(
            try place.bytes("copy/journal/\(InstanceTests.segment)") == place.bytes("mirror/\(InstanceTests.segment)"))
        #expect(try place.numbers(place.copy) == [1, 2, 3] && Verification(of: place.copy).damages.isEmpty)
    }

    @Test func adoptPutsBackWhatOnlyTheMirrorHas() throws {
        let place = try Place()
        try place.duplicate()
        try place.journal().record(3)
        // The folder is replaced by its former copy.
        try FileManager.default.removeItem(atPath: place.data)
        try FileManager.default.copyItem(atPath: place.copy, toPath: place.data)
        #expect(try place.journal().isCopy)
        let adoption = try Journal.adopt(place.data)
        #expect(adoption.missing == ["desk": 3...3] && adoption.repairs.map(\.outcome) == [.repaired])
        try place.journal().record(4)
        #expect(try place.numbers(place.data) == [1, 2, 3, 4])
        #expect(try Verification(of: place.data).damages.isEmpty)
    }

    @Test func mirrorThatAnotherFolderTookOverIsReportedAndNotWritten() throws {
        let place = try Place()
        let restored = "\(place.scratch.path)/restored"
        _ = try Restore(from: place.mirror, to: restored)
        #expect(throws: MirrorError.owned(mirror: place.mirror, by: place.data)) {
            try Journal.setMirror(of: restored, to: place.mirror)
        }
        #expect(throws: MirrorError.stands(original: place.data)) {
            try Journal.adopt(restored, mirror: place.mirror)
        }
        // The original gives its mirror up, and takes it again later.
        let setting = try place.bytes("data/MIRROR")
        try Journal.setMirror(of: place.data, to: nil)
        #expect(try Journal.adopt(restored, mirror: place.mirror).mirror == place.mirror)
        try place.journal(restored).record(7)
        try place.scratch.put(setting, "data/MIRROR")
        let mirrored = try place.bytes("mirror/\(InstanceTests.segment)")
        let journal = try place.journal()
        try journal.record(8)
        #expect(journal.mirrorFailure?.isOfForeignMirror == true)
        #expect(try place.bytes("mirror/\(InstanceTests.segment)") == mirrored)
        #expect(try Journal.repair(folder: place.data).isEmpty)
        #expect(try Verification(of: place.data).mirrorFailure?.isOfForeignMirror == true)
        #expect(try place.numbers(place.data) == [1, 2, 8] && place.numbers(restored) == [1, 2, 7])
        // Its copy of the mirror's other logs makes the new folder's mirror complete.
        #expect(place.isThere("mirror/desk-2/2026-11.jsonl"))
    }

    @Test func logsThatContradictAreNotAdopted() throws {
        let place = try Place()
        try place.duplicate()
        try place.journal().record(3)
        try FileManager.default.removeItem(atPath: place.data)
        // An old program without identities wrote to the copy.
        try FileManager.default.removeItem(atPath: "\(place.copy)/INSTANCE")
        let setting = try place.bytes("copy/MIRROR")
        try FileManager.default.removeItem(atPath: "\(place.copy)/MIRROR")
        try place.journal(place.copy).record(4)
        try place.scratch.put(setting, "copy/MIRROR")
        let mirrored = try place.bytes("mirror/\(InstanceTests.segment)")
        #expect(throws: MirrorError.foreign(mirror: "\(place.mirror)/desk")) { try Journal.adopt(place.copy) }
        #expect(try place.bytes("mirror/\(InstanceTests.segment)") == mirrored)
    }

    /// Each call of a copy's first write fails, or the power is cut at it: nobody ever adds to the original's log.
    @Test(.hangLimit, arguments: FaultyDisk.Fault.allCases)
    func firstWriteOfACopyMayFailAtAnyCall(fault: FaultyDisk.Fault) throws {
        let sample = try MemoryDisk.withMirror()
        try sample.journal().record(1, 2)
        var files = sample.files
        for (path, bytes) in sample.files where path.hasPrefix("\(MemoryDisk.folder)/") {
            files["/copy\(path.dropFirst(MemoryDisk.folder.count))"] = bytes
        }
        func unchanged(_ now: [String: [UInt8]]) -> Bool {
            let kept = files.filter { $0.key.hasPrefix(MemoryDisk.mirror) || $0.key.hasSuffix("/desk/2026-11.jsonl") }
            return kept.allSatisfy { now[$0.key] == $0.value }
        }
        let clock = TestClock(november)
        for lasting in [false, true] {
            for place in 1...200 {
                let disk = MemoryDisk(files: files)
                let faulty = FaultyDisk(disk, failing: place, with: fault, lasting: lasting)
                let isDone = (try? Journal(at: "/copy", clock: clock.clock, disk: faulty).record(3)) != nil
                #expect(disk.openFiles == 0)
                for left in disk.afterPowerCuts + [disk.files] {
                    let disk = MemoryDisk(files: left)
                    let journal = try Journal(at: "/copy", clock: clock.clock, disk: disk)
                    let numbers = Set(try journal.numbers())
                    if !numbers.isSuperset(of: [1, 2]) { Issue.record("\(fault) \(place): \(numbers)") }
                    if isDone, !numbers.contains(3) { Issue.record("\(fault) \(place): lost") }
                    try journal.record(9)
                    if journal.node == "desk" || !journal.damages.isEmpty { Issue.record("\(fault) \(place)") }
                    if !unchanged(disk.files) { Issue.record("\(fault) \(place): written to") }
                }
                if faulty.calls < place { break }
            }
        }
    }
}
