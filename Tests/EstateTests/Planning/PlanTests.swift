import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("4 The department's work plan")
struct PlanTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-06-30T12:00") }

    private func item(_ what: String, due: String) throws -> String {
        try test.do(
            "plan.item", ["year": String(due.prefix(4)), "what": what, "who": "S04", "due": due], at: "2026-01-05")
    }

    @Test("an item is open, overdue after its day, done, or done late; the first due stands first")
    func states() throws {
        let (early, late) = (try item("甲", due: "2026-05-31"), try item("乙", due: "2026-04-30"))
        _ = try item("丙", due: "2026-03-31")
        _ = try item("丁", due: "2026-12-31")
        try test.do("plan.done", ["item": early], by: "S04", at: "2026-05-31T23:59")
        try test.do("plan.done", ["item": late, "note": "晚了几天"], by: "S04", at: "2026-05-02T09:00")
        let rows = try test.show(PlanView.self, ["year": "2026"])
        #expect(rows.map { "\($0.what) \($0.state.rawValue)" } == ["丙 overdue", "乙 late", "甲 done", "丁 open"])
        #expect(rows[1].subject.done?.note == "晚了几天" && rows[1].who == "周主管")
        // As of then.
        #expect(try test.show(PlanView.self, asOf: "2026-05-01").first { $0.what == "乙" }?.state == .overdue)
        #expect(try test.show(PlanView.self, ["year": "2027"]).isEmpty)
    }

    @Test("the due day lies in the year; the manager plans; nothing is done twice")
    func refusals() throws {
        let members = ["year": "2027", "what": "甲", "who": "S04", "due": "2026-12-31"]
        #expect(refusal { try test.do("plan.item", members) }?.code == "plan.year")
        #expect(refusal { try test.do("plan.item", members, by: "S04") }?.code == "staff.notAllowed")
        let id = try item("甲", due: "2026-12-31")
        try test.do("plan.done", ["item": id], by: "S04")
        #expect(refusal { try test.do("plan.done", ["item": id], by: "S04") }?.code == "plan.finished")
        #expect(
            refusal { try test.do("plan.done", ["item": "01K0123456789ABCDEFGHJKMNP"], by: "S04") }?.code
                == "planitem.unknown")
        let other = try item("乙", due: "2026-12-31")
        #expect(
            refusal { try test.do("plan.done", ["item": other], by: "S04", at: "2025-12-31") }?.code == "time.order")
    }

    @Test("an item carries its progress until it is done; the manager moves its day and person, within its year")
    func progress() throws {
        let id = try item("甲", due: "2026-12-31")
        try test.do("plan.update", ["item": id, "percent": "30", "note": "方案送审"], by: "S04", at: "2026-05-01T09:00")
        try test.do("plan.update", ["item": id, "note": "已批"], by: "S04", at: "2026-06-01T09:00")
        try test.do("plan.update", ["item": id, "who": "工程部", "due": "2026-10-31"])
        let row = try #require(try test.show(PlanView.self).first)
        #expect(row.subject.progress?.percent == 30 && row.note == "已批")
        #expect(row.who == "工程部" && row.subject.due.text == "2026-10-31" && row.state == .open)
        func code(_ members: [String: String], by staff: String = "S01") -> String? {
            refusal { try test.do("plan.update", members.merging(["item": id]) { $1 }, by: staff) }?.code
        }
        #expect(code(["due": "2026-11-30"], by: "S04") == "plan.manager")
        #expect(code(["who": "S04"], by: "S04") == "plan.manager")
        #expect(code(["due": "2027-01-31"]) == "plan.year")
        #expect(code(["percent": "100"]) == "plan.percent")
        #expect(code([:]) == "plan.unchanged")
        #expect(code(["who": "工程部", "due": "2026-10-31"]) == "plan.unchanged")
        try test.do("plan.done", ["item": id, "note": "验收"], by: "S04")
        #expect(try test.show(PlanView.self).first?.note == "验收")
        #expect(code(["percent": "90"]) == "plan.finished")
    }

    @Test("from November on the form proposes the next year")
    func proposal() {
        func year(_ time: String) -> String? {
            AddPlanItem.proposals(with: [:], to: "S01", in: test.estate, at: at(time))["year"]
        }
        #expect(year("2026-10-31") == "2026" && year("2026-11-01") == "2027")
    }

    @Test("scripts rely on these names")
    func names() throws {
        try expectFields("plan.item", "year what who due")
        try expectFields("plan.update", "item percent? note? who? due?")
        try expectFields("plan.done", "item note?")
        try expectFields("duty.done", "duty note?")
        try expectColumns("plan", "id what who due done state")
        try expectValues("plan", "state", "open|overdue|done|late")
    }

    @Test("a start has what is not done, and the items of this year and the last")
    func retained() throws {
        for (year, isDone) in [(2024, true), (2025, true), (2024, false), (2026, true)] {
            let members = ["year": "\(year)", "what": "事\(year)", "who": "S04", "due": "\(year)-06-30"]
            let item = try test.do("plan.item", members, at: "2024-01-05T09:00")
            if isDone { try test.do("plan.done", ["item": item], by: "S04", at: "\(year)-05-05T09:00") }
        }
        let window = RetentionWindow(at: test.store.now, in: .shanghai, test.estate.handbook)
        let ids = Planning.retainedIDs(in: test.estate, window)
        let items = test.estate.planning.all.values.map { (ids.contains($0.id.id), $0.year, $0.done != nil) }
        #expect(items.filter(\.0).map { "\($0.1) \($0.2)" } == ["2025 true", "2024 false", "2026 true"])
    }

    @Test("the month's report has what was done in its very minute")
    func reportedAtOnce() throws {
        let id = try item("甲", due: "2026-12-31")
        try test.do("plan.done", ["item": id], by: "S04")
        let report = try MonthReport.make(
            of: test.estate, at: test.store.now, members: [:], .chinese,
            figures: { try test.store.pastFigures(of: $0) })
        let text = report.document.sheets.flatMap(\.contents).joined(separator: "\n")
        #expect(text.contains("06-30 完成") && !text.contains("进行中 1"))
    }
}
