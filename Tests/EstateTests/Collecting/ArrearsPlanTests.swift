import TestSupport
import Testing

@testable import Estate

@Suite("5.7 How arrears are to be solved")
struct ArrearsPlanTests {
    private let test: TestEstate

    init() throws {
        test = try TestEstate(now: "2026-04-28T12:00")
        try test.do("bill.issue", test.bill(amount: "100"), at: "2026-03-01")
    }

    private func plan(_ solution: String, who: String = "周主管", next: String? = "2026-05-05", at time: String? = nil)
        throws
    {
        var members = ["unit": "3-2-501", "solution": solution, "who": who]
        members["next"] = next
        try test.do("arrears.plan", members, by: "S04", at: time)
    }

    private func row(_ time: String? = nil) throws -> ArrearsReport.Row {
        try test.only(ArrearsReport.self, asOf: time)
    }

    @Test("the last plan counts, until what it was about is paid")
    func stands() throws {
        try plan("现场面谈")
        try plan("寄催缴函", next: "2026-05-09")
        #expect(try (row().solution, row().who, row().next) == ("寄催缴函", "S04", day("2026-05-09")))
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "100"])
        try test.do(
            "bill.issue", test.bill(period: "2026-02", amount: "50.00", due: "2026-02-28"), at: "2026-04-28T12:00")
        #expect(try row().solution == nil)
    }

    @Test("a plan holds until its next step is past")
    func settled() throws {
        #expect(try !row().subject.isPlanned)
        try plan("现场面谈", next: nil)
        #expect(try !row().subject.isPlanned, "without a day nothing follows")
        try plan("现场面谈", next: "2026-05-05")
        #expect(try row().subject.isPlanned)
        #expect(try row("2026-05-05").subject.isPlanned)
        #expect(try !row("2026-05-06").subject.isPlanned)
    }

    @Test("everybody but the guards, who see no debt, is offered to see to it")
    func responsible() throws {
        let offered = PlanArrears.candidates(for: "who", with: [:], in: test.estate).map(\.value)
        #expect(offered == ["S01", "S02", "S04", "S05", "S06", "S07", "S08"])
    }

    @Test("a plan needs a debt, a member who exists and a day to come")
    func refusals() throws {
        #expect(refusal { try plan("现场面谈", next: "2026-04-27") }?.code == "arrears.next")
        #expect(refusal { try plan("现场面谈", who: "S99") }?.code == "staff.unknown")
        let none = ["unit": "3-2-502", "solution": "现场面谈", "who": "S04"]
        #expect(refusal { try test.do("arrears.plan", none, by: "S04") }?.code == "arrears.nothing")
        let own = ["unit": "3-2-501", "solution": "现场面谈", "who": "S04"]
        #expect(refusal { try test.do("arrears.plan", own, by: "S02") } != nil)
        let threat = PlanArrears(unit: unit("3-2-501"), solution: "停水", who: "S04")
        #expect(try test.store.perform(threat, by: "S04").warnings == ["dunning.forbidden"])
    }

    @Test("the reason, the solution, who and when are prepared from what was recorded")
    func prepared() throws {
        func proposals(_ values: [String: String] = [:]) -> [String: String] {
            PlanArrears.proposals(
                with: ["unit": "3-2-501"].merging(values) { $1 }, to: "S04", in: test.estate, at: test.store.now)
        }
        #expect(proposals() == ["who": "周主管", "next": "2026-05-05"])
        #expect(proposals(["reason": "资金困难"])["solution"] == "分期协议")
        try test.do("request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "厨房漏水"])
        #expect(proposals()["reason"] == "报修未解决")
        try test.do(
            "dunning.record", ["unit": "3-2-501", "channel": "电话", "outcome": "称资金周转困难"], by: "S02")
        #expect(
            proposals() == ["who": "陈接待", "next": "2026-05-05", "reason": "资金困难", "solution": "分期协议"])
        try test.do(
            "dunning.record",
            ["unit": "3-2-501", "channel": "电话", "outcome": "承诺付款", "promise": "2026-05-03"], by: "S02")
        #expect(proposals()["solution"] == "约定付款日" && proposals()["next"] == "2026-05-03")
        #expect(try (row().solution, row().next) == ("约定付款日", day("2026-05-03")))
        #expect(try !row().subject.isPlanned, "what is only prepared is not settled")
    }

    @Test("the 28th is a duty of each month with bills; the report handed in fulfils it, and its due day stays")
    func duty() throws {
        func duties() throws -> [String] {
            try test.show(DutiesView.self).filter { $0.subject.rule.kind == "arrears" }.map {
                "\($0.subject.id) \($0.subject.due.short) \($0.state.rawValue)"
            }
        }
        #expect(
            try duties() == [
                "arrears-2026-03 03-30 missed", "arrears-2026-04 04-28 open", "arrears-2026-05 05-28 open",
            ])
        try test.do("arrears.report", [:], by: "S04")
        #expect(try duties()[1] == "arrears-2026-04 04-28 done")
        test.clock.set("2026-05-30T10:00")
        #expect(try duties()[2] == "arrears-2026-05 05-28 late")
        try test.do("arrears.report", ["period": "2026-05"], by: "S04")
        #expect(try duties()[1...2] == ["arrears-2026-04 04-28 done", "arrears-2026-05 05-28 late"])
        #expect(
            try test.show(ArrearsReportsView.self).map { "\($0.period.text) \($0.owed.text)" } == [
                "2026-04 100.00", "2026-05 100.00",
            ])
    }

    @Test("the report: rates, charts and a line for each household, to be printed")
    func report() throws {
        try test.do(
            "bill.issue", test.bill(unit: "3-2-502", period: "2026-04", amount: "30", due: "2026-04-20"),
            at: "2026-04-01")
        try test.do("dunning.record", ["unit": "3-2-502", "channel": "电话", "outcome": "拒付"], at: "2026-04-22")
        try plan("分期协议")
        let document = try ArrearsReport().document(of: test.estate, at: test.store.now, .chinese)
        let sheet = try #require(document.sheets.first)
        #expect(
            sheet.tables.last == [
                ["3-2-501", "李四", "100.00", "28", "未联系", "—", "分期协议", "周主管", "05-05"],
                ["3-2-502", "—", "30.00", "8", "04-22 拒付", "恶意拖欠", "—", "王经理", "—"],
            ])
        #expect(sheet.values["欠费合计"] == "130.00" && sheet.values["已定办法"] == "1/2")
        let charts = sheet.blocks.compactMap { if case .chart(_, let bars) = $0 { bars } else { nil } }
        #expect(charts.map { $0.map(\.size).reduce(0, +) } == [13000, 13000])
        #expect(charts.first?.map(\.name) == ["1–30 天（2）"])
    }
}
