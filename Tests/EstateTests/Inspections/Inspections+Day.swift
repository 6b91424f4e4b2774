import TestSupport
import Testing

@testable import Estate

extension Inspections: RecordedDay {
    static func record(in test: TestEstate) throws {
        let inspection = try test.do("inspection.open", ["template": "gate", "staff": "S03"])
        try test.do(
            "inspection.mark", ["inspection": inspection, "item": "7.1", "result": "fail", "note": "缺帽", "place": "东门"])
        try test.do("inspection.close", ["inspection": inspection])
        try test.do("inspection.assign", ["inspection": inspection, "item": "7.1", "who": "S03"])
        try test.do("inspection.recheck", ["inspection": inspection, "item": "7.1", "result": "pass"])
    }
}
