import Testing
import TestSupport

@testable import Estate

@Suite("Prepayments (Rules, Collection rate)")
struct PrepaymentTests {
    @Test("a new bill uses prepayments, the oldest first")
    func prepayment() throws {
        let test = try TestEstate()
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "60"], at: "2026-03-01")
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "60"], at: "2026-03-02")
        try test.do("bill.issue", test.bill(amount: "100"), at: "2026-03-03")
        #expect(try test.only(BillsView.self).paid == money("100"))
        #expect(try test.show(PaymentsView.self).map(\.prepaid.text) == ["0.00", "20.00"])
        try test.do("bill.issue", test.bill(period: "2026-04", amount: "100"), at: "2026-04-01")
        #expect(try test.show(BillsView.self).map(\.paid.text) == ["100.00", "20.00"])
    }

    @Test("as of a moment, a later payment pays nothing, even if a backdated bill uses it")
    func prepaidLater() throws {
        let test = try TestEstate()
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "100"], at: "2026-04-05")
        try test.do("bill.issue", test.bill(amount: "100"), at: "2026-03-01")
        #expect(try test.only(BillsView.self).paid == money("100"))
        #expect(try test.only(BillsView.self, asOf: "2026-03-31").paid == .zero)
    }

    @Test("money received before the bill's period is a prepayment until then")
    func paidBeforeIssue() throws {
        let test = try TestEstate()
        try test.do("bill.issue", test.bill(period: "2026-04", amount: "100", due: "2026-04-30"), at: "2026-04-01")
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "100"], at: "2026-03-05")
        #expect(try test.only(PaymentsView.self).prepaid == .zero)
        #expect(try test.only(PaymentsView.self, asOf: "2026-03-31").prepaid == money("100"))
    }
}
