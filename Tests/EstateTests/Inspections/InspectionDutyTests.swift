import Testing
import TestSupport

@testable import Estate

@Suite("5.1 the customer areas are inspected twice a week, on two days")
struct InspectionDutyTests {
    private static let own =
        #"{"policy":{"templates":[{"name":"small","title":"小检","areas":true,"items":[{"id":"X1","text":"门"},{"id":"X2","text":"灯"}]}]}}"#
    private let test: TestEstate

    init() throws { test = try TestEstate(handbook: ["inspections.json": Self.own]) }

    private func inspect(_ time: String, template: String = "small", items: [String] = ["X1", "X2"]) throws {
        var members = ["template": template]
        if template == "gate" { members["staff"] = "S03" }
        let inspection = try test.do("inspection.open", members, by: "S04", at: "\(time)T09:00")
        for item in items {
            try test.do(
                "inspection.mark", ["inspection": inspection, "item": item, "result": "pass"], by: "S04",
                at: "\(time)T09:10")
        }
        try test.do("inspection.close", ["inspection": inspection], by: "S04", at: "\(time)T09:20")
    }

    private func states(asOf time: String) throws -> [String] {
        try test.show(DutiesView.self, asOf: time).filter { $0.rule.kind == "inspection" && $0.opens <= day(time) }
            .map { "\($0.id.dropFirst(11)) \($0.state.rawValue)" }
    }

    @Test("two a week from the first on, open until Sunday, missed from Monday on")
    func weeks() throws {
        // 2026-03-02 is a Monday.
        try inspect("2026-03-03")
        #expect(try states(asOf: "2026-03-03") == ["2026-W10-1 done", "2026-W10-2 open"])
        #expect(try states(asOf: "2026-03-08") == ["2026-W10-1 done", "2026-W10-2 open"])
        #expect(
            try states(asOf: "2026-03-09")
                == ["2026-W10-1 done", "2026-W10-2 missed", "2026-W11-1 open", "2026-W11-2 open"])
        try inspect("2026-03-10")
        try inspect("2026-03-15")
        #expect(try states(asOf: "2026-03-15").suffix(2) == ["2026-W11-1 done", "2026-W11-2 done"])
        let duty = try #require(test.show(DutiesView.self).first { $0.id == "inspection-2026-W11-2" })
        #expect(duty.due == day("2026-03-15") && duty.rule.role == .supervisor)
        #expect(duty.done?.at == at("2026-03-15T09:20"))
    }

    @Test("on one day only one counts, unless the policy says otherwise; a third changes nothing")
    func days() throws {
        try inspect("2026-03-03")
        try inspect("2026-03-03")
        #expect(try states(asOf: "2026-03-04") == ["2026-W10-1 done", "2026-W10-2 open"])
        try inspect("2026-03-05")
        try inspect("2026-03-06")
        #expect(try states(asOf: "2026-03-06") == ["2026-W10-1 done", "2026-W10-2 done"])
        let lax = Self.own.replacing(#"{"policy":{"#, with: #"{"policy":{"onSeveralDays":false,"#)
        try test.write(handbook: "inspections.json", lax)
        let estate = try test.secondStore().estate
        #expect(estate.areaInspections(of: Week(day("2026-03-03"))).count == 4)
    }

    @Test("an inspection with unmarked items, one of a post and an open one do not count; a missed one stays missed")
    func others() throws {
        try inspect("2026-03-03")
        try inspect("2026-03-04", items: ["X1"])
        try inspect("2026-03-05", template: "gate", items: ["7.1"])
        try test.do("inspection.open", ["template": "small"], by: "S04", at: "2026-03-06T09:00")
        #expect(try states(asOf: "2026-03-07") == ["2026-W10-1 done", "2026-W10-2 open"])
        // Made in the next week, it is one of that week.
        try inspect("2026-03-09")
        #expect(
            try states(asOf: "2026-03-09")
                == ["2026-W10-1 done", "2026-W10-2 missed", "2026-W11-1 done", "2026-W11-2 open"])
    }

    @Test("a week has what was closed in it and what is still open since it, however many weeks there are")
    func index() throws {
        for week in 0..<6 {
            let monday = day("2026-03-02").adding(7 * week)
            for weekday in [1, 3] { try inspect(monday.adding(weekday).text) }
        }
        let open = try test.do("inspection.open", ["template": "small"], by: "S04", at: "2026-03-22T09:00")
        func made(_ date: String) -> [Inspection] { test.estate.inspections.made(in: Week(day(date))) }
        func scanned(_ date: String) -> [Inspection] {
            test.estate.inspections.all.values.filter {
                Week(Day($0.closed ?? $0.opened, in: .shanghai)) == Week(day(date))
            }
        }
        #expect(made("2026-03-16").map(\.id) == scanned("2026-03-16").map(\.id) && made("2026-03-16").count == 3)
        try test.do(
            "inspection.mark", ["inspection": open, "item": "X1", "result": "pass"], by: "S04", at: "2026-03-22T10:00")
        // Closed in the next week, it is one of that.
        try test.do("inspection.close", ["inspection": open], by: "S04", at: "2026-03-23T09:00")
        for week in 0..<7 {
            let date = day("2026-03-02").adding(7 * week).text
            #expect(made(date).map(\.id) == scanned(date).map(\.id), "\(date)")
        }
        #expect(made("2026-03-16").count == 2 && made("2026-03-23").count == 3)
    }

    @Test("before the first inspection of the areas there is no duty")
    func beginning() throws {
        try inspect("2026-03-03", template: "gate", items: ["7.1"])
        #expect(try states(asOf: "2026-03-20") == [])
    }
}
