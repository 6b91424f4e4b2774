import Testing
import TestSupport

@testable import Estate

@Suite("The week's inspections on paper, and their trend")
struct InspectionReportTests {
    private let test: TestEstate

    init() throws {
        test = try TestEstate(now: "2026-03-15T12:00")
        for (date, result) in [("2026-03-03", "fail"), ("2026-03-05", "pass"), ("2026-03-10", "pass")] {
            let inspection = try test.do("inspection.open", ["template": "lift"], by: "S04", at: "\(date)T09:00")
            for item in (1...7).map({ "B\($0)" }) {
                let isFailed = item == "B3" && result == "fail"
                var members = ["inspection": inspection, "item": item, "result": isFailed ? "fail" : "pass"]
                if isFailed { (members["note"], members["place"], members["who"]) = ("风扇不转", "1 号梯", "电梯维保") }
                if item == "B7", date == "2026-03-05" { (members["result"], members["note"]) = ("na", "无公示栏") }
                try test.do("inspection.mark", members, by: "S04", at: "\(date)T09:30")
            }
            try test.do("inspection.close", ["inspection": inspection], by: "S04", at: "\(date)T10:00")
        }
    }

    @Test("the report has each inspection, the areas, what failed with who and when, and room for signatures")
    func report() throws {
        let week = Week(day("2026-03-03"))
        let document = try InspectionReport(week: week).document(of: test.estate, at: test.store.now, .chinese)
        let sheet = try #require(document.sheets.first)
        #expect(document.name == "inspections-2026-W10" && sheet.heading == "翠湖花园 巡检周报")
        #expect(sheet.number == "2026-W10" && sheet.values["客户区域巡检"] == "0/2 次")
        #expect(sheet.tables[0].map { $0[4] } == ["6/7", "6/6"])
        #expect(sheet.tables[0].map { $0[5] } == ["85.7%", "100.0%"])
        #expect(
            sheet.tables[1]
                == [["B3", "照明、风扇、楼层显示、按钮正常", "风扇不转", "1 号梯", "电梯维保", "03-10", "待复查 超期"]])
        let bars = sheet.blocks.compactMap { block -> [Sheet.Bar]? in
            if case .chart(_, let bars) = block { bars } else { nil }
        }
        #expect(bars.first?.map(\.figure) == ["12/13  92.3%"])
        #expect(sheet.values["检查人签名"] == .some(nil) && sheet.values["经理签名"] == .some(nil))
        let none = try InspectionReport(week: Week(day("2026-02-02"))).document(
            of: test.estate, at: test.store.now, .english)
        #expect(none.sheets.isEmpty && none.empty == "there were no inspections in this week")
    }

    @Test("what was found earlier and put right in the week is told, with what each check found")
    func rechecks() throws {
        let first = try #require(test.estate.inspections.all.values.first).id.id.text
        func report() throws -> Sheet {
            let week = InspectionReport(week: Week(day("2026-03-10")))
            return try #require(week.document(of: test.estate, at: test.store.now, .chinese).sheets.first)
        }
        func recheck(_ result: String, _ note: String, on date: String) throws {
            try test.do(
                "inspection.recheck", ["inspection": first, "item": "B3", "result": result, "note": note], by: "S04",
                at: "\(date)T09:00")
        }
        try recheck("fail", "还是不转", on: "2026-03-11")
        #expect(try report().tables.last?.last?[2] == "风扇不转；03-11 复查：还是不转")
        #expect(try report().headings.contains("先前和回访留下的待整改"))
        try recheck("pass", "已换", on: "2026-03-13")
        #expect(try report().headings.contains("本周复查合格的先前问题"))
        #expect(try report().tables.last?.last.map { [$0[2], $0[6]] } == ["风扇不转；03-13 复查：已换", "已整改"])
    }

    @Test("the trend of an item and of an area counts what passed of what applied, week by week")
    func trend() throws {
        let items = try test.show(InspectionTrendView.self, ["weeks": "3"])
        let fan = try #require(items.first { $0.item == "B3" })
        #expect((fan.passed, fan.failed, fan.trend) == (2, 1, "- 50.00 100.00"))
        // 不适用 counts neither way.
        #expect(items.first { $0.item == "B7" }?.passed == 2)
        let area = try #require(try test.show(InspectionTrendView.self, ["by": "area"]).first)
        #expect(area.section == "电梯" && area.item == nil && area.rate?.text == "95.00")
        #expect(refusal { try test.show(InspectionTrendView.self, ["weeks": "0"]) }?.field == "weeks")
    }
}
