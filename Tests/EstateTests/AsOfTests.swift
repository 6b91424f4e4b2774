import Journal
import Testing

@testable import Estate

@Suite("The state as of a moment")
struct AsOfTests {
    @Test("follows from what had happened by then, whenever it was written")
    func backdated() throws {
        let desk = try Desk()
        try desk.do("visitor.arrive", ["name": "后写", "host": "3-2-501", "purpose": "探亲"], at: "2026-03-02T15:00")
        try desk.do("visitor.arrive", ["name": "先写", "host": "3-2-501", "purpose": "探亲"], at: "2026-03-02T16:00")
        try desk.do("visitor.arrive", ["name": "补写", "host": "3-2-501", "purpose": "探亲"], at: "2026-03-02T14:00")
        #expect(try desk.show(GateView.self, asOf: "2026-03-02T15:30").map(\.name) == ["后写", "补写"])
        #expect(try desk.show(GateView.self, asOf: "2026-03-02T16:00").count == 3)
        #expect(try desk.show(GateView.self, asOf: "2026-03-01").isEmpty)
    }

    @Test("of a date's 24:00 holds nothing of the next day, not even of its 0:00")
    func midnight() throws {
        let desk = try Desk()
        try desk.do("bill.issue", desk.bill(amount: "100"), at: "2026-03-01")
        try desk.do("payment.receive", ["unit": "3-2-501", "amount": "100"], at: "2026-04-01")
        #expect(try desk.show(CollectionView.self, asOf: "2026-03-31").first?.received == .zero)
        let later = try desk.show(CollectionView.self, ["period": "2026-03"], asOf: "2026-04-01")
        #expect(later.first?.received == money("100"))
    }

    @Test("counts a bill that was entered late as billed from the first day of its period on")
    func enteredLate() throws {
        let desk = try Desk()
        try desk.do("bill.issue", desk.bill(amount: "100"), at: "2026-04-20")
        try desk.do("payment.receive", ["unit": "3-2-501", "amount": "60"], at: "2026-03-20")
        let march = try #require(try desk.show(CollectionView.self, asOf: "2026-03-31").first)
        #expect(march.billed == money("100"))
        #expect(march.received == money("60"))
        #expect(try desk.show(BillsView.self, asOf: "2026-02-28").isEmpty)
    }

    @Test("knows the estate's name, zone, units and staff even before it was founded")
    func timeless() throws {
        let desk = try Desk(zone: #require(Zone("Asia/Tokyo")))
        let past = try desk.store.estate(asOf: at("2020-01-01"))
        #expect(past.name == "翠湖花园")
        #expect(past.zone.name == "Asia/Tokyo")
        #expect(past.staff.name(of: "S06") == "郑管理")
        #expect(past.people.units.count == 3)
        #expect(past.fees.bills.isEmpty)
    }

    @Test("changes nothing in the state of now")
    func unchanged() throws {
        let desk = try Desk()
        try desk.do("visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "探亲"])
        _ = try desk.store.estate(asOf: at("2020-01-01"))
        #expect(try desk.show(GateView.self).count == 1)
    }
}
