import Foundation
import Journal
import Testing

@testable import Estate

@Suite("The estate's own policy fills in where the standards are silent")
struct PolicyTests {
    /// The same estate, opened with a chapter of its own handbook.
    private func reopened(_ desk: Desk, _ chapter: String, _ json: String) throws -> Store {
        let folder = URL(fileURLWithPath: desk.folder).appendingPathComponent("handbook")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(json.utf8).write(to: folder.appendingPathComponent(chapter))
        return try desk.secondStore()
    }

    @Test("the regional manager sets how many other services are visited (3.6)", arguments: [(50, true), (80, false)])
    func target(percent: Int, met: Bool) throws {
        let desk = try Desk()
        let visits = try (0..<2).map { _ in try desk.request("other", done: "2026-03-02").visit }
        try desk.visit(visits[0], at: "2026-03-03")
        let store = try reopened(
            desk, "followups.json", #"{"classes":{"other":{"policy":{"target":\#(percent)}}}}"#)
        let rows = try RatesView(period: month("2026-03")).rows(of: store.estate, at: at("2026-04-01"))
        let rate = try #require(rows.first { $0.class == .other })
        #expect(rate.target == percent)
        #expect(rate.met == met)
    }

    @Test("how long is too long for a visitor is the estate's to say")
    func overstay() throws {
        let desk = try Desk()
        try desk.arrive("张三", at: "2026-03-02T10:00")
        let store = try reopened(desk, "gate.json", #"{"policy":{"overstayHours":{"default":1}}}"#)
        for (time, state) in [("2026-03-02T11:00", VisitState.inside), ("2026-03-02T11:01", .overstay)] {
            #expect(try GateView().rows(of: store.estate, at: at(time)).map(\.state) == [state])
        }
    }

    @Test("a year's holidays can be added as soon as they are published")
    func calendar() throws {
        let desk = try Desk()
        let store = try reopened(
            desk, "calendar.json", #"{"years":{"2027":{"off":{"元旦":["01-01","01-02","01-03"]},"work":{}}}}"#)
        let found = try WorkingDays.deadline(from: day("2026-12-31"), adding: 2, by: store.estate.handbook)
        #expect(found.due == day("2027-01-05"))
        #expect(found.skipped.map(\.why) == ["元旦", "元旦", "元旦"])
    }
}
