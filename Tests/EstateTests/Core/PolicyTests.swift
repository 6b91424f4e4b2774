import Foundation
import Testing
import TestSupport

@testable import Estate

@Suite("The estate's policy completes the standards")
struct PolicyTests {
    /// The same estate, opened with a chapter of its own handbook.
    private func reopened(_ test: TestEstate, _ chapter: String, _ json: String) throws -> Store {
        let folder = URL(fileURLWithPath: test.folder).appendingPathComponent("handbook")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(json.utf8).write(to: folder.appendingPathComponent(chapter))
        return try test.secondStore()
    }

    @Test("3.6 the regional manager sets the target of other services", arguments: [(50, true), (80, false)])
    func target(percent: Int, met: Bool) throws {
        let test = try TestEstate()
        let visits = try (0..<2).map { _ in try test.request("other", done: "2026-03-02").visit }
        try test.visit(visits[0], at: "2026-03-03")
        let store = try reopened(
            test, "followups.json", #"{"classes":{"other":{"policy":{"target":\#(percent)}}}}"#)
        let rows = try RatesView(period: month("2026-03")).rows(of: store.estate, at: at("2026-04-01"))
        let rate = try #require(rows.first { $0.class == .other })
        #expect(rate.target == percent)
        #expect(rate.met == met)
    }

    @Test("when a visit is due was decided once: another handbook does not change it")
    func due() throws {
        let test = try TestEstate()
        func days(_ estate: Estate) -> [String] { estate.followUps.all.values.map { "\($0.opens) \($0.due)" } }
        let special = ["class": "special", "unit": "3-2-501", "text": "保洁", "from": "2026-03-01", "to": "2026-03-31"]
        let request = try test.do("request.open", special, at: "2026-03-01T09:00")
        try test.do("request.complete", ["request": request], at: "2026-03-31T18:00")
        try test.do("request.reopen", ["request": request, "why": "又脏"], at: "2026-04-10T09:00")
        try test.do("request.complete", ["request": request], at: "2026-04-11T09:00")
        let visit = try #require(test.estate.followUps.pending.last).id.text
        try test.visit(visit, .unsatisfied, at: "2026-04-12T09:00")
        try test.do("followup.rectified", ["followup": visit], at: "2026-04-13T09:00")
        let before = days(test.estate)
        let store = try reopened(
            test, "followups.json", #"{"classes":{"special":{"within":{"stages":{"end":{"policy":{"dueDays":90}}}}}}}"#)
        #expect(store.estate.handbook.due(.special, done: day("2026-03-01")) == day("2026-05-30"))
        #expect(days(store.estate) == before && before.count == 4)
    }

    @Test("the policy sets the allowed stay of visitors")
    func overstay() throws {
        let test = try TestEstate()
        try test.arrive("张三", at: "2026-03-02T10:00")
        let store = try reopened(test, "gate.json", #"{"policy":{"overstayHours":{"default":1}}}"#)
        for (time, state) in [("2026-03-02T11:00", VisitState.inside), ("2026-03-02T11:01", .overstay)] {
            #expect(try GateView().rows(of: store.estate, at: at(time)).map(\.state) == [state])
        }
    }

    @Test("the holidays of a further year can be added")
    func calendar() throws {
        let test = try TestEstate()
        let store = try reopened(
            test, "calendar.json", #"{"years":{"2027":{"off":{"元旦":["01-01","01-02","01-03"]},"work":{}}}}"#)
        let found = try WorkingDays.deadline(from: day("2026-12-31"), adding: 2, by: store.estate.handbook)
        #expect(found.due == day("2027-01-05"))
        #expect(found.skipped.map(\.why) == ["元旦", "元旦", "元旦"])
    }
}
