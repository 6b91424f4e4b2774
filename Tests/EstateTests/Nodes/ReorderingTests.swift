import Journal
import Testing
import TestSupport

@testable import Estate

/// Facts that arrive late at a store that stays open are put in their place by another thread.
@Suite("Late facts in a console that is open")
struct ReorderingTests {
    /// Two nodes, the first of which has recorded a visitor after one at the second that it has not heard of.
    private func late() throws -> (nodes: TestNodes, visit: String) {
        let nodes = try TestNodes(2, skew: 0)
        nodes.pass(seconds: 60)
        let visit = try nodes[1].do(
            "visitor.arrive", ["name": "先来", "host": "3-2-501", "purpose": "探亲"], by: "S03")
        nodes.pass(seconds: 60)
        // It keeps the state of the day's begin.
        try nodes[0].store.catchUp()
        try nodes[0].do("visitor.arrive", ["name": "后到", "host": "3-2-501", "purpose": "探亲"], by: "S03")
        for _ in 0..<100 where nodes[0].store.replaying == nil { try nodes.deliver(from: 1, to: 0, all: false) }
        try #require(nodes[0].store.replaying != nil)
        return (nodes, visit)
    }

    private func names(_ store: Store) throws -> [String] {
        try GateView().rows(of: store.estate, at: store.now).map(\.name)
    }

    @Test("reading does not wait; the state has them once that is done, and it is the state of a restart")
    func arrival() throws {
        let nodes = try late().nodes
        #expect(try names(nodes[0].store) == ["后到"])
        #expect(nodes[0].store.awaited.count == 1)
        try nodes[0].store.awaitOrder()
        #expect(nodes[0].store.awaited.isEmpty)
        #expect(try names(nodes[0].store).count == 2)
        #expect(try names(nodes[0].store) == names(nodes[0].restarted()))
        try nodes.expectAgreement()
    }

    @Test("what is recorded meanwhile is decided on the state that has them, and counts once")
    func recording() throws {
        let (nodes, visit) = try late()
        nodes.pass(seconds: 60)
        try nodes[0].do("visitor.leave", ["visit": visit], by: "S03")
        #expect(nodes[0].store.estate.gate.inside.count == 1)
        try nodes[0].store.awaitOrder()
        #expect(nodes[0].store.estate.gate.inside.count == 1)
        try nodes.expectAgreement()
    }

    @Test("a fact that comes during the replay and belongs before the kept state is not lost")
    func tooLate() throws {
        let nodes = try TestNodes(3, skew: 0)
        nodes.pass(seconds: 60)
        try nodes[2].do("visitor.arrive", ["name": "更早", "host": "3-2-501", "purpose": "探亲"], by: "S03")
        nodes.pass(seconds: 60)
        try nodes[0].do("visitor.arrive", ["name": "本机", "host": "3-2-501", "purpose": "探亲"], by: "S03")
        try nodes[0].store.catchUp()
        nodes.pass(seconds: 60)
        try nodes[1].do("visitor.arrive", ["name": "先来", "host": "3-2-501", "purpose": "探亲"], by: "S03")
        nodes.pass(seconds: 60)
        try nodes[0].do("visitor.arrive", ["name": "后到", "host": "3-2-501", "purpose": "探亲"], by: "S03")
        nodes.pass(seconds: 60)
        // The replay reads both, the store has noted the later one only.
        for source in [1, 2] { try nodes.copy(from: source, to: 0, all: true) }
        let store = nodes[0].store
        store.late = HybridTime(milliseconds: store.now.milliseconds - 100_000)
        try store.putInOrder()
        try store.awaitOrder()
        #expect(store.estate.gate.inside.count == 4)
        try nodes.expectAgreement()
    }

    /// Two nodes, the first of which has a visitor and no kept state from before an earlier one at the second.
    private func early() throws -> TestNodes {
        let nodes = try TestNodes(2, skew: 0)
        nodes.pass(seconds: 60)
        try nodes[1].do("visitor.arrive", ["name": "先来", "host": "3-2-501", "purpose": "探亲"], by: "S03")
        nodes.pass(seconds: 60)
        try nodes[0].do("visitor.arrive", ["name": "后到", "host": "3-2-501", "purpose": "探亲"], by: "S03")
        nodes[0].store.timeline.removeAll()
        try nodes[0].store.catchUp()
        #expect(nodes[0].store.timeline.states.count == 1)
        return nodes
    }

    @Test("reading does not wait for a fact from before all kept states either, which takes the whole journal")
    func beforeAllKeptStates() throws {
        let nodes = try early()
        let store = nodes[0].store
        try nodes.copy(from: 1, to: 0, all: true)
        try store.catchUp()
        #expect(try names(store) == ["后到"])
        #expect(store.replaying != nil)
        try store.awaitOrder()
        #expect(try names(store).count == 2)
        try nodes.expectAgreement()
    }

    @Test("nothing is replayed for a late fact while the whole journal is being read, which puts it in its place")
    func whileHistoryIsRead() throws {
        let nodes = try early()
        let store = nodes[0].store
        store.hasFullHistory = false
        store.readHistory()
        let replays = store.generation
        try nodes.copy(from: 1, to: 0, all: true)
        try store.catchUp()
        #expect(store.replaying == nil && store.generation == replays)
        #expect(try names(store) == ["后到"])
        store.history?.wait()
        try store.takeHistory()
        try store.awaitOrder()
        #expect(try names(store).count == 2)
        try nodes.expectAgreement()
    }

    @Test("a late undo is found in one replay, on the other thread")
    func undo() throws {
        let (nodes, _) = try late()
        try nodes[0].store.awaitOrder()
        nodes.pass(seconds: 60)
        try nodes[1].do("action.undo", by: "S03")
        nodes.pass(seconds: 60)
        try nodes[0].do("visitor.arrive", ["name": "再来", "host": "3-2-501", "purpose": "探亲"], by: "S03")
        try nodes.copy(from: 1, to: 0, all: true)
        try nodes[0].store.catchUp()
        let replaying = try #require(nodes[0].store.replaying)
        replaying.wait()
        let replayed = try #require(try replaying.take()?.get())
        #expect(replayed.estate.gate.inside.count == 2)
        nodes[0].store.replaying = nil
        try nodes[0].store.catchUp()
        try nodes.expectAgreement()
    }

    @Test("of more late facts, and an undo, that come meanwhile none is lost")
    func more() throws {
        let nodes = try late().nodes
        for name in ["再来", "又来"] {
            try nodes[1].do("visitor.arrive", ["name": name, "host": "3-2-501", "purpose": "探亲"], by: "S03")
            try nodes[0].store.catchUp()
            try nodes.deliver(from: 1, to: 0, all: false)
        }
        try nodes[1].do("action.undo", by: "S03")
        try nodes.expectAgreement()
        #expect(try names(nodes[0].store).count == 3)
    }
}
