/// The lines of several nodes that were read and not delivered yet, for delivery in one order.
///
/// A node's own lines are in order, so the least of the first undelivered times of all nodes comes next. Of each node
/// two chunks are kept, however long the logs are.
struct MergedReading {
    /// The undelivered lines of one node.
    private struct Queue {
        /// The lines, in memory of the chunks, and the time of each one's action.
        var lines: [(line: Line, time: HybridTime)] = []
        var chunks: [Chunk] = []
        /// The number of lines delivered.
        var taken = 0
        var isAtEnd = false
        /// The time of the last line, which the next may not go below: a clock of version 1 may have gone back.
        var latest = HybridTime.distantPast

        /// The time of the next line; `nil` when there is none.
        var next: HybridTime? { taken < lines.count ? lines[taken].time : nil }

        mutating func append(_ line: Line, of chunk: Chunk) {
            latest = max(latest, line.time)
            lines.append((line, latest))
            if chunks.last !== chunk { chunks.append(chunk) }
        }

        mutating func deliverNext(_ deliver: (Line) -> Void) {
            withExtendedLifetime(chunks) { deliver(lines[taken].line) }
            taken += 1
            if taken == lines.count {
                lines.removeAll(keepingCapacity: true)
                chunks.removeAll(keepingCapacity: true)
                taken = 0
            }
        }
    }

    private var queues: [Queue]
    /// The time of each queue's next line; `nil` when there is none.
    private var next: [HybridTime?]

    init(of count: Int) {
        (queues, next) = (Array(repeating: Queue(), count: count), Array(repeating: nil, count: count))
    }

    /// Reads all logs to their ends. `progress` gets each chunk's size in bytes and stops by returning `false`. What was
    /// read is delivered also if a log cannot be read further. Throws what keeps the node's own log from being read; a
    /// failure of another is kept in ``LogReader/failure``.
    mutating func run(
        _ readers: inout [LogReader], own: Int, _ deliver: (Line) -> Void, progress: (Int) -> Bool
    ) throws {
        // After a failure, so that no line that was read is lost.
        defer { while deliverLeast(deliver) != nil {} }
        var isStopped = false
        func fill(_ index: Int) throws {
            while next[index] == nil, !queues[index].isAtEnd, !isStopped {
                defer { next[index] = queues[index].next }
                var hasRead = false
                do {
                    try readers[index].advance(keeping: { queues[index].append($0, of: $1) }) {
                        hasRead = true
                        isStopped = !progress($0)
                        return false
                    }
                    readers[index].failure = nil
                } catch let failure as DiskFailure where index != own {
                    readers[index].failure = failure
                    hasRead = false
                }
                queues[index].isAtEnd = !hasRead
            }
        }
        for index in queues.indices { try fill(index) }
        while !isStopped, let index = deliverLeast(deliver) { try fill(index) }
    }

    /// Delivers the least line; returns the index of its queue, `nil` if there is none.
    private mutating func deliverLeast(_ deliver: (Line) -> Void) -> Int? {
        var least: (index: Int, time: HybridTime)?
        // The readers are sorted by the nodes' names, which decide between equal times.
        for index in next.indices {
            if let time = next[index], least.map({ time < $0.time }) ?? true { least = (index, time) }
        }
        guard let least else { return nil }
        queues[least.index].deliverNext(deliver)
        next[least.index] = queues[least.index].next
        return least.index
    }
}
