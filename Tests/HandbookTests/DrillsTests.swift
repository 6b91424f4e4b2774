import Foundation
import Handbook
import Testing

@Suite("The drill of plates (7.7; Rules, Gate)")
struct DrillsTests {
    private func handbook(_ own: String? = nil) throws -> Handbook.Drills {
        let overrides = own.map { [Handbook.Drills.file: Data($0.utf8)] } ?? [:]
        return try Handbook(overrides: overrides, chapters: [Handbook.Drills.self]).drills
    }

    @Test("20 new plates a day and at most 60 days, which is policy")
    func policy() throws {
        let rule = try handbook()
        #expect(rule.newPerDay == 20 && rule.maximumDays == 60)
        #expect(try handbook(#"{"policy":{"newPerDay":5}}"#).newPerDay == 5)
        for own in [#"{"policy":{"newPerDay":0}}"#, #"{"policy":{"maximumDays":0}}"#] {
            #expect(throws: HandbookError.self) { try handbook(own) }
        }
    }
}
