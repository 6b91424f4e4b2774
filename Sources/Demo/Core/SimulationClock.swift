import Journal
import Synchronization

/// The store's clock during a simulation, set to the simulated time of writing.
package final class SimulationClock: Sendable {
    private let moment: Mutex<Moment>

    package init(at moment: Moment) { self.moment = Mutex(moment) }

    package var now: Moment {
        get { moment.withLock { $0 } }
        set { moment.withLock { $0 = newValue } }
    }
}

/// A source of ids that repeats itself for the same seed.
final class SeededIDs: Sendable {
    private let random: Mutex<SeededGenerator>

    init(seed: UInt64) { random = Mutex(SeededGenerator(seed: seed, "ids")) }

    func next(at moment: Moment) -> EntryID { random.withLock { EntryID(at: moment, using: &$0) } }
}
