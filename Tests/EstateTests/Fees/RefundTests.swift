import TestSupport
import Testing

@testable import Estate

@Suite("Rules, Allocation: voids, refunds, and what may be doubled")
struct RefundTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-11-23T12:00") }

    private func receive(_ amount: String, _ more: [String: String] = [:], at time: String? = nil) throws -> String {
        try test.do("payment.receive", ["unit": "3-2-501", "amount": amount].merging(more) { $1 }, at: time)
    }

    private var prepaid: [String] {
        get throws { try test.show(PaymentsView.self).map(\.prepaid.text) }
    }

    @Test("the first of two payments is voided: the second pays the bill")
    func voidedFirst() throws {
        try test.do("bill.issue", test.bill(period: "2026-10", amount: "100", due: "2026-10-31"), at: "2026-10-01")
        let first = try receive("100", at: "2026-11-02T09:00")
        _ = try receive("100", at: "2026-11-02T09:01")
        #expect(try prepaid == ["0.00", "100.00"])
        try test.do("payment.void", ["payment": first, "why": "退票"])
        #expect(try test.show(ArrearsView.self).isEmpty)
        #expect(try prepaid == ["0.00", "0.00"])
    }

    @Test("a voided bill frees its money for the oldest due; it can be issued anew, and is no part of the rate")
    func voidedBill() throws {
        let wrong = try test.do("bill.issue", test.bill(period: "2026-11", amount: "100", due: "2026-11-10"))
        _ = try receive("100")
        try test.do("bill.issue", test.bill(period: "2026-10", amount: "60", due: "2026-10-31"))
        try test.do("bill.void", ["bill": wrong, "why": "面积登错"])
        #expect(try test.show(BillsView.self).map(\.paid.text) == ["0.00", "60.00"])
        #expect(refusal { try test.do("bill.void", ["bill": wrong, "why": "再"]) }?.code == "bill.voided")
        #expect(
            refusal { try test.do("bill.reduce", ["bill": wrong, "amount": "1", "why": "减"]) }?.code == "bill.voided")
        #expect(try test.show(CollectionView.self).first?.sum.billed == .zero)
        try test.do("bill.issue", test.bill(period: "2026-11", amount: "50", due: "2026-11-10"))
        #expect(try test.show(BillsView.self).map(\.paid.text) == ["0.00", "60.00", "40.00"])
    }

    @Test("a refund comes from prepaid money, the latest payment first, and goes back the way it came")
    func refund() throws {
        _ = try receive("100", ["method": "微信"], at: "2026-11-01")
        _ = try receive("50", ["method": "现金"], at: "2026-11-02")
        let refused = refusal { try test.do("payment.refund", ["unit": "3-2-501", "amount": "150.01", "why": "多收"]) }
        #expect(refused?.code == "refund.exceeds")
        try test.do("payment.refund", ["unit": "3-2-501", "amount": "70", "why": "多收"])
        #expect(try prepaid == ["80.00", "0.00"])
        #expect(test.estate.fees.refunds(of: unit("3-2-501")).map(\.method) == ["现金"])
        // What was refunded is no longer there to be voided.
        let second = try #require(try test.show(PaymentsView.self).last).id.id.text
        #expect(refusal { try test.do("payment.void", ["payment": second, "why": "退票"]) }?.code == "payment.refunded")
    }

    @Test("the same within a minute, or the same slip, is warned of unless it is said to be another")
    func doubled() throws {
        func warnings(_ more: [String: String], at time: String) throws -> [String] {
            let members = ["unit": "3-2-501", "amount": "100", "method": "微信"].merging(more) { $1 }
            let action = try Estate.action(named: "payment.receive").read(
                members.mapValues { .string($0) }, zone: .shanghai)
            return try test.store.perform(action, by: "S01", at: at(time)).warnings
        }
        #expect(try warnings([:], at: "2026-11-02T09:00") == [])
        #expect(try warnings([:], at: "2026-11-02T09:05") == [])
        #expect(try warnings([:], at: "2026-11-02T09:00") == ["payment.doubled"])
        #expect(try warnings(["twice": "yes"], at: "2026-11-02T09:00") == [])
        #expect(try warnings(["method": "现金"], at: "2026-11-02T09:00") == [])
        #expect(try warnings(["slip": "A1"], at: "2026-11-04T09:00") == [])
        #expect(try warnings(["slip": "a1", "amount": "7"], at: "2026-11-09T09:00") == ["payment.doubled"])
    }

    @Test("each payment takes the next number of a receipt; a void keeps it")
    func numbers() throws {
        let first = try receive("10")
        try test.do("payment.void", ["payment": first, "why": "退票"])
        _ = try receive("20")
        #expect(try test.show(PaymentsView.self).map(\.receipt) == [1, 2])
        let refused = refusal { _ = try receive("20", ["method": "现金", "tendered": "19.99"]) }
        #expect(refused?.code == "payment.tendered")
    }

    @Test("its receiver may void a payment on the same day, later another does")
    func ownVoids() throws {
        func receive(_ amount: String, by member: String, at time: String) throws -> String {
            try test.do("payment.receive", ["unit": "3-2-501", "amount": amount], by: member, at: time)
        }
        func code(_ payment: String, at time: String? = nil) -> String? {
            refusal { try test.do("payment.void", ["payment": payment, "why": "录错"], by: "S02", at: time) }?.code
        }
        let earlier = try receive("1", by: "S02", at: "2026-11-22T23:59")
        let foreign = try receive("2", by: "S07", at: "2026-11-23T09:00")
        let own = try receive("3", by: "S02", at: "2026-11-23T09:00")
        #expect(code(earlier) == "payment.past")
        #expect(code(earlier, at: "2026-11-22T23:59") == "payment.past", "the day of recording counts")
        #expect(code(foreign) == "payment.notYours")
        #expect(code(own) == nil)
        #expect(code(own) == "payment.voided")
        try test.do("payment.void", ["payment": earlier, "why": "录错"], by: "S04")
    }

    @Test("a payment that was agreed to for another debt is refused with the present one")
    func changedDebt() throws {
        try test.do("bill.issue", test.bill(period: "2026-10", amount: "100", due: "2026-10-31"))
        let refused = refusal { _ = try receive("100", ["owed": "150"]) }
        #expect(refused?.code == "payment.changed" && refused?.message.chinese.contains("现欠 100.00") == true)
        _ = try receive("100", ["owed": "100"])
    }
}
