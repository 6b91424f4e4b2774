import Estate
import Journal

/// What is still going to happen at the grown estate, in order of time.
struct Agenda {
    enum Event {
        case arrival
        case leaving(Ref<Visit>)
        case call
        case completion(Ref<Request>)
        case returnVisit(Ref<FollowUp>)
        case bills(Period)
        case payment(household: Int)
        case shift
        case patrol
    }

    /// The next one last, where it is taken from.
    private var entries: [(at: Moment, event: Event)] = []

    /// Those of the same moment happen in any order, but always in the same.
    mutating func add(_ event: Event, at moment: Moment) {
        var places = 0..<entries.count
        while !places.isEmpty {
            let middle = places.lowerBound + places.count / 2
            places = entries[middle].at > moment ? middle + 1..<places.upperBound : places.lowerBound..<middle
        }
        entries.insert((moment, event), at: places.lowerBound)
    }

    /// Takes the next event before `limit`.
    mutating func next(before limit: Moment) -> (at: Moment, event: Event)? {
        guard let last = entries.last, last.at < limit else { return nil }
        return entries.removeLast()
    }

    /// How many events there are before `limit`.
    func count(before limit: Moment) -> Int { entries.reversed().prefix { $0.at < limit }.count }
}
