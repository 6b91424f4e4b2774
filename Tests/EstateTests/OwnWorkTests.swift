import Foundation
import Handbook
import Testing

@testable import Estate

@Suite("Whoever did the work had better not ask how it was done (自办自访, policy)")
struct OwnWorkTests {
    /// A repair that somebody did, and its visit.
    private func repair(_ desk: Desk, by workers: String) throws -> String {
        let request = try desk.do(
            "request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "灯不亮"], at: "2026-03-02T09:00")
        try desk.do("request.complete", ["request": request, "workers": workers], at: "2026-03-02T16:00")
        return try #require(desk.estate.followUps.of(ref(request)).last).id.id.text
    }

    @Test(
        "a visit by whoever did the work, or recorded by them, is flagged; it is covered all the same",
        arguments: [
            ("S06", "S06", "S01", ["郑管理"]), ("维修班,S06", "郑管理", "S02", ["郑管理"]), ("S04", "S06", "S04", ["周主管"]),
            ("S06,S04", "S06", "S04", ["郑管理", "周主管"]), ("维修班", "S06", "S02", []), ("", "S06", "S06", []),
        ])
    func flagged(workers: String, visitors: String, by: String, own: [String]) throws {
        let desk = try Desk()
        let visit = try repair(desk, by: workers)
        let values = ["followup": visit, "result": "satisfied", "visitors": visitors, "signer": "李四"]
        let caution = RecordFollowUp.cautions(given: values, by: by, in: desk.estate)["visitors"]
        for name in own { #expect(caution?.chinese.contains(name) == true) }
        #expect((caution == nil) == own.isEmpty)
        try desk.do("followup.record", values, by: by, at: "2026-03-03T10:00")
        let row = try desk.only(FollowUpsView.self, asOf: "2026-03-31")
        #expect(row.ownWork == own)
        #expect(row.covered == true)
        #expect(row.absent.isEmpty)
    }

    @Test("an attempt is no visit, and nothing is flagged")
    func attempt() throws {
        let desk = try Desk()
        let visit = try repair(desk, by: "S06")
        let values = ["followup": visit, "result": "unreachable", "visitors": "S06"]
        #expect(RecordFollowUp.cautions(given: values, by: "S06", in: desk.estate).isEmpty)
        try desk.do("followup.record", values, by: "S06", at: "2026-03-03T10:00")
        #expect(try desk.only(FollowUpsView.self).ownWork.isEmpty)
    }

    @Test("half-typed names and what is no return visit warn of nothing")
    func halfTyped() throws {
        let desk = try Desk()
        let visit = try repair(desk, by: "S06")
        for values in [["followup": visit, "visitors": "郑"], ["followup": "x", "visitors": "S06"], [:]] {
            #expect(RecordFollowUp.cautions(given: values, by: "S02", in: desk.estate).isEmpty)
        }
    }

    @Test("the middle visit of a special service looks to whoever has it")
    func middle() throws {
        let desk = try Desk()
        let request = try desk.do(
            "request.open",
            ["class": "special", "unit": "3-2-501", "text": "保洁", "from": "2026-03-01", "to": "2026-03-30"],
            at: "2026-02-20")
        try desk.do("request.assign", ["request": request, "to": "S06"], at: "2026-02-20")
        let visit = try #require(desk.show(FollowUpsView.self).first { $0.stage == .middle })
        try desk.visit(visit.id.id.text, visitors: "S06", at: "2026-03-15")
        #expect(try desk.show(FollowUpsView.self).first?.ownWork == ["郑管理"])
    }

    @Test("a visit looks to whoever did the work of its own cycle, though it be written up in the next")
    func cycles() throws {
        let desk = try Desk()
        let first = try repair(desk, by: "S06")
        let request = try desk.only(FollowUpsView.self).request.id.text
        try desk.do("request.reopen", ["request": request, "why": "又不亮"], at: "2026-03-04T09:00")
        try desk.do("request.assign", ["request": request, "to": "S04"], at: "2026-03-04T10:00")
        try desk.visit(first, visitors: "S06,S04", at: "2026-03-03T10:00")
        try desk.do("request.complete", ["request": request], at: "2026-03-05T10:00")
        let second = try #require(desk.estate.followUps.of(ref(request)).last).id.id.text
        try desk.visit(second, .unsatisfied, visitors: "S06,S04", at: "2026-03-06T10:00")
        try desk.do("followup.rectified", ["followup": second], at: "2026-03-07T10:00")
        try desk.visit(second, visitors: "S06,S04", at: "2026-03-08T10:00")
        #expect(try desk.show(FollowUpsView.self).map(\.ownWork) == [["郑管理"], ["周主管"], ["周主管"]])
    }

    @Test("the printed sheet says who did the work, and that they visited")
    func sheet() throws {
        let desk = try Desk()
        let visit = try repair(desk, by: "S06,维修班")
        try desk.visit(visit, visitors: "S06", at: "2026-03-03T10:00")
        let sheet = try VisitSheet(followup: ref(visit)).document(of: desk.estate, at: desk.store.now, .chinese).sheets[
            0]
        let entries = sheet.blocks.flatMap { block in
            if case .entries(let entries) = block { entries.map { "\($0.name) \($0.value ?? "")" } } else { [String]() }
        }
        #expect(entries.contains("处理人 郑管理、维修班") && entries.contains("自办自访 郑管理"))
    }

    @Test("an estate may do without the flag")
    func policy() throws {
        let desk = try Desk()
        let own = Data(#"{"policy":{"flagsOwnWork":false}}"#.utf8)
        let folder = "\(desk.folder)/handbook"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try own.write(to: URL(fileURLWithPath: "\(folder)/followups.json"))
        let store = try desk.secondStore()
        #expect(!store.estate.handbook.followUps.flagsOwnWork)
        let visit = try repair(desk, by: "S06")
        try store.catchUp()
        let values = ["followup": visit, "visitors": "S06"]
        #expect(RecordFollowUp.cautions(given: values, by: "S06", in: store.estate).isEmpty)
        #expect(!RecordFollowUp.cautions(given: values, by: "S06", in: desk.estate).isEmpty)
    }
}
