import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("5.7 The manager's instruction on the report of the 28th")
struct ApproveReportTests {
    @Test("it needs a report, is shown in it and in the list of reports; the last one counts")
    func approval() throws {
        let test = try TestEstate(now: "2026-03-28T17:00")
        try test.do("bill.issue", test.bill(period: "2026-02", amount: "100", due: "2026-02-28"), at: "2026-02-01")
        let members = ["report": "arrears", "period": "2026-03", "instruction": "由主管上门面谈"]
        #expect(refusal { try test.do("report.approve", members) }?.code == "report.notFiled")
        try test.do("arrears.report", by: "S04")
        #expect(refusal { try test.do("report.approve", members, by: "S04") }?.code == "staff.notAllowed")
        #expect(
            ApproveReport.proposals(with: [:], to: "S01", in: test.estate, at: test.store.now)["period"] == "2026-03")
        func sheet() throws -> [String: String?] {
            try #require(
                ArrearsReport().document(of: test.estate, at: test.store.now, .chinese).sheets.first
            ).values
        }
        #expect(try sheet()["经理阅批"] == .some(nil))
        try test.do("report.approve", members)
        try test.do("report.approve", members.merging(["instruction": "改由经理面谈"]) { $1 })
        let row = try test.only(ArrearsReportsView.self)
        #expect(row.approval?.instruction == "改由经理面谈" && row.texts.contains("改由经理面谈"))
        #expect(try sheet()["经理阅批"] == .some("改由经理面谈"))
        #expect(try sheet()["阅批人"] == .some("王经理") && sheet()["阅批日期"] == .some("2026-03-28"))
    }
}
