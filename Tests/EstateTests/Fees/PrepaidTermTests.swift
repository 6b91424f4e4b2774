import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("Rules, Prepayment: a discount tied to its periods")
struct PrepaidTermTests {
    private let test: TestEstate

    /// 物业费 of 100.00 a month; 2026-11 is the last month that is billed.
    init() throws {
        test = try TestEstate(now: "2026-11-23T12:00")
        try test.do("tariff.set", ["item": "物业费", "basis": "fixed", "rate": "100", "from": "2026-01-01"])
        try test.do("bill.issue", test.bill(period: "2026-11", amount: "100", due: "2026-11-30"), at: "2026-11-01")
    }

    private func prepay(_ months: Int = 12, _ more: [String: String] = [:], by member: String = "S07") throws {
        let members = ["unit": "3-2-501", "months": "\(months)", "method": "微信"].merging(more) { $1 }
        try test.do("prepayment.receive", members, by: member)
    }

    private func code(_ months: Int, _ more: [String: String] = [:], by member: String = "S07") -> String? {
        refusal { try prepay(months, more, by: member) }?.code
    }

    private func payNovember() throws { try test.do("payment.receive", ["unit": "3-2-501", "amount": "100"]) }

    /// Issues the bill of a month in that month: its amount less reductions, and what was paid of it.
    @discardableResult
    private func issue(_ period: String, amount: String = "100") throws -> String {
        test.clock.set("\(period)-01 08:00")
        try test.do("bill.issue", test.bill(period: period, amount: amount, due: "\(period)-28"))
        let bill = try #require(try test.show(BillsView.self).last)
        return "\(bill.net.text) \(bill.paid.text)"
    }

    private var prepaid: String { test.estate.fees.prepaid(of: unit("3-2-501")).text }

    @Test("twelve months at 5 % cost 1,140.00; each bill is reduced when it is issued, and paid")
    func served() throws {
        try payNovember()
        try prepay(12, ["discount": "5"])
        let term = try test.only(PrepaymentsView.self)
        #expect(term.subject.term.from.text == "2026-12" && term.subject.term.to.text == "2027-11")
        #expect(prepaid == "1140.00")
        let payment = try #require(try test.show(PaymentsView.self).last).id.id.text
        let receipt = try ReceiptSheet.make(
            of: test.estate, at: test.store.now, members: ["payment": .string(payment)], for: nil, .chinese)
        #expect(receipt.document.sheets.first?.tables == [[["2026-12–2027-11", "预收（优惠 5%）", "1,140.00"]]])
        #expect(try issue("2026-12") == "95.00 95.00")
        #expect(try issue("2027-01") == "95.00 95.00")
        #expect(prepaid == "950.00")
        #expect(test.estate.fees.discounts(of: term.subject.term, unit("3-2-501")) == money("10"))
        let december = test.estate.collection(of: month("2026-12")).all
        #expect(december.rate?.text == "100.00" && december.net == money("95"))
    }

    @Test(
        "the unserved part is refundable; the months that it was for have no discount any more, one in part only its part"
    )
    func refunded() throws {
        try payNovember()
        try prepay(12, ["discount": "5"])
        #expect(try issue("2026-12") == "95.00 95.00")
        // Half a month is left.
        try test.do("payment.refund", ["unit": "3-2-501", "amount": "997.50", "why": "搬走"], by: "S07")
        #expect(prepaid == "47.50")
        #expect(try issue("2027-01") == "97.50 47.50")
        #expect(try issue("2027-02") == "100.00 0.00")
    }

    @Test("all of it may be refunded before anything is served, and no more than was paid")
    func refundedWhole() throws {
        try payNovember()
        try prepay(12, ["discount": "5"])
        let refused = refusal { try test.do("payment.refund", ["unit": "3-2-501", "amount": "1140.01", "why": "退"]) }
        #expect(refused?.code == "refund.exceeds")
        try test.do("payment.refund", ["unit": "3-2-501", "amount": "1140", "why": "退"])
        #expect(try issue("2026-12") == "100.00 0.00")
    }

    @Test("a payment that bounced takes back the discount of the months that it had paid")
    func bounced() throws {
        try payNovember()
        try prepay(12, ["discount": "5"])
        #expect(try issue("2026-12") == "95.00 95.00")
        let payment = try #require(try test.show(PaymentsView.self).last).id.id.text
        try test.do("payment.void", ["payment": payment, "why": "退票"], by: "S04")
        let bill = try #require(try test.show(BillsView.self).last)
        #expect(bill.net == money("100") && bill.outstanding == money("100"))
        #expect(try test.show(StatementView.self, ["unit": "3-2-501"]).last?.balance == money("100"))
        #expect(try issue("2027-01") == "100.00 0.00")
    }

    @Test("a bill that comes out otherwise is discounted by the same percentage")
    func changedTariff() throws {
        try payNovember()
        try prepay(2, ["discount": "5"])
        #expect(try issue("2026-12", amount: "120") == "114.00 114.00")
        // 190.00 − 114.00 = 76.00 of a price of 114.00: two thirds of 6.00.
        #expect(try issue("2027-01", amount: "120") == "116.00 76.00")
    }

    @Test("how many months, how far ahead, and the discount are policy; what is owed is paid first")
    func policy() throws {
        #expect(code(3) == "prepayment.owes")
        try payNovember()
        #expect(code(0) == "prepayment.months" && code(13) == "prepayment.months")
        #expect(code(3, ["from": "2026-11"]) == "prepayment.billed")
        #expect(code(2, ["from": "2027-11"]) == "prepayment.months")
        #expect(code(3, ["item": "物业费", "discount": "1"], by: "S02") == "prepayment.discount")
        #expect(code(3, ["discount": "100"]) == "prepayment.discount")
        try prepay(3, by: "S02")
        #expect(prepaid == "300.00")
        #expect(code(3, ["from": "2027-02"]) == "prepayment.billed")
        try prepay(9)
        #expect(try test.show(PrepaymentsView.self).map(\.term.to.text) == ["2027-02", "2027-11"])
        #expect(code(1) == "prepayment.months")
    }

    @Test("the policy's discount is that of the longest of its terms that was reached")
    func discounts() throws {
        let own =
            #"{"prepayment":{"policy":{"discounts":[{"months":6,"perTenThousand":200},{"months":12,"perTenThousand":500}]}}}"#
        let test = try TestEstate(now: "2026-11-23T12:00", handbook: ["fees.json": own])
        try test.do("tariff.set", ["item": "物业费", "basis": "fixed", "rate": "100", "from": "2026-01-01"])
        for (unit, months, paid) in [
            ("3-2-501", "5", "500.00"), ("3-2-502", "11", "1078.00"), ("3-2-503", "12", "1140.00"),
        ] {
            try test.do("prepayment.receive", ["unit": unit, "months": months], by: "S02")
            #expect(try test.show(PaymentsView.self).last?.amount.text == paid)
        }
    }

    @Test("the working set reduces the next bill alike")
    func restarted() throws {
        try payNovember()
        try prepay(12, ["discount": "5"])
        try issue("2026-12")
        test.store.leaveCheckpoint()
        let other = try Store(at: test.folder, fullHistory: false, clock: test.clock.clock)
        let members = test.bill(period: "2027-01", amount: "100", due: "2027-01-28")
        let bill = try IssueBill(members: members.mapValues { .string($0) }, zone: .shanghai)
        try other.perform(bill, by: "S01")
        #expect(other.estate.fees.bills.values.last?.net == money("95"))
    }

    @Test("money beyond the policy's months is warned of, and taken")
    func muchPrepaid() throws {
        func warnings(_ amount: String) throws -> [String] {
            let payment = ReceivePayment(unit: unit("3-2-501"), amount: money(amount), method: "微信")
            return try test.store.perform(payment, by: "S07").warnings
        }
        // 100.00 is owed, and twelve months come to 1,200.00.
        #expect(try warnings("1300") == [])
        #expect(try warnings("0.01") == ["payment.prepaidMuch"])
    }
}
