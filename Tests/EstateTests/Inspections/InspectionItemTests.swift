import Testing
import TestSupport

@testable import Estate

@Suite("Items of an inspection: results, scores, and what failures leave (Rules, Inspections)")
struct InspectionItemTests {
    private let test: TestEstate
    private let inspection: String

    init() throws {
        test = try TestEstate()
        inspection = try test.do("inspection.open", ["template": "hall"], by: "S04", at: "2026-03-02T09:00")
    }

    private func mark(_ item: String, _ result: String, _ more: [String: String] = [:]) throws {
        let members = ["inspection": inspection, "item": item, "result": result].merging(more) { $1 }
        try test.do("inspection.mark", members, by: "S04", at: "2026-03-02T09:10")
    }

    private var row: InspectionsView.Row { get throws { try test.only(InspectionsView.self) } }

    @Test("不适用 needs a reason and leaves the denominator; what is unmarked stays in")
    func score() throws {
        #expect(refusal { try mark("A1", "na") }?.field == "note")
        try mark("A1", "na", ["note": "本单元没有门禁"])
        try mark("A2", "pass")
        try mark("A3", "fail", ["note": "积水"])
        #expect(try (row.passed, row.applicable, row.answered, row.items.count) == (1, 5, 3, 6))
        #expect(try row.score?.text == "20.00")
        for item in ["A4", "A5", "A6"] { try mark(item, "na", ["note": "封闭"]) }
        #expect(try row.score?.text == "50.00")
    }

    @Test("nothing applies: there is no score")
    func nothing() throws {
        for item in (1...6).map({ "A\($0)" }) { try mark(item, "na", ["note": "封闭"]) }
        #expect(try row.applicable == 0 && row.score == nil)
    }

    @Test("a failure keeps place, photo, who and when: 未指派 and seven days on unless said")
    func remedy() throws {
        try mark("A3", "fail", ["note": "积水", "place": "3 栋 2 单元", "photo": "0302-1"])
        try mark("A4", "fail", ["note": "小广告", "who": "郑管理", "due": "2026-03-05"])
        let rows = try test.show(InspectionItemsView.self, ["inspection": inspection])
        let (first, second) = (rows[2], rows[3])
        #expect((first.finding?.place, first.finding?.photo, first.who) == ("3 栋 2 单元", "0302-1", nil))
        #expect(first.inspection.remedies["A3"]?.due == day("2026-03-09"))
        #expect(second.who == "郑管理" && second.inspection.remedies["A4"]?.due == day("2026-03-05"))
        #expect(refusal { try mark("A5", "fail", ["note": "旧通知", "due": "2026-03-01"]) }?.field == "due")
        #expect(refusal { try mark("A5", "fail", ["note": "旧通知", "who": "S99"]) }?.code == "staff.unknown")
        #expect(refusal { try mark("A5", "pass", ["who": "郑管理"]) }?.code == "inspection.remedy")
    }

    @Test("★ a safety item is due on the same day, and warns; which of several was looked at is kept of any result")
    func critical() throws {
        let members = ["inspection": inspection, "item": "A6", "result": "fail", "note": "停电动车"]
        let action = try Estate.action(named: "inspection.mark").read(
            members.mapValues { .string($0) }, zone: .shanghai)
        let receipt = try test.store.perform(action, by: "S04", at: at("2026-03-02T09:30"))
        #expect(receipt.warnings == ["inspection.critical"])
        #expect(Inspections.warnings["inspection.critical"]?.chinese.contains("立即报主管") == true)
        #expect(test.estate.inspections[ref(inspection)]?.remedies["A6"]?.due == day("2026-03-02"))
        try mark("A2", "pass", ["place": "抽 501"])
        #expect(test.estate.inspections[ref(inspection)]?.findings["A2"]?.place == "抽 501")
    }

    @Test("an item that passes after all leaves nothing to put right")
    func corrected() throws {
        try mark("A3", "fail", ["note": "积水"])
        try mark("A3", "pass")
        #expect(test.estate.inspections[ref(inspection)]?.remedies == [:])
    }

    @Test("closed with unmarked items it does not count as done; the question says so")
    func unmarked() throws {
        try mark("A1", "pass")
        let close = CloseInspection(inspection: ref(inspection))
        let question = try #require(close.confirmation(in: test.estate, at: test.store.now))
        #expect(question.question.chinese == "还有 5 项未检，就此结束？")
        #expect(question.facts.contains { $0.chinese == "还有 5 项未检，这次不算完成" })
        try test.do("inspection.close", ["inspection": inspection], at: "2026-03-02T10:00")
        #expect(try row.closed != nil && !row.isComplete)
    }

    @Test("a template's version is kept: a handbook that changes later changes no inspection")
    func version() throws {
        let own =
            #"{"policy":{"templates":[{"name":"pool","title":"泳池","areas":true,"items":[{"id":"P1","text":"水清"}]}]}}"#
        let changed = own.replacing("水清", with: "水质达标")
        let test = try TestEstate(handbook: ["inspections.json": own])
        let inspection = try test.do("inspection.open", ["template": "泳池"])
        try test.write(handbook: "inspections.json", changed)
        let store = try test.secondStore()
        let known = try #require(store.estate.inspections[ref(inspection)])
        #expect(store.estate.handbook.template(named: "pool")?.items.first?.text == "水质达标")
        #expect(store.estate.contents(of: known)["P1"]?.text == "水清")
        #expect(store.estate.contents(of: known)["P1"]?.section == "泳池")
    }

    @Test("a recheck is not before the inspection's end, nor before the last one")
    func recheckOrder() throws {
        let test = try TestEstate(now: "2026-03-10T09:00")
        let inspection = try test.do("inspection.open", ["template": "lift"], at: "2026-03-02T09:00")
        try test.do(
            "inspection.mark", ["inspection": inspection, "item": "B3", "result": "fail", "note": "不转"],
            at: "2026-03-02T09:30")
        try test.do("inspection.close", ["inspection": inspection], at: "2026-03-02T10:00")
        func recheck(_ result: String, _ time: String) -> String? {
            refusal {
                try test.do(
                    "inspection.recheck", ["inspection": inspection, "item": "B3", "result": result, "note": "看了"],
                    at: "2026-03-02T\(time)")
            }?.code
        }
        #expect(recheck("pass", "09:45") == "time.order")
        #expect(recheck("fail", "12:00") == nil)
        #expect(recheck("pass", "11:00") == "time.order" && recheck("pass", "12:30") == nil)
    }

    @Test("where nothing applied, nothing was inspected")
    func nothingApplied() throws {
        let test = try TestEstate(handbook: ["inspections.json": RandomMonths.areas])
        let inspection = try test.do("inspection.open", ["template": "small"])
        for item in 1...8 {
            try test.do(
                "inspection.mark", ["inspection": inspection, "item": "X\(item)", "result": "na", "note": "停用"])
        }
        try test.do("inspection.close", ["inspection": inspection])
        #expect(try test.only(InspectionsView.self).isComplete == false)
    }

    @Test("the form proposes by when what fails is put right: seven days on, a safety item the same day")
    func proposedRemedy() throws {
        let test = try TestEstate(now: "2026-03-02T09:00")
        let inspection = try test.do("inspection.open", ["template": "areas"])
        let contents = try test.estate.contents(of: #require(test.estate.inspections[ref(inspection)]))
        for critical in [true, false] {
            let item = try #require(contents.first { $0.value.isCritical == critical }?.key)
            func proposals(_ result: String) -> [String: String] {
                MarkItem.proposals(
                    with: ["inspection": inspection, "item": item, "result": result], to: "S04", in: test.estate,
                    at: test.store.now)
            }
            #expect(proposals("fail") == ["due": critical ? "2026-03-02" : "2026-03-09"])
            #expect(proposals("pass").isEmpty)
        }
    }

    @Test("where the work of staff is inspected it is said whose; who was on duty is kept")
    func staff() throws {
        let test = try TestEstate()
        try test.do("shift.open", ["post": "门岗", "staff": "S03"])
        for template in ["gate", "frontdesk", "language"] {
            // A script is warned and a person is asked, of the same; both may begin.
            let receipt = try test.store.perform(OpenInspection(template: template), by: "S04")
            #expect(receipt.warnings == ["inspection.staff"], "\(template)")
            let question = OpenInspection(template: template).confirmation(in: test.estate, at: test.store.now)
            #expect(question?.question.chinese == "没有写明被检查人，照样开始？")
            let named = OpenInspection(template: template, staff: ["S03"])
            #expect(named.confirmation(in: test.estate, at: test.store.now) == nil)
            #expect(
                OpenInspection.cautions(with: ["template": template], by: "S04", in: test.estate)["staff"] != nil)
        }
        #expect(OpenInspection(template: "areas").confirmation(in: test.estate, at: test.store.now) == nil)
        #expect(OpenInspection.cautions(with: ["template": "areas"], by: "S04", in: test.estate).isEmpty)
        for template in ["areas", "gate"] {
            let named = OpenInspection(template: template, staff: template == "gate" ? ["S03"] : [])
            #expect(try test.store.perform(named, by: "S04").warnings.isEmpty, "\(template)")
        }
        // By its title as well, as the form names it.
        let title = try #require(test.estate.handbook.template(named: "gate")).title
        #expect(OpenInspection.cautions(with: ["template": title], by: "S04", in: test.estate)["staff"] != nil)
        #expect(try test.store.perform(OpenInspection(template: title), by: "S04").warnings == ["inspection.staff"])
        #expect(
            refusal { try test.do("inspection.open", ["template": "gate", "staff": "无此人"]) }?.field == "staff")
        try test.do("inspection.open", ["template": "gate", "staff": "赵门岗"], by: "S04")
        let row = try #require(test.show(InspectionsView.self).last)
        #expect(row.inspected == ["赵门岗"] && row.onDutyNames == ["赵门岗"])
        #expect(row.staff == ["S03"])
    }
}
