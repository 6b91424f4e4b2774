import Screen
import Testing

@testable import Console
@testable import Estate

/// 拜访: what a customer needs becomes a request or a matter of a department.
@Suite struct CallOnListTests {
    private func console(as member: String, needs: String = "楼道灯不亮") throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: member, size: Size(width: 80, height: 24))
        try console.estate.do(
            "call.on", ["unit": "3-2-501", "purpose": "定期走访", "result": "都好", "needs": needs])
        _ = console.controller.catchUp()
        console.show("callons")
        return console
    }

    @Test func theVisitorChoosesARequest() throws {
        let console = try console(as: "周主管")
        console.press("Enter")
        console.expect("开工单", near: "派人处理")
        console.expect("转部门", near: "由部门办理")
        console.press("Enter")
        console.expect("拜访后开工单 · 3-2-501")
        console.expect("猜：零星维修（“不亮”），请核对")
        console.press("Ctrl-S")
        console.expectRow(RequestsView.self) {
            $0.text == "楼道灯不亮" && $0.unit.text == "3-2-501" && $0.class == .minorRepair
        }
    }

    /// The class is guessed from what they need, as of any request; a digit chooses another.
    @Test func theClassIsGuessedAndChosenByADigit() throws {
        let console = try console(as: "郑管理", needs: "请保洁提前清运")
        console.press("Enter")
        console.expect("✓特约服务", near: "类别")
        console.expect("猜：特约服务（“保洁”），请核对")
        console.type("6")
        console.expect("✓其他服务", near: "类别")
        console.press("Ctrl-S")
        console.expectRow(RequestsView.self) { $0.class == .other && $0.text == "请保洁提前清运" }
    }

    /// Words that tell no class are none: nobody's visit becomes a repair by itself.
    @Test func withoutAGuessTheClassIsAskedFor() throws {
        let console = try console(as: "郑管理", needs: "想和经理谈谈")
        console.press("Enter")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expect("缺少必填项：类别")
    }

    @Test func theVisitorChoosesADepartment() throws {
        let console = try console(as: "周主管")
        console.press("Enter", "Down", "Enter")
        console.expect("拜访后转部门 · 3-2-501")
        console.type("工程")
        console.press("Ctrl-S")
        console.expectRow(MattersView.self) {
            $0.to == "工程" && $0.what == "楼道灯不亮" && $0.unit?.text == "3-2-501"
        }
        #expect(console.store.estate.requests.all.isEmpty)
    }

    /// An administrator passes nothing on: the request's form opens at once.
    @Test func whoMayOnlyOpenARequestIsNotAsked() throws {
        let console = try console(as: "郑管理")
        console.expect("都好", near: "3-2-501")
        console.press("Enter")
        console.expect("拜访后开工单 · 3-2-501")
        console.press("Ctrl-S")
        #expect(console.store.estate.requests.all.values.map(\.text) == ["楼道灯不亮"])
    }

    @Test func withoutANeedThereIsNothingToDo() throws {
        let console = try ConsoleDriver(as: "周主管", size: Size(width: 80, height: 24))
        try console.estate.do("call.on", ["unit": "3-2-501", "purpose": "定期走访", "result": "都好"])
        _ = console.controller.catchUp()
        console.show("callons")
        console.press("Enter")
        console.expect("这次拜访没有要办的事")
    }
}
