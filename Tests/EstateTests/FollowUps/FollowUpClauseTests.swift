import Testing
import TestSupport

@testable import Estate

/// Section 3: the row of each class, and the rules for all of them.
@Suite("Return visits, clause by clause")
struct FollowUpClauseTests {
    private let test: TestEstate

    init() throws { test = try TestEstate() }

    /// Checks two cases completed on 03-02 at 16:00: one is visited in time and one late. The target is missed until the
    /// second one is covered, too.
    private func expect(_ requestClass: RequestClass, due: String, visitors: String, target: Int?) throws {
        let two = try (0..<2).map { _ in try test.request(requestClass.rawValue, done: "2026-03-02T16:00").visit }
        let rows = try test.show(FollowUpsView.self)
        #expect(rows.map(\.due.text) == [due, due])
        #expect(rows[0].visitors == visitors)
        try test.visit(two[0], visitors: "S05,S06", at: "\(due)T23:59:59")
        #expect(try test.rate(requestClass, String(due.prefix(7)), asOf: "2026-04-30").met == target.map { _ in false })
        try test.visit(two[1], visitors: "S05,S06", at: "\(day(due).adding(1).text)T00:00")
        #expect(try test.show(FollowUpsView.self).map(\.state) == [.done, .late])
        let rate = try test.rate(requestClass, String(due.prefix(7)), asOf: "2026-04-30")
        #expect((rate.target, rate.matured, rate.covered, rate.onTime) == (target, 2, 2, 1))
        #expect(rate.met == target.map { _ in true })
        #expect((rate.rate, rate.onTimeRate) == ("100.00", "50.00"))
    }

    @Test("3.1 a complaint: within three days, 100 %, by the regional manager and the administrator")
    func complaint() throws {
        try expect(.complaint, due: "2026-03-05", visitors: "regional,administrator", target: 100)
        let alone = try test.request("complaint", done: "2026-03-10").visit
        try test.visit(alone, visitors: "S06", at: "2026-03-11")
        #expect(try test.show(FollowUpsView.self).last?.absent == [.regional])
    }

    @Test("3.2 a minor repair: within three days, 100 %, by the administrator")
    func minorRepair() throws {
        try expect(.minorRepair, due: "2026-03-05", visitors: "administrator", target: 100)
    }

    @Test("3.3 a repair project: within one month, 100 %, by the administrator")
    func repairWorks() throws {
        try expect(.repairWorks, due: "2026-04-02", visitors: "administrator", target: 100)
    }

    @Test("3.4 a special service: in its middle stage and after its end, 100 %, by the administrator")
    func special() throws {
        let service = ["class": "special", "unit": "3-2-501", "text": "保洁", "from": "2026-03-01", "to": "2026-03-31"]
        try test.do("request.open", service, at: "2026-02-20")
        let rows = try test.show(FollowUpsView.self)
        #expect(rows.map(\.stage) == [.middle, .end])
        #expect(rows.map(\.opens.text) == ["2026-03-11", "2026-03-31"])
        #expect(rows.map(\.due.text) == ["2026-03-21", "2026-04-03"])
        #expect(rows.allSatisfy { $0.visitors == "administrator" })
        try test.visit(rows[0].id.id.text, at: "2026-03-15")
        #expect(try test.rate(.special, "2026-03", asOf: "2026-04-30").met == true)
        #expect(try test.rate(.special, "2026-04", asOf: "2026-04-30").met == false)
    }

    @Test("3.5 a community event: within one month, 70 % of the households")
    func event() throws {
        let event = try test.do(
            "request.open", ["class": "event", "unit": "3-2-501", "text": "中秋晚会"], at: "2026-03-01")
        for room in 601...610 {
            try test.do("unit.add", ["unit": "3-2-\(room)"], at: "2026-03-01")
            try test.do("event.attend", ["request": event, "unit": "3-2-\(room)"], at: "2026-03-01")
        }
        try test.do("request.complete", ["request": event], at: "2026-03-02T16:00")
        let rows = try test.show(FollowUpsView.self)
        #expect(rows.count == 10 && rows.allSatisfy { $0.due == day("2026-04-02") })
        for (number, row) in rows.prefix(7).enumerated() {
            #expect(try test.rate(.event, "2026-04", asOf: "2026-04-30").met == false, "\(number) of 10")
            try test.visit(row.id.id.text, at: "2026-04-02")
        }
        #expect(try test.rate(.event, "2026-04", asOf: "2026-04-30").met == true)
    }

    @Test("3.6 another service: within one week; the regional manager sets the target (未定)")
    func other() throws { try expect(.other, due: "2026-03-09", visitors: "administrator", target: nil) }

    @Test("3 a visit records quality, effect, satisfaction, shortcomings and suggestions")
    func contents() throws {
        let contents = [
            "quality": "合格", "effect": "好", "satisfaction": "4", "shortcomings": "来得晚", "suggestions": "先来电话",
        ]
        let visit = try test.minorRepair(done: "2026-03-02")
        try test.visit(visit, at: "2026-03-03", contents)
        let report = try #require(test.estate.followUps[ref(visit)]?.visit)
        let texts = test.estate.handbook.followUps.contents.map { report.text(of: $0.id) }
        #expect(texts == ["合格", "好", "4", "来得晚", "先来电话"])
    }

    @Test("3 the owner signs the result")
    func signature() throws {
        let visit = try test.minorRepair(done: "2026-03-02")
        let unsigned = ["followup": visit, "result": "satisfied", "visitors": "S06"]
        #expect(refusal { try test.do("followup.record", unsigned) }?.code == "followup.unsigned")
        try test.visit(visit, at: "2026-03-03")
        #expect(test.estate.followUps[ref(visit)]?.visit?.signer == "李四")
    }

    @Test("3 visits are rectified and repeated until the owner is satisfied")
    func again() throws {
        var visit = try test.minorRepair(done: "2026-03-02")
        for date in ["2026-03-03", "2026-03-05", "2026-03-07"] {
            try test.visit(visit, .unsatisfied, at: date)
            #expect(try test.show(FollowUpsView.self).last?.awaitsRectification == true)
            visit = try test.do("followup.rectified", ["followup": visit], at: date)
        }
        try test.visit(visit, .satisfied, at: "2026-03-09")
        let rows = try test.show(FollowUpsView.self)
        #expect(rows.map(\.result) == [.unsatisfied, .unsatisfied, .unsatisfied, .satisfied])
        #expect(!rows.contains { $0.awaitsRectification })
    }
}
