import Testing
import TestSupport

@testable import Estate

@Suite("Inspections (5.1 and Rules, Inspections)")
struct InspectionTests {
    @Test("1.2 the estate's name stands in place of the standards' **花园")
    func estateName() throws {
        let test = try TestEstate()
        let inspection = try test.do("inspection.open", ["template": "前台", "staff": "S02"])
        try test.do(
            "inspection.mark", ["inspection": inspection, "item": "1.2", "result": "fail", "note": "未报名称"])
        try test.do("inspection.close", ["inspection": inspection])
        let texts =
            try test.show(InspectionItemsView.self, ["inspection": inspection]).map(\.text)
            + test.show(RectificationsView.self).map(\.text)
        #expect(texts.count == 9 && texts.count { $0.contains("您好，翠湖花园") } == 2)
        #expect(!texts.contains { $0.contains("**") })
        let refused = refusal { try test.do("inspection.open", ["template": "月检"]) }
        #expect(
            refused?.message.chinese
                == "没有这张检查表：月检（有：前台、门岗、每周巡检、语言管理、单元入口与大堂、电梯、楼道与楼梯、园区、地下车库、"
                + "设备机房、前台环境与现场、门岗环境与现场、客户区域巡检）")
    }

    @Test("items start unmarked, not passed")
    func unmarked() throws {
        let test = try TestEstate()
        let inspection = try test.do("inspection.open", ["template": "gate", "staff": "S03"], by: "S04")
        var row = try test.only(InspectionsView.self)
        #expect((row.passed, row.failed, row.unmarked) == (0, 0, 15))
        #expect(try test.show(InspectionItemsView.self, ["inspection": inspection]).allSatisfy { $0.result == nil })
        try test.do("inspection.mark", ["inspection": inspection, "item": "7.1", "result": "pass"])
        try test.do("inspection.mark", ["inspection": inspection, "item": "7.2", "result": "fail", "note": "未剃须"])
        try test.do("inspection.close", ["inspection": inspection])
        row = try test.only(InspectionsView.self)
        #expect((row.passed, row.failed, row.unmarked) == (1, 1, 13))
    }

    @Test("a failed item needs a note")
    func note() throws {
        let test = try TestEstate()
        let inspection = try test.do("inspection.open", ["template": "frontdesk", "staff": "S02"])
        let refused = refusal {
            try test.do("inspection.mark", ["inspection": inspection, "item": "1.1", "result": "fail"])
        }
        #expect(refused?.code == "inspection.note")
        #expect(refused?.field == "note")
    }

    @Test("only failed items are rechecked, until they pass")
    func recheck() throws {
        let test = try TestEstate()
        let inspection = try test.do("inspection.open", ["template": "frontdesk", "staff": "S02"])
        func recheck(_ item: String, _ result: String, note: String = "") -> Refusal? {
            refusal {
                try test.do(
                    "inspection.recheck", ["inspection": inspection, "item": item, "result": result, "note": note])
            }
        }
        try test.do("inspection.mark", ["inspection": inspection, "item": "1.1", "result": "pass"])
        try test.do("inspection.mark", ["inspection": inspection, "item": "1.2", "result": "fail", "note": "未报名称"])
        try test.do("inspection.close", ["inspection": inspection])
        #expect(try test.only(RectificationsView.self).state == .open)
        #expect(recheck("1.1", "pass")?.code == "inspection.recheck")
        #expect(recheck("1.3", "pass")?.code == "inspection.recheck")
        #expect(recheck("9.9", "pass")?.code == "inspection.item")
        #expect(recheck("1.2", "fail")?.code == "inspection.note")
        #expect(recheck("1.2", "fail", note: "仍未报") == nil)
        #expect(recheck("1.2", "pass") == nil)
        #expect(recheck("1.2", "pass")?.code == "inspection.recheck")
        let row = try test.only(RectificationsView.self)
        #expect(row.state == .rectified)
        #expect(row.rechecks == 2)
        #expect(row.note == "未报名称")
    }

    @Test("a week runs from Monday to Sunday")
    func weeks() throws {
        let test = try TestEstate()
        for time in ["2026-11-22T23:59", "2026-11-23T00:00", "2026-11-29T23:59", "2026-11-30T00:00"] {
            try test.do("inspection.open", ["template": "weekly"], at: time)
        }
        #expect(try test.show(InspectionsView.self, ["week": "2026-W48"]).count == 2)
        #expect(
            try test.show(InspectionsView.self).map(\.week.text) == ["2026-W47", "2026-W48", "2026-W48", "2026-W49"])
    }

    @Test("the weekly template has the items of the front desk and of the gate")
    func weekly() throws {
        let test = try TestEstate()
        try test.do("inspection.open", ["template": "每周巡检"])
        #expect(try test.only(InspectionsView.self).unmarked == 23)
        #expect(try test.show(TemplatesView.self).prefix(3).map(\.items) == [8, 15, 23])
    }

    @Test("an unknown template or item, and closing without a mark, are refused")
    func refused() throws {
        let test = try TestEstate()
        #expect(refusal { try test.do("inspection.open", ["template": "锅炉"]) }?.code == "inspection.template")
        let inspection = try test.do("inspection.open", ["template": "gate", "staff": "S03"])
        #expect(
            refusal { try test.do("inspection.mark", ["inspection": inspection, "item": "1.1", "result": "pass"]) }?
                .code
                == "inspection.item")
        #expect(refusal { try test.do("inspection.close", ["inspection": inspection]) }?.code == "inspection.unmarked")
        try test.do("inspection.mark", ["inspection": inspection, "item": "7.1", "result": "pass"])
        try test.do("inspection.close", ["inspection": inspection])
        #expect(
            refusal { try test.do("inspection.mark", ["inspection": inspection, "item": "7.2", "result": "pass"]) }?
                .code
                == "inspection.closed")
    }
}
