import Testing
import TestSupport

@testable import Estate

@Suite("Allocation of payments (Rules, Collection rate)")
struct AllocationTests {
    /// Bills of 100 for January to March, each due at the end of its month, issued in another order.
    func billed() throws -> TestEstate {
        let test = try TestEstate()
        for (period, due) in [("2026-03", "2026-03-31"), ("2026-01", "2026-01-31"), ("2026-02", "2026-02-28")] {
            try test.do("bill.issue", test.bill(period: period, amount: "100", due: due), at: "2026-01-01")
        }
        return test
    }

    @Test(
        "a stated period is paid first, then the oldest due date",
        arguments: [
            (nil, "50", ["50.00", "0.00", "0.00"], "0.00"), (nil, "150", ["100.00", "50.00", "0.00"], "0.00"),
            (nil, "350", ["100.00", "100.00", "100.00"], "50.00"),
            ("2026-03", "50", ["0.00", "0.00", "50.00"], "0.00"),
            ("2026-03", "150", ["50.00", "0.00", "100.00"], "0.00"),
            ("2026-02", "250", ["100.00", "100.00", "50.00"], "0.00"),
            ("2026-07", "50", ["50.00", "0.00", "0.00"], "0.00"),
        ] as [(String?, String, [String], String)])
    func order(period: String?, amount: String, paid: [String], prepaid: String) throws {
        let test = try billed()
        var members = ["unit": "3-2-501", "amount": amount]
        members["period"] = period
        try test.do("payment.receive", members, at: "2026-03-01")
        let bills = try test.show(BillsView.self).sorted { $0.period < $1.period }
        #expect(bills.map(\.paid.text) == paid)
        #expect(test.estate.fees.prepaid(of: unit("3-2-501")).text == prepaid)
    }

    @Test("bills due on the same day are paid in the order of issue")
    func sameDue() throws {
        let test = try TestEstate()
        for item in ["物业费", "停车费"] {
            try test.do("bill.issue", test.bill(item: item, amount: "100"), at: "2026-03-01")
        }
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "120"], at: "2026-03-02")
        #expect(try test.show(BillsView.self).map(\.paid.text) == ["100.00", "20.00"])
    }

    @Test("a payment pays only bills of its own unit")
    func ownUnit() throws {
        let test = try billed()
        try test.do("payment.receive", ["unit": "3-2-502", "amount": "100"], at: "2026-03-01")
        #expect(try test.show(BillsView.self).allSatisfy { $0.paid == .zero })
        #expect(test.estate.fees.prepaid(of: unit("3-2-502")) == money("100"))
    }
}
