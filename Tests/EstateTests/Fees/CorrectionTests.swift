import Testing
import TestSupport

@testable import Estate

@Suite("Voided payments and reductions (Rules, Collection rate)")
struct CorrectionTests {
    /// Bills of 100 for January to March, each due at the end of its month, issued in another order.
    func billed() throws -> TestEstate {
        let test = try TestEstate()
        for (period, due) in [("2026-03", "2026-03-31"), ("2026-01", "2026-01-31"), ("2026-02", "2026-02-28")] {
            try test.do("bill.issue", test.bill(period: period, amount: "100", due: due), at: "2026-01-01")
        }
        return test
    }

    @Test("voiding a payment frees its bills, from the day of the void")
    func void() throws {
        let test = try billed()
        let payment = try test.do("payment.receive", ["unit": "3-2-501", "amount": "350"], at: "2026-03-01")
        try test.do("payment.void", ["payment": payment, "why": "退票"], at: "2026-03-05")
        #expect(try test.show(BillsView.self).allSatisfy { $0.paid == .zero })
        #expect(test.estate.fees.prepaid(of: unit("3-2-501")) == .zero)
        #expect(try test.only(PaymentsView.self).voided == at("2026-03-05"))
        #expect(refusal { try test.do("payment.void", ["payment": payment, "why": "再"]) }?.code == "payment.voided")
        // As of a day before the void the bills are paid.
        #expect(try test.show(BillsView.self, asOf: "2026-03-04").allSatisfy { $0.paid == money("100") })
    }

    @Test("a reduction frees money for the next bill, the latest first")
    func reduction() throws {
        let test = try TestEstate()
        let bill = try test.do("bill.issue", test.bill(amount: "100"), at: "2026-03-01")
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "70"], at: "2026-03-02")
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "30"], at: "2026-03-03")
        try test.do("bill.reduce", ["bill": bill, "amount": "40", "why": "停梯"], at: "2026-03-04")
        let row = try test.only(BillsView.self)
        #expect(row.reduced == money("40"))
        #expect(row.paid == money("60"))
        #expect(try test.show(PaymentsView.self).map(\.prepaid.text) == ["10.00", "30.00"])
        try test.do("bill.issue", test.bill(period: "2026-04", amount: "100"), at: "2026-04-01")
        #expect(try test.show(BillsView.self).last?.paid == money("40"))
    }

    @Test("reductions above the amount of the bill are refused")
    func reductionLimit() throws {
        let test = try TestEstate()
        let bill = try test.do("bill.issue", test.bill(amount: "100"))
        try test.do("bill.reduce", ["bill": bill, "amount": "30", "why": "停梯"])
        let refused = refusal { try test.do("bill.reduce", ["bill": bill, "amount": "70.01", "why": "停梯"]) }
        #expect(refused?.code == "bill.reduction")
        try test.do("bill.reduce", ["bill": bill, "amount": "70", "why": "停梯"])
    }
}
