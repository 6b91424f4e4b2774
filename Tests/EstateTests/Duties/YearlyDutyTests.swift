import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("Rules, Duties: those of the year, and those that only somebody's word shows")
struct YearlyDutyTests {
    private func states(_ test: TestEstate, _ kind: String, asOf time: String? = nil) throws -> [String] {
        try test.show(DutiesView.self, asOf: time).filter { $0.rule.kind == kind }
            .map { "\($0.id) \($0.due.text) \($0.state.rawValue)" }
    }

    @Test(
        "a summary and a notice of each year since the founding, due in the next, told some days before; late, never missed"
    )
    func years() throws {
        let test = try TestEstate(now: "2025-06-01T08:00")
        test.clock.set("2027-01-12T09:00")
        // 10 January 2026 is a Saturday, of 2027 a Sunday: the next working day.
        #expect(
            try states(test, "summary") == ["summary-2025 2026-01-12 late", "summary-2026 2027-01-11 late"])
        #expect(try states(test, "publish", asOf: "2026-05-01") == ["publish-2025 2026-03-31 late"])
        #expect(try states(test, "plan", asOf: "2026-01-02") == ["plan-2026 2026-01-15 open"])
        let row = try #require(
            try test.show(DutiesView.self, asOf: "2026-01-05T09:00").first { $0.id == "summary-2025" })
        #expect(row.opens == day("2026-01-05") && row.isWaiting && row.rule.role == .manager)
        #expect(
            try test.show(DutiesView.self, asOf: "2026-01-04T09:00").first { $0.id == "summary-2025" }?.isWaiting
                == false)
    }

    @Test("the first item of a year's plan fulfils the duty of the plan")
    func plan() throws {
        let test = try TestEstate(now: "2025-06-01T08:00")
        test.clock.set("2026-02-01T09:00")
        #expect(try states(test, "plan") == ["plan-2026 2026-01-15 late"])
        try test.do(
            "plan.item", ["year": "2026", "what": "培训", "who": "S04", "due": "2026-05-31"], at: "2026-01-15T23:59")
        #expect(try states(test, "plan") == ["plan-2026 2026-01-15 done"])
        let row = try #require(try test.show(DutiesView.self).first { $0.id == "plan-2026" })
        #expect(row.done?.fact.id == test.estate.planning.all.values.first?.id.id)
    }

    @Test("duty.done finishes what nothing else shows; others are refused with the action that fulfils them")
    func finishing() throws {
        let test = try TestEstate(now: "2025-06-01T08:00")
        test.clock.set("2026-01-08T09:00")
        func refused(_ duty: String, by member: String = "S01") -> String? {
            refusal { try test.do("duty.done", ["duty": duty], by: member) }?.code
        }
        #expect(refused("plan-2026") == "duty.shown")
        #expect(refused("summary-1999") == "duty.unknown")
        #expect(refused("summary-2025", by: "S04") == "duty.role")
        #expect(refused("summary-2025", by: "S02") == "staff.notAllowed")
        try test.do("duty.done", ["duty": "summary-2025", "note": "已报区域"])
        #expect(refused("summary-2025") == "duty.finished")
        #expect(try states(test, "summary") == ["summary-2025 2026-01-12 done"])
        #expect(FinishDuty.due("duty", in: test.estate, at: test.store.now).isEmpty)
        test.clock.set("2026-03-20T09:00")
        #expect(FinishDuty.due("duty", in: test.estate, at: test.store.now).map(\.value) == ["publish-2025"])
    }

    @Test("what was finished keeps the day of its time when the policy changes")
    func keptDay() throws {
        let test = try TestEstate(
            now: "2025-06-01T08:00", handbook: ["planning.json": #"{"summary":{"policy":{"day":20}}}"#])
        test.clock.set("2026-01-19T09:00")
        #expect(try states(test, "summary") == ["summary-2025 2026-01-20 open"])
        try test.do("duty.done", ["duty": "summary-2025"])
        let entry = try #require(test.estate.finishedDuties["summary-2025"])
        #expect(entry.due == day("2026-01-20"))
    }

    @Test("a duty comes until its time to be told, then it waits; what is done or too late does neither")
    func coming() throws {
        let test = try TestEstate(now: "2025-06-01T08:00")
        test.clock.set("2026-01-13T09:00")
        func row(_ time: String) throws -> DutiesView.Row {
            try #require(try test.show(DutiesView.self, asOf: time).first { $0.id == "summary-2025" })
        }
        #expect(try row("2026-01-04T09:00").isComing && !row("2026-01-04T09:00").isWaiting)
        #expect(try !row("2026-01-05T09:00").isComing && row("2026-01-05T09:00").isWaiting)
        // Late, it waits still.
        #expect(try !row("2026-01-13T09:00").isComing && row("2026-01-13T09:00").isWaiting)
        test.clock.set("2026-01-04T10:00")
        try test.do("duty.done", ["duty": "summary-2025", "note": "已报区域"])
        #expect(try !row("2026-01-04T11:00").isComing && !row("2026-01-04T11:00").isWaiting)
    }
}
