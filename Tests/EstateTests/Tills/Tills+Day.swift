import TestSupport
import Testing

@testable import Estate

extension Tills: RecordedDay {
    static func record(in test: TestEstate) throws {
        let till = try test.do("till.open", ["float": "200"])
        try test.do("payment.receive", ["unit": "3-2-503", "amount": "30", "method": "现金"])
        try test.do("till.count", ["till": till, "method": "现金", "counted": "229"])
        try test.do("till.explain", ["till": till, "method": "现金", "why": "找零找错"])
        try test.do("till.close", ["till": till, "receiver": "S07"])
    }
}
