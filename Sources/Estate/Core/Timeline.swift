import Journal

/// A state of the whole history, kept while later facts are applied to the store's own.
struct KeptState {
    let estate: Estate
    let unknownFacts: Int
    /// How far the journal was read; `nil` if that was not known, in the middle of a reading.
    let positions: [Journal.Position]?
    /// The facts up to this time are in it, and no later ones.
    var time: HybridTime { estate.latest }
}

/// Earlier states of an estate, oldest first. A store rewinds to one when a fact after it was undone, or arrived late.
///
/// An undo concerns today, and another node is seldom more than a day behind: the states at the beginning of the last
/// two days are kept, and some of today, so that few facts have to be applied again.
struct Timeline {
    private(set) var states: [KeptState] = []
    /// The number of applied facts since the last state.
    private var applied = 0

    /// Facts between two states.
    private static let interval = 2_048
    private static let capacity = 8

    /// Counts an applied fact.
    mutating func count() { applied += 1 }

    var isDue: Bool { applied >= Timeline.interval }

    mutating func keep(_ estate: Estate, unknownFacts: Int, positions: [Journal.Position]? = nil) {
        applied = 0
        if states.last?.time == estate.latest { states.removeLast() }
        states.append(KeptState(estate: estate, unknownFacts: unknownFacts, positions: positions))
        guard states.count > Timeline.capacity else { return }
        // Of two days the first states stay, and of the others the latest.
        let day = Day(Moment(milliseconds: estate.latest.milliseconds), in: estate.zone)
        let starts = [day.adding(-1), day].compactMap { day in
            states.lastIndex { $0.time.milliseconds < day.start(in: estate.zone).milliseconds }
        }
        if let dropped = states.indices.first(where: { !starts.contains($0) }) { states.remove(at: dropped) }
    }

    /// Drops the states that hold facts after a time.
    mutating func drop(after time: HybridTime) { states.removeAll { $0.time > time } }

    mutating func removeAll() { (states, applied) = ([], 0) }
}

extension Timeline {
    /// The moments at which a reading of the whole history keeps a state: the last two midnights.
    static func midnights(before now: Moment, in zone: Zone) -> [Moment] {
        let today = Day(now, in: zone)
        return [today.adding(-1), today].map { $0.start(in: zone) }
    }
}
