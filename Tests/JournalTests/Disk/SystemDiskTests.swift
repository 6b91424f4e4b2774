import Foundation
import Synchronization
import Testing

@testable import Journal

/// The system calls, interrupted by signals.
@Suite struct SystemDiskTests {
    @Test(.hangLimit) func signalWhileWaitingForTheLockIsNoFailure() throws {
        // Without SA_RESTART, a signal makes the call fail with EINTR.
        var (action, former) = (sigaction(), sigaction())
        action.__sigaction_handler.sa_handler = { _ in }
        try #require(sigaction(SIGUSR2, &action, &former) == 0)
        defer { sigaction(SIGUSR2, &former, nil) }
        let (scratch, disk) = (ScratchFolder(), SystemDisk())
        try disk.makeFolder(scratch.path, mode: 0o700)
        let path = "\(scratch.path)/LOCK"
        func open() throws -> Int32 { try disk.open(path, flags: O_RDWR | O_CREAT, mode: 0o600) }
        let (ours, theirs) = (try open(), try open())
        defer { for file in [ours, theirs] { disk.close(file) } }
        #expect(try disk.tryLock(ours))
        let waiter = Mutex<pthread_t?>(nil)
        let outcome = Mutex<Result<Bool, any Error>?>(nil)
        let (isWaiting, isDone) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        Thread.detachNewThread {
            waiter.withLock { $0 = pthread_self() }
            isWaiting.signal()
            let result = Result { try disk.lock(theirs, until: .now + .seconds(60)) }
            outcome.withLock { $0 = result }
            isDone.signal()
        }
        isWaiting.wait()
        let thread = try #require(waiter.withLock { $0 })
        for _ in 0..<20 {
            usleep(2_000)
            pthread_kill(thread, SIGUSR2)
        }
        #expect(outcome.withLock { $0 == nil }, "the lock was taken twice, or the call failed")
        disk.unlock(ours)
        isDone.wait()
        #expect(try outcome.withLock { try $0?.get() } == true)
    }

    /// Only the error of the next write tells why one was short.
    @Test func shortWriteIsContinued() throws {
        var taken: [UInt8] = []
        let bytes = Array("0123456789".utf8)
        try bytes.withUnsafeBytes {
            try SystemDisk.complete($0, path: "") { rest, done in
                #expect(done == taken.count)
                taken += rest.prefix(3)
                return min(3, rest.count)
            }
        }
        #expect(taken == bytes)
        let full = DiskFailure(call: "pwrite", path: "", number: EFBIG)
        #expect(throws: full) {
            try bytes.withUnsafeBytes {
                try SystemDisk.complete($0, path: "") { _, done in
                    if done > 0 { throw full }
                    return 5
                }
            }
        }
    }
}
