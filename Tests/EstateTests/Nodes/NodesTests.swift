import Foundation
import Journal
import Testing
import TestSupport

@testable import Estate

/// State follows from the facts of all nodes in one order: whoever got them when, live or after a restart.
@Suite("Nodes")
struct NodesTests {
    private static let isLong = ProcessInfo.processInfo.environment["FRONTDESK_LONG_TESTS"] == "1"

    /// The long form plays 10,000 orders of delivery, with restarts in between.
    @Test("facts in any order of delivery give the same rows at every node, live and restarted", arguments: [2, 3])
    func anyOrder(count: Int) throws {
        for seed in 0..<UInt64(NodesTests.isLong ? 5_000 : 20) {
            let nodes = try TestNodes(count, seed: seed)
            for _ in 0..<(seed % 50 == 0 ? 300 : 80) { try nodes.step() }
            try nodes.expectAgreement("seed \(seed)")
        }
    }

    @Test("a visitor recorded at one node and let out at another is gone, live and after a restart")
    func visitorOfTwoNodes() throws {
        let nodes = try TestNodes(2)
        let visit = try nodes[1].do("visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "探亲"], by: "S03")
        try nodes.deliverAll()
        nodes.pass(seconds: 3600)
        try nodes[0].do("visitor.leave", ["visit": visit], by: "S03")
        try nodes.deliverAll()
        for node in nodes.nodes {
            #expect(node.store.estate.gate.inside.isEmpty)
            #expect(try node.restarted().estate.gate.inside.isEmpty)
        }
    }

    @Test("the same key at two nodes: both stand, and each node answers with its own receipt")
    func keyOfTwoNodes() throws {
        let nodes = try TestNodes(2, skew: 0)
        let action = ArriveVisitor(name: "张三", host: unit("3-2-501"), purpose: "探亲")
        let key = try IdempotencyKey("k", of: ArriveVisitor.name, [["name": .string("张三")]])
        var receipts: [Receipt] = []
        for node in nodes.nodes {
            nodes.pass(seconds: 60)
            receipts.append(try node.store.perform(action, by: "S03", key: key))
            // Only the second node has another's key, which the first will get late.
            try node.store.perform(AddUnit(unit: unit("7-7-70\(receipts.count)")), by: "S01")
        }
        try nodes.deliverAll()
        for (node, receipt) in zip(nodes.nodes, receipts) {
            #expect(node.store.estate.gate.visits.count == 2)
            for store in [node.store, try node.restarted()] {
                #expect(try store.perform(action, by: "S03", key: key) == receipt, "\(node.name)")
            }
            #expect(node.store.estate.gate.visits.count == 2)
        }
        // What only another node has recorded is not recorded again either.
        let other = try IdempotencyKey("other", of: ArriveVisitor.name, [["name": .string("张三")]])
        let first = try nodes[0].store.perform(action, by: "S03", key: other)
        try nodes.deliverAll()
        #expect(try nodes[1].store.perform(action, by: "S03", key: other) == first)
    }

    @Test("a visitor who arrived by a clock ahead of the gate's is let out at the gate")
    func clockAhead() throws {
        let nodes = try TestNodes(2, skew: 0)
        nodes[0].clock.pass(seconds: 200)
        let visit = try nodes[0].do("visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "探亲"], by: "S03")
        try nodes.deliverAll()
        try nodes[1].do("visitor.leave", ["visit": visit], by: "S03")
        #expect(try nodes.expectAgreement().gate.inside.isEmpty)
    }

    @Test("the nodes view tells each node's last record, and how long ago it was written")
    func nodesView() throws {
        let nodes = try TestNodes(2, skew: 0)
        try nodes[0].do("patrol.check", ["route": "一号线", "point": "东门"])
        nodes.pass(seconds: 600)
        for _ in 0..<2 { try nodes[1].do("patrol.check", ["route": "一号线", "point": "西门"]) }
        nodes.pass(seconds: 60)
        let estate = try nodes.expectAgreement()
        let rows = try NodesView().rows(of: estate, at: nodes[0].store.now)
        #expect(rows.map { "\($0.name) \($0.sequence) \($0.behind ?? -1)" }.dropFirst() == ["node0 2 11", "node1 3 1"])
        #expect(rows.first?.name == "desk")
        #expect(try ConflictsView().rows(of: estate, at: nodes[0].store.now).isEmpty)
        #expect(estate.conflictNotice(for: .guard) == nil)
    }

    @Test("a day at one node has no conflicts")
    func noConflicts() throws {
        let test = try TestEstate()
        try test.recordDay()
        #expect(try test.show(ConflictsView.self).isEmpty)
    }
}
