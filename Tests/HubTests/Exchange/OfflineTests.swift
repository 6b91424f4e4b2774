import Hub
import Journal
@testable import TestDisks
import TestSupport
import Testing

@testable import Estate

@Suite("A gate that is cut off")
struct OfflineTests {
    private let hub = MemoryHub()

    @Test("it registers, hands over and lets out for three days without the hub, then both sides agree")
    func threeDays() throws {
        let (desk, gate) = (try HubNode("desk-2"), try HubNode("gate"))
        let parcel = try desk.do("visitor.arrive", ["name": "李快", "host": "3-2-502", "purpose": "快递"], by: "S03")
        for node in [desk, gate] { try node.meet(hub) }
        var shift = try gate.do("shift.open", ["post": "门岗", "staff": "S03"], by: "S03")
        for day in 0..<3 {
            let visit = try gate.arrive("客\(day)")
            try gate.do("visitor.leave", ["visit": visit], by: "S03")
            try gate.arrive("住\(day)")
            let inside = gate.store.estate.gate.inside.map(\.id.text).joined(separator: ",")
            let (next, now) = day % 2 == 0 ? ("S02", "S03") : ("S03", "S02")
            try gate.do("shift.close", ["shift": shift, "next": next, "handed": inside], by: now)
            shift = try gate.do("shift.acknowledge", ["shift": shift], by: next)
            try desk.do("request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "漏水\(day)"], by: "S02")
            for node in [desk, gate] { node.clock.pass(seconds: 86_400) }
        }
        // Both let the same visitor out, neither of whom knew of the other.
        try gate.do("visitor.leave", ["visit": parcel], by: "S03")
        try desk.do("visitor.leave", ["visit": parcel], by: "S03")
        #expect(gate.exchange.status.unsent == 0 && desk.store.estate.gate.inside.isEmpty)
        for _ in 0..<2 { for node in [gate, desk] { try node.meet(hub) } }
        try HubNode.expectAgreement([desk, gate])
        #expect(desk.store.estate.gate.inside.count == 3 && gate.store.estate.requests.open.count == 3)
        for node in [desk, gate] {
            #expect(node.store.estate.conflicts.map { $0.kind.kind.description } == ["visitor.left"])
        }
        #expect(gate.exchange.status.unsent == 0 && desk.exchange.status.unheard == 0)
    }

    @Test("a folder that is restored under another name goes on, and its former lines reach the hub through it")
    func restored() throws {
        let gate = try HubNode("gate")
        try gate.arrive("张三")
        // The gate's disk is lost before it ever met the hub; its backup goes on as gate-2.
        var files = gate.disk.files
        files["\(HubNode.folder)/NODE"] = Array("gate-2\n".utf8)
        let other = try HubNode("gate-2")
        try other.restart(with: files)
        try other.arrive("李四")
        let desk = try HubNode("desk-2")
        for node in [other, desk] { try node.meet(hub) }
        try HubNode.expectAgreement([other, desk])
        #expect(try desk.shows("张三") && desk.shows("李四"))
    }
}
