import TestSupport
import Testing

@testable import Estate

extension Planning: RecordedDay {
    static func record(in test: TestEstate) throws {
        let item = try test.do(
            "plan.item", ["year": "2027", "what": "修订装修告知书", "who": "S04", "due": "2027-03-31"])
        try test.do("plan.update", ["item": item, "percent": "60", "note": "已送审", "who": "工程部", "due": "2027-04-30"])
        try test.do("plan.done", ["item": item, "note": "已印发"], by: "S04")
    }
}

extension Duties: RecordedDay {
    static func record(in test: TestEstate) throws {
        try test.do("duty.done", ["duty": "summary-2026", "note": "已报区域"])
    }
}

extension CustomerVisits: RecordedDay {
    static func record(in test: TestEstate) throws {
        try test.do(
            "call.on", ["unit": "3-2-501", "purpose": "定期走访", "result": "对保洁满意", "needs": "修单元门"], by: "S04")
    }
}
