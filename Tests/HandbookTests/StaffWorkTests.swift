import Foundation
import Handbook
import Testing

@Suite("Roster, training, assessments and events: what the estate may set")
struct StaffWorkTests {
    private func handbook(_ file: String, _ own: String) throws -> Handbook {
        try Handbook(
            overrides: [file: Data(own.utf8)],
            chapters: [
                Handbook.Roster.self, Handbook.Training.self, Handbook.Assessments.self, Handbook.Events.self,
            ])
    }

    @Test("as shipped: five minutes, 30 days, own and below, six departments")
    func shipped() throws {
        let handbook = try handbook("roster.json", #"{"policy":{"hours":12}}"#)
        #expect(handbook.roster.graceMinutes == 5 && handbook.roster.hours == 12)
        #expect(handbook.training.noticeDays == 30 && handbook.training.topics.count == 12)
        #expect(
            handbook.assessments.shows(.guard, to: .supervisor) && handbook.assessments.shows(.regional, to: .manager))
        #expect(
            !handbook.assessments.shows(.guard, to: .guard) && !handbook.assessments.shows(.manager, to: .supervisor))
        #expect(handbook.events.departments.map(\.name) == ["客服", "工程", "保洁", "秩序", "物管", "财务"])
        #expect(handbook.events.department(of: .guard) == "秩序")
    }

    @Test(
        "what cannot be is refused",
        arguments: [
            ("roster.json", #"{"policy":{"graceMinutes":-1}}"#), ("roster.json", #"{"policy":{"hours":30}}"#),
            ("roster.json", #"{"policy":{"firstHour":24}}"#), ("roster.json", #"{"policy":{"aheadHours":0}}"#),
            ("roster.json", #"{"policy":{"earlyMinutes":721}}"#), ("roster.json", #"{"policy":{"maximumHours":0}}"#),
            ("roster.json", #"{"policy":{"restHours":25}}"#),
            ("training.json", #"{"policy":{"noticeDays":400}}"#),
            ("events.json", #"{"policy":{"departments":[{"name":"","roles":[]}]}}"#),
        ])
    func refused(file: String, own: String) {
        #expect { try handbook(file, own) } throws: { ($0 as? HandbookError)?.code == .invalid }
    }
}
