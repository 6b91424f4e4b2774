import Foundation
import Synchronization
import Testing

@testable import Journal
@testable import TestDisks

/// Verification as a console runs it: in another thread, with a bar, while others write.
@Suite struct VerificationTests {
    @Test func progressRisesFromNothingToAll() throws {
        for isMirrored in [false, true] {
            let disk = isMirrored ? try MemoryDisk.mirrored() : try MemoryDisk.founded()
            let long = Draft(
                id: EntryID(high: 0, low: 7), by: "S01", kind: "test.long",
                data: Array("{\"text\":\"\(String(repeating: "x", count: 700_000))\"}".utf8))
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

    @Test func anEmptyJournalIsAllChecked() throws {
        let disk = try MemoryDisk.mirrored()
        var parts: [Double] = []
        let found = try Verification(of: MemoryDisk.folder, disk: disk) {
            parts.append($0)
            return true
        }
        #expect(found.isComplete && found.damages.isEmpty && found.mirrorTrouble == nil && parts == [0, 1])
    }

    /// Several verifications while two writers append to the log and its mirror: nothing that is still on its way is damage.
    @Test func othersMayWriteMeanwhile() throws {
        let (scratch, mirror) = (Scratch(), Scratch())
        try Journal.create(at: scratch.path, node: "desk")
        try Journal.setMirror(of: scratch.path, to: mirror.path)
        let path = scratch.path
        let failures = Mutex<[String]>([])
        let isDone = Mutex(false)
        let (writing, reading) = (DispatchGroup(), DispatchGroup())
        @Sendable func run(_ group: DispatchGroup, _ body: @escaping @Sendable () throws -> Void) {
            group.enter()
            Thread.detachNewThread {
                do { try body() } catch { failures.withLock { $0.append("\(error)") } }
                group.leave()
            }
        }
        for writer in 0..<2 {
            run(writing) {
                let journal = try Journal(at: path)
                for number in 0..<(isLong ? 1000 : 60) {
                    try journal.record(writer * 10_000 + number * 2, writer * 10_000 + number * 2 + 1)
                }
                if journal.mirrorTrouble != nil || !journal.damages.isEmpty {
                    failures.withLock { $0.append("\(journal.damages)") }
                }
            }
        }
        run(reading) {
            while !isDone.withLock({ $0 }) {
                let found = try Verification(of: path)
                if !found.damages.isEmpty { failures.withLock { $0.append("\(found.damages)") } }
            }
        }
        writing.wait()
        isDone.withLock { $0 = true }
        reading.wait()
        #expect(failures.withLock { $0 } == [])
        let name = try #require(try SystemDisk().names(in: "\(path)/journal/desk").first)
        #expect(try scratch.bytes("journal/desk/\(name)") == mirror.bytes("desk/\(name)"))
    }

    @Test func damageInEitherCopyIsNamed() throws {
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
                // Missing at the end, which the mirror's own lines do not show.
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

    @Test func aMirrorThatCannotBeReadIsTold() throws {
        let sample = try RepairTests.Sample()
        for place in 1...100 {
            let faulty = FaultyDisk(sample.disk([]), failing: place, lasting: true, in: MemoryDisk.mirror)
            let found = try Verification(of: MemoryDisk.folder, disk: faulty)
            #expect((found.mirrorTrouble == nil) == (faulty.calls < place))
            #expect(found.damages.isEmpty == (found.mirrorTrouble == nil) && found.lines > 20)
            if faulty.calls < place { return }
        }
        Issue.record("more calls than thought")
    }
}
