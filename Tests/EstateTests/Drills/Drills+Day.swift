import TestSupport

@testable import Estate

extension Drills: RecordedDay {
    static func record(in test: TestEstate) throws {
        try test.do("vehicle.add", ["plate": "浙A77777", "unit": "3-2-502"])
        for result in ["again", "good"] {
            try test.do("drill.answer", ["plate": "浙A77777", "result": result], by: "S03")
        }
    }
}
