import Foundation
import Testing

@testable import Journal

/// Every call that may fail does, once or from then on: what was acknowledged is there afterwards, and no half-done action is.
@Suite struct FaultTests {
    /// What came of a run: the actions asked for, and those of them that were acknowledged.
    struct Run {
        var asked: [[Int]] = []
        var acknowledged: [[Int]] = []
        var calls = 0
    }

    /// A small life on a faulty disk: actions of one and several lines, another writer, a new month. Whoever fails opens anew.
    static func live(on disk: MemoryDisk, failing place: Int, with fault: FaultyDisk.Fault, lasting: Bool) -> Run {
        let (faulty, clock) = (FaultyDisk(disk, failing: place, with: fault, lasting: lasting), TestClock(november))
        var run = Run()
        var writers: [Journal?] = [nil, nil]
        func open() -> Journal? { try? Journal(at: MemoryDisk.folder, clock: clock.clock, disk: faulty) }
        for (turn, size) in [1, 3, 1, 2, 1, 3].enumerated() {
            if turn == 3 { clock.set(december) }
            let action = (0..<size).map { turn * 10 + $0 }
            run.asked.append(action)
            let which = turn % 2
            writers[which] = writers[which] ?? open()
            guard let writer = writers[which] else { continue }
            do {
                _ = try writer.write(delivering: { _ in }) { $0.append(action.map(draft)) }
                run.acknowledged.append(action)
            } catch {
                #expect(writer.failure != nil)
                #expect(throws: JournalError.self, "read-only") { try writer.record(99) }
                writers[which] = open()
            }
        }
        run.calls = faulty.calls
        return run
    }

    /// Reads the journal as a fresh program would, has it written to, and reads it again.
    static func judge(_ run: Run, on disk: MemoryDisk, adding new: Int = 77, _ what: String) throws {
        let before = try disk.journal(TestClock(december))
        let read = try before.numbers()
        try before.record(new, new + 1)
        let after = try disk.journal()
        let again = try after.numbers()
        for numbers in [read, again] {
            for action in run.asked {
                let there = action.filter(numbers.contains)
                if run.acknowledged.contains(action), there != action { Issue.record("\(what): lost \(action)") }
                if !there.isEmpty, there != action { Issue.record("\(what): only \(there) of \(action)") }
            }
            if Set(numbers).count != numbers.count || numbers.contains(99) { Issue.record("\(what): read \(numbers)") }
        }
        if Array(again.suffix(2)) != [new, new + 1] { Issue.record("\(what): cannot go on") }
        if try !before.damages.isEmpty || !after.damages.isEmpty || !after.tornTail().isEmpty {
            Issue.record("\(what): alarm \(before.damages + after.damages)")
        }
    }

    @Test(arguments: FaultyDisk.Fault.allCases, [false, true])
    func acknowledgedActionsOutliveAnyFault(fault: FaultyDisk.Fault, lasting: Bool) throws {
        for place in 1...1000 {
            let disk = try MemoryDisk.founded()
            let run = FaultTests.live(on: disk, failing: place, with: fault, lasting: lasting)
            try FaultTests.judge(run, on: disk, "call \(place)")
            #expect(disk.openFiles == 0)
            if run.calls < place {
                #expect(run.acknowledged == run.asked && place > 50)
                return
            }
        }
        Issue.record("more calls than thought")
    }

    /// The program stops at any call, and the power with it: of what was not synced, a part is left, or none.
    @Test(arguments: [FaultyDisk.Fault.inputOutput, .short], [0, 300, 700, 1000])
    func acknowledgedActionsOutliveAPowerCut(fault: FaultyDisk.Fault, part: Int) throws {
        for place in 1...1000 {
            let disk = try MemoryDisk.founded()
            let run = FaultTests.live(on: disk, failing: place, with: fault, lasting: true)
            let left = MemoryDisk(files: disk.afterPowerCut(keeping: part))
            try FaultTests.judge(run, on: left, "call \(place), \(part)")
            // A second cut, after the recovery.
            let again = MemoryDisk(files: left.afterPowerCut(keeping: 0))
            try FaultTests.judge(run, on: again, adding: 87, "call \(place), \(part), cut again")
            if run.calls < place { return }
        }
    }

    @Test func aFailureMakesTheJournalReadOnlyUntilItIsOpenedAnew() throws {
        let disk = try MemoryDisk.founded()
        let full = FaultyDisk(disk, failing: try callsOfAnAction() - 3, with: .full, lasting: false)
        let journal = try Journal(at: MemoryDisk.folder, clock: TestClock(november).clock, disk: full)
        var failure: DiskFailure?
        do { try journal.record(1) } catch JournalError.disk(let reason) { failure = reason }
        #expect(failure?.isFull == true && journal.failure == failure)
        let reason = try #require(failure)
        #expect(throws: JournalError.readOnly(reason)) { try journal.record(2) }
        #expect(throws: Never.self) { try journal.numbers() }
        try disk.journal().record(3)
    }

    private func callsOfAnAction() throws -> Int {
        let disk = FaultyDisk(try MemoryDisk.founded(), failing: 0, lasting: false)
        try Journal(at: MemoryDisk.folder, clock: TestClock(november).clock, disk: disk).record(1)
        return disk.calls
    }
}
