import Estate
import Foundation
import Glibc
import Journal

/// An undo, and an hour's facts of another node, in the state of the large estate that a console has open. Both rewind to a
/// kept state and replay from there, the second on another thread; compared with a rebuild, which replays everything.
enum Late: Benchmark {
    static let name = "late"

    private static let rounds = 9
    private static let visitorsPerHour = 60
    private static let node = "gate"

    static func run(_ options: Options) throws -> BenchmarkResult {
        try WritableEstate.with(options, facts: options.facts) { here in
            try WritableEstate.with(options, facts: options.facts, node: node) { gate in
                var (undo, arrival, order) = (Samples(), Samples(), Samples())
                here.store.readHistory()
                try inOrder(here.store)
                let folder = "\(here.folder.path)/journal/\(node)"
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                for _ in 0..<rounds {
                    try here.registerVisitor()
                    undo.add(try time { _ = try here.store.perform(UndoAction(), by: here.guardCode) })
                    for _ in 0..<visitorsPerHour { try gate.registerVisitor() }
                    // What this node records now comes after the facts of the other one, which are late.
                    try here.registerVisitor()
                    try deliver(try gate.segment.next(), to: folder, from: gate.folder)
                    arrival.add(try time { try here.store.catchUp() })
                    order.add(try time { try inOrder(here.store) })
                }
                let rebuild = try time { _ = try Store(at: here.folder.path) }
                var result = BenchmarkResult(name)
                result.figure("undo, p50", undo.median * 1e3, "ms")
                result.figure("\(visitorsPerHour) facts of another node, p50", arrival.median * 1e3, "ms")
                result.figure("until they are in their place, p50", order.median * 1e3, "ms")
                result.figure("rebuild", rebuild * 1e3, "ms")
                result.ratio("undo to rebuild", undo.median / rebuild, atMost: 0.1)
                result.ratio("facts of another node to rebuild", (arrival.median + order.median) / rebuild, atMost: 0.1)
                return result
            }
        }
    }

    /// Waits until the store has done what it does in the background.
    private static func inOrder(_ store: Store) throws {
        while let file = store.awaited.first {
            var wait = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
            _ = poll(&wait, 1, -1)
            try store.takeHistory()
            try store.catchUp()
        }
        try store.catchUp()
    }

    /// Appends lines to the copy of a log.
    private static func deliver(_ bytes: [UInt8], to folder: String, from origin: EstateFolder) throws {
        guard let segment = try origin.segments.last(where: { $0.contains("/\(node)/") }) else { return }
        try AppendFile(at: "\(folder)/\((segment as NSString).lastPathComponent)").append(bytes)
    }
}
