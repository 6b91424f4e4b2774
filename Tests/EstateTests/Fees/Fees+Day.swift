import TestSupport
import Testing

@testable import Estate

extension Fees: RecordedDay {
    static func record(in test: TestEstate) throws {
        let issued = try test.do("bill.issue", test.bill(amount: "100"), at: "2026-03-01")
        let payment = try test.do("payment.receive", ["unit": "3-2-501", "amount": "70"])
        try test.do("bill.reduce", ["bill": issued, "amount": "40", "why": "停梯"])
        try test.do("payment.void", ["payment": payment, "why": "退票"])
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "20"])
        try test.do("dunning.record", ["unit": "3-2-501", "channel": "上门", "outcome": "不在家", "promise": "2027-01-05"])
    }
}
