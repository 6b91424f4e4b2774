import Estate
import Journal
import Synchronization

/// A clock that stands still until a test sets it. Shanghai time.
public final class TestClock: Sendable {
    private let moment: Mutex<Moment>

    /// Starts at a moment such as `2026-11-23 09:00`.
    public init(_ text: String) { moment = Mutex(at(text)) }

    /// Sets a moment such as `2026-11-24 09:05`, or only the time of the same day: `09:05`.
    public func set(_ text: String) {
        moment.withLock { now in
            let isTime = text.count <= 8
            now = at(isTime ? "\(now.text(in: .shanghai).prefix(10)) \(text)" : text)
        }
    }

    /// Moves the clock forward.
    public func pass(milliseconds: Int) { moment.withLock { $0.milliseconds += Int64(milliseconds) } }

    /// Moves the clock forward.
    public func pass(seconds: Int) { moment.withLock { $0 = $0.adding(seconds: seconds) } }

    /// The clock for a store.
    public var clock: Clock { { [self] in moment.withLock { $0 } } }
}
