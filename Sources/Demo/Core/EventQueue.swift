import HeapModule
import Journal

/// Future events in order of time. Events of the same moment come out in the order in which they were added.
package struct EventQueue<Event> {
    private struct Entry: Comparable {
        let at: Moment
        let number: Int
        let event: Event

        static func < (left: Entry, right: Entry) -> Bool { (left.at, left.number) < (right.at, right.number) }
        static func == (left: Entry, right: Entry) -> Bool { left.number == right.number }
    }

    private var heap = Heap<Entry>()
    private var added = 0

    package init() {}

    package mutating func add(_ event: Event, at moment: Moment) {
        added += 1
        heap.insert(Entry(at: moment, number: added, event: event))
    }

    /// Removes and returns the next event, if it is due by `limit`.
    package mutating func next(through limit: Moment) -> (at: Moment, event: Event)? {
        guard let first = heap.min, first.at <= limit else { return nil }
        heap.removeMin()
        return (first.at, first.event)
    }

    /// The number of events due by `limit`. Complexity: O(n).
    package func count(through limit: Moment) -> Int { heap.unordered.count { $0.at <= limit } }
}
