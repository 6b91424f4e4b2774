import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("Reports of the month, the year, and what is made public")
struct IndicatorReportTests {
    private let test: TestEstate

    init() throws {
        test = try TestEstate(now: "2026-01-01T08:00")
        test.clock.set("2026-08-20T12:00")
        for (period, paid) in [("2026-06", "100"), ("2026-07", "60"), ("2026-08", "0.50")] {
            try test.do("bill.issue", test.bill(period: period, amount: "100"), at: "\(period)-01T09:00")
            try test.do("payment.receive", ["unit": "3-2-501", "amount": paid], at: "\(period)-02T09:00")
        }
        let repair = try test.minorRepair(done: "2026-07-03T10:00")
        try test.visit(repair, .satisfied, at: "2026-07-04T10:00")
        _ = try test.minorRepair(done: "2026-08-03T10:00")
    }

    private func make(_ report: any Report.Type, _ members: [String: JSONValue] = [:]) throws -> Document {
        try report.make(
            of: test.estate, at: test.store.now, members: members, .chinese,
            figures: { try test.store.pastFigures(of: $0) }
        ).document
    }

    private func text(_ document: Document) -> String {
        document.sheets.flatMap(\.contents).joined(separator: "\n")
    }

    @Test("the month: figures with targets and the month before, charts, and what is not visited")
    func month() throws {
        let text = try text(make(MonthReport.self))
        #expect(text.contains("当月收缴率") && text.contains("0.50%") && text.contains("≥80%") && text.contains("60.00%"))
        #expect(text.contains("零星维修回访率") && text.contains("零星维修：诉求"))
        #expect(text.contains("近 12 个月") && text.contains("2026-07"))
        let july = try self.text(make(MonthReport.self, ["period": "2026-07"]))
        #expect(july.contains("截至") && july.contains("2026-07-31") && !july.contains("2026-08"))
    }

    @Test("4 the year-end summary: each sentence cites its figure, and the figure is that of the months together")
    func year() throws {
        try test.do("plan.item", ["year": "2026", "what": "修订用语", "who": "S04", "due": "2026-08-01"], at: "2026-02-01")
        let rows = try YearReport.select(
            of: test.estate, at: test.store.now, members: ["year": "2026"],
            figures: { try test.store.pastFigures(of: $0) }
        ).rows.map(\.texts)
        #expect(rows.allSatisfy { !$0[3].isEmpty && !$0[4].isEmpty })
        let byFigure = Dictionary(rows.map { ($0[3], $0) }) { first, _ in first }
        #expect(byFigure["collection"]?[2].contains("应收 300.00 元") == true)
        #expect(byFigure["collection"]?[2].contains("实收 160.50 元") == true)
        #expect(byFigure["collection"]?[4] == "53.50")
        // Of August one visit was due and not made, of July one was made.
        #expect(byFigure["visits.minor"]?[4] == "50.00")
        #expect(byFigure["visits.minor"]?[2].contains("2 个月中 1 个月达标") == true)
        #expect(byFigure["plan"]?[2] == "年度计划 1 项，完成 0 项（其中逾期完成 0 项），逾期未完成 1 项。")
        let document = try make(YearReport.self, ["year": "2026"])
        #expect(text(document).contains("〔1〕") && text(document).contains("依据"))
        #expect(text(document).contains("（≥100%）"))
    }

    @Test("reports of a year are of the one that runs from July on, else of the one before, unless it is given")
    func years() throws {
        func year(_ report: some ReportOfYear, on date: String) -> Int {
            report.reportedYear(in: ViewContext(test.estate, at: at("\(date)T12:00")))
        }
        for (date, expected) in [("2026-06-30", 2025), ("2026-07-01", 2026), ("2026-12-31", 2026)] {
            #expect(year(YearReport(), on: date) == expected && year(PublicationReport(), on: date) == expected)
        }
        #expect(year(YearReport(year: 2024), on: "2026-07-01") == 2024)
        let months = PublicationReport(year: nil).pastMonths(asOf: at("2026-08-20T12:00"), in: .shanghai)
        #expect(months.map(\.text) == (1...7).map { "2026-0\($0)" })
    }

    @Test("公示: charges, common income, staff and performance; no household, no debt")
    func publication() throws {
        try test.do(
            "tariff.set", ["item": "物业费", "basis": "area", "rate": "2.80", "from": "2026-01-01"], at: "2026-01-01")
        try test.do(
            "bill.issue", test.bill(period: "2026-07", item: "电梯广告", amount: "500"), at: "2026-07-01T09:00")
        let text = try text(make(PublicationReport.self, ["year": "2026"]))
        #expect(text.contains("收费项目和标准") && text.contains("2.80") && text.contains("按面积"))
        #expect(text.contains("公共收益") && text.contains("电梯广告") && text.contains("500.00"))
        #expect(text.contains("客服主管") && text.contains("周主管"))
        #expect(text.contains("零星维修回访率") && text.contains("≥100%"))
        #expect(!text.contains("3-2-50") && !text.contains("李四"))
    }

    @Test("a guard's copy has no money")
    func guards() throws {
        let rows = try MonthReport.make(
            of: test.estate, at: test.store.now, members: [:], for: .guard, .chinese,
            figures: { try test.store.pastFigures(of: $0) })
        #expect(!text(rows.document).contains("收缴率"))
        let year = try YearReport.make(
            of: test.estate, at: test.store.now, members: ["year": "2026"], for: .guard, .chinese,
            figures: { try test.store.pastFigures(of: $0) })
        #expect(!text(year.document).contains("应收"))
    }
}
