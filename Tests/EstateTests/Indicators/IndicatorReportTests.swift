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

    @Test("4 the month's report tells the plan: what is late, what was done in the month, what is open")
    func plan() throws {
        func item(_ what: String, _ due: String, year: String = "2026") throws -> String {
            try test.do("plan.item", ["year": year, "what": what, "who": "S04", "due": due], at: "2026-02-01T09:00")
        }
        #expect(try !self.text(make(MonthReport.self)).contains("工作计划"))
        _ = try item("修订用语", "2026-07-31")
        let trained = try item("全员培训", "2026-08-10")
        let surveyed = try item("上半年分析", "2026-06-30")
        let moved = try item("绿化改造", "2026-12-31")
        _ = try item("明年预算", "2027-03-31", year: "2027")
        try test.do("plan.done", ["item": surveyed], at: "2026-07-05T09:00")
        try test.do("plan.done", ["item": trained], at: "2026-08-12T09:00")
        try test.do("plan.update", ["item": moved, "percent": "60"], at: "2026-08-15T09:00")
        let august = try make(MonthReport.self)
        let text = self.text(august)
        #expect(text.contains("工作计划（逾期 1，本月完成 1，进行中 1）"))
        #expect(text.contains("逾期 20 天") && text.contains("08-12 逾期完成") && text.contains("进行中 60%"))
        #expect(text.contains("周主管") && !text.contains("上半年分析") && !text.contains("明年预算"))
        // At the end of July nothing of August had happened.
        let july = try self.text(make(MonthReport.self, ["period": "2026-07"]))
        #expect(july.contains("工作计划（逾期 1，本月完成 1，进行中 2）"))
        #expect(july.contains("逾期 1 天") && july.contains("07-05 逾期完成") && !july.contains("60%"))
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
        // Names, not the codes of scripts.
        #expect(text(document).contains("零星维修回访率") && !text(document).contains("visits.minor"))
        #expect(text(document).contains("草稿，截至 2026-08-20"))
    }

    private func sentence(_ figure: String) throws -> [String] {
        let rows = try YearReport.select(
            of: test.estate, at: test.store.now, members: ["year": "2026"],
            figures: { try test.store.pastFigures(of: $0) })
        return try #require(rows.rows.map(\.texts).first { $0[3] == figure })
    }

    @Test("a month without a target is none that missed it, and a target of some months gives no verdict on the year")
    func targets() throws {
        try test.do(
            "target.set", ["class": "other", "target": "85", "from": "2026-07-01"], by: "S05", at: "2026-06-28")
        for month in ["06", "07", "08"] {
            let visit = try test.request("other", done: "2026-\(month)-03T10:00").visit
            if month != "06" { try test.visit(visit, .satisfied, at: "2026-\(month)-05T10:00") }
        }
        let other = try sentence("visits.other")
        #expect(other[2].contains("有标准的 2 个月中 2 个月达标") && !other[2].contains("达到标准"))
        #expect(other[5] == "")
    }

    @Test("a survey that runs is not the year's result; where none is over it is said to run")
    func surveys() throws {
        for unit in ["3-2-501", "3-2-502"]
        where test.estate.people.residents(of: UnitCode(text: unit)).isEmpty {
            try test.do("person.add", ["unit": unit, "name": "住户\(unit.suffix(3))", "role": "owner"], at: "2026-01-02")
        }
        func ask(_ name: String, _ from: String, _ to: String, at time: String) throws {
            let survey = try test.do(
                "survey.plan", ["name": name, "questions": "总的来说", "from": from, "to": to], at: "\(from)T08:00")
            try test.do("survey.answer", ["survey": survey, "unit": "3-2-501", "answers": "5"], at: time)
        }
        try ask("秋季调查", "2026-08-15", "2026-08-30", at: "2026-08-16T10:00")
        #expect(try sentence("surveyresults")[2].contains("秋季调查进行中，已答 1/"))
        try ask("夏季调查", "2026-07-01", "2026-07-14", at: "2026-07-02T10:00")
        let text = try sentence("surveyresults")[2]
        #expect(text.contains("夏季调查 100.0%") && !text.contains("秋季"))
    }

    @Test("of the month in which the estate was founded nothing is no figure of the year")
    func founding() throws {
        let test = try TestEstate(now: "2026-05-29T08:00")
        test.clock.set("2026-08-20T12:00")
        let past = try test.store.pastFigures(
            of: YearReport(year: 2026).pastMonths(asOf: test.store.now, in: .shanghai))
        let figures = YearFigures(2026, in: ViewContext(test.estate, at: test.store.now, past: past)).figures
        let unassigned = try #require(figures.first { $0.indicator.name == "requests.unassigned" })
        #expect(unassigned.months.map(\.period.text) == ["2026-06", "2026-07", "2026-08"])
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
        #expect(text.contains("收费项目和标准") && text.contains("2.80 元/㎡·月") && text.contains("按面积"))
        #expect(text.contains("2026 年度，截至 2026-08-20") && text.contains("今年以来"))
        #expect(text.contains("公共收益") && text.contains("电梯广告") && text.contains("500.00"))
        #expect(text.contains("客服主管") && text.contains("周主管"))
        // Each under their post; who has left is none of the staff.
        try test.do("staff.add", ["staff": "S21", "name": "孙离职", "role": "guard"], at: "2026-08-01T09:00")
        try test.do("staff.leave", ["staff": "S21"], at: "2026-08-02T09:00")
        let words = try make(PublicationReport.self, ["year": "2026"]).sheets.flatMap(\.contents)
        #expect(words.contains("赵门岗") && words.contains("周主管"))
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
