import Journal
import Synchronization

/// The clock of the made-up months: facts are written on the day on which they happen.
final class TravellingClock: Sendable {
    private let moment: Mutex<Moment>

    init(at moment: Moment) { self.moment = Mutex(moment) }

    var now: Moment {
        get { moment.withLock { $0 } }
        set { moment.withLock { $0 = newValue } }
    }
}

/// Ids that are the same for the same seed.
final class SeededIDs: Sendable {
    private let dice: Mutex<Dice>

    init(seed: UInt64) { dice = Mutex(Dice(seed: seed, "ids")) }

    func next(at moment: Moment) -> EntryID { dice.withLock { EntryID(at: moment, using: &$0) } }
}
