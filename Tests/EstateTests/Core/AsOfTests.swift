import Journal
import Testing
import TestSupport

@testable import Estate

@Suite("The state as of a moment")
struct AsOfTests {
    @Test("facts count by when they happened, whenever they were recorded")
    func backdated() throws {
        let test = try TestEstate()
        try test.do("visitor.arrive", ["name": "后写", "host": "3-2-501", "purpose": "探亲"], at: "2026-03-02T15:00")
        try test.do("visitor.arrive", ["name": "先写", "host": "3-2-501", "purpose": "探亲"], at: "2026-03-02T16:00")
        try test.do("visitor.arrive", ["name": "补写", "host": "3-2-501", "purpose": "探亲"], at: "2026-03-02T14:00")
        #expect(try test.show(GateView.self, asOf: "2026-03-02T15:30").map(\.name) == ["后写", "补写"])
        #expect(try test.show(GateView.self, asOf: "2026-03-02T16:00").count == 3)
        #expect(try test.show(GateView.self, asOf: "2026-03-01").isEmpty)
    }

    @Test("24:00 of a date excludes 0:00 of the next day")
    func midnight() throws {
        let test = try TestEstate()
        try test.do("bill.issue", test.bill(amount: "100"), at: "2026-03-01")
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "100"], at: "2026-04-01")
        #expect(try test.show(CollectionView.self, asOf: "2026-03-31").first?.received == .zero)
        let later = try test.show(CollectionView.self, ["period": "2026-03"], asOf: "2026-04-01")
        #expect(later.first?.received == money("100"))
    }

    @Test("a bill recorded late counts from the first day of its period")
    func enteredLate() throws {
        let test = try TestEstate()
        try test.do("bill.issue", test.bill(amount: "100"), at: "2026-04-20")
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "60"], at: "2026-03-20")
        let march = try #require(try test.show(CollectionView.self, asOf: "2026-03-31").first)
        #expect(march.billed == money("100"))
        #expect(march.received == money("60"))
        #expect(try test.show(BillsView.self, asOf: "2026-02-28").isEmpty)
    }

    @Test("name, zone, units and staff are known even before the founding")
    func timeless() throws {
        let test = try TestEstate(zone: #require(Zone("Asia/Tokyo")))
        let past = try test.store.estate(asOf: at("2020-01-01"))
        #expect(past.name == "翠湖花园")
        #expect(past.zone.name == "Asia/Tokyo")
        #expect(past.staff.name(of: "S06") == "郑管理")
        #expect(past.people.units.count == 3)
        #expect(past.fees.bills.isEmpty)
    }

    @Test("a query of the past does not change the present state")
    func unchanged() throws {
        let test = try TestEstate()
        try test.do("visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "探亲"])
        _ = try test.store.estate(asOf: at("2020-01-01"))
        #expect(try test.show(GateView.self).count == 1)
    }
}
