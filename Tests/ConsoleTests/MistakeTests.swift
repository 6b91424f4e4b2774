import Foundation
import Screen
import Testing

@testable import Console
@testable import Estate

@Suite struct MistakeTests {
    @Test func aRequiredFieldLeftEmptyIsNamedAndTheRestIsKept() throws {
        let desk = try Script(as: "马门岗")
        desk.press("F6", "F8")
        desk.fill("事由", "看房")
        desk.expectNothingRecorded { desk.press("Ctrl-S") }
        desk.expect("缺少必填项：姓名")
        #expect(desk.lineOfCaret.contains("姓名"))
        desk.expect("看房", near: "事由")
        desk.type("张三")
        desk.expectNot("缺少必填项：姓名")
        desk.expectNothingRecorded { desk.press("Ctrl-S") }
        desk.expect("缺少必填项：房号/被访人")
        desk.expect("张三", near: "姓名")
        desk.type("3-2-502")
        desk.press("Ctrl-S")
        desk.expectRow(GateView.self) { $0.name == "张三" && $0.purpose == "看房" && $0.host.text == "3-2-502" }
    }

    @Test func anUnknownUnitIsSaidAtItsField() throws {
        let desk = try Script(as: "马门岗")
        desk.press("F6", "F8")
        desk.fill("姓名", "张三")
        desk.fill("房号/被访人", "9-9-999")
        desk.fill("事由", "快递")
        desk.expectNothingRecorded { desk.press("Ctrl-S") }
        desk.expect("没有这个房号")
        #expect(desk.lineOfCaret.contains("9-9-999"))
        desk.expect("张三", near: "姓名")
        desk.fill("房号/被访人", "3-2-501")
        desk.expectNot("没有这个房号")
        desk.press("Ctrl-S")
        desk.expect("在场", near: "张三")
    }

    @Test(arguments: [
        ("12块", "不是金额"), ("0", "金额必须大于零"), ("-5", "金额不能为负"), ("1.005", "两位小数"),
    ])
    func aMalformedAmountIsSaidAtItsField(text: String, message: String) throws {
        let desk = try Script(as: "孙财务")
        desk.press("F5", "Enter")
        desk.fill("金额", text)
        desk.expectNothingRecorded { desk.press("Ctrl-S") }
        desk.expect(message)
        #expect(desk.lineOfCaret.contains("金额") && desk.lineOfCaret.contains(text))
    }

    @Test func aHoldSaysWhetherThereWasConsent() throws {
        let desk = try Script(as: "王芳")
        desk.press("Enter", "Enter", "Ctrl-B")
        desk.expectNothingRecorded { desk.press("Ctrl-S") }
        desk.expect("缺少必填项：已征得同意并致谢")
        desk.press("Right", "Ctrl-S")
        desk.expect("保留中")
    }

    @Test func aChoiceThatMayBeLeftOpenGoesRoundBothWays() throws {
        let desk = try Script(as: "王芳")
        desk.press("F8")
        desk.go(to: "方向")
        desk.expect("来电", near: "方向")
        desk.press("Left", "Left")
        desk.expect("去电", near: "方向")
        desk.press("Right", "Right")
        desk.expect("来电", near: "方向")
    }

    /// The closing words and who hung up first are no matter of course: each is asked for, and told if it was not so.
    @Test func aTickLeftOpenIsAskedFor() throws {
        let desk = try Script(as: "王芳")
        desk.press("Enter", "Enter", "Ctrl-E", "Left")
        desk.expectNothingRecorded { desk.press("Ctrl-S") }
        desk.expect("缺少必填项：对方已先挂断")
        desk.press("Left", "Ctrl-S")
        desk.expectRow(CallsView.self) { $0.ended != nil && $0.omitted == [.closing, .hangUp] }
    }

    @Test func anEmptyDemandIsNotRecorded() throws {
        let desk = try Script(as: "王芳")
        desk.press("Enter", "Enter")
        desk.type("  ")
        desk.expectNothingRecorded { desk.press("Enter") }
        desk.expect("先输入诉求")
    }

    @Test func aCallThatEndedElsewhereTakesNoDemand() throws {
        let desk = try Script(as: "王芳")
        desk.press("Enter", "Enter")
        desk.type("门铃坏了")
        let other = try desk.estate.secondStore()
        let call = try #require(other.estate.calls.open.first)
        try other.perform(HoldCall(call: call, consent: true), by: "S02")
        try other.perform(EndCall(call: call, closing: true), by: "S02")
        desk.press("Enter")
        desk.expect("已经结束")
        #expect(try desk.demands() == [])
    }

    @Test func aDemandThatCouldNotBeWrittenIsKept() throws {
        let desk = try Script(as: "王芳")
        desk.press("Enter", "Enter")
        desk.type("门铃坏了")
        let elsewhere = desk.estate.folder + "-elsewhere"
        try FileManager.default.moveItem(atPath: desk.estate.folder, toPath: elsewhere)
        desk.press("Enter")
        try FileManager.default.moveItem(atPath: elsewhere, toPath: desk.estate.folder)
        #expect(desk.lineOfCaret.contains("门铃坏了"))
        #expect(desk.lines[0].contains("✗"))
        // The disk is there again, and so is everything.
        desk.at("09:01")
        desk.press("Enter")
        #expect(try desk.demands() == ["门铃坏了"])
    }

    @Test func damageFoundWhileWaitingIsTold() throws {
        let desk = try Script(as: "王芳")
        let elsewhere = desk.estate.folder + "-elsewhere"
        try FileManager.default.moveItem(atPath: desk.estate.folder, toPath: elsewhere)
        #expect(desk.desk.catchUp())
        try FileManager.default.moveItem(atPath: elsewhere, toPath: desk.estate.folder)
        #expect(desk.lines[0].contains("没有小区数据"))
        #expect(desk.grid[40, 0].style.ground == .danger)
    }

    @Test func whatIsNotAskedForIsNotSubmitted() throws {
        let desk = try Script(as: "王芳")
        desk.press("F3", "F8")
        desk.go(to: "类别")
        desk.expectNot("服务开始")
        desk.press("Right", "Right", "Right", "Right")
        desk.fill("房号", "3-2-501")
        desk.fill("内容", "保洁")
        desk.expectNothingRecorded { desk.press("Ctrl-S") }
        desk.expect("特约服务须填服务期")
        desk.fill("服务开始", "2026-12-01")
        desk.fill("服务结束", "2026-11-01")
        desk.expectNothingRecorded { desk.press("Ctrl-S") }
        desk.expect("服务结束日不能早于开始日")
        desk.go(to: "类别")
        desk.press("Left", "Left", "Left")
        desk.expectNot("服务开始")
        desk.press("Ctrl-S")
        desk.expectRow(RequestsView.self) { $0.class == .complaint && $0.text == "保洁" && $0.starts == nil }
    }

    // MARK: Esc

    @Test(arguments: [
        ["F6", "F8"], ["F5", "Enter"], ["F6", "Enter"], ["F6", "Space"], ["F6", "Ctrl-D"], ["F1"], ["F9"], ["Ctrl-T"],
        ["F6", "Ctrl-F"], ["F5", "Ctrl-R"], ["F6", "Ctrl-U"], ["F2", "Ctrl-O"], ["F2", "F8"],
    ])
    func escapeLeadsBack(keys: [String]) throws {
        let desk = try Script(as: "赵经理")
        try desk.estate.do("visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "快递"])
        _ = desk.desk.catchUp()
        if keys.count > 1 { desk.press(keys[0]) }
        let before = desk.screen
        desk.press(keys[keys.count - 1])
        #expect(desk.screen != before)
        desk.expectNothingRecorded { desk.press("Esc") }
        #expect(desk.screen == before)
    }

    @Test func escapeLeavesTheSearchForACaller() throws {
        let desk = try Script(as: "王芳")
        desk.press("Enter", "Enter")
        desk.at("09:10")
        let before = desk.screen
        desk.press("Ctrl-F")
        desk.type("ls")
        desk.press("Esc")
        #expect(desk.screen == before)
    }

    @Test func escapeFirstPutsSuggestionsAwayThenTheForm() throws {
        let desk = try Script(as: "马门岗")
        desk.press("F6", "F8")
        desk.fill("房号/被访人", "fl")
        desk.expect("冯六", near: "3-2-601")
        desk.press("Esc")
        desk.expectNot("冯六")
        desk.expect("fl", near: "房号/被访人")
        // What was filled in is not lost by a stray key.
        desk.press("Esc")
        desk.expect("再按 Esc")
        desk.press("Tab")
        desk.expectNot("再按 Esc")
        desk.press("Esc", "Esc")
        desk.expectNot("房号/被访人")
    }

    @Test func aDemandHalfTypedOutlivesTheLookAtAnother() throws {
        let desk = try Script(as: "王芳")
        desk.press("Enter", "Enter")
        desk.type("电梯异响")
        desk.press("Enter")
        desk.type("路灯")
        desk.press("Up", "Esc")
        desk.expect("路灯")
        desk.type("不亮")
        desk.press("Enter")
        #expect(try desk.demands() == ["电梯异响", "路灯不亮"])
    }

    @Test func nobodyWorksUnnamed() throws {
        let desk = try Script()
        desk.expect("请选择您是谁")
        desk.expectNothingRecorded {
            desk.press("Esc", "F6", "F8", "Esc")
            desk.type("没有这个人")
            desk.press("Enter")
        }
        desk.expect("没有这位员工")
        desk.press("Ctrl-U")
        desk.signIn("S03")
        desk.expect("马门岗", near: "门岗")
    }

    // MARK: Roles

    @Test(arguments: [
        ("马门岗", ["F2", "Enter"], "门岗不能“来电/去电”"), ("马门岗", ["F5", "Enter"], "门岗不能“收款”"),
        ("马门岗", ["F7", "F8"], "门岗不能“开始巡检”"), ("孙财务", ["F6", "F8"], "财务不能“来访登记”"),
        ("郑管理", ["F6", "Enter"], "管理员不能“登记离场”"), ("钱科长", ["F3", "F8"], "物管科长不能“新建工单”"),
    ])
    func whoMayNotIsTold(member: String, keys: [String], words: String) throws {
        let desk = try Script(as: member)
        try desk.estate.do("visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "快递"])
        _ = desk.desk.catchUp()
        desk.expectNothingRecorded { keys.forEach { desk.press($0) } }
        desk.expect(words)
    }

    // MARK: Stray keys

    static let functionKeys = (1...24).map { "F\($0)" }
    static let controlKeys = "bcdfgijlmnopqrtvxyz".map { "Ctrl-\($0)" }
    static let movingKeys = ["Insert", "PageUp", "PageDown", "Ctrl-Up", "Shift-Down", "Alt-x"]

    @Test func aFormIsNotDisturbedByStrayKeys() throws {
        let desk = try Script(as: "马门岗")
        desk.press("F6", "F8")
        desk.fill("姓名", "张三")
        desk.fill("事由", "看房")
        // The status bar says that the form is open.
        let before = desk.lines.dropFirst()
        desk.expectNothingRecorded {
            // Some of them edit the line, as in a shell; help and phrases open over the form.
            let own = ["Ctrl-b", "Ctrl-d", "Ctrl-f", "F1", "F11"]
            let keys = (MistakeTests.functionKeys + MistakeTests.controlKeys).filter { !own.contains($0) }
            for key in keys + MistakeTests.movingKeys {
                desk.press(key)
            }
        }
        #expect(desk.lines.dropFirst() == before)
        #expect(!desk.desk.isOver)
    }

    @Test func aDemandHalfTypedOutlivesEveryFunctionKey() throws {
        let desk = try Script(as: "王芳")
        desk.press("Enter", "Enter")
        desk.type("电梯")
        desk.expectNothingRecorded {
            for key in MistakeTests.functionKeys {
                desk.press(key)
                // Whatever has come up goes away again.
                if ["F1", "F8", "F9", "F10", "F11"].contains(key) { desk.press("Esc") }
                desk.press("F2")
                #expect(desk.lineOfCaret.contains("电梯"), "after \(key)")
            }
        }
        #expect(!desk.desk.isOver)
        desk.type("异响")
        desk.press("Enter")
        #expect(try desk.demands() == ["电梯异响"])
    }

    @Test func quittingInTheMiddleOfACallIsAsked() throws {
        let desk = try Script(as: "王芳")
        desk.press("Enter", "Enter")
        desk.press("F10")
        #expect(!desk.desk.isOver)
        desk.press("Esc")
        #expect(!desk.desk.isOver)
        desk.press("F10", "Enter")
        #expect(desk.desk.isOver)
    }

    @Test func quittingOtherwiseIsNot() throws {
        let desk = try Script(as: "马门岗")
        desk.press("F10")
        #expect(desk.desk.isOver)
    }

    @Test func strayLettersInAListRecordNothing() throws {
        let desk = try Script(as: "赵经理")
        try desk.estate.do("visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "快递"])
        _ = desk.desk.catchUp()
        for pane in ["F3", "F4", "F5", "F6", "F7"] {
            desk.expectNothingRecorded {
                desk.press(pane)
                for letter in "abcdefghijklmopqrstuvwyzABCGZ0123456789+-*;" { desk.type(String(letter)) }
                desk.press("Esc", "Esc")
            }
        }
        desk.press("F6")
        desk.expect("在场", near: "张三")
    }
}
