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
        let parking = try test.do("bill.issue", test.bill(item: "停车费", amount: "50"), at: "2026-03-01")
        try test.do("bill.void", ["bill": parking, "why": "开错"])
        try test.do("payment.receive", ["unit": "3-2-502", "amount": "30", "method": "微信"])
        try test.do("payment.refund", ["unit": "3-2-502", "amount": "10", "why": "多收"])
        try test.do("tariff.set", ["item": "保洁费", "basis": "fixed", "rate": "10", "from": "2026-12-01"])
        try test.do("prepayment.receive", ["unit": "3-2-503", "months": "2", "discount": "5", "method": "现金"])
        if test.estate.fees.hasLateFees { try test.do("latefee.waive", ["bill": issued, "amount": "1", "why": "协商"]) }
        try test.do("dunning.record", ["unit": "3-2-501", "channel": "上门", "outcome": "不在家", "promise": "2027-01-05"])
    }
}
