import Screen
import Testing

@testable import Console
@testable import Estate

/// What is before one after something was done: the record itself, and words that say what it was about.
@Suite struct AfterwardsTests {
    // MARK: What is selected

    @Test func theVisitorJustRegisteredIsSelected() throws {
        let desk = try Script(as: "马门岗")
        for name in ["张三", "李雷"] {
            try desk.estate.do("visitor.arrive", ["name": name, "host": "3-2-501", "purpose": "快递"])
        }
        _ = desk.desk.catchUp()
        desk.at("09:30")
        desk.press("F6", "F8")
        desk.type("王五")
        desk.fill("房号/被访人", "3-2-502")
        desk.fill("事由", "看房")
        desk.press("Ctrl-S")
        desk.press("Enter")
        desk.expect("王五（3-2-502）现在离场？")
        desk.press("Enter")
        // What was taken back is what one goes on with, too.
        desk.press("Home", "Ctrl-_", "Enter")
        desk.expect("已撤销：登记离场")
        desk.press("Enter")
        desk.expect("王五（3-2-502）现在离场？")
    }

    @Test func theRequestJustOpenedIsSelected() throws {
        let desk = try Script(as: "王芳")
        for text in ["灯不亮", "门坏了"] {
            try desk.estate.do("request.open", ["class": "repair.minor", "unit": "3-2-501", "text": text])
        }
        _ = desk.desk.catchUp()
        desk.press("F3", "F8", "Right")
        desk.fill("房号", "3-2-502")
        desk.fill("内容", "楼上太吵")
        desk.press("Ctrl-S", "Ctrl-D")
        desk.expect("投诉  3-2-502  楼上太吵")
    }

    @Test func aFilterThatHidesItIsTakenAway() throws {
        let desk = try Script(as: "马门岗")
        try desk.estate.do("visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "快递"])
        _ = desk.desk.catchUp()
        desk.press("F6")
        desk.type("张")
        desk.press("Enter", "F8")
        desk.type("王五")
        desk.fill("房号/被访人", "3-2-502")
        desk.fill("事由", "看房")
        desk.press("Ctrl-S", "Enter")
        desk.expect("王五（3-2-502）现在离场？")
    }

    // MARK: What is said

    @Test func whatWasDoneSaysToWhomAndNoBareYes() throws {
        let desk = try Script(as: "王芳")
        try desk.estate.do("call.ring", ["phone": "13800001111"], by: "S02")
        _ = desk.desk.catchUp()
        desk.press("Enter", "Ctrl-B", "Right", "Enter")
        #expect(desk.lines[0].contains("保留 · 3-2-501 李四"))
        desk.press("Enter", "Right", "Enter")
        #expect(desk.lines[0].contains("恢复 · 3-2-501 李四"))
        desk.type("电费多少")
        desk.press("Enter")
        #expect(desk.lines[0].contains("已记录诉求：电费多少"))
        desk.press("Up", "Enter", "Down", "Enter")
        desk.type("每月150元")
        desk.press("Enter")
        #expect(desk.lines[0].contains("答复/转交诉求 · 电费多少 · 每月150元"))
        desk.press("Ctrl-E", "Right", "Enter", "Right", "Enter")
        #expect(desk.lines[0].contains("结束通话 · 3-2-501 李四"))
        #expect(!desk.lines[0].contains("· 是"))
    }

    /// What is new names itself, and is not named twice.
    @Test func whatIsNewIsToldOnce() throws {
        let desk = try Script(as: "马门岗")
        desk.press("F6", "F8")
        desk.type("张三")
        desk.fill("房号/被访人", "3-2-501")
        desk.fill("事由", "看房")
        desk.press("Ctrl-S")
        #expect(desk.lines[0].contains("✓ 来访登记 · 张三 · 3-2-501"))
    }

    // MARK: What the keys do

    @Test func noHintIsOfWhatCannotBeDone() throws {
        let desk = try Script(as: "王芳")
        let bar = desk.lines[desk.size.height - 1]
        for label in ["来电人", "结束", "保留/恢复"] { #expect(!bar.contains(label)) }
        #expect(bar.contains("下一步"))
        desk.press("Enter", "Enter")
        for label in ["来电人", "结束", "保留/恢复"] { #expect(desk.lines[desk.size.height - 1].contains(label)) }
    }

    // MARK: Shifts

    /// The console of a member while 马门岗 is on duty and a visitor inside.
    private func shift(as member: String) throws -> Script {
        let estate = try SmallEstate()
        try estate.do("staff.add", ["staff": "S09", "name": "夏杰", "role": "guard"])
        try estate.do("shift.open", ["post": "门岗", "staff": "S03"], by: "S03")
        try estate.do("visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "快递"])
        return try Script(estate, as: member)
    }

    @Test func aGuardWhoIsNotOnDutyTakesOver() throws {
        let desk = try shift(as: "夏杰")
        desk.press("F6", "Ctrl-G")
        desk.expect("接 马门岗 的班（门岗）？")
        desk.expect("移交 1 人：张三(3-2-501)")
        desk.press("Enter")
        #expect(desk.lines[0].contains("夏杰 已接 马门岗 的班"))
        #expect(desk.store.estate.gate.openShifts.map(\.staff) == ["S09"])
        #expect(desk.store.estate.gate.shifts.values.first?.next == "S09")
    }

    @Test func whoIsOnDutyHandsOverAndGuardsAreOfferedFirst() throws {
        let desk = try shift(as: "马门岗")
        desk.press("F6", "Ctrl-G")
        desk.expect("交班 · 移交 1 人")
        let guardLine = try #require(desk.lines.firstIndex { $0.contains("夏杰") && $0.contains("S09") })
        let other = try #require(desk.lines.firstIndex { $0.contains("王芳") && $0.contains("S02") })
        #expect(guardLine < other)
        desk.expectNot("S03")
        desk.press("Down", "Enter", "Ctrl-S")
        #expect(desk.store.estate.gate.shifts.values.first?.next == "S09")
    }

    // MARK: Return visits

    private func visit() throws -> Script {
        let desk = try Script(as: "郑管理")
        let request = try desk.estate.do("request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "灯不亮"])
        try desk.estate.do("request.complete", ["request": request])
        _ = desk.desk.catchUp()
        desk.press("F4", "Enter")
        return desk
    }

    @Test func whatAnOwnerIsNotSatisfiedWithIsAskedFor() throws {
        let desk = try visit()
        desk.expectNot("须写明不足")
        desk.go(to: "结果")
        desk.press("Right", "Right")
        desk.expect("不满意须写明不足")
        desk.fill("不足", "灯还是不亮")
        desk.expectNot("须写明不足")
    }

    @Test func whatWasPutRightIsToldAtTheNextVisit() throws {
        let desk = try visit()
        desk.go(to: "结果")
        desk.press("Right", "Right")
        desk.fill("业主签名", "李四")
        desk.fill("不足", "灯还是不亮")
        desk.press("Ctrl-S", "Ctrl-R")
        desk.expect("已整改？")
        desk.type("换了镇流器")
        desk.press("Enter")
        desk.expectRow(FollowUpsView.self) { $0.cycle == 2 && $0.state == .open }
        desk.press("Ctrl-D")
        desk.expect("整改情况", near: "换了镇流器")
    }
}
