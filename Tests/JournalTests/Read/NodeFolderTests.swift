import Foundation
import Testing

@testable import Journal
@testable import TestDisks

/// What else stands in `journal/` is told, is no damage, and keeps nobody from recording.
@Suite struct NodeFolderTests {
    private let clock = TestClock(november)

    /// A folder with the logs of `desk` and `gate`.
    private func folder() throws -> ScratchFolder {
        let (scratch, other) = (ScratchFolder(), ScratchFolder())
        try Journal.create(at: scratch.path, node: "desk")
        try Journal(at: scratch.path, clock: clock.clock).record(1)
        try Journal.create(at: other.path, node: "gate")
        try Journal(at: other.path, clock: clock.clock).record(2)
        try scratch.make("journal/gate")
        try scratch.put(other.bytes("journal/gate/2026-11.jsonl"), "journal/gate/2026-11.jsonl")
        return scratch
    }

    @Test func whatIsNoNodesLogIsNamedAndNotRead() throws {
        let scratch = try folder()
        let journal = try Journal(at: scratch.path, clock: clock.clock)
        #expect(Set(try journal.numbers()) == [1, 2])
        for name in ["desk.bak", "old"] {
            try scratch.make("journal/\(name)")
            try scratch.put(scratch.bytes("journal/desk/2026-11.jsonl"), "journal/\(name)/2026-11.jsonl")
        }
        try scratch.put(Array("notes".utf8), "journal/notes.txt")
        try scratch.make("journal/coming")
        for journal in [journal, try Journal(at: scratch.path, clock: clock.clock)] {
            #expect(try Set(journal.numbers()).isSubset(of: [1, 2]))
            #expect(journal.strangers == ["desk.bak", "notes.txt", "old"])
            #expect(journal.damages.isEmpty)
        }
        try journal.record(3)
        let found = try Verification(of: scratch.path)
        #expect(found.damages.isEmpty && found.lines == 3)
        #expect(found.strangers == ["desk.bak", "notes.txt", "old"] && found.nodeFailures.isEmpty)
    }

    @Test func aLogThatComesInPiecesIsReadOnceItsFirstLineNamesItsNode() throws {
        let scratch = try folder()
        let bytes = try scratch.bytes("journal/gate/2026-11.jsonl")
        try FileManager.default.removeItem(atPath: "\(scratch.path)/journal/gate")
        let journal = try Journal(at: scratch.path, clock: clock.clock)
        #expect(try journal.numbers() == [1])
        try scratch.make("journal/gate")
        for end in [0, 3, 10, 100, bytes.count] {
            try scratch.put(Array(bytes[..<end]), "journal/gate/2026-11.jsonl")
            #expect(try journal.numbers() == (end == bytes.count ? [2] : []))
            #expect(journal.strangers.isEmpty && journal.damages.isEmpty && journal.nodeFailures.isEmpty)
        }
    }

    @Test func aLogThatCannotBeReadIsToldAndKeepsNobodyFromRecording() throws {
        let scratch = try folder()
        let gate = "\(scratch.path)/journal/gate"
        for place in 1...8 {
            let disk = FaultyDisk(SystemDisk(), failing: place, lasting: true, in: gate)
            let journal = try Journal(at: scratch.path, clock: clock.clock, disk: disk)
            #expect(try journal.numbers().contains(1))
            try journal.record(2 + place)
            #expect(journal.failure == nil && journal.nodeFailures.map(\.node) == ["gate"], "\(place)")
            #expect(try Verification(of: scratch.path, disk: disk).nodeFailures.map(\.node) == ["gate"])
        }
        // Once it can be read, it is.
        let disk = FaultyDisk(SystemDisk(), failing: 3, lasting: false, in: gate)
        let journal = try Journal(at: scratch.path, clock: clock.clock, disk: disk)
        _ = try journal.numbers()
        _ = try journal.numbers()
        #expect(journal.nodeFailures.isEmpty && journal.lines == 10)
    }
}
