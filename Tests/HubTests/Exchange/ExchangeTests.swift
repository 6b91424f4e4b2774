import Hub
import Journal
@testable import TestDisks
import TestSupport
import Testing

@testable import Estate

@Suite("A node and a hub")
struct ExchangeTests {
    private let hub = MemoryHub()

    @Test("H1: what one node records, the other has byte for byte, and both show the same")
    func twoNodes() throws {
        let (desk, gate) = (try HubNode("desk-2"), try HubNode("gate"))
        let visit = try gate.arrive("张三")
        try desk.do("request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "漏水"])
        for node in [desk, gate, desk] { try node.meet(hub) }
        try desk.do("visitor.leave", ["visit": visit], by: "S03")
        for node in [desk, gate] { try node.meet(hub) }
        try HubNode.expectAgreement([desk, gate])
        #expect(gate.store.estate.gate.inside.isEmpty)
        // The founder's log, which neither writes, is there too.
        #expect(hub.lines.keys.sorted() == ["desk", "desk-2", "gate"])
    }

    @Test("H1: a node sends nothing twice, and nothing that a hub has")
    func nothingTwice() throws {
        let gate = try HubNode("gate")
        try gate.arrive("张三")
        try gate.meet(hub)
        let (pushes, lines) = (hub.pushes.count, hub.lines)
        let connection = MemoryConnection(hub)
        for _ in 0..<5 { #expect(try gate.exchange.round(connection) == .inStep) }
        #expect(hub.pushes.count == pushes && hub.lines == lines)
        #expect(gate.exchange.status.unsent == 0)
    }

    @Test("H6: a batch has no more lines and bytes than its limit, but always one")
    func bounded() throws {
        for limit in [BatchLimit(lines: 3, bytes: 1 << 20), BatchLimit(lines: 1000, bytes: 1)] {
            let hub = MemoryHub()
            let (desk, gate) = (try HubNode("desk-2", limit: limit), try HubNode("gate", limit: limit))
            for number in 0..<10 { try desk.arrive("客\(number)") }
            for node in [desk, gate] { try node.meet(hub) }
            #expect(hub.pushes.allSatisfy { $0 <= min(3, limit.bytes == 1 ? 1 : 3) })
            try HubNode.expectAgreement([desk, gate])
        }
    }

    @Test("H5: a hub that lost its last lines is filled again by any node that has them, not only their author")
    func refilled() throws {
        let (desk, gate) = (try HubNode("desk-2"), try HubNode("gate"))
        for _ in 0..<5 { try desk.arrive("张三") }
        for node in [desk, gate] { try node.meet(hub) }
        let whole = hub.lines
        hub.lose("desk-2", from: 3)
        hub.lose("desk", from: 1)
        try gate.meet(hub)
        #expect(hub.lines == whole)
        // Also a line that is missing in the middle.
        hub.lines["desk-2"]?[2] = nil
        try desk.meet(hub)
        #expect(hub.lines == whole)
    }

    @Test("H2: the copy of a log that somebody has removed is heard again from the first line on")
    func removedCopy() throws {
        let (desk, gate) = (try HubNode("desk-2"), try HubNode("gate"))
        for _ in 0..<5 { try desk.arrive("张三") }
        for node in [desk, gate] { try node.meet(hub) }
        try gate.arrive("李四")
        for file in gate.disk.files.keys where file.hasPrefix("\(HubNode.folder)/journal/desk-2/") {
            try gate.disk.remove(file)
        }
        try gate.meet(hub)
        for node in [desk, gate] { try node.meet(hub) }
        try gate.restart()
        try HubNode.expectAgreement([desk, gate])
    }

    @Test("H2: a line that is missing in the hub is never skipped, and told")
    func gap() throws {
        let (desk, gate) = (try HubNode("desk-2"), try HubNode("gate"))
        for _ in 0..<5 { try desk.arrive("张三") }
        try desk.meet(hub)
        hub.lines["desk-2"]?[3] = nil
        // The hub has not counted its lines.
        let connection = MemoryConnection(hub)
        gate.exchange.begin()
        _ = try gate.exchange.round(connection)
        hub.lines["gate"]?[1] = nil
        for _ in 0..<3 { _ = try gate.exchange.round(connection, thoroughly: false) }
        #expect(gate.exchange.status.logs.first { $0.node == "desk-2" }?.here == 2)
        #expect(gate.exchange.status.stops.first { $0.node == "desk-2" }?.trouble == .gap)
        try desk.meet(hub)
        try gate.meet(hub)
        try HubNode.expectAgreement([desk, gate])
    }

    @Test("H3: a line that was altered in the hub is not taken, and told")
    func altered() throws {
        let (desk, gate) = (try HubNode("desk-2"), try HubNode("gate"))
        for _ in 0..<3 { try desk.arrive("张三") }
        try desk.meet(hub)
        let row = try #require(hub.lines["desk-2"]?[2])
        var bytes = row.bytes
        bytes[bytes.count / 2] ^= 1
        hub.lines["desk-2"]?[2] = HubRow(sequence: 2, segment: row.segment, offset: row.offset, bytes: bytes)
        try gate.meet(hub)
        #expect(gate.exchange.status.logs.first { $0.node == "desk-2" }?.here == 1)
        #expect(gate.exchange.status.stops == [.init(node: "desk-2", trouble: .hubDamaged, sequence: 2)])
        #expect(gate.store.damages.isEmpty)
    }

    @Test("H4: a cloned machine is told at every node by the first line that differs, and both lines are kept")
    func fork() throws {
        let (desk, gate) = (try HubNode("desk-2"), try HubNode("gate"))
        for _ in 0..<3 { try gate.arrive("张三") }
        try gate.meet(hub)
        let clone = try HubNode("gate")
        try clone.restart(with: gate.disk.files)
        for node in [gate, clone] { for number in 0..<4 { try node.arrive("\(node === gate ? "李" : "王")\(number)") } }
        for node in [gate, clone, gate, desk] { try node.meet(hub) }
        let first = try #require(hub.forks.first)
        #expect(hub.forks == [first] && first.node == "gate")
        for node in [gate, clone, desk] {
            let stop = HubStatus.Stop(node: "gate", trouble: .fork, sequence: first.sequence)
            #expect(node.exchange.status.stops == [stop])
        }
        // One in the table of lines, one in that of forks; those before it are the same.
        #expect(hub.lines["gate"]?[first.sequence]?.bytes != hub.forked.first?.bytes)
        #expect(clone.store.estate.gate.inside.count == 7 && desk.store.estate.gate.inside.count == 7)
        // Other nodes are not held up.
        try desk.arrive("赵六")
        try desk.meet(hub)
        #expect(hub.lines["desk-2"]?.isEmpty == false)
    }

    @Test("H4: while both are connected, no line of a clone follows one of the other, and the clone is told")
    func forkWhileConnected() throws {
        let gate = try HubNode("gate")
        try gate.arrive("张三")
        try gate.meet(hub)
        let clone = try HubNode("gate")
        try clone.restart(with: gate.disk.files)
        let (first, second) = (MemoryConnection(hub), MemoryConnection(hub))
        for (node, connection) in [(gate, first), (clone, second)] {
            node.exchange.begin()
            _ = try node.exchange.round(connection)
        }
        try gate.arrive("李四")
        try clone.arrive("王五")
        try clone.arrive("赵六")
        for _ in 0..<3 { _ = try gate.exchange.round(first) }
        for _ in 0..<3 { _ = try clone.exchange.round(second) }
        #expect(try (hub.lines["gate"] ?? [:]).sorted { $0.key < $1.key }.map(\.value) == gate.lines(of: "gate"))
        #expect(clone.exchange.status.stops.map(\.trouble) == [.fork])
        #expect(hub.forked.map(\.sequence) == hub.forks.map(\.sequence) && hub.forked.count == 1)
    }

    @Test("H4: a folder put back to an earlier state is told before it has recorded anything")
    func putBack() throws {
        let gate = try HubNode("gate")
        try gate.arrive("张三")
        let earlier = gate.disk.files
        for _ in 0..<3 { try gate.arrive("李四") }
        try gate.meet(hub)
        try gate.restart(with: earlier)
        try gate.meet(hub)
        #expect(gate.exchange.status.stops.map(\.trouble) == [.putBack])
        try gate.arrive("王五")
        try gate.meet(hub)
        #expect(gate.exchange.status.stops.map(\.trouble) != [])
    }

    @Test("H4: a HEAD that a power cut left behind is no loss")
    func staleHead() throws {
        let gate = try HubNode("gate")
        try gate.arrive("张三")
        let head = try #require(gate.disk.files["\(HubNode.folder)/journal/gate/HEAD"])
        for _ in 0..<3 { try gate.arrive("李四") }
        try gate.meet(hub)
        var files = gate.disk.files
        files["\(HubNode.folder)/journal/gate/HEAD"] = head
        try gate.restart(with: files)
        try gate.meet(hub)
        #expect(gate.exchange.status.stops.isEmpty)
    }

    @Test("H8: a copy of a folder exchanges nothing under the original's name")
    func copy() throws {
        let gate = try HubNode("gate")
        try gate.arrive("张三")
        var files = gate.disk.files
        files["\(HubNode.folder)/INSTANCE"] =
            Array(
                #"{"instance":"00112233445566778899aabbccddeeff","device":9,"inode":9,"born":9,"folder":"/elsewhere"}"#
                    .utf8)
            + [0x0A]
        try gate.restart(with: files)
        gate.exchange.begin()
        #expect(try gate.exchange.round(MemoryConnection(hub)) == .isCopy)
        #expect(hub.lines.isEmpty)
    }

    @Test("H9: after any call that is lost, before or after it had its effect, the next connection goes on")
    func lostCalls() throws {
        for isDone in [false, true] {
            for place in 1..<40 {
                let hub = MemoryHub()
                let (desk, gate) = (
                    try HubNode("desk-2", limit: BatchLimit(lines: 2, bytes: 1 << 20)), try HubNode("gate")
                )
                for _ in 0..<3 { try desk.arrive("张三") }
                let connection = MemoryConnection(hub)
                var calls = 0
                connection.network = { body in
                    calls += 1
                    if calls != place || isDone { body() }
                    if calls == place { throw HubError(.unreachable) }
                }
                desk.exchange.begin()
                do { for _ in 0..<20 { _ = try desk.exchange.round(connection) } } catch is HubError {}
                for node in [desk, gate] { try node.meet(hub) }
                try HubNode.expectAgreement([desk, gate], "call \(place)")
                if calls < place { break }
            }
        }
    }
}
