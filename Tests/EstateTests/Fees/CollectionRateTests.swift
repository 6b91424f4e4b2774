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

@Suite("Collection by nature, month, building and collector; what is missing")
struct CollectionAnalysisTests {
    private let test: TestEstate

    init() throws {
        test = try TestEstate(now: "2026-11-23T12:00")
        for (unit, item, amount) in [
            ("3-2-501", "物业费", "300"), ("3-2-501", "停车费", "100"), ("3-2-502", "物业费", "200"), ("3-2-503", "水费", "50"),
            ("3-2-503", "装修押金", "5000"), ("3-2-502", "广告费", "900"),
        ] {
            try test.do(
                "bill.issue", test.bill(unit: unit, period: "2026-11", item: item, amount: amount, due: "2026-11-30"),
                at: "2026-11-01")
        }
    }

    private var november: CollectionView.Row {
        get throws { try #require(try test.show(CollectionView.self, ["period": "2026-11"]).first) }
    }

    @Test("deposits and 公共收益 stay out; 物业服务费 is a rate of its own")
    func natures() throws {
        try test.do("payment.receive", ["unit": "3-2-502", "amount": "200", "bills": "2026-11 物业费"], by: "S02")
        let row = try november
        #expect(row.sum.billed == money("650") && row.rate == "30.76")
        #expect(row.service.billed == money("500") && row.service.rate?.text == "40.00")
        #expect(row.sum.households == 3 && row.sum.householdRate?.text == "33.33")
        // A deposit that is paid changes none of it.
        try test.do("payment.receive", ["unit": "3-2-503", "amount": "5000", "bills": "2026-11 装修押金"])
        #expect(try november.rate == "30.76")
    }

    @Test("what is missing to the target, to the fen, and the fewest households that close the gap")
    func missing() throws {
        // 80 % of 650.00.
        #expect(try november.sum.missing(to: 80) == money("520"))
        #expect(
            try november.sum.closing(to: 80).map { "\($0.unit.text) \($0.owed.text)" } == [
                "3-2-501 400.00", "3-2-502 200.00",
            ])
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "400"])
        #expect(try november.sum.missing(to: 80) == money("120"))
        #expect(try november.sum.closing(to: 80).map(\.unit.text) == ["3-2-502"])
        try test.do("payment.receive", ["unit": "3-2-502", "amount": "119.99", "bills": "2026-11 物业费"])
        #expect(try november.sum.missing(to: 80) == money("0.01") && november.met == false)
        try test.do("payment.receive", ["unit": "3-2-502", "amount": "0.01", "bills": "2026-11 物业费"])
        #expect(try november.sum.missing(to: 80) == .zero && november.met == true)
        #expect(try november.sum.closing(to: 80).isEmpty)
        // Nothing billed: nothing is missing.
        #expect(try test.show(CollectionView.self, ["period": "2026-11"])[1].sum.missing(to: 90) == nil)
    }

    @Test("twelve months, buildings and collectors; the collectors' parts add up to the rate")
    func groups() throws {
        try test.do("unit.add", ["unit": "10-1-101"])
        try test.do(
            "bill.issue", test.bill(unit: "10-1-101", period: "2026-11", amount: "350", due: "2026-11-30"),
            at: "2026-11-01")
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "400"], by: "S02")
        try test.do("payment.receive", ["unit": "3-2-502", "amount": "100", "bills": "2026-11 物业费"], by: "S07")
        let rows = try test.show(CollectionByView.self, ["period": "2026-11"])
        #expect(rows.filter { $0.by == .month }.map(\.group).first == "2025-12")
        #expect(rows.count { $0.by == .month } == 12)
        func words(_ by: CollectionGrouping) -> [String] {
            rows.filter { $0.by == by }.map { "\($0.group) \($0.received.text) \($0.share?.text ?? "-")" }
        }
        #expect(words(.month).last == "2026-11 500.00 50.00")
        #expect(words(.building) == ["3 500.00 76.92", "10 0.00 0.00"])
        #expect(words(.collector) == ["陈接待 400.00 40.00", "孙财务 100.00 10.00"])
    }

    @Test("a bill of a unit that was not delivered is the developer's")
    func debtor() throws {
        try test.do("unit.state", ["unit": "3-2-503", "state": "undelivered", "from": "2026-10-01"])
        let rows = try test.show(BillsView.self)
        let debtors = rows.map { test.estate.debtor(of: $0.subject) }
        #expect(Set(zip(rows, debtors).filter { $0.0.unit.text == "3-2-503" }.map(\.1)) == [.developer])
        #expect(Set(zip(rows, debtors).filter { $0.0.unit.text != "3-2-503" }.map(\.1)) == [.owner])
    }
}
