import Foundation
import Synchronization
import Testing

@testable import Journal
@testable import TestDisks

/// Verification with progress, while others write.
@Suite struct VerificationTests {
    @Test func progressRisesFrom0To1AndStops() throws {
        for isMirrored in [false, true] {
            let disk = isMirrored ? try MemoryDisk.withMirror() : try MemoryDisk.withJournal()
            let long = longEntry(length: 700_000)
            for _ in 0..<5 { _ = try disk.journal().write(delivering: { _ in }) { $0.append([long]) } }
            var parts: [Double] = []
            let found = try Verification(of: MemoryDisk.folder, disk: disk) {
                parts.append($0)
                return true
            }
            #expect(found.isComplete && found.damages.isEmpty && found.lines == 5)
            #expect(parts.first == 0 && parts.last == 1 && parts == parts.sorted() && parts.count > 4)
            for stop in 1..<parts.count {
                var calls = 0
                let stopped = try Verification(of: MemoryDisk.folder, disk: disk) { _ in
                    calls += 1
                    return calls < stop
                }
                #expect(!stopped.isComplete && calls == stop && stopped.damages.isEmpty)
            }
        }
    }

    /// Each call fails once: no file stays open.
    @Test(.hangLimit) func failureLeavesNoFileOpen() throws {
        let sample = try MemoryDisk.withMirror()
        for number in 1...3 { try sample.journal().record(number) }
        for place in 1...200 {
            let disk = MemoryDisk(files: sample.files)
            let faulty = FaultyDisk(disk, failing: place, lasting: false)
            _ = try? Verification(of: MemoryDisk.folder, disk: faulty)
            if disk.openFiles != 0 { Issue.record("call \(place): \(faulty.failed), \(disk.openFiles) files are open") }
            if faulty.calls < place { return }
        }
        Issue.record("more calls than expected")
    }

    @Test func emptyJournalIsComplete() throws {
        let disk = try MemoryDisk.withMirror()
        var parts: [Double] = []
        let found = try Verification(of: MemoryDisk.folder, disk: disk) {
            parts.append($0)
            return true
        }
        #expect(found.isComplete && found.damages.isEmpty && found.mirrorFailure == nil && parts == [0, 1])
    }

    /// Verifications run while two writers append to the log and its mirror.
    @Test(.hangLimit) func writesInProgressAreNoDamage() throws {
        let (scratch, mirror) = (ScratchFolder(), ScratchFolder())
        try Journal.create(at: scratch.path, node: "desk")
        try Journal.setMirror(of: scratch.path, to: mirror.path)
        let path = scratch.path
        let isDone = Mutex(false)
        let (writing, reading) = (Workers(), Workers())
        for writer in 0..<2 {
            writing.start {
                let journal = try Journal(at: path)
                for number in 0..<(isLong ? 1000 : 60) {
                    try journal.record(writer * 10_000 + number * 2, writer * 10_000 + number * 2 + 1)
                }
                if journal.mirrorFailure != nil || !journal.damages.isEmpty {
                    writing.report("\(journal.damages)")
                }
            }
        }
        reading.start {
            while !isDone.withLock({ $0 }) {
                let found = try Verification(of: path)
                if !found.damages.isEmpty { reading.report("\(found.damages)") }
            }
        }
        writing.wait()
        isDone.withLock { $0 = true }
        reading.wait()
        #expect(writing.failures + reading.failures == [])
        let name = try #require(try SystemDisk().names(in: "\(path)/journal/desk").first)
        #expect(try scratch.bytes("journal/desk/\(name)") == mirror.bytes("desk/\(name)"))
    }

    @Test func damageInEitherCopyIsReported() throws {
        let sample = try RepairTests.Sample()
        for copy in Damage.Copy.allCases {
            for name in RepairTests.names {
                var lines = sample.lines(name)
                let place = lines[..<3].joined().count
                lines[3][30] ^= 1
                let damages = try sample.disk([(copy, name, Array(lines.joined()))]).verification().damages
                #expect(damages.contains { $0.kind == .hash && $0.offset == place && $0.copy == copy })
                #expect(
                    damages.contains {
                        $0.kind == .mirror && $0.copy == copy && $0.segment == name && $0.offset == place + 30
                            && $0.sequences?.count == 1
                    })
                #expect(damages.allSatisfy { $0.copy == copy })
                // Lines missing at the end, where no later line reveals a gap.
                lines = sample.lines(name)
                lines.removeLast(2)
                let short = try sample.disk([(copy, name, Array(lines.joined()))]).verification().damages
                #expect(short.contains { $0.kind == .mirror && $0.copy == copy && $0.sequences?.count == 2 })
                // The same damage in both.
                lines[6][30] ^= 1
                let bytes = Array(lines.joined())
                let both = try sample.disk([(.primary, name, bytes), (.mirror, name, bytes)]).verification().damages
                #expect(Set(both.filter { $0.kind == .hash }.map(\.copy)) == [.primary, .mirror])
                #expect(!both.contains { $0.kind == .mirror })
            }
        }
    }

    @Test func unreadableMirrorIsReported() throws {
        let sample = try RepairTests.Sample()
        for place in 1...100 {
            let faulty = FaultyDisk(sample.disk([]), failing: place, lasting: true, in: MemoryDisk.mirror)
            let found = try Verification(of: MemoryDisk.folder, disk: faulty)
            #expect((found.mirrorFailure == nil) == (faulty.calls < place))
            #expect(found.damages.isEmpty == (found.mirrorFailure == nil) && found.lines > 20)
            if faulty.calls < place { return }
        }
        Issue.record("more calls than expected")
    }
}
