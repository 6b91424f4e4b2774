import Foundation
import Journal
import Testing
import TestSupport

@testable import Estate

/// Some machines with a data folder each, which get one another's logs late, in pieces and in any order.
private final class Nodes {
    struct Node {
        let name: String
        let folder: String
        let clock: TestClock
        var store: Store
    }

    private let origin = try? TestEstate(now: "2026-03-10T08:00")
    private(set) var nodes: [Node] = []
    private var random: SeededRandom
    private var actions: RandomActions

    init(_ count: Int, seed: UInt64) throws {
        random = SeededRandom(seed: seed)
        actions = RandomActions(seed: seed)
        let origin = try #require(origin)
        for index in 0..<count {
            let (name, folder) = ("node\(index)", "\(origin.folder)-\(index)")
            try FileManager.default.copyItem(atPath: origin.folder, toPath: folder)
            try FileManager.default.createDirectory(
                atPath: "\(folder)/journal/\(name)", withIntermediateDirectories: true)
            try FileManager.default.removeItem(atPath: "\(folder)/INSTANCE")
            try "\(name)\n".write(toFile: "\(folder)/NODE", atomically: false, encoding: .utf8)
            let clock = TestClock("2026-03-10T08:00")
            // The machines' clocks differ by some minutes.
            clock.pass(seconds: random.below(400))
            nodes.append(Node(name: name, folder: folder, clock: clock, store: try Nodes.open(folder, clock)))
        }
    }

    deinit { for node in nodes { try? FileManager.default.removeItem(atPath: node.folder) } }

    private static func open(_ folder: String, _ clock: TestClock) throws -> Store {
        let store = try Store(at: folder, clock: clock.clock)
        store.readHistory()
        return store
    }

    /// One random step: an action at a node, a piece of a log for another, a restart.
    func step() throws {
        let index = random.below(nodes.count)
        for node in nodes { node.clock.pass(seconds: random.below(200)) }
        switch random.below(10) {
        case 0: nodes[index].store = try Nodes.open(nodes[index].folder, nodes[index].clock)
        case 1...3: try deliver(from: index, to: random.below(nodes.count), all: false)
        default:
            let store = nodes[index].store
            let action = try actions.next(in: store.estate, at: store.now)
            _ = refusal { try store.perform(action, by: random.below(3) == 0 ? "S01" : "S04") }
        }
    }

    /// Appends what a log has more than its copy, up to any byte, also within a line.
    private func deliver(from source: Int, to target: Int, all: Bool) throws {
        if source == target { return }
        let log = "journal/\(nodes[source].name)"
        let copy = "\(nodes[target].folder)/\(log)"
        try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
        for name in try FileManager.default.contentsOfDirectory(atPath: "\(nodes[source].folder)/\(log)").sorted()
        where name.hasSuffix(".jsonl") {
            let data = try Data(contentsOf: URL(fileURLWithPath: "\(nodes[source].folder)/\(log)/\(name)"))
            let known = (try? Data(contentsOf: URL(fileURLWithPath: "\(copy)/\(name)")).count) ?? 0
            let end = all ? data.count : known + random.below(data.count - known + 1)
            if !FileManager.default.fileExists(atPath: "\(copy)/\(name)") {
                FileManager.default.createFile(atPath: "\(copy)/\(name)", contents: nil)
            }
            let file = try #require(FileHandle(forWritingAtPath: "\(copy)/\(name)"))
            try file.seekToEnd()
            try file.write(contentsOf: data[known..<end])
            try file.close()
            // The later segment only once the former is complete.
            if end < data.count { break }
        }
        try nodes[target].store.catchUp()
    }

    func deliverAll() throws {
        for source in nodes.indices { for target in nodes.indices { try deliver(from: source, to: target, all: true) } }
    }
}

/// State follows from the facts of all nodes in one order: whoever got them when, live or after a restart.
@Suite("Nodes")
struct NodesTests {
    private static let isLong = ProcessInfo.processInfo.environment["FRONTDESK_LONG_TESTS"] == "1"

    @Test("facts in any order of delivery give the same rows at every node, live and restarted", arguments: [2, 3])
    func anyOrder(count: Int) throws {
        for seed in 0..<UInt64(NodesTests.isLong ? 200 : 6) {
            let nodes = try Nodes(count, seed: seed)
            for _ in 0..<(NodesTests.isLong ? 400 : 120) { try nodes.step() }
            try nodes.deliverAll()
            let now = nodes.nodes.map(\.store.now).max() ?? .distantPast
            let expected = try Store(at: nodes.nodes[0].folder, clock: { now }).estate.allRows(at: now)
            for node in nodes.nodes {
                #expect(try node.store.estate.allRows(at: now) == expected, "\(node.name) live, seed \(seed)")
                let restarted = try Store(at: node.folder, clock: { now })
                #expect(try restarted.estate.allRows(at: now) == expected, "\(node.name) restarted, seed \(seed)")
                #expect(restarted.damages.isEmpty && restarted.unknownFacts == 0)
            }
        }
    }

    @Test("a visitor recorded at one node and let out at another is gone, live and after a restart")
    func visitorOfTwoNodes() throws {
        let nodes = try Nodes(2, seed: 1)
        let (first, second) = (nodes.nodes[0], nodes.nodes[1])
        let visit = try second.store.perform(
            ArriveVisitor(name: "张三", host: unit("3-2-501"), purpose: "探亲"), by: "S03")
        try nodes.deliverAll()
        first.clock.pass(seconds: 3600)
        try first.store.perform(
            Estate.action(named: "visitor.leave").read(["visit": .string(visit.id.text)], zone: .shanghai), by: "S03")
        try nodes.deliverAll()
        #expect(first.store.estate.gate.inside.isEmpty && second.store.estate.gate.inside.isEmpty)
        #expect(try Store(at: second.folder, clock: second.clock.clock).estate.gate.inside.isEmpty)
        #expect(try Store(at: first.folder, clock: first.clock.clock).estate.gate.inside.isEmpty)
    }
}
