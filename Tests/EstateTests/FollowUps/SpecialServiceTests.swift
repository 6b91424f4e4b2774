import Handbook
import Testing
import TestSupport

@testable import Estate

@Suite("3.4 Special services are visited twice")
struct SpecialServiceTests {
    @Test(
        "3.4 the middle opens at A + n/3 and is due at A + 2n/3, rounded down; the end opens at B and is due at B + 3",
        arguments: [
            ("2026-03-01", "2026-03-31", "2026-03-11", "2026-03-21", "2026-04-03"),
            ("2026-03-01", "2026-03-11", "2026-03-04", "2026-03-07", "2026-03-14"),
            ("2026-03-01", "2026-03-03", "2026-03-01", "2026-03-02", "2026-03-06"),
            ("2026-03-01", "2026-03-02", "2026-03-01", "2026-03-01", "2026-03-05"),
            ("2026-03-01", "2026-03-01", "2026-03-01", "2026-03-01", "2026-03-04"),
            ("2026-12-01", "2027-02-28", "2026-12-30", "2027-01-29", "2027-03-03"),
        ])
    func windows(from: String, to: String, opens: String, due: String, endDue: String) throws {
        let handbook = try Handbook(chapters: Estate.chapters)
        let middle = handbook.window(of: .middle, in: day(from)...day(to))
        #expect(middle.opens.text == opens)
        #expect(middle.due.text == due)
        let end = handbook.window(of: .end, in: day(from)...day(to))
        #expect(end.opens.text == to)
        #expect(end.due.text == endDue)
    }

    func opened(_ test: TestEstate) throws -> String {
        try test.do(
            "request.open",
            ["class": "special", "unit": "3-2-501", "text": "保洁一个月", "from": "2026-03-01", "to": "2026-03-31"],
            at: "2026-02-20T09:00")
    }

    @Test("3.4 both visits are planned at the opening, and the completion adds none")
    func plannedAtOpening() throws {
        let test = try TestEstate()
        let request = try opened(test)
        try test.do("request.complete", ["request": request], at: "2026-03-31T18:00")
        #expect(try test.show(FollowUpsView.self).map(\.stage) == [.middle, .end])
    }

    @Test(
        "3.4 a visit is upcoming, open, then overdue",
        arguments: [
            ("2026-03-10", FollowUpState.upcoming), ("2026-03-11", .open), ("2026-03-20", .open),
            ("2026-03-21T23:59:59", .open), ("2026-03-21", .overdue),
        ])
    func states(asOf: String, state: FollowUpState) throws {
        let test = try TestEstate()
        _ = try opened(test)
        #expect(try test.show(FollowUpsView.self, asOf: asOf).first?.state == state)
    }

    @Test("3.4 a visit before its window is refused")
    func early() throws {
        let test = try TestEstate()
        let request = try opened(test)
        let middle = try #require(test.estate.followUps.of(ref(request)).first).id.id.text
        #expect(refusal { try test.visit(middle, at: "2026-03-10T23:59") }?.code == "followup.early")
        try test.visit(middle, at: "2026-03-11T00:00")
    }

    @Test(
        "3.4 only a special service has a period, with both ends in order",
        arguments: [
            (["class": "special", "from": "2026-03-01"], "request.periodMissing", "to"),
            (["class": "special", "to": "2026-03-01"], "request.periodMissing", "from"),
            (["class": "special", "from": "2026-03-02", "to": "2026-03-01"], "request.periodReversed", "to"),
            (["class": "complaint", "from": "2026-03-02"], "request.period", "from"),
        ])
    func periods(members: [String: String], code: String, field: String) throws {
        let test = try TestEstate()
        let refused = refusal {
            try test.do("request.open", members.merging(["unit": "3-2-501", "text": "保洁"]) { $1 })
        }
        #expect(refused?.code == code)
        #expect(refused?.field == field)
        #expect(refused?.cause == .rule)
    }
}
