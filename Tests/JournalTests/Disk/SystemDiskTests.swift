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
        try disk.lock(ours)
        let waiter = Mutex<pthread_t?>(nil)
        let outcome = Mutex<Result<Void, any Error>?>(nil)
        let (isWaiting, isDone) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        Thread.detachNewThread {
            waiter.withLock { $0 = pthread_self() }
            isWaiting.signal()
            let result = Result { try disk.lock(theirs) }
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
        #expect(throws: Never.self) { try outcome.withLock { try $0?.get() } }
    }
}
