import Synchronization

@testable import Journal

/// A clock that a test sets.
final class TestClock: Sendable {
    private let moment: Mutex<Moment>

    init(_ text: String) { moment = Mutex(at(text)) }

    func set(_ text: String) { moment.withLock { $0 = at(text) } }

    var clock: Clock { { [self] in moment.withLock { $0 } } }
}

/// A moment by its ISO text; the epoch for other text.
func at(_ text: String) -> Moment { Moment(iso: text.utf8) ?? Moment(milliseconds: 0) }

let november = "2026-11-23T16:10:05.123+08:00"
let december = "2026-12-01T00:00:00+08:00"
