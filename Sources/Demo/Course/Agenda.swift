import Estate
import Journal

/// What is still going to happen, in order of time: a heap, since each step puts further ones on the agenda.
struct Agenda {
    typealias Step = (inout Store.Batch) throws -> Void

    private struct Entry {
        let at: Moment
        /// Steps of the same moment happen in the order in which they were planned.
        let order: Int
        let step: Step

        func isBefore(_ other: Entry) -> Bool { (at, order) < (other.at, other.order) }
    }

    private var heap: [Entry] = []
    private var planned = 0

    mutating func add(_ step: @escaping Step, at moment: Moment) {
        planned += 1
        heap.append(Entry(at: moment, order: planned, step: step))
        var child = heap.count - 1
        while child > 0, heap[child].isBefore(heap[(child - 1) / 2]) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Takes the next step that happens by `limit`.
    mutating func next(by limit: Moment) -> Step? {
        guard let first = heap.first, first.at <= limit else { return nil }
        let last = heap.removeLast()
        if !heap.isEmpty {
            heap[0] = last
            sink()
        }
        return first.step
    }

    private mutating func sink() {
        var parent = 0
        while true {
            let children = [2 * parent + 1, 2 * parent + 2].filter { $0 < heap.count }
            guard let child = children.min(by: { heap[$0].isBefore(heap[$1]) }), heap[child].isBefore(heap[parent])
            else { return }
            heap.swapAt(parent, child)
            parent = child
        }
    }
}
