import Foundation
import Testing

@testable import Journal
@testable import TestDisks

/// Another process keeps the lock (J9).
@Suite struct BusyTests {
    private let scratch = ScratchFolder()

    /// A journal whose lock another open file has, and that file.
    private func held(_ name: String) throws -> (Journal, Int32) {
        try Journal.create(at: scratch.path, node: "desk")
        let journal = try Journal(at: scratch.path)
        try journal.record(1)
        let file = try SystemDisk().open("\(scratch.path)/\(name)", flags: O_RDWR, mode: 0)
        #expect(try SystemDisk().tryLock(file))
        return (journal, file)
    }

    /// LOCK, or HEAD where LOCK was removed and made anew.
    @Test(.hangLimit, arguments: ["LOCK", "journal/desk/HEAD"])
    func writeGivesUpAndNamesTheHolder(name: String) throws {
        let (journal, file) = try held(name)
        journal.patience = 0.3
        let began = ContinuousClock.now
        let program = try String(contentsOfFile: "/proc/self/comm", encoding: .utf8).trimmingCharacters(in: .newlines)
        #expect(throws: JournalError.busy(LockHolder(process: getpid(), program: program))) { try journal.record(2) }
        let taken = ContinuousClock.now - began
        #expect(taken >= .seconds(0.3) && taken < .seconds(5), "\(taken)")
        #expect(throws: JournalError.self) { try Journal.locked(scratch.path, within: 0.1) { _ in } }
        // Nothing was recorded, and the journal need not be opened again.
        SystemDisk().close(file)
        try journal.record(3)
        #expect(try Journal(at: scratch.path).numbers() == [1, 3])
    }

    @Test(.hangLimit) func writeWaitsForAShortHolder() throws {
        let (journal, file) = try held("LOCK")
        DispatchQueue.global().asyncAfter(deadline: .now() + 0.2) { SystemDisk().close(file) }
        try journal.record(2)
        #expect(try Journal(at: scratch.path).numbers() == [1, 2])
    }

    @Test func holderIsReadFromTheSystemsList() {
        let locks = """
            1: POSIX  ADVISORY  WRITE 7 08:02:99 0 EOF
            2: FLOCK  ADVISORY  READ 8 08:02:99 0 EOF
            3: FLOCK  ADVISORY  WRITE 9 00:2a:99 0 EOF
            4: FLOCK  ADVISORY  WRITE 10 08:02:99 0 EOF
            4: -> FLOCK  ADVISORY  WRITE 11 08:02:99 0 EOF
            5: FLOCK  ADVISORY  WRITE 12 08:02:98 0 EOF
            nonsense
            """
        func process(_ inode: UInt64, _ device: UInt64) -> Int32? {
            LockHolder.process(in: locks, inode: inode, device: device)
        }
        #expect(process(99, 0x802) == 10)
        #expect(process(99, 0x2A) == 9)
        // The device is another one than stat's on some file systems.
        #expect(process(98, 0x1) == 12)
        #expect(process(97, 0x802) == nil && LockHolder.process(in: "", inode: 99, device: 0x802) == nil)
    }
}
