import TestSupport

@testable import Estate

extension Assessments: RecordedDay {
    static func record(in test: TestEstate) throws {
        let complaint = try test.do("request.open", ["class": "complaint", "unit": "3-2-502", "text": "门岗态度不好"])
        try test.do("complaint.link", ["request": complaint, "staff": "S03"])
    }
}
