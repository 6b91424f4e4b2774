import Testing
import TestSupport

@testable import Estate

@Suite("Arrears are overdue bills")
struct ArrearsTests {
    func billed() throws -> TestEstate {
        let test = try TestEstate()
        for (period, due) in [("2026-01", "2026-01-31"), ("2026-02", "2026-02-28"), ("2026-03", "2026-03-31")] {
            try test.do("bill.issue", test.bill(period: period, amount: "100", due: due), at: "2026-01-01")
        }
        return test
    }

    @Test(
        "amount, periods and days grow as bills fall due",
        arguments: [
            ("2026-02-01", "100.00", 1, 1), ("2026-02-28T23:59", "100.00", 1, 28), ("2026-02-28", "200.00", 2, 28),
            ("2026-03-01", "200.00", 2, 29), ("2026-04-10", "300.00", 3, 69),
        ])
    func grow(asOf: String, owed: String, periods: Int, days: Int) throws {
        let row = try billed().only(ArrearsView.self, asOf: asOf)
        #expect(row.owed.text == owed)
        #expect(row.periods == periods)
        #expect(row.days == days)
        #expect(row.oldest == day("2026-01-31"))
        #expect(row.owner == "李四")
    }

    @Test("a bill is not in arrears before its due day ends")
    func notYet() throws {
        #expect(try billed().show(ArrearsView.self, asOf: "2026-01-31T23:59:59").isEmpty)
    }

    @Test("two items of one period count as one period")
    func onePeriod() throws {
        let test = try TestEstate()
        for item in ["物业费", "停车费"] { try test.do("bill.issue", test.bill(item: item, amount: "100"), at: "2026-03-01") }
        #expect(try test.only(ArrearsView.self, asOf: "2026-04-02").periods == 1)
    }

    @Test("paid money is not owed; a prepayment of another unit does not count")
    func settled() throws {
        let test = try billed()
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "150"], at: "2026-02-05")
        try test.do("payment.receive", ["unit": "3-2-502", "amount": "500"], at: "2026-02-05")
        let row = try test.only(ArrearsView.self, asOf: "2026-03-01")
        #expect(row.owed == money("50"))
        #expect(row.oldest == day("2026-02-28"))
        #expect(row.days == 1)
    }

    @Test("the largest amount comes first, with the promise of the last reminder")
    func sorted() throws {
        let test = try TestEstate()
        for (room, amount) in [("3-2-501", "10"), ("3-2-502", "30"), ("3-2-503", "20")] {
            try test.do("bill.issue", test.bill(unit: room, amount: amount), at: "2026-03-01")
        }
        try test.do(
            "dunning.record", ["unit": "3-2-503", "channel": "电话", "outcome": "答应", "promise": "2026-04-10"],
            at: "2026-04-02")
        let rows = try test.show(ArrearsView.self, asOf: "2026-04-03")
        #expect(rows.map(\.unit.text) == ["3-2-502", "3-2-503", "3-2-501"])
        #expect(rows.map(\.promise) == [nil, day("2026-04-10"), nil])
    }
}
