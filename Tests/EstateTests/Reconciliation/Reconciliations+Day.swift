import TestSupport
import Testing

@testable import Estate

extension Reconciliations: RecordedDay {
    static func record(in test: TestEstate) throws {
        try test.do("payment.receive", ["unit": "3-2-503", "amount": "60", "method": "微信"], at: "2026-11-20T10:00")
        try test.do(
            "bankline.record",
            ["account": "微信", "amount": "60", "direction": "in", "references": "4200A", "payer": "王某"],
            at: "2026-11-20T10:00:03")
        try test.do("finance.reconcile", ["period": "2026-11", "method": "微信", "counted": "59", "with": "S07"])
        try test.do("finance.explain", ["period": "2026-11", "method": "微信", "why": "手续费"])
    }
}
