import Foundation
import Testing

@testable import Journal
@testable import TestDisks

/// Who only reads knows as well whether the mirror can follow.
@Suite struct MirrorWatchTests {
    private let scratch = Scratch()
    private let other = Scratch()
    private let clock = TestClock(november)
    private var mirror: String { "\(other.path)/mirror" }
    private var segment: String { "\(mirror)/desk/2026-11.jsonl" }

    /// A mirrored log with two lines, somebody who writes to it and somebody who has read it.
    private func founded() throws -> (writer: Journal, reader: Journal) {
        try Journal.create(at: scratch.path, node: "desk")
        let journals = (
            try Journal(at: scratch.path, clock: clock.clock), try Journal(at: scratch.path, clock: clock.clock)
        )
        try journals.0.record(1)
        try Journal.setMirror(of: scratch.path, to: mirror)
        try journals.0.record(2)
        #expect(try journals.1.numbers() == [1, 2])
        journals.1.lookAtMirror()
        #expect(journals.1.mirrorTrouble == nil)
        return journals
    }

    /// What a look finds so many seconds after the beginning.
    private func look(_ reader: Journal, after seconds: Int) throws -> Int32? {
        clock.set(at(november).adding(seconds: seconds).text(in: .shanghai))
        _ = try reader.numbers()
        reader.lookAtMirror()
        return reader.mirrorTrouble?.number
    }

    @Test func aMirrorThatIsGoneIsToldAndItsReturnToo() throws {
        let (_, reader) = try founded()
        try FileManager.default.moveItem(atPath: mirror, toPath: mirror + "-away")
        #expect(try look(reader, after: 1) == ENOENT)
        // An empty mount point is no mirror.
        try FileManager.default.createDirectory(atPath: mirror, withIntermediateDirectories: true)
        #expect(try look(reader, after: 2) == ENOENT)
        try FileManager.default.removeItem(atPath: mirror)
        try FileManager.default.moveItem(atPath: mirror + "-away", toPath: mirror)
        #expect(try look(reader, after: 3) == nil)
    }

    @Test func aSegmentThatCannotBeWrittenIsTold() throws {
        let (_, reader) = try founded()
        try FileManager.default.removeItem(atPath: segment)
        try FileManager.default.createDirectory(atPath: segment, withIntermediateDirectories: true)
        #expect(try look(reader, after: 1) == EISDIR)
    }

    @Test func aMirrorThatStaysBehindIsToldUntilItHasCaughtUp() throws {
        let (writer, reader) = try founded()
        let whole = try Data(contentsOf: URL(fileURLWithPath: segment))
        try whole.dropLast(1).write(to: URL(fileURLWithPath: segment))
        // A writer may just be about to copy it.
        for second in 1...5 { #expect(try look(reader, after: second) == nil) }
        #expect(try look(reader, after: 6) == ENODATA)
        try writer.record(3)
        #expect(try look(reader, after: 7) == nil)
        try FileManager.default.removeItem(atPath: segment)
        #expect(try look(reader, after: 8) == nil)
        #expect(try look(reader, after: 20) == ENODATA)
    }

    @Test func aWriterThatIsBusyIsGivenItsTime() throws {
        let (writer, reader) = try founded()
        for second in stride(from: 1, to: 30, by: 3) {
            try writer.record(second + 100)
            let whole = try Data(contentsOf: URL(fileURLWithPath: segment))
            try whole.dropLast(1).write(to: URL(fileURLWithPath: segment))
            #expect(try look(reader, after: second) == nil)
            try whole.write(to: URL(fileURLWithPath: segment))
        }
    }

    @Test func aMonthThatHasNotComeToTheMirrorIsTold() throws {
        let (writer, reader) = try founded()
        clock.set(december)
        try writer.record(3)
        try FileManager.default.removeItem(atPath: "\(mirror)/desk/2026-12.jsonl")
        let days = 700_000
        #expect(try look(reader, after: days) == nil)
        #expect(try look(reader, after: days + 5) == ENODATA)
    }

    @Test func noMirrorAndAnEmptyLogAreNoTrouble() throws {
        try Journal.create(at: scratch.path, node: "desk")
        let reader = try Journal(at: scratch.path, clock: clock.clock)
        #expect(try look(reader, after: 0) == nil)
        try Journal.setMirror(of: scratch.path, to: mirror)
        #expect(try look(reader, after: 60) == nil)
        try FileManager.default.removeItem(atPath: mirror)
        #expect(try look(reader, after: 120) == ENOENT)
        try Journal.setMirror(of: scratch.path, to: nil)
        #expect(try look(reader, after: 180) == nil)
    }

    @Test func oneLookASecondIsEnough() throws {
        let (_, reader) = try founded()
        try FileManager.default.removeItem(atPath: mirror)
        #expect(try look(reader, after: 0) == nil)
        #expect(try look(reader, after: 1) == ENOENT)
        // A clock that was set back does not end it.
        try Journal.setMirror(of: scratch.path, to: nil)
        #expect(try look(reader, after: -3600) == nil)
    }

    @Test func whatAFailedSyncMayHaveLostIsNotTrustedForItsSize() throws {
        for place in 1...20 {
            let (disk, clock) = (try MemoryDisk.mirrored(), TestClock(november))
            try disk.journal().record(1)
            let faulty = FaultyDisk(disk, failing: place, lasting: false, in: MemoryDisk.mirror)
            let writer = try Journal(at: MemoryDisk.folder, clock: clock.clock, disk: faulty)
            try writer.record(2)
            if faulty.failed != ["fdatasync"] { continue }
            #expect(disk.isMirrored)
            writer.lookAtMirror()
            #expect(writer.mirrorTrouble?.call == "fdatasync")
            try writer.record(3)
            #expect(writer.mirrorTrouble == nil)
            return
        }
        Issue.record("no sync failed")
    }
}
