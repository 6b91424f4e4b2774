import Testing
import TestSupport

@testable import Estate

@Suite("Collection rate (5.2 and Rules, Collection rate)")
struct CollectionRateTests {
    @Test("the rates of a month and the two before it are as of one moment; targets 80, 90, 100")
    func ages() throws {
        let test = try TestEstate()
        for (period, paid) in [("2026-01", "1000"), ("2026-02", "899.99"), ("2026-03", "800")] {
            try test.do("bill.issue", test.bill(period: period, amount: "1000", due: "\(period)-28"), at: "2026-01-01")
            try test.do("payment.receive", ["unit": "3-2-501", "amount": paid, "period": period], at: "2026-03-15")
        }
        let rows = try test.show(CollectionView.self, ["period": "2026-03"], asOf: "2026-03-31")
        #expect(rows.map(\.age) == [0, 1, 2])
        #expect(rows.map(\.period.text) == ["2026-03", "2026-02", "2026-01"])
        #expect(rows.map(\.rate) == ["80.00", "89.99", "100.00"])
        #expect(rows.map(\.target) == [80, 90, 100])
        #expect(rows.map(\.met) == [true, false, true])
        // Before the payments all three rates are 0.
        let before = try test.show(CollectionView.self, ["period": "2026-03"], asOf: "2026-03-14")
        #expect(before.map(\.rate) == ["0.00", "0.00", "0.00"])
    }

    @Test("99.996 % is shown as 99.99 % and misses 100 %")
    func truncated() throws {
        let test = try TestEstate()
        try test.do("bill.issue", test.bill(amount: "1000"), at: "2026-03-01")
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "999.96"], at: "2026-03-02")
        let row = try test.show(CollectionView.self, ["period": "2026-05"], asOf: "2026-05-31")[2]
        #expect(row.rate == "99.99")
        #expect(row.met == false)
    }

    @Test("reductions lower the amount to collect")
    func reduced() throws {
        let test = try TestEstate()
        let bill = try test.do("bill.issue", test.bill(amount: "1000"), at: "2026-03-01")
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "720"], at: "2026-03-02")
        #expect(try test.collection(of: "2026-03", asOf: "2026-03-31").rate == "72.00")
        try test.do("bill.reduce", ["bill": bill, "amount": "100", "why": "停梯"], at: "2026-03-10")
        let row = try test.collection(of: "2026-03", asOf: "2026-03-31")
        #expect(row.billed == money("1000"))
        #expect(row.reduced == money("100"))
        #expect(row.rate == "80.00")
        #expect(row.met == true)
        #expect(try test.collection(of: "2026-03", asOf: "2026-03-09").rate == "72.00")
    }

    @Test("without an amount to collect there is no rate (无应收)")
    func nothing() throws {
        let test = try TestEstate()
        #expect(try test.collection(of: "2026-03", asOf: "2026-03-31").rate == nil)
        let bill = try test.do("bill.issue", test.bill(amount: "10"), at: "2026-03-01")
        try test.do("bill.reduce", ["bill": bill, "amount": "10", "why": "免"], at: "2026-03-02")
        let row = try test.collection(of: "2026-03", asOf: "2026-03-31")
        #expect(row.rate == nil)
        #expect(row.met == nil)
    }

    @Test("money counts in the month of its bill, not in the month of its receipt")
    func allocated() throws {
        let test = try TestEstate()
        try test.do("bill.issue", test.bill(period: "2026-02", amount: "100", due: "2026-02-28"), at: "2026-02-01")
        try test.do("bill.issue", test.bill(period: "2026-03", amount: "100"), at: "2026-03-01")
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "100"], at: "2026-03-10")
        #expect(try test.collection(of: "2026-03", asOf: "2026-03-31").rate == "0.00")
        #expect(try test.collection(of: "2026-02", asOf: "2026-03-31").rate == "100.00")
    }

    @Test("a prepayment counts in the month of the bill that uses it")
    func prepaid() throws {
        let test = try TestEstate()
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "100"], at: "2026-01-10")
        try test.do("bill.issue", test.bill(amount: "100"), at: "2026-03-01")
        #expect(try test.collection(of: "2026-03", asOf: "2026-03-31").rate == "100.00")
    }

    @Test("a backdated payment counts from its own day")
    func backdated() throws {
        let test = try TestEstate()
        try test.do("bill.issue", test.bill(amount: "100"), at: "2026-03-01")
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "40"], at: "2026-04-10")
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "60"], at: "2026-03-20")
        #expect(try test.collection(of: "2026-03", asOf: "2026-03-31").rate == "60.00")
        #expect(try test.collection(of: "2026-03", asOf: "2026-04-30").rate == "100.00")
    }

    @Test("households that have paid in full are counted")
    func households() throws {
        let test = try TestEstate()
        for room in ["3-2-501", "3-2-502"] {
            try test.do("bill.issue", test.bill(unit: room, amount: "100"), at: "2026-03-01")
        }
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "100"], at: "2026-03-02")
        try test.do("payment.receive", ["unit": "3-2-502", "amount": "99.99"], at: "2026-03-02")
        let row = try test.collection(of: "2026-03", asOf: "2026-03-31")
        #expect(row.households == 2)
        #expect(row.paidHouseholds == 1)
    }

    @Test("the default period is the month of the moment; 24:00 belongs to the day before")
    func defaultPeriod() throws {
        let test = try TestEstate()
        #expect(try test.show(CollectionView.self, asOf: "2026-03-31").first?.period.text == "2026-03")
        #expect(try test.show(CollectionView.self, asOf: "2026-04-01T08:00").first?.period.text == "2026-04")
    }
}
