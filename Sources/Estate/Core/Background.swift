import Foundation
import Synchronization

/// Work in a thread of its own that announces itself: when there is news, its file can be read, so that a loop which waits
/// for keys can wait for it as well.
public final class Background<Value: Sendable>: Sendable {
    /// What one look at it finds.
    public enum News: Sendable {
        /// How much is done, from 0 to 1.
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
    /// Readable when there is news.
    public let file: Int32
    private let signal: Int32
    private let end = DispatchSemaphore(value: 0)

    /// Begins at once. The work tells how far it is with ``report(_:)``, and what came of it, once, with ``finish(_:)``; what it
    /// does after that nobody waits for.
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

    /// Tells how much is done; `false` when nobody wants the rest any more.
    public func report(_ share: Double) -> Bool {
        let (isNews, isStopped) = state.withLock { state in
            // What nobody could see on a bar is no news.
            let isNews = Int(share * 100) != Int(state.share * 100)
            if isNews { (state.share, state.hasProgressed) = (share, true) }
            return (isNews, state.isStopped)
        }
        if isNews { announce() }
        return !isStopped
    }

    /// Gives up the result. It is made in its place: a copy kept here would make every later change of it copy it.
    public func finish(_ result: @autoclosure () -> Result<Value, any Error>) {
        state.withLock { $0.result = result() }
        announce()
        end.signal()
    }

    private func announce() { _ = write(signal, [1], 1) }

    // MARK: For who waits

    /// What is new since the last look. The result is given away with the first look at it.
    public func news() -> News? {
        withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { buffer in
            while read(file, buffer.baseAddress, buffer.count) > 0 {}
        }
        return state.withLock { state in
            defer { (state.result, state.hasProgressed) = (nil, false) }
            return state.result.map { .finished($0) } ?? (state.hasProgressed ? .progress(state.share) : nil)
        }
    }

    /// Asks the work to end, which it does at its next report.
    public func stop() { state.withLock { $0.isStopped = true } }

    /// Waits until the result is there.
    public func wait() {
        end.wait()
        end.signal()
    }
}
