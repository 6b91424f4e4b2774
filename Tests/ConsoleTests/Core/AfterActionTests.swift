import Screen
import Testing

@testable import Console
@testable import Estate

/// The selection and the status line after an action, and the footer.
@Suite struct AfterActionTests {
    // MARK: Selection

    @Test func theVisitorJustRegisteredIsSelected() throws {
        let console = try ConsoleDriver(as: "马门岗")
        for name in ["张三", "李雷"] {
            try console.estate.do("visitor.arrive", ["name": name, "host": "3-2-501", "purpose": "快递"])
        }
        _ = console.controller.catchUp()
        console.at("09:30")
        console.open("gate")
        console.press("F8")
        console.type("王五")
        console.fill("房号/被访人", "3-2-502")
        console.fill("事由", "看房")
        console.press("Ctrl-S")
        console.press("Enter")
        console.expect("王五（3-2-502）现在离场？")
        console.agree()
        // After an undo the restored record is selected.
        console.press("Home", "Ctrl-_", "Enter")
        console.expect("已撤销：登记离场")
        console.press("Enter")
        console.expect("王五（3-2-502）现在离场？")
    }

    @Test func theRequestJustOpenedIsSelected() throws {
        let console = try ConsoleDriver(as: "王芳")
        for text in ["灯不亮", "门坏了"] {
            try console.estate.do("request.open", ["class": "repair.minor", "unit": "3-2-501", "text": text])
        }
        _ = console.controller.catchUp()
        console.open("requests")
        console.press("F8")
        console.go(to: "类别")
        console.press("Right")
        console.fill("房号", "3-2-502")
        console.fill("内容", "楼上太吵")
        console.press("Ctrl-S", "Ctrl-D")
        console.expect("投诉  3-2-502  楼上太吵")
    }

    @Test func filterThatHidesNewRecordIsCleared() throws {
        let console = try ConsoleDriver(as: "马门岗")
        try console.estate.do("visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "快递"])
        _ = console.controller.catchUp()
        console.open("gate")
        console.type("张")
        console.press("Enter", "F8")
        console.type("王五")
        console.fill("房号/被访人", "3-2-502")
        console.fill("事由", "看房")
        console.press("Ctrl-S", "Enter")
        console.expect("王五（3-2-502）现在离场？")
    }

    // MARK: Status line

    @Test func statusLineNamesTheSubject() throws {
        let console = try ConsoleDriver(as: "王芳")
        try console.estate.do("call.ring", ["phone": "13800001111"], by: "S02")
        _ = console.controller.catchUp()
        console.press("Enter", "Ctrl-B", "Enter")
        #expect(console.lines[0].contains("已暂停通话：3-2-501 李四"))
        console.press("Enter", "Enter")
        #expect(console.lines[0].contains("已继续通话：3-2-501 李四"))
        console.type("电费多少")
        console.press("Enter")
        #expect(console.lines[0].contains("已记录诉求：电费多少"))
        console.press("Up", "Enter", "Down", "Enter")
        console.type("每月150元")
        console.press("Enter")
        #expect(console.lines[0].contains("已答复 · 电费多少 · 每月150元"))
        console.press("Ctrl-E", "Enter")
        #expect(console.lines[0].contains("已结束通话：3-2-501 李四"))
        #expect(!console.lines[0].contains("· 是"))
    }

    /// The name of a new record is not said twice.
    @Test func newRecordIsNamedOnce() throws {
        let console = try ConsoleDriver(as: "马门岗")
        console.open("gate")
        console.press("F8")
        console.type("张三")
        console.fill("房号/被访人", "3-2-501")
        console.fill("事由", "看房")
        console.press("Ctrl-S")
        #expect(console.lines[0].contains("✓ 来访登记 · 张三 · 3-2-501"))
    }

    // MARK: Footer

    /// Hints of commands that cannot be used now keep their places, faint.
    @Test func footerDimsDisabledCommands() throws {
        let console = try ConsoleDriver(as: "王芳")
        let hints = ["Ctrl-F 来电人", "Ctrl-E 结束", "Ctrl-B 暂停/继续"]
        #expect(console.lines[console.size.height - 1].contains("Enter 来电响铃"))
        for hint in hints { #expect(console.styles(of: hint).map(\.tone) == [.faint], "\(hint)") }
        console.takeCall()
        for hint in hints { #expect(console.styles(of: hint).map(\.tone) == [.key], "\(hint)") }
    }

    // MARK: Shifts

    /// The console of a member while 马门岗 is on duty and a visitor inside.
    private func shift(as member: String) throws -> ConsoleDriver {
        let estate = try TestEstate()
        try estate.do("staff.add", ["staff": "S09", "name": "夏杰", "role": "guard"])
        try estate.do("shift.open", ["post": "门岗", "staff": "S03"], by: "S03")
        try estate.do("visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "快递"])
        return try ConsoleDriver(estate, as: member)
    }

    @Test func aGuardWhoIsNotOnDutyTakesOver() throws {
        let console = try shift(as: "夏杰")
        console.open("gate")
        console.press("Ctrl-G")
        console.fillHandover()
        console.expect("接 马门岗 的班（门岗）？")
        console.expect("移交 1 人：张三(3-2-501)")
        console.agree()
        #expect(console.lines[0].contains("夏杰 已接 马门岗 的班"))
        #expect(console.store.estate.shifts.open.map(\.staff) == ["S09"])
        #expect(console.store.estate.shifts.all.values.first?.next == "S09")
    }

    @Test func whoIsOnDutyHandsOverAndGuardsAreOfferedFirst() throws {
        let console = try shift(as: "马门岗")
        console.open("gate")
        console.press("Ctrl-G")
        console.fillHandover()
        console.expect("交班 · 移交 1 人")
        let guardLine = try #require(console.lines.firstIndex { $0.contains("夏杰") && $0.contains("S09") })
        let other = try #require(console.lines.firstIndex { $0.contains("王芳") && $0.contains("S02") })
        #expect(guardLine < other)
        console.expectNot("S03")
        console.press("Down", "Enter", "Ctrl-S")
        #expect(console.store.estate.shifts.all.values.first?.next == "S09")
    }

    // MARK: Return visits

    private func visit() throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: "郑管理")
        let request = try console.estate.do(
            "request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "灯不亮"])
        try console.estate.do("request.complete", ["request": request])
        _ = console.controller.catchUp()
        console.open("followups")
        console.press("Enter")
        return console
    }

    @Test func anUnsatisfiedResultNeedsAReason() throws {
        let console = try visit()
        console.expectNot("须写明不足")
        console.go(to: "结果")
        console.press("Right", "Right")
        console.expect("不满意须写明不足")
        console.fill("不足", "灯还是不亮")
        console.expectNot("须写明不足")
    }

    @Test func rectificationIsShownAtTheNextVisit() throws {
        let console = try visit()
        console.go(to: "结果")
        console.press("Right", "Right")
        console.fill("业主签名", "李四")
        console.fill("不足", "灯还是不亮")
        console.press("Ctrl-S", "Ctrl-R")
        console.expect("已整改？")
        console.type("换了镇流器")
        console.press("Enter")
        console.expectRow(FollowUpsView.self) { $0.cycle == 2 && $0.state == .open }
        console.press("Ctrl-D")
        console.expect("整改情况", near: "换了镇流器")
    }
}
