import Foundation
import Testing

@testable import Journal
@testable import TestDisks

@Suite struct CreateTests {
    @Test func journalIsCreatedOnce() throws {
        let scratch = ScratchFolder()
        #expect(!Journal.exists(at: scratch.path))
        #expect(throws: JournalError.missing(folder: scratch.path)) { try Journal(at: scratch.path) }
        try Journal.create(at: scratch.path, node: "desk")
        #expect(Journal.exists(at: scratch.path))
        #expect(throws: JournalError.exists(folder: scratch.path)) {
            try Journal.create(at: scratch.path, node: "gate")
        }
        #expect(try Journal(at: scratch.path).node == "desk")
    }

    @Test func onlyTheOwnerHasAccess() throws {
        let scratch = ScratchFolder()
        try Journal.create(at: scratch.path, node: "desk")
        try Journal(at: scratch.path, clock: TestClock(november).clock).record(1)
        func mode(_ name: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: scratch.path + name)[.posixPermissions] as? Int
        }
        for folder in ["", "/journal", "/journal/desk"] { #expect(try mode(folder) == 0o700) }
        for file in ["/LOCK", "/NODE", "/journal/desk/HEAD", "/journal/desk/2026-11.jsonl"] {
            #expect(try mode(file) == 0o600)
        }
    }

    @Test func segmentsWithoutNodeFileAreNotOverwritten() throws {
        let disk = try MemoryDisk.withJournal()
        try disk.journal().record(1)
        var files = disk.files
        files["\(MemoryDisk.folder)/NODE"] = nil
        #expect(throws: JournalError.exists(folder: MemoryDisk.folder)) {
            try Journal.create(at: MemoryDisk.folder, node: "desk", disk: MemoryDisk(files: files))
        }
    }

    @Test func creationIsRepeatableAfterAnyFailure() throws {
        for place in 1...100 {
            let disk = MemoryDisk()
            let faulty = FaultyDisk(disk, failing: place, lasting: true)
            do {
                try Journal.create(at: MemoryDisk.folder, node: "desk", disk: faulty)
                if faulty.calls < place { return }
            } catch { #expect(error is JournalError) }
            if !Journal.exists(at: MemoryDisk.folder, disk: disk) {
                try Journal.create(at: MemoryDisk.folder, node: "desk", disk: disk)
            }
            try disk.journal().record(1)
            #expect(try disk.journal().numbers() == [1])
            #expect(disk.openFiles == 0)
        }
        Issue.record("more calls than expected")
    }

    @Test func failedOpenLeavesNoFileOpen() throws {
        let disk = try MemoryDisk.withJournal()
        for place in 1...100 {
            let faulty = FaultyDisk(disk, failing: place, lasting: false)
            let journal = try? Journal(at: MemoryDisk.folder, disk: faulty)
            if journal != nil { return }
            #expect(disk.openFiles == 0)
        }
    }
}
