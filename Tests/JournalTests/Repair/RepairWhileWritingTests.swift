import Foundation
import Synchronization
import Testing

@testable import Journal
@testable import TestDisks

/// A repair holds the lock only while it replaces segments.
@Suite struct RepairWhileWritingTests {
    private let scratch = ScratchFolder()
    private let other = ScratchFolder()
    private let name = "2026-11.jsonl"

    /// A mirrored journal with entries 1 to 9, one line of the log damaged and another missing in the mirror.
    private func damaged() throws -> [UInt8] {
        try Journal.create(at: scratch.path, node: "desk")
        try Journal.setMirror(of: scratch.path, to: other.path)
        let writer = try RepairWhileWritingTests.journal(scratch.path)
        for number in 1...9 { try writer.record(number) }
        let sound = try scratch.bytes("journal/desk/\(name)")
        var bytes = sound
        bytes[bytes.count / 2] ^= 1
        try scratch.put(bytes, "journal/desk/\(name)")
        var lines = sound.split(separator: 0x0A)
        lines.remove(at: 1)
        try other.put(Array(lines.joined(separator: [0x0A])) + [0x0A], "desk/\(name)")
        return sound
    }

    private static func journal(_ path: String) throws -> Journal {
        let journal = try Journal(at: path, clock: TestClock(november).clock)
        journal.patience = 0.3
        return journal
    }

    /// Another process appends at each step of the repair; only at the last ones it has to wait.
    @Test(.hangLimit) func othersWriteMeanwhile() throws {
        let sound = try damaged()
        let (log, copy) = (try scratch.bytes("journal/desk/\(name)"), try other.bytes("desk/\(name)"))
        let head = try scratch.bytes("journal/desk/HEAD")
        let mirrorHead = try other.bytes("desk/HEAD")
        var written: [Bool] = []
        for step in 0..<24 {
            // The same damage again.
            try scratch.put(log, "journal/desk/\(name)")
            try scratch.put(head, "journal/desk/HEAD")
            try other.put(copy, "desk/\(name)")
            try other.put(mirrorHead, "desk/HEAD")
            let state = Mutex<Bool?>(nil)
            let path = scratch.path
            let disk = InterleavingDisk(SystemDisk()) {
                let isWritten = (try? RepairWhileWritingTests.journal(path).record(50)) != nil
                state.withLock { $0 = isWritten }
            }
            disk.arm(skipping: step)
            let repairs = try Journal.repair(folder: scratch.path, disk: disk)
            guard let isWritten = state.withLock({ $0 }) else { break }
            written.append(isWritten)
            #expect(Set(repairs.map(\.outcome)) == [.repaired], "step \(step)")
            #expect(try scratch.bytes("journal/desk/\(name)").starts(with: sound), "step \(step)")
            let numbers = try RepairWhileWritingTests.journal(path).numbers()
            #expect(numbers == Array(1...9) + (isWritten ? [50] : []), "step \(step)")
            try RepairWhileWritingTests.journal(path).record(60)
            let found = try Verification(of: scratch.path)
            #expect(found.damages.isEmpty, "step \(step): \(found.damages)")
        }
        #expect(written.prefix(4).allSatisfy { $0 } && written.contains(false), "\(written)")
    }

    /// Another repair replaces the segments while this one has read them.
    @Test(.hangLimit, arguments: 0..<4) func segmentsReplacedMeanwhileAreReadAgain(step: Int) throws {
        let sound = try damaged()
        let repaired = Mutex(0)
        let path = scratch.path
        let disk = InterleavingDisk(SystemDisk()) {
            let count = try Journal.repair(folder: path).count
            repaired.withLock { $0 = count }
        }
        disk.arm(skipping: step)
        let repairs = try Journal.repair(folder: scratch.path, disk: disk)
        #expect(repaired.withLock { $0 } > 0 && repairs.isEmpty)
        #expect(try scratch.bytes("journal/desk/\(name)") == sound && other.bytes("desk/\(name)") == sound)
        #expect(try Verification(of: scratch.path).damages.isEmpty)
        let kept = try SystemDisk().names(in: "\(scratch.path)/journal/desk").filter { $0.contains(".damaged-") }
        #expect(kept.count == 1)
    }
}
