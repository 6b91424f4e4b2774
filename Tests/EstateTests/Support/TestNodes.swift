import Foundation
import Glibc
import Journal
@testable import TestDisks
import TestSupport
import Testing

@testable import Estate

/// Some machines with a data folder each, which get one another's logs late, in pieces and in any order. In memory.
final class TestNodes {
    struct Node {
        let name: String
        let disk: MemoryDisk
        let clock: TestClock
        var store: Store

        func restarted(at now: Moment? = nil) throws -> Store {
            let own = clock.clock
            return try Store(at: TestNodes.folder, clock: { now ?? own() }, disk: disk)
        }

        /// Performs an action by its name and returns the id on its receipt. Throws ``Refusal``.
        @discardableResult
        func `do`(_ name: String, _ members: [String: String] = [:], by: String = "S01") throws -> String {
            let action = try Estate.action(named: name).read(members.mapValues { .string($0) }, zone: .shanghai)
            return try store.perform(action, by: by).id.text
        }
    }

    static let folder = "/estate"
    private static let start = "2026-03-10T08:00"

    /// The files of a new estate: its founder's log, which no node writes on. Without `INSTANCE`: a node would take
    /// itself for a copy and begin a log of another name.
    private static let origin: [String: [UInt8]] = {
        guard let estate = try? TestEstate(now: start),
            let names = try? FileManager.default.subpathsOfDirectory(atPath: estate.folder)
        else { return [:] }
        var files: [String: [UInt8]] = [:]
        for name in names where name != "INSTANCE" {
            if let data = FileManager.default.contents(atPath: "\(estate.folder)/\(name)") {
                files["\(folder)/\(name)"] = Array(data)
            }
        }
        return files
    }()

    private(set) var nodes: [Node] = []
    private var random: SeededRandom
    private var actions: RandomActions

    /// `skew`: the greatest difference of the machines' clocks, in seconds.
    init(_ count: Int, seed: UInt64 = 1, skew: Int = 400) throws {
        random = SeededRandom(seed: seed)
        actions = RandomActions(seed: seed)
        for index in 0..<count {
            let name = "node\(index)"
            var files = TestNodes.origin
            files["\(TestNodes.folder)/NODE"] = Array("\(name)\n".utf8)
            let (disk, clock) = (MemoryDisk(files: files), TestClock(TestNodes.start))
            clock.pass(seconds: skew > 0 ? random.below(skew) : 0)
            nodes.append(Node(name: name, disk: disk, clock: clock, store: try TestNodes.open(disk, clock)))
        }
    }

    subscript(index: Int) -> Node { nodes[index] }

    private static func open(_ disk: MemoryDisk, _ clock: TestClock) throws -> Store {
        let store = try Store(at: folder, clock: clock.clock, disk: disk)
        store.readHistory()
        return store
    }

    func pass(seconds: Int) { for node in nodes { node.clock.pass(seconds: seconds) } }

    /// One random step: an action at a node, a piece of a log for another, a restart.
    func step() throws {
        let index = random.below(nodes.count)
        for node in nodes { node.clock.pass(seconds: random.below(200)) }
        switch random.below(10) {
        case 0: nodes[index].store = try TestNodes.open(nodes[index].disk, nodes[index].clock)
        case 1...3: try deliver(from: index, to: random.below(nodes.count), all: false)
        default:
            let store = nodes[index].store
            let action = try actions.next(in: store.estate, at: store.now)
            _ = refusal { try store.perform(action, by: random.below(3) == 0 ? "S01" : "S04") }
        }
    }

    /// Appends what a log has more than its copy, up to any byte, also within a line.
    func deliver(from source: Int, to target: Int, all: Bool) throws {
        if source == target { return }
        try copy(from: source, to: target, all: all)
        try nodes[target].store.catchUp()
        if all { try nodes[target].store.awaitOrder() }
    }

    /// The same for a target that does not look.
    func copy(from source: Int, to target: Int, all: Bool) throws {
        let log = "\(TestNodes.folder)/journal/\(nodes[source].name)/"
        let (files, copies) = (nodes[source].disk.files, nodes[target].disk.files)
        try deliverKeys(files, of: nodes[source].name, to: nodes[target].disk)
        for path in files.keys.sorted() where path.hasPrefix(log) && path.hasSuffix(".jsonl") {
            let (bytes, known) = (files[path] ?? [], copies[path]?.count ?? 0)
            let end = all ? bytes.count : known + random.below(bytes.count - known + 1)
            let file = try nodes[target].disk.open(path, flags: O_WRONLY | O_APPEND | O_CREAT, mode: 0o600)
            defer { nodes[target].disk.close(file) }
            _ = try bytes[known..<end].withUnsafeBytes { try nodes[target].disk.append($0, to: file) }
            // The later segment only once the former is complete.
            if end < bytes.count { break }
        }
    }

    /// Copies a node's keys, which have to be there before the lines that they open.
    private func deliverKeys(_ files: [String: [UInt8]], of node: String, to disk: MemoryDisk) throws {
        for (path, bytes) in files where path.hasPrefix("\(TestNodes.folder)/keys/") && path.contains(".\(node).") {
            let file = try disk.open(path, flags: O_WRONLY | O_CREAT | O_TRUNC, mode: 0o600)
            defer { disk.close(file) }
            try bytes.withUnsafeBytes { try disk.write($0, to: file, at: 0) }
        }
    }

    func deliverAll() throws {
        for source in nodes.indices { for target in nodes.indices { try deliver(from: source, to: target, all: true) } }
    }

    /// Delivers all, and expects the same rows of all views at every node, live and restarted. Returns the state.
    @discardableResult
    func expectAgreement(_ comment: Comment? = nil, _ location: SourceLocation = #_sourceLocation) throws -> Estate {
        try deliverAll()
        let now = nodes.map(\.store.now).max() ?? .distantPast
        func rows(_ estate: Estate) throws -> [String] {
            try estate.allRows(at: now) + NodesView().rows(of: estate, at: now).map { "\($0.texts)" }
        }
        let first = try nodes[0].restarted(at: now)
        let expected = try rows(first.estate)
        for node in nodes {
            #expect(try rows(node.store.estate) == expected, comment, sourceLocation: location)
            let restarted = try node.restarted(at: now)
            #expect(try rows(restarted.estate) == expected, comment, sourceLocation: location)
            #expect(restarted.damages.isEmpty && restarted.unknownFacts == 0, comment, sourceLocation: location)
        }
        return first.estate
    }
}

extension Store {
    /// Waits until late facts are in their place.
    func awaitOrder() throws {
        while let replaying {
            replaying.wait()
            try catchUp()
        }
    }
}
