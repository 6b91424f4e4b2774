import Foundation
import Synchronization

/// Work on a thread of its own. Its file becomes readable when there is news, so that an event loop can poll it
/// together with the keyboard.
public final class Background<Value: Sendable>: Sendable {
    /// The state of the work since the last look.
    public enum News: Sendable {
        /// The share that is done, from 0 to 1.
        case progress(Double)
        case finished(Result<Value, any Error>)
    }

    private struct State {
        var share = 0.0
        var hasProgressed = false
        var isStopped = false
        var result: Result<Value, any Error>?
    }

    private let state = Mutex(State())
    /// The file descriptor to poll: readable while there is unread news.
    public let file: Int32
    private let signal: Int32
    private let finished = DispatchSemaphore(value: 0)

    /// Starts at once. The work reports its progress with ``report(_:)`` and its result, exactly once, with
    /// ``finish(_:)``; ``wait()`` returns then, even if the work continues.
    public init(_ work: @escaping @Sendable (Background) -> Void) {
        var ends: [Int32] = [-1, -1]
        _ = pipe(&ends)
        (file, signal) = (ends[0], ends[1])
        for end in ends where end >= 0 {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        Thread.detachNewThread { [self] in work(self) }
    }

    deinit {
        close(file)
        close(signal)
    }

    // MARK: For the work

    /// Reports the share that is done, from 0 to 1. Returns `false` after ``stop()``: the work should end.
    public func report(_ share: Double) -> Bool {
        let (isNews, isStopped) = state.withLock { state in
            // A change of less than one percent does not show on a progress bar.
            let isNews = Int(share * 100) != Int(state.share * 100)
            if isNews { (state.share, state.hasProgressed) = (share, true) }
            return (isNews, state.isStopped)
        }
        if isNews { announce() }
        return !isStopped
    }

    /// Hands over the result. It is moved: a copy held by the caller would make the first change copy all of it. Working it
    /// out does not block ``news()``.
    public func finish(_ result: @autoclosure () -> Result<Value, any Error>) {
        var result = Optional(result())
        state.withLock { swap(&$0.result, &result) }
        announce()
        finished.signal()
    }

    private func announce() { _ = write(signal, [1], 1) }

    // MARK: For the waiting side

    /// The news since the last call. The result is returned once.
    public func news() -> News? {
        withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { buffer in
            while read(file, buffer.baseAddress, buffer.count) > 0 {}
        }
        return state.withLock { state in
            defer { (state.result, state.hasProgressed) = (nil, false) }
            return state.result.map { .finished($0) } ?? (state.hasProgressed ? .progress(state.share) : nil)
        }
    }

    /// Asks the work to end at its next report.
    public func stop() { state.withLock { $0.isStopped = true } }

    /// Blocks until the work has finished.
    public func wait() {
        finished.wait()
        finished.signal()
    }
}
