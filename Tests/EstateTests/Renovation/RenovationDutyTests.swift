import Handbook
import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("Rules, Duties: the formalities, the refund and the report of each case")
struct RenovationDutyTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-12-31T12:00") }

    private func states(_ kind: String, asOf time: String) throws -> [String] {
        try test.show(DutiesView.self, asOf: time).filter { $0.rule.kind == kind }.map {
            "\($0.subject.subject ?? "-") \($0.opens.short) \($0.due.short) \($0.state.rawValue)"
        }
    }

    @Test("the formalities: from the last paper, for two working days, late and never missed, done by the permit")
    func permit() throws {
        let id = try test.renovation(["papers": "complete", "applicant": "owner"], at: "2026-02-13T10:00")
        #expect(try states("permit", asOf: "2026-02-24") == ["3-2-501 装修 02-13 02-24 open"])
        #expect(try states("permit", asOf: "2026-02-25T00:01") == ["3-2-501 装修 02-13 02-24 late"])
        #expect(try states("permit", asOf: "2026-12-30") == ["3-2-501 装修 02-13 02-24 late"])
        try test.do(
            "renovation.permit", ["renovation": id, "deposit": "0", "fee": "0", "until": "2026-12-31"],
            at: "2026-02-24T23:59")
        #expect(try states("permit", asOf: "2026-12-30") == ["3-2-501 装修 02-13 02-24 done"])
        let row = try #require(try test.show(DutiesView.self).first { $0.rule.kind == "permit" })
        #expect(row.id == "permit-\(id)" && row.period == month("2026-02"))
        #expect(row.done?.fact == (try test.renovation(id).permit?.id))
        #expect(row.rule.prefill(row.subject, test.estate) == ["renovation": id])
    }

    @Test("withdrawn before the permit, small, or with papers missing: no duty")
    func none() throws {
        let id = try test.renovation(["papers": "complete", "applicant": "owner"], at: "2026-02-13T10:00")
        try test.do("renovation.withdraw", ["renovation": id, "why": "不装了"], at: "2026-02-14T10:00")
        _ = try test.renovation(["papers": "complete", "works": "装空调"], at: "2026-02-13T10:00")
        _ = try test.renovation(at: "2026-02-13T10:00")
        #expect(try states("permit", asOf: "2026-03-30") == [])
        #expect(try states("refund", asOf: "2026-03-30") == [])
    }

    @Test("the refund: from the acceptance, done when nothing is held")
    func refund() throws {
        let id = try test.permitted(at: "2026-03-02T09:00")
        try test.do("renovation.finish", ["renovation": id], at: "2026-04-01T09:00")
        #expect(try states("refund", asOf: "2026-04-01") == [])
        try test.do("renovation.accept", ["renovation": id, "result": "passed"], at: "2026-04-02T09:00")
        #expect(try states("refund", asOf: "2026-05-09") == ["3-2-501 装修 04-02 05-09 open"])
        try test.do("renovation.refund", ["renovation": id, "refund": "100"], at: "2026-05-08T09:00")
        #expect(try states("refund", asOf: "2026-05-10") == ["3-2-501 装修 04-02 05-09 late"])
        try test.do("renovation.refund", ["renovation": id, "refund": "1900"], at: "2026-05-09T23:00")
        #expect(try states("refund", asOf: "2026-05-10") == ["3-2-501 装修 04-02 05-09 done"])
    }

    @Test("the report: of a violation that is not obeyed, within the hours; gone when they obey")
    func report() throws {
        let id = try test.permitted(at: "2026-03-02T09:00")
        let violation = try test.do("renovation.violation", ["renovation": id, "what": "堆料"], at: "2026-03-03T20:00")
        #expect(try states("report", asOf: "2026-03-04") == ["3-2-501 堆料 03-03 03-04 open"])
        #expect(try states("report", asOf: "2026-03-06") == ["3-2-501 堆料 03-03 03-04 late"])
        try test.do("renovation.reported", ["violation": violation, "to": "城管"], at: "2026-03-04T19:00")
        #expect(try states("report", asOf: "2026-03-06") == ["3-2-501 堆料 03-03 03-04 done"])
        let other = try test.do("renovation.violation", ["renovation": id, "what": "噪声"], at: "2026-03-05T20:00")
        try test.do("renovation.obeyed", ["violation": other], at: "2026-03-05T20:10")
        #expect(try states("report", asOf: "2026-03-06").count == 1)
    }

    @Test("obeyed after the report was due: still to be reported, late")
    func obeyedLate() throws {
        let id = try test.permitted(at: "2026-03-02T09:00")
        let violation = try test.do("renovation.violation", ["renovation": id, "what": "堆料"], at: "2026-03-03T20:00")
        try test.do("renovation.obeyed", ["violation": violation], at: "2026-03-04T20:01")
        #expect(try states("report", asOf: "2026-03-06") == ["3-2-501 堆料 03-03 03-04 late"])
        try test.do("renovation.reported", ["violation": violation, "to": "城管"], at: "2026-03-05T09:00")
        #expect(try states("report", asOf: "2026-03-06") == ["3-2-501 堆料 03-03 03-04 late"])
        #expect(try test.only(ViolationsView.self).state == .reported)
    }

    @Test("what is done keeps the day of its time when the policy changes")
    func stays() throws {
        let id = try test.permitted(at: "2026-03-02T09:00")
        try test.do("renovation.withdraw", ["renovation": id, "why": "不装了"], at: "2026-03-10T09:00")
        try test.do("renovation.refund", ["renovation": id, "refund": "2000"], at: "2026-03-16T09:00")
        let own = #"{"policy":{"refundDays":1}}"#
        let changed = try TestEstate.reopened(test, handbook: ["renovation.json": own])
        let duty = try #require(changed.duties(through: day("2026-12-31")).first { $0.rule.kind == "refund" })
        #expect(duty.due == day("2026-03-17") && duty.state(at: test.store.now, in: .shanghai) == .done)
    }

    @Test("whoever may do it is told: its action opens with the case")
    func actions() {
        let rules = Estate.duties.filter { ["permit", "refund", "report"].contains($0.kind) }
        #expect(rules.map { $0.action.name } == ["renovation.permit", "renovation.refund", "renovation.reported"])
        #expect(rules.allSatisfy { $0.role == .supervisor })
    }
}
