import Testing
import TestSupport

@testable import Estate

@Suite("7.9 Visitors' stays (Rules, Gate)")
struct StayTests {
    @Test(
        "a stay longer than its purpose allows is an overstay",
        arguments: [
            ("探亲访友", "2026-03-02T18:00", VisitState.inside), ("探亲访友", "2026-03-02T18:00:01", .overstay),
            ("快递", "2026-03-02T12:00", .inside), ("快递", "2026-03-02T12:01", .overstay),
            ("送快递", "2026-03-02T12:01", .overstay),
            ("看房", "2026-03-02T14:00", .inside), ("装修", "2026-03-02T22:00", .inside),
            ("装修", "2026-03-02T22:00:01", .overstay),
        ])
    func overstay(purpose: String, asOf: String, state: VisitState) throws {
        let test = try TestEstate()
        try test.arrive("张三", purpose: purpose, at: "2026-03-02T10:00")
        #expect(try test.only(GateView.self, asOf: asOf).state == state)
    }

    @Test("a visitor leaves once, and not before arriving")
    func leaves() throws {
        let test = try TestEstate()
        let visit = try test.arrive("张三", at: "2026-03-02T10:00")
        #expect(
            refusal { try test.do("visitor.leave", ["visit": visit], at: "2026-03-02T09:59") }?.code == "time.order")
        try test.do("visitor.leave", ["visit": visit], by: "S03", at: "2026-03-02T11:00")
        let row = try test.only(GateView.self)
        #expect(row.state == .left)
        #expect(row.left == at("2026-03-02T11:00"))
        #expect(refusal { try test.do("visitor.leave", ["visit": visit]) }?.code == "visit.left")
        #expect(refusal { try test.do("visitor.unknown", ["visit": visit, "why": "查无此人"]) }?.code == "visit.left")
    }

    @Test("an unknown departure time is recorded as unknown, with the reason")
    func unknown() throws {
        let test = try TestEstate()
        let visit = try test.arrive("张三", at: "2026-03-02T10:00")
        #expect(refusal { try test.do("visitor.unknown", ["visit": visit]) }?.field == "why")
        try test.do("visitor.unknown", ["visit": visit, "why": "交班时已不在"], at: "2026-03-03T08:00")
        let row = try test.only(GateView.self)
        #expect(row.state == .unknown)
        #expect(row.left == nil)
    }
}
