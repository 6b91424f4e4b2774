import Testing

@testable import Estate

@Suite("The collection rate (5.2 and Rules, Collection rate)")
struct CollectionTests {
    @Test("one cohort travels 80, 90, 100: all three ages as of one moment")
    func ages() throws {
        let desk = try Desk()
        for (period, paid) in [("2026-01", "1000"), ("2026-02", "899.99"), ("2026-03", "800")] {
            try desk.do("bill.issue", desk.bill(period: period, amount: "1000", due: "\(period)-28"), at: "2026-01-01")
            try desk.do("payment.receive", ["unit": "3-2-501", "amount": paid, "period": period], at: "2026-03-15")
        }
        let rows = try desk.show(CollectionView.self, ["period": "2026-03"], asOf: "2026-03-31")
        #expect(rows.map(\.age) == [0, 1, 2])
        #expect(rows.map(\.period.text) == ["2026-03", "2026-02", "2026-01"])
        #expect(rows.map(\.rate) == ["80.00", "89.99", "100.00"])
        #expect(rows.map(\.target) == [80, 90, 100])
        #expect(rows.map(\.met) == [true, false, true])
        // As of the middle of the month, before the money came, all ages were at nothing.
        let before = try desk.show(CollectionView.self, ["period": "2026-03"], asOf: "2026-03-14")
        #expect(before.map(\.rate) == ["0.00", "0.00", "0.00"])
    }

    @Test("99.996 percent shows 99.99 and misses 100")
    func truncated() throws {
        let desk = try Desk()
        try desk.do("bill.issue", desk.bill(amount: "1000"), at: "2026-03-01")
        try desk.do("payment.receive", ["unit": "3-2-501", "amount": "999.96"], at: "2026-03-02")
        let row = try desk.show(CollectionView.self, ["period": "2026-05"], asOf: "2026-05-31")[2]
        #expect(row.rate == "99.99")
        #expect(row.met == false)
    }

    @Test("reductions come off what is to be collected")
    func reduced() throws {
        let desk = try Desk()
        let bill = try desk.do("bill.issue", desk.bill(amount: "1000"), at: "2026-03-01")
        try desk.do("payment.receive", ["unit": "3-2-501", "amount": "720"], at: "2026-03-02")
        #expect(try desk.age0("2026-03", asOf: "2026-03-31").rate == "72.00")
        try desk.do("bill.reduce", ["bill": bill, "amount": "100", "why": "停梯"], at: "2026-03-10")
        let row = try desk.age0("2026-03", asOf: "2026-03-31")
        #expect(row.billed == money("1000"))
        #expect(row.reduced == money("100"))
        #expect(row.rate == "80.00")
        #expect(row.met == true)
        #expect(try desk.age0("2026-03", asOf: "2026-03-09").rate == "72.00")
    }

    @Test("nothing billed, or nothing left to collect, is 无应收: neither met nor missed")
    func nothing() throws {
        let desk = try Desk()
        #expect(try desk.age0("2026-03", asOf: "2026-03-31").rate == nil)
        let bill = try desk.do("bill.issue", desk.bill(amount: "10"), at: "2026-03-01")
        try desk.do("bill.reduce", ["bill": bill, "amount": "10", "why": "免"], at: "2026-03-02")
        let row = try desk.age0("2026-03", asOf: "2026-03-31")
        #expect(row.rate == nil)
        #expect(row.met == nil)
    }

    @Test("it is the money allocated to a month's bills, not the cash that came in that month")
    func allocated() throws {
        let desk = try Desk()
        try desk.do("bill.issue", desk.bill(period: "2026-02", amount: "100", due: "2026-02-28"), at: "2026-02-01")
        try desk.do("bill.issue", desk.bill(period: "2026-03", amount: "100"), at: "2026-03-01")
        try desk.do("payment.receive", ["unit": "3-2-501", "amount": "100"], at: "2026-03-10")
        #expect(try desk.age0("2026-03", asOf: "2026-03-31").rate == "0.00")
        #expect(try desk.age0("2026-02", asOf: "2026-03-31").rate == "100.00")
    }

    @Test("a prepayment counts for the month whose bill took it up")
    func prepaid() throws {
        let desk = try Desk()
        try desk.do("payment.receive", ["unit": "3-2-501", "amount": "100"], at: "2026-01-10")
        try desk.do("bill.issue", desk.bill(amount: "100"), at: "2026-03-01")
        #expect(try desk.age0("2026-03", asOf: "2026-03-31").rate == "100.00")
    }

    @Test("a payment that is backdated counts as of its own day")
    func backdated() throws {
        let desk = try Desk()
        try desk.do("bill.issue", desk.bill(amount: "100"), at: "2026-03-01")
        try desk.do("payment.receive", ["unit": "3-2-501", "amount": "40"], at: "2026-04-10")
        try desk.do("payment.receive", ["unit": "3-2-501", "amount": "60"], at: "2026-03-20")
        #expect(try desk.age0("2026-03", asOf: "2026-03-31").rate == "60.00")
        #expect(try desk.age0("2026-03", asOf: "2026-04-30").rate == "100.00")
    }

    @Test("households that have paid all of it are a figure of their own")
    func households() throws {
        let desk = try Desk()
        for room in ["3-2-501", "3-2-502"] {
            try desk.do("bill.issue", desk.bill(unit: room, amount: "100"), at: "2026-03-01")
        }
        try desk.do("payment.receive", ["unit": "3-2-501", "amount": "100"], at: "2026-03-02")
        try desk.do("payment.receive", ["unit": "3-2-502", "amount": "99.99"], at: "2026-03-02")
        let row = try desk.age0("2026-03", asOf: "2026-03-31")
        #expect(row.households == 2)
        #expect(row.paidHouseholds == 1)
    }

    @Test("without a period it is the month of the moment, of which 24:00 is still part")
    func defaultPeriod() throws {
        let desk = try Desk()
        #expect(try desk.show(CollectionView.self, asOf: "2026-03-31").first?.period.text == "2026-03")
        #expect(try desk.show(CollectionView.self, asOf: "2026-04-01T08:00").first?.period.text == "2026-04")
    }
}

extension Desk {
    func age0(_ period: String, asOf time: String) throws -> CollectionView.Row {
        try #require(show(CollectionView.self, ["period": period], asOf: time).first)
    }
}
