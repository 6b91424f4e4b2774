import Foundation
import Testing
import TestSupport

@testable import Estate

@Suite("Visits by the worker are flagged (承办人自访, policy)")
struct OwnWorkTests {
    /// The id of the visit after a repair by the given workers.
    private func repair(_ test: TestEstate, by workers: String) throws -> String {
        let request = try test.do(
            "request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "灯不亮"], at: "2026-03-02T09:00")
        try test.do("request.complete", ["request": request, "workers": workers], at: "2026-03-02T16:00")
        return try #require(test.estate.followUps.of(ref(request)).last).id.id.text
    }

    @Test(
        "a visit made or recorded by the worker is flagged, and covered all the same",
        arguments: [
            ("S06", "S06", "S01", ["郑管理"]), ("维修班,S06", "郑管理", "S02", ["郑管理"]), ("S04", "S06", "S04", ["周主管"]),
            ("S06,S04", "S06", "S04", ["郑管理", "周主管"]), ("维修班", "S06", "S02", []), ("", "S06", "S06", []),
        ])
    func flagged(workers: String, visitors: String, by: String, own: [String]) throws {
        let test = try TestEstate()
        let visit = try repair(test, by: workers)
        let values = ["followup": visit, "result": "satisfied", "visitors": visitors, "signer": "李四"]
        let caution = RecordFollowUp.cautions(with: values, by: by, in: test.estate)["visitors"]
        for name in own { #expect(caution?.chinese.contains(name) == true) }
        #expect((caution == nil) == own.isEmpty)
        try test.do("followup.record", values, by: by, at: "2026-03-03T10:00")
        let row = try test.only(FollowUpsView.self, asOf: "2026-03-31")
        #expect(row.ownWork == own)
        #expect(row.covered == true)
        #expect(row.absent.isEmpty)
    }

    @Test("an attempt is not flagged")
    func attempt() throws {
        let test = try TestEstate()
        let visit = try repair(test, by: "S06")
        let values = ["followup": visit, "result": "unreachable", "visitors": "S06"]
        #expect(RecordFollowUp.cautions(with: values, by: "S06", in: test.estate).isEmpty)
        try test.do("followup.record", values, by: "S06", at: "2026-03-03T10:00")
        #expect(try test.only(FollowUpsView.self).ownWork.isEmpty)
    }

    @Test("incomplete input gives no warning")
    func halfTyped() throws {
        let test = try TestEstate()
        let visit = try repair(test, by: "S06")
        for values in [["followup": visit, "visitors": "郑"], ["followup": "x", "visitors": "S06"], [:]] {
            #expect(RecordFollowUp.cautions(with: values, by: "S02", in: test.estate).isEmpty)
        }
    }

    @Test("3.4 the middle visit is compared with the assignee")
    func middle() throws {
        let test = try TestEstate()
        let request = try test.do(
            "request.open",
            ["class": "special", "unit": "3-2-501", "text": "保洁", "from": "2026-03-01", "to": "2026-03-30"],
            at: "2026-02-20")
        try test.do("request.assign", ["request": request, "to": "S06"], at: "2026-02-20")
        let visit = try #require(test.show(FollowUpsView.self).first { $0.stage == .middle })
        try test.visit(visit.id.id.text, visitors: "S06", at: "2026-03-15")
        #expect(try test.show(FollowUpsView.self).first?.ownWork == ["郑管理"])
    }

    @Test("a visit is compared with the workers of its own cycle, even if it is recorded in the next")
    func cycles() throws {
        let test = try TestEstate()
        let first = try repair(test, by: "S06")
        let request = try test.only(FollowUpsView.self).request.id.text
        try test.do("request.reopen", ["request": request, "why": "又不亮"], at: "2026-03-04T09:00")
        try test.do("request.assign", ["request": request, "to": "S04"], at: "2026-03-04T10:00")
        try test.visit(first, visitors: "S06,S04", at: "2026-03-03T10:00")
        try test.do("request.complete", ["request": request], at: "2026-03-05T10:00")
        let second = try #require(test.estate.followUps.of(ref(request)).last).id.id.text
        try test.visit(second, .unsatisfied, visitors: "S06,S04", at: "2026-03-06T10:00")
        try test.do("followup.rectified", ["followup": second], at: "2026-03-07T10:00")
        try test.visit(second, visitors: "S06,S04", at: "2026-03-08T10:00")
        #expect(try test.show(FollowUpsView.self).map(\.ownWork) == [["郑管理"], ["周主管"], ["周主管"]])
    }

    @Test("the visit sheet names the workers and the own work")
    func sheet() throws {
        let test = try TestEstate()
        let visit = try repair(test, by: "S06,维修班")
        try test.visit(visit, visitors: "S06", at: "2026-03-03T10:00")
        let sheet = try FollowUpSheet(followup: ref(visit)).document(of: test.estate, at: test.store.now, .chinese)
            .sheets[
                0]
        let entries = sheet.blocks.flatMap { block in
            if case .entries(let entries) = block { entries.map { "\($0.name) \($0.value ?? "")" } } else { [String]() }
        }
        #expect(entries.contains("承办人 郑管理、维修班") && entries.contains("承办人自访 郑管理"))
    }

    @Test("the policy can switch the flag off")
    func policy() throws {
        let test = try TestEstate()
        let own = Data(#"{"policy":{"flagsOwnWork":false}}"#.utf8)
        let folder = "\(test.folder)/handbook"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try own.write(to: URL(fileURLWithPath: "\(folder)/followups.json"))
        let store = try test.secondStore()
        #expect(!store.estate.handbook.followUps.flagsOwnWork)
        let visit = try repair(test, by: "S06")
        try store.catchUp()
        let values = ["followup": visit, "visitors": "S06"]
        #expect(RecordFollowUp.cautions(with: values, by: "S06", in: store.estate).isEmpty)
        #expect(!RecordFollowUp.cautions(with: values, by: "S06", in: test.estate).isEmpty)
    }
}
