import TestSupport

@testable import Estate

extension Trainings: RecordedDay {
    static func record(in test: TestEstate) throws {
        try test.do(
            "training.record",
            [
                "topic": "消防演练", "hours": "1.5", "trainer": "消防救援站", "staff": "S02,S03", "result": "passed",
                "until": "2027-12-31",
            ])
    }
}
