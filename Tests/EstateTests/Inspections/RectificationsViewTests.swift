import Testing
import TestSupport

@testable import Estate

@Suite("What is to be put right, whoever found it")
struct RectificationsViewTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-03-20T12:00") }

    private func failed() throws -> String {
        let inspection = try test.do("inspection.open", ["template": "hall"], by: "S04", at: "2026-03-02T09:00")
        try test.do(
            "inspection.mark",
            ["inspection": inspection, "item": "A3", "result": "fail", "note": "积水", "place": "2 单元"], by: "S04",
            at: "2026-03-02T09:10")
        try test.do("inspection.close", ["inspection": inspection], by: "S04", at: "2026-03-02T10:00")
        return inspection
    }

    @Test("a failed item is somebody's, with a day; after that it is overdue until it is put right")
    func item() throws {
        let inspection = try failed()
        var row = try test.only(RectificationsView.self, asOf: "2026-03-09T23:59")
        #expect((row.whoName, row.due, row.isOverdue) == (nil, day("2026-03-09"), false))
        #expect(row.place == "2 单元" && row.source.chinese == "巡检" && row.inspection?.id.text == inspection)
        #expect(try test.only(RectificationsView.self, asOf: "2026-03-10T00:01").isOverdue)
        try test.do(
            "inspection.assign", ["inspection": inspection, "item": "A3", "who": "保洁班"], by: "S04",
            at: "2026-03-03T09:00")
        row = try test.only(RectificationsView.self)
        #expect((row.whoName, row.due) == ("保洁班", day("2026-03-09")))
        try test.do(
            "inspection.recheck", ["inspection": inspection, "item": "A3", "result": "fail", "note": "仍有水"],
            by: "S04", at: "2026-03-10T09:00")
        row = try test.only(RectificationsView.self)
        #expect((row.whoName, row.due, row.rechecks) == ("保洁班", day("2026-03-17"), 1))
        try test.do(
            "inspection.recheck", ["inspection": inspection, "item": "A3", "result": "pass"], by: "S04",
            at: "2026-03-18T09:00")
        row = try test.only(RectificationsView.self)
        #expect(row.state == .rectified && !row.isOverdue)
        let again = refusal {
            try test.do("inspection.assign", ["inspection": inspection, "item": "A3", "who": "保洁班"])
        }
        #expect(again?.code == "inspection.recheck")
    }

    @Test("a recheck passes or fails")
    func recheck() throws {
        let inspection = try failed()
        let refused = refusal {
            try test.do(
                "inspection.recheck", ["inspection": inspection, "item": "A3", "result": "na", "note": "无"])
        }
        #expect(refused?.field == "result")
    }

    @Test(
        "an unsatisfied return visit is put right by who did the work, or whoever is named, within the days of the policy"
    )
    func visit() throws {
        let request = try test.do(
            "request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "滴水"], at: "2026-03-02T09:00")
        try test.do("request.complete", ["request": request, "workers": "维修班"], at: "2026-03-02T12:00")
        let visit = try #require(test.estate.followUps.of(ref(request)).first).id.id.text
        try test.visit(visit, .unsatisfied, at: "2026-03-03", ["shortcomings": "又漏"])
        var row = try test.only(RectificationsView.self)
        #expect((row.whoName, row.due, row.note) == ("维修班", day("2026-03-10"), "又漏"))
        #expect(row.followUp?.id.text == visit && row.inspection == nil && row.source.chinese == "回访")
        #expect(row.text == "3-2-501 滴水" && row.state == .open)
        let second = try test.do("followup.rectified", ["followup": visit], at: "2026-03-04T10:00")
        #expect(try test.only(RectificationsView.self).state == .rectified)
        try test.visit(
            second, .unsatisfied, at: "2026-03-05", ["shortcomings": "还漏", "who": "郑管理", "due": "2026-03-06"])
        row = try #require(test.show(RectificationsView.self).last)
        #expect((row.whoName, row.due) == ("郑管理", day("2026-03-06")))
        let satisfied = try test.do("followup.rectified", ["followup": second], at: "2026-03-06T10:00")
        #expect(
            refusal { try test.visit(satisfied, at: "2026-03-07", ["who": "郑管理"]) }?.code == "followup.remedy")
    }

    @Test("a request that is reopened takes the place of what its visit left")
    func reopened() throws {
        let (request, visit) = try test.request("complaint", done: "2026-03-02")
        try test.visit(visit, .unsatisfied, visitors: "S05,S06", at: "2026-03-03")
        try test.do("request.reopen", ["request": request, "why": "没有处理"], at: "2026-03-04T09:00")
        #expect(try test.show(RectificationsView.self).isEmpty)
    }
}
