import Screen
import Testing

@testable import Console
@testable import Estate

@Suite struct InspectionListTests {
    private static let own = [
        "inspections.json":
            #"{"policy":{"templates":[{"name":"small","title":"小检","areas":true,"items":[{"id":"X1","text":"门"},{"id":"X2","text":"灯"}]}]}}"#
    ]

    private func inspect(_ console: ConsoleDriver, items: [String] = ["X1", "X2"]) throws {
        let inspection = try console.estate.do("inspection.open", ["template": "small"], by: "S04")
        for item in items {
            try console.estate.do(
                "inspection.mark", ["inspection": inspection, "item": item, "result": "pass"], by: "S04")
        }
        try console.estate.do("inspection.close", ["inspection": inspection], by: "S04")
        _ = console.controller.catchUp()
    }

    @Test func theEmptyListSaysHowManyInspectionsWereMadeThisWeek() throws {
        let console = try ConsoleDriver(as: "周主管", size: Size(width: 80, height: 24), handbook: Self.own)
        console.expect("本周还没有巡检，按 F8 开始")
        try inspect(console, items: ["X1"])
        console.expect("本周还没有巡检")
        try inspect(console)
        console.expect("本周 1/2")
        console.expect("本周已巡检 1/2 次，没有待整改；按 F8 再检")
        console.at("2026-11-24 09:00")
        try inspect(console)
        console.expect("本周 2/2")
        console.expect("本周已巡检 2/2 次，没有待整改")
        console.expectNot("还没有巡检")
    }

    /// The checklist of the areas, which F8 proposes.
    private func checklist(_ size: Size = Size(width: 80, height: 24)) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: "周主管", size: size)
        console.press("F8", "Ctrl-S")
        console.expect("已检 0/58")
        return console
    }

    /// From whichever tab it is begun, its first item is selected; the form begins with the checklist.
    @Test(arguments: ["rectifications", "inspectionlog"]) func anInspectionIsShownAsSoonAsItBegins(tab: String) throws {
        let console = try ConsoleDriver(as: "周主管", size: Size(width: 80, height: 24))
        console.show(tab)
        console.press("F8")
        let form = try #require(console.controller.session.layers.last as? FormLayer)
        #expect(form.fields[form.current].description.key == "template")
        console.press("Ctrl-S")
        #expect(console.controller.session.focused.name == "inspections")
        console.expect("已检 0/58")
        console.press("Enter")
        console.expect("已检 1/58")
    }

    @Test func theLogSaysNoCodesAndNoScoreBeforeTheEnd() throws {
        let console = try checklist()
        console.show("inspectionlog")
        console.expect("检查表  客户区域巡检")
        console.expect("进行中", near: "—")
        console.expectNot("areas")
        console.expectNot("0.0")
    }

    /// What failed before and is open is told at its item; that it passes now is asked, as it closes the rectification.
    @Test func whatIsStillOpenIsToldWhenItIsInspectedAgain() throws {
        let console = try checklist()
        let first = try inspection(console)
        for (item, result) in [("A1", "fail"), ("A2", "pass")] {
            var fields = ["inspection": first.id.id.text, "item": item, "result": result]
            if result == "fail" { (fields["note"], fields["place"]) = ("积水", "北门") }
            try console.estate.do("inspection.mark", fields, by: "S04")
        }
        try console.estate.do("inspection.close", ["inspection": first.id.id.text], by: "S04")
        _ = console.controller.catchUp()
        console.press("F8", "Ctrl-S")
        console.expect("A1", near: "未整改：积水")
        console.expectNothingRecorded { console.press("Enter") }
        console.expect("上次不合格还没整改")
        console.expect("积水", near: "北门")
        console.agree()
        let all = console.store.estate.inspections.all.values
        #expect(all.first?.rectification(of: "A1") == .rectified && all.last?.findings["A1"]?.mark == .pass)
        #expect(console.store.estate.rectifications(onlyOpen: true).isEmpty)
        // Where nothing is open, nothing is asked.
        console.press("Enter")
        #expect(try inspection(console).findings["A2"]?.mark == .pass)
    }

    private func inspection(_ console: ConsoleDriver) throws -> Inspection {
        try #require(console.store.estate.inspections.all.values.last)
    }

    @Test func itemsStandByAreaWithTheProgressOfEach() throws {
        let console = try checklist()
        console.expect("A1", near: "单元入口与大堂 0/6")
        console.press("Enter", "Enter")
        console.expect("单元入口与大堂 2/6")
        console.press("Down", times: 4)
        console.expect("电梯 0/7")
    }

    @Test func passFailAndSkipByKey() throws {
        let console = try checklist()
        console.press("p")
        console.press("f")
        console.expect("不合格 · A2")
        console.type("呼叫无声")
        console.press("Enter")
        console.type("3 栋 501")
        console.press("Ctrl-S")
        console.expect("✓ A2 不合格")
        console.press("-")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.type("本次不走")
        console.press("Ctrl-S")
        let known = try inspection(console)
        #expect(known.items.prefix(4).map { known.findings[$0]?.mark } == [.pass, .fail, .notApplicable, nil])
        #expect(known.findings["A2"]?.place == "3 栋 501")
        console.expect("已检 3/58")
    }

    @Test func aSafetyItemThatFailsIsToBeReportedAtOnce() throws {
        let console = try checklist()
        console.press("Down", times: 5)
        console.expect("★ 入口、坡道")
        console.press("Ctrl-N")
        console.type("停电动车")
        console.press("Ctrl-S")
        console.expect("A6 不合格：当天处置，立即报主管")
    }

    @Test func oneKeyGoesToTheNextUnmarkedItem() throws {
        let console = try checklist()
        console.press("Enter", "Enter", "Down", "Enter")
        console.press("Home", "u")
        console.press("Enter")
        #expect(try inspection(console).findings["A3"]?.mark == .pass)
        console.press("End", "Enter", "Ctrl-U", "Enter")
        #expect(try inspection(console).findings["A5"]?.mark == .pass)
    }

    @Test func closingWithUnmarkedItemsAsksAndDoesNotCount() throws {
        let console = try checklist()
        console.press("Enter", "Ctrl-E")
        console.expect("还有 57 项未检，就此结束？")
        console.expect("这次不算完成")
        console.agree()
        console.expect("有未检项，不算完成")
        console.expect("本周 0/2")
    }

    @Test func aFailedItemIsNamedInTheStatusLine() throws {
        let console = try ConsoleDriver(as: "周主管")
        try console.estate.do("inspection.open", ["template": "weekly"], by: "S04")
        _ = console.controller.catchUp()
        console.press("Ctrl-N")
        console.type("接听晚")
        console.press("Ctrl-S")
        console.expect("✓ 1.1 不合格")
    }

    /// The items are sentences: of the selected one the whole stands below the list, also in a low pane.
    @Test func theSelectedItemIsReadInFull() throws {
        let console = try ConsoleDriver(as: "周主管", size: Size(width: 100, height: 28))
        try console.estate.do("inspection.open", ["template": "weekly"], by: "S04")
        _ = console.controller.catchUp()
        let item = "1.2  接听先说“您好，翠湖花园”，“翠湖花园”为本"
        console.expectNot(item)
        console.press("Down")
        console.expect(item)
    }

    @Test func aPersonIsAskedWhoIsInspected() throws {
        let console = try ConsoleDriver(as: "周主管")
        console.press("F8")
        console.fill("检查表", "门岗")
        console.expectNothingRecorded { console.press("Ctrl-S", "Ctrl-S") }
        console.expect("没有写明被检查人")
        console.press("Esc")
        console.fill("被检查人", "马门岗")
        console.press("Ctrl-S")
        console.expectRow(InspectionsView.self) { $0.inspected == ["马门岗"] }
    }
}

@Suite struct RectificationListTests {
    private func failed(size: Size = Size(width: 80, height: 24)) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: "周主管", size: size)
        let inspection = try console.estate.do("inspection.open", ["template": "hall"], by: "S04")
        for (item, note) in [("A3", "门厅积水"), ("A4", "小广告")] {
            try console.estate.do(
                "inspection.mark", ["inspection": inspection, "item": item, "result": "fail", "note": note], by: "S04")
        }
        try console.estate.do("inspection.close", ["inspection": inspection], by: "S04")
        let request = try console.estate.do(
            "request.open", ["class": "complaint", "unit": "3-2-501", "text": "楼上太吵"])
        try console.estate.do("request.complete", ["request": request])
        let visit = try #require(console.store.estate.followUps.pending.first).id.text
        try console.estate.do(
            "followup.record",
            [
                "followup": visit, "result": "unsatisfied", "visitors": "吴区域,郑管理", "signer": "李四",
                "shortcomings": "夜里仍吵",
            ])
        console.show("rectifications")
        return console
    }

    @Test func eachHasAPersonAndADayAndIsRedWhenOverdue() throws {
        let console = try failed()
        console.expect("待整改 3")
        console.expectNot("超期")
        console.expect("未指派", near: "门厅积水")
        console.expect("11-30 止", near: "门厅积水")
        console.expect("夜里仍吵", near: "回访")
        console.press("Home", "Ctrl-G")
        console.type("保洁班")
        console.press("Ctrl-S")
        console.expect("保洁班", near: "门厅积水")
        console.at("2026-12-02 09:00")
        console.expect("超 2 天", near: "保洁班")
        console.expect("超期 3")
        #expect(console.styles(of: "超 2 天").contains { $0.tone == .danger })
    }

    @Test func oneKeyRechecksAnItemOrRectifiesAVisit() throws {
        let console = try failed()
        console.press("Home", "Enter")
        console.expect("A3“门厅积水”复查合格？")
        console.agree()
        console.expectRow(RectificationsView.self) { $0.item == "A3" && $0.state == .rectified }
        // The selection is on the next one that is open.
        console.press("Ctrl-N")
        console.type("又贴上了")
        console.press("Ctrl-S")
        console.expectRow(RectificationsView.self) { $0.item == "A4" && $0.rechecks == 1 && $0.state == .open }
        console.press("Ctrl-F")
        console.type("夜里")
        console.press("Enter", "Enter")
        console.expect("“3-2-501 楼上太吵”已整改？")
        console.press("Ctrl-S")
        console.expectRow(RectificationsView.self) { $0.item == nil && $0.state == .rectified }
    }
}
