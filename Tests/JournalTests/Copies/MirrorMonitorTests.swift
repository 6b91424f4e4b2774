import Foundation
import Testing

@testable import Journal
@testable import TestDisks

/// A process that only reads detects whether the mirror follows.
@Suite struct MirrorMonitorTests {
    private let scratch = ScratchFolder()
    private let other = ScratchFolder()
    private let clock = TestClock(november)
    private var mirror: String { "\(other.path)/mirror" }
    private var segment: String { "\(mirror)/desk/2026-11.jsonl" }

    /// A writer and a reader of a mirrored log with two lines.
    private func journals() throws -> (writer: Journal, reader: Journal) {
        try Journal.create(at: scratch.path, node: "desk")
        let (writer, reader) = (
            try Journal(at: scratch.path, clock: clock.clock), try Journal(at: scratch.path, clock: clock.clock)
        )
        try writer.record(1)
        try Journal.setMirror(of: scratch.path, to: mirror)
        try writer.record(2)
        #expect(try reader.numbers() == [1, 2])
        reader.checkMirror()
        #expect(reader.mirrorFailure == nil)
        return (writer, reader)
    }

    /// The error number that a check finds, so many seconds after the start.
    private func check(_ reader: Journal, after seconds: Int) throws -> Int32? {
        clock.set(at(november).adding(seconds: seconds).text(in: .shanghai))
        _ = try reader.numbers()
        reader.checkMirror()
        return reader.mirrorFailure?.number
    }

    @Test func missingMirrorAndItsReturnAreReported() throws {
        let (_, reader) = try journals()
        try FileManager.default.moveItem(atPath: mirror, toPath: mirror + "-away")
        #expect(try check(reader, after: 1) == ENOENT)
        // An empty mount point is no mirror.
        try FileManager.default.createDirectory(atPath: mirror, withIntermediateDirectories: true)
        #expect(try check(reader, after: 2) == ENOENT)
        try FileManager.default.removeItem(atPath: mirror)
        try FileManager.default.moveItem(atPath: mirror + "-away", toPath: mirror)
        #expect(try check(reader, after: 3) == nil)
    }

    @Test func unwritableSegmentIsReported() throws {
        let (_, reader) = try journals()
        try FileManager.default.removeItem(atPath: segment)
        try FileManager.default.createDirectory(atPath: segment, withIntermediateDirectories: true)
        #expect(try check(reader, after: 1) == EISDIR)
    }

    @Test func laggingMirrorIsReportedUntilItCatchesUp() throws {
        let (writer, reader) = try journals()
        let whole = try Data(contentsOf: URL(fileURLWithPath: segment))
        try whole.dropLast(1).write(to: URL(fileURLWithPath: segment))
        // A writer may be about to copy the byte.
        for second in 1...5 { #expect(try check(reader, after: second) == nil) }
        #expect(try check(reader, after: 6) == ENODATA)
        try writer.record(3)
        #expect(try check(reader, after: 7) == nil)
        try FileManager.default.removeItem(atPath: segment)
        #expect(try check(reader, after: 8) == nil)
        #expect(try check(reader, after: 20) == ENODATA)
    }

    @Test func busyWriterIsNoLag() throws {
        let (writer, reader) = try journals()
        for second in stride(from: 1, to: 30, by: 3) {
            try writer.record(second + 100)
            let whole = try Data(contentsOf: URL(fileURLWithPath: segment))
            try whole.dropLast(1).write(to: URL(fileURLWithPath: segment))
            #expect(try check(reader, after: second) == nil)
            try whole.write(to: URL(fileURLWithPath: segment))
        }
    }

    @Test func missingSegmentIsReported() throws {
        let (writer, reader) = try journals()
        clock.set(december)
        try writer.record(3)
        try FileManager.default.removeItem(atPath: "\(mirror)/desk/2026-12.jsonl")
        let days = 700_000
        #expect(try check(reader, after: days) == nil)
        #expect(try check(reader, after: days + 5) == ENODATA)
    }

    @Test func noMirrorAndEmptyLogAreNoFailure() throws {
        try Journal.create(at: scratch.path, node: "desk")
        let reader = try Journal(at: scratch.path, clock: clock.clock)
        #expect(try check(reader, after: 0) == nil)
        try Journal.setMirror(of: scratch.path, to: mirror)
        #expect(try check(reader, after: 60) == nil)
        try FileManager.default.removeItem(atPath: mirror)
        #expect(try check(reader, after: 120) == ENOENT)
        try Journal.setMirror(of: scratch.path, to: nil)
        #expect(try check(reader, after: 180) == nil)
    }

    @Test func checksOnceASecond() throws {
        let (_, reader) = try journals()
        try FileManager.default.removeItem(atPath: mirror)
        #expect(try check(reader, after: 0) == nil)
        #expect(try check(reader, after: 1) == ENOENT)
        // The check runs after the clock was set back, too.
        try Journal.setMirror(of: scratch.path, to: nil)
        #expect(try check(reader, after: -3600) == nil)
    }

    @Test func sizeDoesNotClearAFailedSync() throws {
        for place in 1...20 {
            let (disk, clock) = (try MemoryDisk.withMirror(), TestClock(november))
            try disk.journal().record(1)
            let faulty = FaultyDisk(disk, failing: place, lasting: false, in: MemoryDisk.mirror)
            let writer = try Journal(at: MemoryDisk.folder, clock: clock.clock, disk: faulty)
            try writer.record(2)
            if faulty.failed != ["fdatasync"] { continue }
            #expect(disk.isMirrored)
            writer.checkMirror()
            #expect(writer.mirrorFailure?.call == "fdatasync")
            try writer.record(3)
            #expect(writer.mirrorFailure == nil)
            return
        }
        Issue.record("no sync failed")
    }
}
