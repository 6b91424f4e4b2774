import TestSupport
import Testing

@testable import Estate

extension People: RecordedDay {
    static func record(in test: TestEstate) throws {
        try test.do("vehicle.add", ["plate": "浙A12345", "unit": "3-2-501"])
    }
}
