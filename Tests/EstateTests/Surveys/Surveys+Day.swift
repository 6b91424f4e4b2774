import TestSupport
import Testing

@testable import Estate

extension Surveys: RecordedDay {
    static func record(in test: TestEstate) throws {
        let survey = try test.do(
            "survey.plan", ["name": "季度调查", "questions": "总的来说；前台", "from": "2026-11-23", "to": "2026-11-30"])
        try test.do("survey.contact", ["survey": survey, "unit": "3-2-501", "outcome": "noAnswer"])
        try test.do(
            "survey.answer",
            [
                "survey": survey, "unit": "3-2-501", "answers": "2,5", "way": "phone", "wish": "停车", "why": "报修太慢",
            ])
        try test.do("survey.close", ["survey": survey])
    }
}
