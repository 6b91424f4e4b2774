import Hub
import Journal
@testable import TestDisks
import TestSupport
import Testing

@testable import Estate

/// Some machines and a hub in one process, with seeded clocks, disks and networks. The protocol is the program's own.
///
/// Faults: calls to the hub that are lost before or after they had their effect, or made twice; machines that are cut off;
/// programs killed at a disk call; power cuts that keep any part of what was not synced; a hub that loses its last lines;
/// clocks that differ and run differently; a newer program at one of them, whose facts the others do not know. In a run of
/// its own kind one machine is cloned, or put back to an earlier state. A seed repeats a run.
final class Simulation {
    private var random: SeededRandom
    private let hub = MemoryHub()
    private(set) var nodes: [SimulatedNode] = []
    /// In percent.
    private let (loss, repeats): (Int, Int)
    /// The node that has a newer program.
    private let newer: Int?
    /// The name that two machines have, or that one has whose disk was put back.
    private(set) var doubled: String?

    struct SimulatedNode {
        let node: HubNode
        var isCutOff = false
        var connection: MemoryConnection?
        /// What was acknowledged, by the ids on the receipts.
        var acknowledged: [String] = []
        var visits: [String] = []
    }

    init(seed: UInt64) throws {
        random = SeededRandom(seed: seed)
        (loss, repeats) = (random.below(31), random.below(51))
        let count = 2 + random.below(3)
        newer = random.below(3) == 0 ? random.below(count) : nil
        for index in 0..<count {
            let limit = BatchLimit(lines: 1 + random.below(12), bytes: 200 + random.below(20_000))
            let node = SimulatedNode(node: try HubNode("node\(index)", limit: limit))
            node.node.clock.pass(seconds: random.below(400))
            node.node.comment = "FRONTDESK_TEST_SEED=\(seed)"
            nodes.append(node)
        }
    }

    // MARK: Steps

    func step() throws {
        let index = random.below(nodes.count)
        for other in nodes.indices { nodes[other].node.clock.pass(milliseconds: random.below(20_000)) }
        switch random.below(40) {
        case 0: nodes[index].isCutOff.toggle()
        case 1: try restart(index, with: nil)
        case 2: try cutPower(index)
        case 3: try kill(index)
        // What a hub lost of a doubled name may come back from either machine, so that nobody could say which is right.
        case 4 where doubled == nil: hub.lose(random.pick(nodes).node.name, from: 1 + random.below(40))
        case 5..<20: try exchange(index)
        default: try act(index)
        }
    }

    private func act(_ index: Int) throws {
        let (node, number) = (nodes[index].node, random.below(1_000))
        if index == newer, number < 200 { return try node.recordNewer(number) }
        let rooms = ["3-2-501", "3-2-502", "3-2-503"]
        let (name, members, by): (String, [String: String], String)
        switch random.below(9) {
        case 0, 1, 2:
            (name, by) = ("visitor.arrive", "S03")
            members = ["name": "客\(number)", "host": random.pick(rooms), "purpose": "探亲"]
        case 3:
            let known = nodes.flatMap(\.visits)
            (name, members, by) = ("visitor.leave", ["visit": known.isEmpty ? "" : random.pick(known)], "S03")
        case 4: (name, members, by) = ("patrol.check", ["route": "一", "point": random.pick(["东", "西"])], "S03")
        case 5:
            (name, by) = ("request.open", "S02")
            members = ["class": "repair.minor", "unit": random.pick(rooms), "text": "漏水\(number)"]
        case 6:
            (name, by) = ("bill.issue", "S07")
            members = [
                "unit": random.pick(rooms), "period": "2026-0\(1 + random.below(3))", "item": "物业费", "amount": "100",
                "due": "2026-03-31",
            ]
        case 7:
            (name, by) = ("payment.receive", "S07")
            members = ["unit": random.pick(rooms), "amount": "\(1 + random.below(200))", "twice": "yes"]
        default:
            // What is left of a key does not tell whether it was the one of the other machine.
            if doubled != nil { return }
            let known = nodes.flatMap(\.visits)
            (name, by) = ("particulars.erase", "S01")
            members = ["record": known.isEmpty || random.below(3) > 0 ? "" : random.pick(known), "why": "本人要求"]
        }
        do {
            let id = try node.do(name, members, by: by)
            nodes[index].acknowledged.append(id)
            if name == "visitor.arrive" { nodes[index].visits.append(id) }
        } catch is Refusal {}
    }

    // MARK: Machines that are doubled

    /// Copies the disk of one machine as it runs, and both go on; or puts it back to that later.
    func double(after steps: Int) throws {
        let index = random.below(nodes.count)
        let original = nodes[index].node
        doubled = original.name
        let (files, acknowledged, isCloned) = (
            original.disk.files, nodes[index].acknowledged, random.below(2) == 0
        )
        if isCloned {
            let twin = try HubNode(original.name, limit: original.limit)
            twin.comment = original.comment
            twin.clock.pass(seconds: max(0, original.store.now.seconds(since: twin.store.now)))
            try twin.restart(with: files)
            nodes.append(SimulatedNode(node: twin))
        }
        for _ in 0..<steps { try step() }
        if isCloned { return }
        try restart(index, with: files)
        nodes[index].acknowledged = acknowledged
    }

    private func exchange(_ index: Int) throws {
        let exchange = nodes[index].node.exchange
        let connection: MemoryConnection
        if let open = nodes[index].connection {
            connection = open
        } else {
            connection = MemoryConnection(hub)
            connection.network = { [unowned self] call in try self.transmit(call, of: index) }
            nodes[index].connection = connection
            exchange.begin()
        }
        do {
            for _ in 0...random.below(3) { _ = try exchange.round(connection) }
        } catch is HubError {
            nodes[index].connection = nil
        }
        if random.below(2) == 0 { try nodes[index].node.store.catchUp() }
    }

    private func transmit(_ call: () -> Void, of index: Int) throws {
        if nodes[index].isCutOff { throw HubError(.unreachable) }
        // Each round makes some calls, so that one of these is lost as often as the rate says.
        if random.below(500) < loss { throw HubError(.unreachable) }
        call()
        while random.below(100) < repeats { call() }
        if random.below(500) < loss { throw HubError(.unreachable) }
    }

    private func restart(_ index: Int, with files: [String: [UInt8]]?) throws {
        nodes[index].connection = nil
        try nodes[index].node.restart(with: files)
    }

    /// Any part of what was not synced is on the disk.
    private func cutPower(_ index: Int) throws {
        var random = random
        let portions: [MemoryDisk.Portion] = [.none, .start, .end, .all, .all, .none]
        let files = nodes[index].node.disk.afterPowerCut { _, _ in random.pick(portions) }
        self.random = random
        try restart(index, with: files)
    }

    /// The program ends at a disk call of an exchange or a write; half of what that wrote is there.
    private func kill(_ index: Int) throws {
        let node = nodes[index].node
        let disk = FaultyDisk(node.disk, failing: 1 + random.below(30), with: .killed, lasting: true)
        let exchange = HubExchange(of: HubNode.folder, disk: disk, limit: node.limit)
        let connection = MemoryConnection(hub)
        connection.network = { [unowned self] call in try self.transmit(call, of: index) }
        exchange.begin()
        do { for _ in 0..<4 { _ = try exchange.round(connection) } } catch is HubError {} catch is JournalError {}
        if random.below(2) == 0 { try cutPower(index) } else { try restart(index, with: nil) }
    }

    // MARK: Healing

    /// Mends the network, lets all meet until nothing moves, and expects the same everywhere.
    func expectAgreement(_ comment: Comment) throws {
        for index in nodes.indices {
            nodes[index].isCutOff = false
            // A program that starts finishes what another began to end.
            try restart(index, with: nil)
        }
        var (state, rounds) = ([Int](), 0)
        while rounds < 40 {
            for node in nodes { try node.node.meet(hub) }
            // What was heard last may have to be ended at the next start.
            let logs = nodes.flatMap { $0.node.logs.values.map(\.count) }.sorted()
            let confirmed = hub.endings.values.reduce(0) { $0 + $1.count }
            let now = logs + [confirmed, hub.keys.count] + hub.keys.values.map(\.count).sorted()
            if now == state { break }
            (state, rounds) = (now, rounds + 1)
            for index in nodes.indices { try restart(index, with: nil) }
        }
        #expect(rounds < 40, "\(comment): it never comes to rest")
        for node in nodes { #expect(node.node.exchange.status.stops.isEmpty, comment) }
        try HubNode.expectAgreement(nodes.map(\.node), comment)
        let ids = Set(hub.lines.values.flatMap(\.values).compactMap(Simulation.id))
        for node in nodes { #expect(node.acknowledged.filter { !ids.contains($0) } == [], comment) }
        try expectLiveness(comment)
    }

    /// Expects that what each records now is everywhere after two meetings.
    private func expectLiveness(_ comment: Comment) throws {
        let ids = try nodes.indices.map { try nodes[$0].node.arrive("后来\($0)") }
        for _ in 0..<2 { for node in nodes { try node.node.meet(hub) } }
        for node in nodes {
            let inside = Set(node.node.store.estate.gate.inside.map(\.id.text))
            #expect(inside.isSuperset(of: ids), comment)
        }
    }

    /// Mends the network, and expects that each machine whose log is not the hub's is told, all other nodes are not held up,
    /// and the log in the hub is one machine's. Then such a machine begins anew, as `Operating.md` says.
    func expectDoubleFound(_ comment: Comment) throws {
        guard let doubled else { return }
        for index in nodes.indices {
            nodes[index].isCutOff = false
            try restart(index, with: nil)
        }
        for _ in 0..<3 { for node in nodes { try node.node.meet(hub) } }
        let inHub = (hub.lines[doubled] ?? [:]).sorted { $0.key < $1.key }.map(\.value)
        expectOneLog(inHub, of: doubled, comment)
        for index in nodes.indices {
            let troubles = nodes[index].node.exchange.status.stops.map(\.trouble)
            if !hub.forks.isEmpty { #expect(troubles == [.fork], comment) }
            guard nodes[index].node.name == doubled else { continue }
            let lines = try nodes[index].node.lines(of: doubled)
            if !isPrefix(inHub, lines) { #expect(!troubles.isEmpty, comment) }
            if !isPrefix(inHub, lines), !isPrefix(lines, inHub) { #expect(!hub.forks.isEmpty, comment) }
        }
        try beginAnew(doubled)
        try expectAgreement(comment)
    }

    /// Each machine of a name that is told to be doubled begins anew under another, with what a sound node has; so does the
    /// second of two that have recorded nothing since.
    private func beginAnew(_ doubled: String) throws {
        guard let sound = nodes.first(where: { $0.node.name != doubled })?.node else { return }
        var isKept = false
        for (number, index) in nodes.indices.filter({ nodes[$0].node.name == doubled }).enumerated() {
            let former = nodes[index].node
            hub.forked = []
            try former.meet(hub)
            if former.exchange.status.stops.isEmpty, !isKept {
                isKept = true
                continue
            }
            try sound.meet(hub)
            let anew = try HubNode("\(doubled)-\(number)", limit: former.limit)
            anew.clock.pass(seconds: max(0, sound.store.now.seconds(since: anew.store.now)))
            var files = sound.disk.files
            files["\(HubNode.folder)/NODE"] = Array("\(anew.name)\n".utf8)
            try anew.restart(with: files)
            // What only the former had is entered there by hand.
            nodes[index] = SimulatedNode(node: anew)
        }
        hub.forked = []
    }

    /// Expects that each line follows the one before.
    private func expectOneLog(_ rows: [HubRow], of node: String, _ comment: Comment) {
        var end = LogEnd.start
        for row in rows {
            let line = CarriedLine(
                node: node, sequence: row.sequence, segment: row.segment, offset: row.offset, bytes: row.bytes)
            #expect(line?.previous == end.hash && line?.sequence == end.sequence + 1, comment)
            if let line { end = LogEnd(sequence: line.sequence, hash: line.hash) }
        }
    }

    /// Whether lines are those with which others begin.
    private func isPrefix(_ lines: [HubRow], _ others: [HubRow]) -> Bool {
        lines.map(\.bytes) == others.prefix(lines.count).map(\.bytes)
    }

    private static func id(of row: HubRow) -> String? {
        row.bytes.withUnsafeBytes { Line($0).map(\.id.text) }
    }
}
