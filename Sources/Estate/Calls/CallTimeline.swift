import Journal

/// Calls in the order in which they rang, however late they were entered.
public struct CallTimeline: RandomAccessCollection, Sendable {
    private struct Entry: Sendable {
        let rang: Moment
        let call: Ref<Call>
    }

    private var entries: [Entry] = []

    public var startIndex: Int { 0 }
    public var endIndex: Int { entries.count }
    public subscript(index: Int) -> Ref<Call> { entries[index].call }

    /// Adds a call; does nothing if it is in here already.
    mutating func insert(_ call: Call) {
        let end = end(through: call.rang)
        if equals(call, before: end) { return }
        entries.insert(Entry(rang: call.rang, call: call.id), at: end)
    }

    mutating func remove(_ call: Call) {
        var index = end(through: call.rang)
        while index > 0, entries[index - 1].rang == call.rang {
            index -= 1
            if entries[index].call == call.id {
                entries.remove(at: index)
                return
            }
        }
    }

    /// The calls that rang at the moment or later.
    func since(_ moment: Moment) -> Slice<CallTimeline> { self[partition { $0.rang >= moment }..<endIndex] }

    /// Whether the call is an entry already; `end` is the index behind the entries of its moment.
    private func equals(_ call: Call, before end: Int) -> Bool {
        entries[..<end].reversed().prefix { $0.rang == call.rang }.contains { $0.call == call.id }
    }

    /// The index behind the calls that rang at the moment or earlier. Nearly always the end.
    private func end(through moment: Moment) -> Int {
        if let last = entries.last, last.rang > moment { return partition { $0.rang > moment } }
        return entries.count
    }

    /// The first index whose entry is `late`, as all later ones are. O(log n).
    private func partition(_ late: (Entry) -> Bool) -> Int {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if late(entries[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
