import Journal
@testable import TestDisks
import TestSupport
import Testing

@testable import Estate

@Suite("Particulars end at all nodes")
struct NodesEndingTests {
    private func keys(_ node: TestNodes.Node) -> [String] {
        node.disk.files.keys.filter { $0.contains("/keys/visitors") }.sorted()
    }

    @Test("what one node ends, the others' copies of keys open no longer, at the next opening")
    func everyCopy() throws {
        let nodes = try TestNodes(2, skew: 0)
        let visits = try ["甲", "乙"].map { name in
            let visit = try nodes[0].do(
                "visitor.arrive", ["name": name, "host": "3-2-501", "purpose": "探亲"], by: "S03")
            nodes.pass(seconds: 60)
            try nodes[0].do("visitor.leave", ["visit": visit], by: "S03")
            return visit
        }
        try nodes.deliverAll()
        #expect(nodes[1].store.estate.gate.visits.values.map(\.name) == ["甲", "乙"])
        try nodes[1].do("particulars.erase", ["record": visits[0], "why": "要求"])
        try nodes.deliver(from: 1, to: 0, all: true)
        #expect(nodes[0].store.estate.gate.visits.values.map(\.name) == ["已到期删除", "乙"])
        let estate = try nodes.expectAgreement()
        #expect(estate.gate.visits.values.map(\.name) == ["已到期删除", "乙"])
        for node in [nodes[0], nodes[1]] {
            _ = try node.restarted()
            let contents = keys(node).compactMap { node.disk.files[$0] }.map { String(decoding: $0, as: UTF8.self) }
            #expect(contents.count == 1 && contents.allSatisfy { $0.hasPrefix("{\"id\":\"\(visits[1])\"") })
        }
        // The month, asked for at the node that did not record it.
        nodes.pass(seconds: 86_400 * 90)
        try nodes[1].do("particulars.expire")
        try nodes.deliverAll()
        for node in [nodes[0], nodes[1]] {
            let restarted = try node.restarted()
            #expect(restarted.estate.gate.visits.values.map(\.name) == ["已到期删除", "已到期删除"])
            #expect(keys(node) == [])
            #expect(try restarted.unreadableParticulars().isEmpty)
        }
    }

    @Test("an ending that no key follows counts at a node that has none")
    func withoutKeys() throws {
        let nodes = try TestNodes(2, skew: 0)
        let visit = try nodes[0].do("visitor.arrive", ["name": "甲", "host": "3-2-501", "purpose": "探亲"], by: "S03")
        nodes.pass(seconds: 60)
        try nodes[0].do("visitor.leave", ["visit": visit], by: "S03")
        try nodes[0].do("particulars.erase", ["record": visit, "why": "要求"])
        try nodes.deliverAll()
        #expect(nodes[1].store.estate.gate.visits.values.map(\.name) == ["已到期删除"])
        try nodes.expectAgreement()
    }
}
