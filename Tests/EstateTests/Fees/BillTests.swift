import Testing
import TestSupport

@testable import Estate

@Suite("Bills and amounts")
struct BillTests {
    @Test("a bill, a reduction or a payment of zero is refused")
    func zero() throws {
        let test = try TestEstate()
        let bill = try test.do("bill.issue", test.bill(amount: "100"))
        let refused = [
            refusal { try test.do("bill.issue", test.bill(period: "2026-05", amount: "0")) },
            refusal { try test.do("bill.reduce", ["bill": bill, "amount": "0.00", "why": "停梯"]) },
            refusal { try test.do("payment.receive", ["unit": "3-2-501", "amount": "0"]) },
        ]
        for one in refused {
            #expect(one?.code == "amount.zero")
            #expect(one?.field == "amount")
        }
    }

    @Test("a second bill for the same unit, period and item is refused")
    func billedOnce() throws {
        let test = try TestEstate()
        try test.do("bill.issue", test.bill(amount: "100"))
        #expect(refusal { try test.do("bill.issue", test.bill(amount: "90")) }?.code == "bill.exists")
        try test.do("bill.issue", test.bill(item: "停车费", amount: "90"))
    }
}
