import Testing

@testable import Estate

@Suite("Inspections (5.1 and Rules, Inspections)")
struct InspectionTests {
    @Test("items start unmarked, never passed by default")
    func unmarked() throws {
        let desk = try Desk()
        let inspection = try desk.do("inspection.open", ["template": "gate"], by: "S04")
        var row = try desk.only(InspectionsView.self)
        #expect((row.passed, row.failed, row.unmarked) == (0, 0, 15))
        #expect(try desk.show(InspectionItemsView.self, ["inspection": inspection]).allSatisfy { $0.result == nil })
        try desk.do("inspection.mark", ["inspection": inspection, "item": "7.1", "result": "pass"])
        try desk.do("inspection.mark", ["inspection": inspection, "item": "7.2", "result": "fail", "note": "未剃须"])
        try desk.do("inspection.close", ["inspection": inspection])
        row = try desk.only(InspectionsView.self)
        #expect((row.passed, row.failed, row.unmarked) == (1, 1, 13))
    }

    @Test("a failed item needs a note")
    func note() throws {
        let desk = try Desk()
        let inspection = try desk.do("inspection.open", ["template": "frontdesk"])
        let refused = refusal {
            try desk.do("inspection.mark", ["inspection": inspection, "item": "1.1", "result": "fail"])
        }
        #expect(refused?.code == "inspection.note")
        #expect(refused?.field == "note")
    }

    @Test("only failed items are checked again, until they pass")
    func recheck() throws {
        let desk = try Desk()
        let inspection = try desk.do("inspection.open", ["template": "frontdesk"])
        func recheck(_ item: String, _ result: String, note: String = "") -> Refusal? {
            refusal {
                try desk.do(
                    "inspection.recheck", ["inspection": inspection, "item": item, "result": result, "note": note])
            }
        }
        try desk.do("inspection.mark", ["inspection": inspection, "item": "1.1", "result": "pass"])
        try desk.do("inspection.mark", ["inspection": inspection, "item": "1.2", "result": "fail", "note": "未报名称"])
        try desk.do("inspection.close", ["inspection": inspection])
        #expect(try desk.only(RectificationsView.self).state == .open)
        #expect(recheck("1.1", "pass")?.code == "inspection.recheck")
        #expect(recheck("1.3", "pass")?.code == "inspection.recheck")
        #expect(recheck("9.9", "pass")?.code == "inspection.item")
        #expect(recheck("1.2", "fail")?.code == "inspection.note")
        #expect(recheck("1.2", "fail", note: "仍未报") == nil)
        #expect(recheck("1.2", "pass") == nil)
        #expect(recheck("1.2", "pass")?.code == "inspection.recheck")
        let row = try desk.only(RectificationsView.self)
        #expect(row.state == .rectified)
        #expect(row.rechecks == 2)
        #expect(row.note == "未报名称")
    }

    @Test("a week runs from Monday to Sunday")
    func weeks() throws {
        let desk = try Desk()
        for time in ["2026-11-22T23:59", "2026-11-23T00:00", "2026-11-29T23:59", "2026-11-30T00:00"] {
            try desk.do("inspection.open", ["template": "weekly"], at: time)
        }
        #expect(try desk.show(InspectionsView.self, ["week": "2026-W48"]).count == 2)
        #expect(
            try desk.show(InspectionsView.self).map(\.week.text) == ["2026-W47", "2026-W48", "2026-W48", "2026-W49"])
    }

    @Test("the weekly template holds the front desk's and the gate's items")
    func weekly() throws {
        let desk = try Desk()
        try desk.do("inspection.open", ["template": "每周巡检"])
        #expect(try desk.only(InspectionsView.self).unmarked == 23)
        #expect(try desk.show(TemplatesView.self).map(\.items) == [8, 15, 23])
    }

    @Test("a template or an item that is not there is refused, and so is closing what nobody looked at")
    func refused() throws {
        let desk = try Desk()
        #expect(refusal { try desk.do("inspection.open", ["template": "锅炉"]) }?.code == "inspection.template")
        let inspection = try desk.do("inspection.open", ["template": "gate"])
        #expect(
            refusal { try desk.do("inspection.mark", ["inspection": inspection, "item": "1.1", "result": "pass"]) }?
                .code
                == "inspection.item")
        #expect(refusal { try desk.do("inspection.close", ["inspection": inspection]) }?.code == "inspection.unmarked")
        try desk.do("inspection.mark", ["inspection": inspection, "item": "7.1", "result": "pass"])
        try desk.do("inspection.close", ["inspection": inspection])
        #expect(
            refusal { try desk.do("inspection.mark", ["inspection": inspection, "item": "7.2", "result": "pass"]) }?
                .code
                == "inspection.closed")
    }
}
