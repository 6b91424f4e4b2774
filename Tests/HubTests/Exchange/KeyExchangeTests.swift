import Hub
import Journal
@testable import TestDisks
import TestSupport
import Testing

@testable import Estate

@Suite("Keys of particulars and a hub")
struct KeyExchangeTests {
    private let hub = MemoryHub()

    private func meet(_ nodes: [HubNode]) throws {
        for _ in 0..<3 { for node in nodes { try node.meet(hub) } }
    }

    @Test("H7: a visitor's name travels sealed, and the other node opens it with the key that came before")
    func sealed() throws {
        let (desk, gate) = (try HubNode("desk-2"), try HubNode("gate"))
        try gate.arrive("欧阳晓")
        try meet([gate, desk])
        #expect(try desk.shows("欧阳晓"))
        for row in hub.lines.values.flatMap(\.values) {
            #expect(!String(decoding: row.bytes, as: UTF8.self).contains("欧阳晓"))
        }
        try HubNode.expectAgreement([desk, gate])
    }

    @Test(
        "while another program holds the folder lines come, and other nodes' keys; a key of this node's name comes later"
    )
    func busy() throws {
        let (desk, gate) = (try HubNode("desk-2"), try HubNode("gate"))
        try gate.arrive("欧阳晓")
        try meet([gate, desk])
        let theirs = try #require(hub.keys.keys.first { $0.contains(".gate.") })
        let own = theirs.replacing(".gate.", with: ".desk-2.")
        hub.keys[own] = hub.keys[theirs]
        try desk.restart()
        try gate.arrive("司马相如")
        try gate.meet(hub)
        desk.disk.isHeld = true
        desk.exchange.begin()
        _ = try desk.exchange.round(MemoryConnection(hub))
        #expect(desk.disk.files["\(HubNode.folder)/keys/\(own)"] == nil)
        desk.disk.isHeld = false
        try desk.store.catchUp()
        #expect(try desk.shows("司马相如"))
        try desk.meet(hub)
        #expect(desk.disk.files["\(HubNode.folder)/keys/\(own)"] != nil)
    }

    @Test("a key that is no node's, as of a draft, stays where it is, and so does its end")
    func drafts() throws {
        let (desk, gate) = (try HubNode("desk-2"), try HubNode("gate"))
        try gate.arrive("欧阳晓")
        try meet([gate, desk])
        let place = KeyPlace("drafts", month: "2026-11", node: EntryID(at: Moment(milliseconds: 1)).text)
        let ring = KeyRing(of: HubNode.folder, disk: gate.disk)
        _ = try ring.seal(
            [1], as: place, used: nil, ended: nil, id: EntryID(at: Moment(milliseconds: 2)), kind: "drafts")
        try meet([gate, desk])
        #expect(!hub.keys.keys.contains { $0.hasPrefix("drafts") })
        try ring.end(KeyName(place, generation: 0), keeping: [])
        #expect(!gate.disk.files.keys.contains { $0.contains("ended/drafts") })
        // A draft's key that is in the hub is not taken.
        hub.keys["drafts.2026-11.01M8000000000000000000000.0"] = Array("x".utf8)
        try meet([gate, desk])
        for node in [gate, desk] { #expect(!node.disk.files.keys.contains { $0.contains("keys/drafts") }) }
        #expect(try desk.shows("欧阳晓"))
    }

    @Test("H7: what ends at one node ends in the hub and at the others, and who has not confirmed it is named")
    func ended() throws {
        let (desk, gate) = (try HubNode("desk-2"), try HubNode("gate"))
        let visit = try gate.arrive("欧阳晓")
        try gate.do("visitor.leave", ["visit": visit], by: "S03")
        try meet([gate, desk])
        let names = hub.keys.keys.filter { $0.hasPrefix("visitors") }
        #expect(names.count == 1)
        for node in [desk, gate] { node.clock.pass(seconds: 100 * 86_400) }
        try desk.do("particulars.expire")
        // The key is gone with the next writing or opening of a program.
        try desk.restart()
        try desk.meet(hub)
        #expect(names.allSatisfy { hub.keys[$0] == nil })
        #expect(desk.exchange.status.logs.first { $0.node == "gate" }?.unconfirmedKeys ?? 0 > 0)
        try gate.meet(hub)
        try gate.restart()
        try meet([gate, desk])
        #expect(desk.exchange.status.logs.first { $0.node == "gate" }?.unconfirmedKeys == 0)
        #expect(names.allSatisfy { gate.disk.files["\(HubNode.folder)/keys/\($0)"] == nil && hub.keys[$0] == nil })
        for node in [desk, gate] { #expect(try !node.shows("欧阳晓")) }
    }

    @Test(
        "H7: what is left of a key and is lost or damaged here destroys nothing in the hub, and comes back from it",
        arguments: [nil, "", "x\n", "folder"])
    func lostRest(content: String?) throws {
        let (desk, gate) = (try HubNode("desk-2"), try HubNode("gate"))
        let visit = try gate.arrive("欧阳晓")
        try gate.do("visitor.leave", ["visit": visit], by: "S03")
        try gate.arrive("诸葛明")
        try meet([gate, desk])
        try gate.do("particulars.erase", ["record": visit, "why": "本人要求"])
        try gate.restart()
        try meet([gate, desk])
        let (name, rest) = try #require(hub.keys.first { $0.key.hasPrefix("visitors") })
        for node in [gate, desk] {
            var files = node.disk.files
            if content == "folder" {
                files = files.filter { !$0.key.hasPrefix("\(HubNode.folder)/keys/") }
            } else {
                files["\(HubNode.folder)/keys/\(name)"] = content.map { Array($0.utf8) }
            }
            try node.restart(with: files)
            #expect(try !node.shows("诸葛明"))
        }
        try meet([gate, desk])
        #expect(hub.keys[name] == rest)
        for node in [gate, desk] {
            try node.restart()
            #expect(try node.shows("诸葛明") && !node.shows("欧阳晓"))
        }
    }

    @Test("H7: who was registered while another was erased elsewhere can be read at both nodes, the erased one at none")
    func laterLines() throws {
        let (desk, gate) = (try HubNode("desk-2"), try HubNode("gate"))
        let visit = try gate.arrive("欧阳晓")
        try gate.do("visitor.leave", ["visit": visit], by: "S03")
        try meet([gate, desk])
        // The gate has not heard of the erasure yet, and seals with the same key again.
        try desk.do("particulars.erase", ["record": visit, "why": "本人要求"])
        try desk.restart()
        try gate.arrive("诸葛明")
        for _ in 0..<3 {
            try meet([desk, gate])
            for node in [desk, gate] { try node.restart() }
        }
        for node in [desk, gate] { #expect(try node.shows("诸葛明") && !node.shows("欧阳晓")) }
        try HubNode.expectAgreement([desk, gate])
    }

    @Test("H7: a clone that made a key of the same name sends no lines that nobody could read, and all are told")
    func doubledKey() throws {
        let (gate, clone, desk) = (try HubNode("gate"), try HubNode("gate"), try HubNode("desk-2"))
        try gate.do("patrol.check", ["route": "一", "point": "东"], by: "S03")
        try gate.meet(hub)
        try clone.restart(with: gate.disk.files)
        // Each makes the month's key with its first visitor.
        try clone.arrive("王五")
        try clone.meet(hub)
        let lines = hub.lines
        try gate.arrive("钱七")
        for node in [gate, desk, clone] { try node.meet(hub) }
        #expect(hub.lines == lines)
        #expect(gate.exchange.status.stops.map(\.trouble) == [.fork])
        #expect(desk.exchange.status.stops.map(\.trouble) == [.fork])
        #expect(try desk.shows("王五") && !desk.shows("钱七"))
    }

    @Test(
        "H7: what is no key's name harms nobody, whoever added it",
        arguments: [
            "..", "", "a/b.2026-03.gate.0", "visitors.2026-03.ga/te.0", "visitors.x.gate.0", "visitors.2026-03.gate.00",
            "\(String(repeating: "v", count: 300)).2026-03.gate.0",
        ])
    func noName(name: String) throws {
        let (desk, gate) = (try HubNode("desk-2"), try HubNode("gate"))
        try gate.arrive("欧阳晓")
        hub.keys[name] = Array("x".utf8)
        hub.endings[name] = ["gate"]
        try meet([gate, desk])
        #expect(try desk.shows("欧阳晓"))
        #expect(desk.exchange.status.logs.allSatisfy { $0.unconfirmedKeys == 0 })
        func keys(_ node: HubNode) -> Set<String> {
            Set(node.disk.files.keys.filter { $0.hasPrefix("\(HubNode.folder)/keys/") })
        }
        #expect(keys(desk) == keys(gate))
    }

    @Test("H7: a key in this node's name that it has not made seals nothing; one of its own that is lost comes back")
    func planted() throws {
        let (desk, gate) = (try HubNode("desk-2"), try HubNode("gate"))
        try gate.arrive("欧阳晓")
        try meet([gate, desk])
        let made = try #require(hub.keys.keys.first { $0.hasPrefix("visitors.2026-03.gate") })
        let content = try #require(hub.keys[made])
        // Somebody who has a login knows the coming month's key already.
        hub.keys["visitors.2026-04.gate.0"] = content
        var files = gate.disk.files
        files["\(HubNode.folder)/keys/\(made)"] = nil
        try gate.restart(with: files)
        try meet([gate])
        #expect(try gate.shows("欧阳晓"))
        for node in [gate, desk] { node.clock.pass(seconds: 30 * 86_400) }
        try gate.arrive("诸葛明")
        let own = try #require(gate.disk.files["\(HubNode.folder)/keys/visitors.2026-04.gate.0"])
        #expect(own == content)
        #expect(gate.disk.files["\(HubNode.folder)/keys/visitors.2026-04.gate.1"].map { $0 != content } == true)
        try meet([gate, desk])
        #expect(try desk.shows("诸葛明"))
        try HubNode.expectAgreement([gate, desk])
    }

    @Test("H7: what another node has left of a key is no sign of a clone")
    func reducedKey() throws {
        let (desk, gate) = (try HubNode("desk-2"), try HubNode("gate"))
        let visit = try gate.arrive("欧阳晓")
        try gate.arrive("王五")
        try gate.do("visitor.leave", ["visit": visit], by: "S03")
        try meet([gate, desk])
        try desk.do("particulars.erase", ["record": visit, "why": "本人要求"])
        try desk.restart()
        try desk.meet(hub)
        // As when the note of the ending is not there yet, or never was.
        hub.endings = [:]
        try gate.meet(hub)
        #expect(gate.exchange.status.stops.isEmpty && hub.forked.isEmpty)
        try gate.restart()
        try meet([gate, desk])
        try HubNode.expectAgreement([desk, gate])
    }

    @Test("H7: who got a key when part of it had ended gets the keys of lines that came later, too")
    func laterKeys() throws {
        let (desk, gate, late) = (try HubNode("desk-2"), try HubNode("gate"), try HubNode("desk-3"))
        let visit = try gate.arrive("欧阳晓")
        try gate.do("visitor.leave", ["visit": visit], by: "S03")
        try gate.arrive("周八")
        try meet([gate, desk])
        try gate.arrive("王五")
        try desk.do("particulars.erase", ["record": visit, "why": "本人要求"])
        try desk.restart()
        // The desk leaves what it knows of, which is what the new machine gets first.
        try desk.meet(hub)
        try late.meet(hub)
        try gate.meet(hub)
        try gate.restart()
        for node in [gate, late, desk] { try node.meet(hub) }
        for node in [desk, gate, late] { #expect(try node.shows("王五") && node.shows("周八") && !node.shows("欧阳晓")) }
    }
}
