import Foundation
import Testing

@testable import Journal
@testable import TestDisks

/// Every call that may fail does, in every way, once or from then on.
@Suite struct FaultTests {
    private static let tally = Tally("fault sweep", parts: Scene.allCases.count)

    @Test(arguments: Scene.allCases) func whateverFailsNothingAcknowledgedIsLost(scene: Scene) throws {
        var cases = 0
        defer { FaultTests.tally.add(cases) }
        let start = try scene.before()
        let files = scene.damage(start.disk.files)
        var judge = Judge(scene, after: start)
        for fault in FaultyDisk.Fault.allCases {
            for lasting in [false, true] {
                for place in 1...1000 {
                    let disk = MemoryDisk(files: files)
                    let life = Life(after: start, on: disk, failing: place, with: fault, lasting: lasting)
                    scene.act(life)
                    life.end()
                    if disk.openFiles != 0 { Issue.record("\(disk.openFiles) files are open") }
                    try judge.judge(life, disk, "\(fault)\(lasting ? " from" : " at") call \(place)")
                    cases += 1
                    if life.faulty.calls < place { break }
                }
            }
        }
    }

    /// A journal that holds 0 and whose disk has failed once, at the first call of this name for 1; and what that threw.
    private func failed(_ call: String, _ fault: FaultyDisk.Fault) throws -> (Journal, MemoryDisk, JournalError) {
        for place in 1...100 {
            let disk = try MemoryDisk.founded()
            try disk.journal().record(0)
            let faulty = FaultyDisk(disk, failing: place, with: fault, lasting: false)
            guard let journal = try? Journal(at: MemoryDisk.folder, clock: TestClock(november).clock, disk: faulty)
            else {
                continue
            }
            do { try journal.record(1) } catch let error as JournalError where faulty.failed == [call] {
                return (journal, disk, error)
            } catch {}
        }
        throw Missing(call: call)
    }

    private struct Missing: Error { let call: String }

    @Test func aFailureMakesTheJournalReadOnlyUntilItIsOpenedAnew() throws {
        let (journal, disk, error) = try failed("write", .full)
        let failure = try #require(journal.failure)
        #expect(failure.isFull && error == .disk(failure))
        #expect(throws: JournalError.readOnly(failure)) { try journal.record(2) }
        #expect(try disk.journal().numbers() == [0])
        try disk.journal().record(3)
        #expect(try disk.journal().numbers() == [0, 3])
    }

    @Test(arguments: ["fdatasync", "pwrite"]) func aFailureAfterTheWritingDeniesNothing(call: String) throws {
        // The sync is refused, or it is done and the head cannot be written.
        let (journal, disk, error) = try failed(call, .full)
        let failure = try #require(journal.failure)
        #expect(error == .unconfirmed(failure))
        #expect(throws: JournalError.readOnly(failure)) { try journal.record(2) }
        let again = try disk.journal()
        #expect(try again.numbers() == [0, 1])
        try again.record(3)
        let reader = try MemoryDisk(files: disk.synced).journal()
        #expect(try reader.numbers() == [0, 1, 3] && reader.damages.isEmpty)
    }

    @Test func aPartOfAnActionIsNotConfirmedOnlyIfItMayCount() throws {
        // A disk that takes half of what is written, and then no more.
        for (actions, isDenied) in [([[1]], true), ([[1, 2]], true), ([[1], [2]], false), ([[1], [2, 3]], false)] {
            let disk = try MemoryDisk.founded()
            var errors: [JournalError] = []
            for place in 1...100 where errors.isEmpty {
                let faulty = FaultyDisk(disk, failing: place, with: .short, lasting: true)
                let journal = try? Journal(at: MemoryDisk.folder, clock: TestClock(november).clock, disk: faulty)
                do {
                    try journal?.write(delivering: { _ in }) { turn in
                        for action in actions { turn.append(action.map(draft)) }
                    }
                } catch let error as JournalError where faulty.failed == ["write"] { errors.append(error) } catch {}
            }
            let failure = DiskFailure(call: "write", path: "", number: ENOSPC)
            #expect(errors == [isDenied ? .disk(failure) : .unconfirmed(failure)], "\(actions)")
            #expect(try disk.journal().numbers().isEmpty == isDenied, "\(actions)")
        }
    }
}
