import Foundation
import Synchronization

/// Threads that share a log as processes do: `flock` locks hold between open files, not between processes.
final class Workers: Sendable {
    private let group = DispatchGroup()
    private let messages = Mutex<[String]>([])

    /// Errors thrown or reported by the threads.
    var failures: [String] { messages.withLock { $0 } }

    func report(_ failure: String) { messages.withLock { $0.append(failure) } }

    func start(_ body: @escaping @Sendable () throws -> Void) {
        group.enter()
        Thread.detachNewThread { [self] in
            do { try body() } catch { report("\(error)") }
            group.leave()
        }
    }

    func wait() { group.wait() }
}
