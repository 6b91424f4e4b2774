import Journal
import TestSupport
import Testing

@testable import Estate

extension Collecting: RecordedDay {
    static func record(in test: TestEstate) throws {
        try test.do("letter.serve", ["unit": "3-2-501", "way": "EMS 签收", "number": "EX123", "taken": "李四"], by: "S04")
        try test.do("letter.serve", ["unit": "3-2-501", "way": "贴在门上"], by: "S04")
        try test.do(
            "arrears.plan",
            ["unit": "3-2-501", "solution": "约定付款日", "who": "S04", "next": "2027-01-05", "reason": "资金困难"], by: "S04")
        try test.do("arrears.report", ["note": "交经理"], by: "S04")
        let month = Period(test.store.now, in: .shanghai).text
        try test.do("report.approve", ["report": "arrears", "period": month, "instruction": "约定的跟到底"])
    }
}
