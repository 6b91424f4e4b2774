import Foundation
import Testing

@testable import Journal
@testable import TestDisks

/// Each disk call is made to fail, with each fault, once or from then on (J1 to J9).
@Suite struct FaultTests {
    private static let counter = CaseCounter("fault sweep", parts: Scenario.allCases.count)

    @Test(.hangLimit, arguments: Scenario.allCases)
    func eachFailureKeepsTheInvariants(scenario: Scenario) throws {
        var cases = 0
        defer { FaultTests.counter.add(cases) }
        let start = try scenario.before()
        let files = scenario.damage(start.disk.files)
        var checker = InvariantChecker(scenario, after: start)
        for fault in FaultyDisk.Fault.allCases {
            for lasting in [false, true] {
                for place in 1...1000 {
                    let disk = MemoryDisk(files: files)
                    let workload = Workload(after: start, on: disk, failing: place, with: fault, lasting: lasting)
                    scenario.run(workload)
                    if disk.openFiles != 0 { Issue.record("\(disk.openFiles) files are open") }
                    try checker.check(workload, disk, "\(fault)\(lasting ? " from" : " at") call \(place)")
                    cases += 1
                    if workload.faulty.calls < place { break }
                }
            }
        }
    }

    /// A journal with entry 0 that failed to write entry 1, at the first call of this name; and the error thrown.
    private func failed(_ call: String, _ fault: FaultyDisk.Fault) throws -> (Journal, MemoryDisk, JournalError) {
        for place in 1...100 {
            let disk = try MemoryDisk.withJournal()
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

    @Test func failureMakesTheJournalReadOnly() throws {
        let (journal, disk, error) = try failed("write", .full)
        let failure = try #require(journal.failure)
        #expect(failure.isFull && error == .disk(failure))
        #expect(throws: JournalError.readOnly(failure)) { try journal.record(2) }
        #expect(try disk.journal().numbers() == [0])
        try disk.journal().record(3)
        #expect(try disk.journal().numbers() == [0, 3])
    }

    @Test(arguments: ["fdatasync", "pwrite"]) func failureAfterTheWriteIsUnconfirmed(call: String) throws {
        // The sync fails, or the write of HEAD after it.
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

    /// A sync that fails may drop bytes that stay readable: they are recorded once they were written again (J11).
    @Test func bytesThatAFailedSyncDroppedAreWrittenAgain() throws {
        let (_, disk, _) = try failed("fdatasync", .dropping)
        #expect(try disk.journal().numbers() == [0, 1])
        #expect(try MemoryDisk(files: disk.synced).journal().numbers() == [0])
        var settled: [Int] = []
        try disk.journal().settle { settled.append($0.number) }
        #expect(settled == [0, 1])
        let reader = try MemoryDisk(files: disk.synced).journal()
        #expect(try reader.numbers() == [0, 1] && reader.damages.isEmpty)
        // HEAD names them now, and nothing is written a second time.
        let counting = FaultyDisk(disk, failing: 0, lasting: false)
        try Journal(at: MemoryDisk.folder, disk: counting).settle { _ in }
        #expect(counting.written == 0)
    }

    @Test func partialWriteIsUnconfirmedOnlyIfAnActionIsComplete() throws {
        // The disk takes half of the bytes, and then no more.
        for (actions, isDenied) in [([[1]], true), ([[1, 2]], true), ([[1], [2]], false), ([[1], [2, 3]], false)] {
            let disk = try MemoryDisk.withJournal()
            var errors: [JournalError] = []
            for place in 1...100 where errors.isEmpty {
                let faulty = FaultyDisk(disk, failing: place, with: .short, lasting: true)
                let journal = try? Journal(at: MemoryDisk.folder, clock: TestClock(november).clock, disk: faulty)
                do {
                    try journal?.write(delivering: { _ in }) { transaction in
                        for action in actions { transaction.append(action.map(newEntry)) }
                    }
                } catch let error as JournalError where faulty.failed == ["write"] { errors.append(error) } catch {}
            }
            let failure = DiskFailure(call: "write", path: "", number: ENOSPC)
            #expect(errors == [isDenied ? .disk(failure) : .unconfirmed(failure)], "\(actions)")
            #expect(try disk.journal().numbers().isEmpty == isDenied, "\(actions)")
        }
    }
}
