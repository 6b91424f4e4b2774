import Testing
import TestSupport

@testable import Estate

@Suite("3 The return-visit record 《回访记录》")
struct FollowUpSheetTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-03-05T10:00") }

    private func document(_ members: [String: String] = [:], _ language: Language = .chinese) throws -> Document {
        try FollowUpSheet.make(
            of: test.estate, at: test.store.now, members: members.mapValues { .string($0) }, language
        ).document
    }

    private func only(_ members: [String: String]) throws -> Sheet {
        let sheets = try document(members).sheets
        try #require(sheets.count == 1)
        return sheets[0]
    }

    @Test("the form for a visit has the case, the required visitors and the window; the rest is blank")
    func blank() throws {
        let visit = try test.request("complaint", opened: "2026-03-01T09:00", done: "2026-03-02T16:00").visit
        let sheet = try only(["followup": visit])
        #expect(sheet.heading == "翠湖花园 回访记录")
        #expect(sheet.number == visit.suffix(6))
        for (name, value) in [
            ("房号", "3-2-501"), ("类别", "投诉"), ("业主", "李四"), ("电话", "138****1111"), ("内容", "诉求"),
            ("受理", "2026-03-01 09:00"), ("完成", "2026-03-02 16:00"), ("期限", "2026-03-02 至 2026-03-05"), ("状态", "待回访"),
            ("回访人员", "区域经理、管理员"), ("回访时间", nil), ("区域经理", nil), ("管理员", nil), ("质量", nil), ("效果", nil),
            ("不足之处", nil), ("业主建议", nil), ("整改内容", nil),
        ] {
            #expect(sheet.values[name] == .some(value), "\(name)")
        }
        #expect(sheet.ticks["业主满意程度"] == [] && sheet.choices("业主满意程度").count == 5)
        #expect(sheet.ticks["结果"] == [] && sheet.choices("结果").map(\.text) == ["满意", "不满意"])
        #expect(sheet.choices("业主签名").map(\.text) == ["签名", "另有纸质签名，编号", "拒绝签名，原因"])
        #expect(sheet.choices("业主签名").allSatisfy { $0.hasRoom && $0.value == nil && !$0.isTicked })
        #expect(sheet.tables == [[["", "", ""]]])
        #expect(sheet.foot.contains("由业主签名"))
    }

    @Test("the record of a visit has the contents, the absent visitors and the attempts")
    func filled() throws {
        let visit = try test.request("complaint", done: "2026-03-02T16:00").visit
        try test.visit(visit, .unreachable, at: "2026-03-03T10:00")
        try test.visit(
            visit, .satisfied, at: "2026-03-04T15:30",
            ["quality": "合格", "satisfaction": "4", "suggestions": "先来电话"])
        let sheet = try only(["followup": visit])
        #expect(sheet.tables == [[["2026-03-03 10:00", "郑管理", "无人在家"]]])
        for (name, value) in [
            ("回访时间", "2026-03-04 15:30"), ("回访人", "郑管理"), ("人员不符", "区域经理"), ("质量", "合格"), ("效果", "无"),
            ("不足之处", "无"), ("业主建议", "先来电话"), ("状态", "及时"),
        ] {
            #expect(sheet.values[name] == .some(value), "\(name)")
        }
        #expect(sheet.ticks["结果"] == ["满意"] && sheet.ticks["业主满意程度"] == ["4"])
        #expect(sheet.ticks["业主签名"] == ["签名"] && sheet.choices("业主签名")[0].value == "李四")
        #expect(sheet.values["整改内容"] == nil, "a satisfied owner has nothing to be put right")
    }

    @Test("a repeated visit has the former shortcomings; the former record has the day of the rectification")
    func rectified() throws {
        let first = try test.minorRepair(done: "2026-03-02")
        try test.visit(first, .unsatisfied, at: "2026-03-03T10:00", ["shortcomings": "仍渗水"])
        let second = try test.do("followup.rectified", ["followup": first], at: "2026-03-04")
        #expect(try only(["followup": first]).values["整改完成"] == "2026-03-04")
        #expect(try only(["followup": first]).values["整改内容"] == .some(nil), "not noted, so blank")
        let sheet = try only(["followup": second])
        #expect(sheet.values["前次回访"] == "2026-03-03 10:00 不满意：仍渗水")
        #expect(sheet.values["整改完成"] == .some(nil), "the blank entry comes last")
        #expect(sheet.values["状态"] == "待回访　第 2 轮")
    }

    @Test("the rectification is on the record if it was noted")
    func whatWasPutRight() throws {
        let visit = try test.minorRepair(done: "2026-03-02")
        try test.visit(visit, .unsatisfied, at: "2026-03-03T10:00", ["shortcomings": "仍渗水"])
        try test.do("followup.rectified", ["followup": visit, "note": "重做防水"], at: "2026-03-04")
        #expect(try only(["followup": visit]).values["整改内容"] == "重做防水")
    }

    @Test("3.4 a special service has its stage and period")
    func special() throws {
        let service = ["class": "special", "unit": "3-2-501", "text": "保洁", "from": "2026-03-01", "to": "2026-03-31"]
        try test.do("request.open", service, at: "2026-02-20")
        let sheet = try only(["until": "2026-03-21"])
        #expect(sheet.values["类别"] == "特约服务（中期）")
        #expect(sheet.values["服务期"] == "2026-03-01 至 2026-03-31")
        #expect(sheet.values["完成"] == "无")
    }

    @Test("the default is all visits due by today, the most overdue first, filtered by class and unit")
    func due() throws {
        _ = try test.minorRepair(done: "2026-03-02")
        _ = try test.request("complaint", unit: "3-2-502", done: "2026-03-01")
        _ = try test.minorRepair(done: "2026-03-03")
        let gone = try test.minorRepair(done: "2026-03-01")
        try test.visit(gone, at: "2026-03-02")
        let windows = try document().sheets.map { $0.values["期限"] }
        #expect(windows == ["2026-03-01 至 2026-03-04", "2026-03-02 至 2026-03-05"])
        #expect(try document(["until": "+1"]).sheets.count == 3)
        #expect(try document(["class": "投诉"]).sheets.map { $0.values["房号"] } == ["3-2-502"])
        #expect(try document(["unit": "3-2-501"]).sheets.count == 1)
        #expect(try document(["unit": "3-2-503"]).sheets.isEmpty)
        #expect(try document(["unit": "3-2-503"]).empty == "没有到期的回访")
        #expect(try document().name == "visitsheet-2026-03-05")
    }

    @Test("an unknown visit, report or filter is refused")
    func refused() throws {
        #expect(refusal { try document(["followup": "01K00000000000000000000000"]) }?.code == "followup.unknown")
        #expect(refusal { try document(["colour": "red"]) }?.code == "filter.unknown")
        #expect(refusal { try Estate.report(named: "visits") }?.code == "report.unknown")
        #expect(try Estate.report(named: "visitsheet").name == FollowUpSheet.name)
    }

    @Test("every report has a unique name and labels in both languages")
    func table() {
        #expect(Set(Estate.reports.map { $0.name }).count == Estate.reports.count)
        for report in Estate.reports {
            #expect(!report.label.chinese.isEmpty && !report.label.english.isEmpty)
            #expect(report.name.utf8.allSatisfy { (97...122).contains($0) })
            for field in report.description { #expect(field.label != .none, "\(report.name).\(field.key)") }
        }
    }

    @Test("in English only the data is Chinese")
    func english() throws {
        let visit = try test.request("complaint", done: "2026-03-02").visit
        let sheet = try #require(try document(["followup": visit], .english).sheets.first)
        #expect(sheet.values.keys.allSatisfy { $0.allSatisfy(\.isASCII) }, "\(sheet.values.keys)")
        #expect(sheet.values["Window"] == "2026-03-02 to 2026-03-05")
        #expect(sheet.values["Must go"] == "regional manager, administrator")
    }
}

extension Sheet {
    fileprivate func choices(_ name: String) -> [Choice] {
        blocks.flatMap { block -> [Choice] in
            if case .choices(name, let choices) = block { choices } else { [] }
        }
    }

    fileprivate var ticks: [String: [String]] {
        blocks.reduce(into: [:]) { ticks, block in
            if case .choices(let name, let choices) = block { ticks[name] = choices.filter(\.isTicked).map(\.text) }
        }
    }
}
