import TestSupport
import Testing

@testable import Estate

extension Receipts: RecordedDay {
    static func record(in test: TestEstate) throws {
        let payment = try test.do("payment.receive", ["unit": "3-2-503", "amount": "60", "method": "微信"])
        try test.do("receipt.print", ["payment": payment])
        try test.do("payment.invoice", ["payment": payment, "number": "24001"])
        try test.do("payment.invoice", ["payment": payment, "number": "24002", "red": "yes"])
    }
}
