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
