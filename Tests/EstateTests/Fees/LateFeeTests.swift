import Foundation
import Handbook
import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("Rules, 违约金: simple, daily, on outstanding principal, with a balance of its own")
struct LateFeeTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-11-23T12:00", handbook: TestEstate.lateFees) }

    /// A bill of 1,000.00 due 2026-09-30: the grace days end on 10-15.
    @discardableResult
    private func issue(_ amount: String = "1000", due: String = "2026-09-30", item: String = "物业费") throws -> String {
        let period = String(due.prefix(7))
        return try test.do(
            "bill.issue", test.bill(period: period, item: item, amount: amount, due: due), at: "\(period)-01")
    }

    private func receive(_ amount: String, _ more: [String: String] = [:], at time: String? = nil) throws {
        try test.do("payment.receive", ["unit": "3-2-501", "amount": amount].merging(more) { $1 }, at: time)
    }

    /// Principal, days, amount and balance of each bill.
    private func rows(_ time: String? = nil) throws -> [String] {
        try test.show(LateFeesView.self, asOf: time).map {
            "\($0.bill.outstanding.text) \($0.days) \($0.amount.text) \($0.balance.text)"
        }
    }

    @Test("it begins on the day after the grace days, and grows day by day without compounding")
    func days() throws {
        try issue()
        #expect(try rows("2026-10-15") == [])
        #expect(try rows("2026-10-16") == ["1000.00 1 0.50 0.50"])
        #expect(try rows("2026-10-17") == ["1000.00 2 1.00 1.00"])
        // 39 days: 10-16 … 11-23.
        #expect(try rows() == ["1000.00 39 19.50 19.50"])
        #expect(test.estate.handbook.fees.penalty.yearlyPercent == "18.25")
    }

    @Test("piecewise as the principal changes: the day of a payment counts in full, a reduction from the next day on")
    func pieces() throws {
        let bill = try issue()
        try receive("400", at: "2026-10-25T10:00")
        // 10 days on 1000 and, from the 26th, 29 days on 600.
        #expect(try rows() == ["600.00 39 13.70 13.70"])
        try test.do("bill.reduce", ["bill": bill, "amount": "100", "why": "停梯"], at: "2026-11-13")
        #expect(try rows() == ["500.00 39 13.20 13.20"])
        #expect(try rows("2026-10-25") == ["600.00 10 5.00 5.00"])
    }

    @Test("one rounding for all pieces")
    func rounding() throws {
        try issue("33.33")
        try receive("11.11", at: "2026-10-16T09:00")
        // 33.33×0.0005 + 22.22×0.0005×38 = 0.016665 + 0.42218; each day rounded for itself would be 0.02 + 38×0.01.
        #expect(try rows() == ["22.22 39 0.44 0.44"])
    }

    @Test("its balance stays when the principal is paid, and is paid by what is over, before anything is prepaid")
    func ownBalance() throws {
        try issue()
        try receive("1000", at: "2026-10-25T10:00")
        #expect(try rows() == ["0.00 10 5.00 5.00"])
        #expect(try test.show(ArrearsView.self).isEmpty)
        try receive("3", at: "2026-11-01")
        #expect(try rows() == ["0.00 10 5.00 2.00"])
        try receive("10", at: "2026-11-02")
        #expect(try rows() == ["0.00 10 5.00 0.00"])
        #expect(try test.show(PaymentsView.self).map(\.prepaid.text) == ["0.00", "0.00", "8.00"])
        let receipt = try ReceiptSheet.make(
            of: test.estate, at: test.store.now,
            members: ["payment": .string(try #require(try test.show(PaymentsView.self).last).id.id.text)], for: nil,
            .chinese
        ).document.sheets.first
        #expect(receipt?.tables == [[["2026-09", "物业费违约金", "2.00"], ["—", "预收", "8.00"]]])
    }

    @Test("principal comes first, also that which is not due, unless 违约金 is designated")
    func order() throws {
        try issue("100")
        try issue("50", due: "2026-11-30")
        try receive("100", at: "2026-10-25T10:00")
        try receive("50.30", at: "2026-11-02")
        #expect(try rows() == ["0.00 10 0.50 0.20"])
        try issue("70", due: "2026-10-31", item: "停车费")
        try receive("1", ["bills": "2026-09 物业费违约金 0.20；2026-10 停车费"], at: "2026-11-03")
        #expect(try rows("2026-11-03") == ["0.00 10 0.50 0.00"])
        let parking = try #require(try test.show(BillsView.self).last)
        #expect(parking.outstanding == money("69.20"))
        func code(_ bills: String) -> String? { refusal { try receive("1", ["bills": bills]) }?.code }
        #expect(code("2026-09 物业费违约金 0.01") == "bills.amount")
        #expect(code("2026-08 物业费违约金 0.01") == "bill.unknown")
    }

    @Test("a payment that is voided gives it back; a voided bill has none, and what was paid becomes prepaid")
    func voided() throws {
        let bill = try issue()
        try receive("1000", at: "2026-10-25T10:00")
        try receive("5", at: "2026-10-26")
        let second = try #require(try test.show(PaymentsView.self).last).id.id.text
        try test.do("payment.void", ["payment": second, "why": "登错"], at: "2026-10-27")
        #expect(try rows() == ["0.00 10 5.00 5.00"])
        try receive("5", at: "2026-10-28")
        try test.do("bill.void", ["bill": bill, "why": "开错"])
        #expect(try rows() == [])
        #expect(try test.show(PaymentsView.self).map(\.prepaid.text) == ["1000.00", "0.00", "5.00"])
    }

    @Test("the manager waives it, no more than is owed")
    func waived() throws {
        let bill = try issue()
        func waive(_ amount: String) throws {
            try test.do("latefee.waive", ["bill": bill, "amount": amount, "why": "协商"])
        }
        #expect(refusal { try waive("19.51") }?.code == "latefee.exceeds")
        try waive("9.50")
        #expect(try rows() == ["1000.00 39 19.50 10.00"])
        test.clock.pass(seconds: 86400)
        #expect(try rows() == ["1000.00 40 20.00 10.50"])
    }

    @Test("it stands apart in the ages, and in the statement, whose balance includes it")
    func sums() throws {
        try issue()
        try receive("400", at: "2026-10-25T10:00")
        let ageing = try test.only(AgeingView.self)
        #expect(ageing.total == money("600") && ageing.texts.contains("13.70"))
        let statement = try test.show(StatementView.self, ["unit": "3-2-501"])
        #expect(statement.map(\.balance.text) == ["1000.00", "600.00", "613.70"])
        #expect(statement.last?.what.chinese == "违约金 2026-09 物业费")
        try receive("650", at: "2026-11-23T11:00")
        let paid = try test.show(StatementView.self, ["unit": "3-2-501"])
        #expect(paid.last?.balance == Money(fen: -3630))
        #expect(try test.only(AgeingView.self).prepaid == money("36.30"))
    }

    @Test("rate, grace and cap are policy; without it none is asked for, and nothing of the money goes there")
    func policy() throws {
        func amounts(_ policy: String) throws -> [String] {
            let test = try TestEstate(
                now: "2026-11-23T12:00", handbook: ["fees.json": #"{"penalty":{"policy":{\#(policy)}}}"#])
            try test.do("bill.issue", test.bill(period: "2026-09", amount: "1000", due: "2026-09-30"), at: "2026-09-01")
            return try test.show(LateFeesView.self).map(\.amount.text)
        }
        #expect(try amounts(#""enabled":false"#) == [])
        #expect(try amounts(#""enabled":true,"graceDays":0"#) == ["27.00"])
        #expect(try amounts(#""enabled":true,"dailyRatePerMillion":300"#) == ["11.70"])
        #expect(try amounts(#""enabled":true,"capPercent":1"#) == ["10.00"])
        let off = try TestEstate(now: "2026-11-23T12:00")
        try off.do("bill.issue", off.bill(period: "2026-09", amount: "1000", due: "2026-09-30"), at: "2026-09-01")
        try off.do("payment.receive", ["unit": "3-2-501", "amount": "1100"])
        #expect(try off.only(PaymentsView.self).prepaid == money("100"))
    }

    @Test("what was paid of it stays with the payment, whatever the policy becomes")
    func anotherPolicy() throws {
        try issue()
        try receive("1000", at: "2026-10-25T10:00")
        try receive("5", at: "2026-10-26")
        let folder = URL(fileURLWithPath: test.folder).appendingPathComponent("handbook")
        try FileManager.default.removeItem(at: folder)
        let store = try test.secondStore()
        let payments = try PaymentsView().rows(of: store.estate, at: store.now)
        #expect(payments.map(\.prepaid.text) == ["0.00", "0.00"])
        #expect(try LateFeesView().rows(of: store.estate, at: store.now).isEmpty)
    }

    @Test("the working set keeps a bill whose principal is paid for its 违约金")
    func restarted() throws {
        try issue(due: "2026-05-31")
        try receive("1000", at: "2026-08-01T10:00")
        let before = try rows()
        #expect(before == ["0.00 47 23.50 23.50"])
        test.store.leaveCheckpoint()
        let other = try Store(at: test.folder, fullHistory: false, clock: test.clock.clock)
        #expect(try LateFeesView().rows(of: other.estate, at: test.store.now).map(\.balance.text) == ["23.50"])
    }

    @Test("a guard sees none of it")
    func hidden() {
        let code = refusal {
            try LateFeesView.select(of: test.estate, at: test.store.now, members: [:], for: .guard)
        }?.code
        #expect(code == "view.notAllowed")
    }
}
