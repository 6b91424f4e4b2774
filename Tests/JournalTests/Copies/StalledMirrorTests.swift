import Foundation
import Testing

@testable import Journal
@testable import TestDisks

/// The mirror's disk no longer answers: nobody waits for it for long, and the mirror catches up afterwards (J7).
@Suite struct StalledMirrorTests {
    @Test(.hangLimit) func stalledMirrorKeepsNobodyWaiting() throws {
        let (scratch, other) = (ScratchFolder(), ScratchFolder())
        let mirror = "\(other.path)/mirror"
        try Journal.create(at: scratch.path, node: "desk")
        try Journal.setMirror(of: scratch.path, to: mirror)
        let stalling = FaultyDisk(SystemDisk(), failing: 0, lasting: false, in: mirror)
        let writers = try (0..<2).map { _ in try Journal(at: scratch.path, disk: stalling) }
        try writers[0].record(0)
        func isMirrored() throws -> Bool {
            let name = "\(Moment.now().segmentName(in: .shanghai))"
            return try scratch.bytes("journal/desk/\(name)")
                == Array(
                    Data(contentsOf: URL(fileURLWithPath: "\(mirror)/desk/\(name)")))
        }
        #expect(try isMirrored())
        stalling.stop()
        let began = ContinuousClock.now
        for writer in writers { (writer.mirrorPatience, writer.patience) = (0.2, 1) }
        for number in 1...40 { try writers[number % 2].record(number) }
        for writer in writers { writer.checkMirror() }
        let taken = ContinuousClock.now - began
        #expect(taken < .seconds(4), "each of both waits once: \(taken)")
        #expect(try Journal(at: scratch.path).numbers() == Array(0...40))
        while ContinuousClock.now - began < .seconds(MirrorFollower.deadline + 1) { usleep(50_000) }
        for writer in writers {
            #expect(writer.mirrorFailure?.number == ETIMEDOUT && writer.failure == nil && writer.damages.isEmpty)
        }
        #expect(try !isMirrored())
        stalling.goOn()
        for writer in writers {
            writer.mirrorPatience = 20
            writer.awaitMirror()
            #expect(writer.mirrorFailure == nil && writer.damages.isEmpty)
        }
        #expect(try isMirrored() && Verification(of: scratch.path).damages.isEmpty)
    }

    /// A program that ends does not wait for the disk either.
    @Test(.hangLimit) func endingDoesNotWait() throws {
        let disk = try MemoryDisk.withMirror()
        let stalling = FaultyDisk(disk, failing: 0, lasting: false, in: MemoryDisk.mirror)
        var journal: Journal? = try Journal(at: MemoryDisk.folder, clock: TestClock(november).clock, disk: stalling)
        stalling.stop()
        journal?.mirrorPatience = 0.1
        try journal?.record(1)
        let began = ContinuousClock.now
        journal = nil
        #expect(ContinuousClock.now - began < .seconds(1))
        stalling.goOn()
        while disk.openFiles > 0 { usleep(1_000) }
        // What was begun is continued by the next one.
        try disk.journal().record(2)
        #expect(disk.isMirrored)
        #expect(try disk.verification().damages.isEmpty)
    }
}
