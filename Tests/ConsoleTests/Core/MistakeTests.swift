import Foundation
import Screen
import Testing

@testable import Console
@testable import Estate

@Suite struct MistakeTests {
    @Test func aRequiredFieldLeftEmptyIsNamedAndTheRestIsKept() throws {
        let console = try ConsoleDriver(as: "马门岗")
        console.open("gate")
        console.press("F8")
        console.fill("事由", "看房")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expect("缺少必填项：姓名")
        #expect(console.lineOfCaret.contains("姓名"))
        console.expect("看房", near: "事由")
        console.type("张三")
        console.expectNot("缺少必填项：姓名")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expect("缺少必填项：房号/被访人")
        console.expect("张三", near: "姓名")
        console.type("3-2-502")
        console.press("Ctrl-S")
        console.expectRow(GateView.self) { $0.name == "张三" && $0.purpose == "看房" && $0.host.text == "3-2-502" }
    }

    @Test func unknownUnitIsReportedAtItsField() throws {
        let console = try ConsoleDriver(as: "马门岗")
        console.open("gate")
        console.press("F8")
        console.fill("姓名", "张三")
        console.fill("房号/被访人", "9-9-999")
        console.fill("事由", "快递")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expect("没有这个房号：9-9-999，照登标“未找到”？")
        console.press("Esc")
        console.go(to: "房号/被访人")
        #expect(console.lineOfCaret.contains("9-9-999"))
        console.expect("张三", near: "姓名")
        console.fill("房号/被访人", "3-2-501")
        console.expectNot("没有这个房号")
        console.press("Ctrl-S")
        console.expect("在场", near: "张三")
    }

    @Test(arguments: [
        ("12块", "不是金额"), ("0", "金额必须大于零"), ("-5", "金额不能为负"), ("1.005", "两位小数"),
    ])
    func aMalformedAmountIsSaidAtItsField(text: String, message: String) throws {
        let console = try ConsoleDriver(as: "孙财务")
        console.open("fees")
        console.press("Enter")
        console.fill("方式", "现金")
        console.fill("金额", text)
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expect(message)
        #expect(console.lineOfCaret.contains("金额") && console.lineOfCaret.contains(text))
    }

    @Test func aHoldSaysWhetherThereWasConsent() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.takeCall()
        console.expectNothingRecorded { console.press("Ctrl-B", "Ctrl-S") }
        console.expect("对方同意，已致谢")
        console.press("Down", "Enter")
        console.expect("暂停中")
        console.press("Ctrl-B", "Enter", "Ctrl-E", "Enter")
        console.expectRow(CallsView.self) { $0.omitted == [.consent] }
    }

    @Test func aChoiceThatMayBeLeftOpenGoesRoundBothWays() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.press("F8")
        console.go(to: "方向")
        console.expect("来电", near: "方向")
        console.press("Left", "Left")
        console.expect("去电", near: "方向")
        console.press("Right", "Right")
        console.expect("来电", near: "方向")
    }

    /// The end of a call is asked about once.
    @Test func anEndSaysWhatWasLeftOut() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.takeCall()
        console.expectNothingRecorded { console.press("Ctrl-E", "Ctrl-S", "Esc", "Ctrl-E") }
        console.press("End", "Enter")
        console.expectRow(CallsView.self) { $0.ended != nil && $0.omitted == [.closing, .hangUp] }
    }

    @Test func anEmptyDemandIsNotRecorded() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.takeCall()
        console.type("  ")
        console.expectNothingRecorded { console.press("Enter") }
        console.expect("先输入诉求")
    }

    @Test func aCallThatEndedElsewhereTakesNoDemand() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.takeCall()
        console.type("门铃坏了")
        let other = try console.estate.secondStore()
        let call = try #require(other.estate.calls.open.first)
        try other.perform(HoldCall(call: call, consent: true), by: "S02")
        try other.perform(EndCall(call: call, closing: true), by: "S02")
        console.press("Enter")
        console.expect("已经结束")
        #expect(try console.demands() == [])
    }

    @Test func aDemandThatCouldNotBeWrittenIsKept() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.takeCall()
        console.type("门铃坏了")
        let elsewhere = console.estate.folder + "-elsewhere"
        try FileManager.default.moveItem(atPath: console.estate.folder, toPath: elsewhere)
        console.press("Enter")
        try FileManager.default.moveItem(atPath: elsewhere, toPath: console.estate.folder)
        #expect(console.lineOfCaret.contains("门铃坏了"))
        #expect(console.lines[0].contains("✗"))
        // The disk is back and nothing is lost.
        console.at("09:01")
        console.press("Enter")
        #expect(try console.demands() == ["门铃坏了"])
    }

    @Test func damageFoundWhileIdleIsReported() throws {
        let console = try ConsoleDriver(as: "王芳")
        let elsewhere = console.estate.folder + "-elsewhere"
        try FileManager.default.moveItem(atPath: console.estate.folder, toPath: elsewhere)
        #expect(console.controller.catchUp())
        try FileManager.default.moveItem(atPath: elsewhere, toPath: console.estate.folder)
        #expect(console.lines[0].contains("没有小区数据"))
        #expect(console.grid[40, 0].style.ground == .danger)
    }

    @Test func fieldsThatAreNotAskedForAreNotSubmitted() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.open("requests")
        console.press("F8")
        console.go(to: "类别")
        console.expectNot("服务开始")
        console.press("Right", "Right", "Right", "Right")
        console.fill("房号", "3-2-501")
        console.fill("内容", "保洁")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expect("特约服务须填服务期")
        console.fill("服务开始", "2026-12-01")
        console.fill("服务结束", "2026-11-01")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expect("服务结束日不能早于开始日")
        console.go(to: "类别")
        console.press("Left", "Left", "Left")
        console.expectNot("服务开始")
        console.press("Ctrl-S")
        console.expectRow(RequestsView.self) { $0.class == .complaint && $0.text == "保洁" && $0.starts == nil }
    }

    // MARK: Esc

    @Test(arguments: [
        ["gate", "F8"], ["fees", "Enter"], ["gate", "Enter"], ["gate", "Space"], ["gate", "Ctrl-D"], ["F1"], ["F9"],
        ["Ctrl-T"],
        ["gate", "Ctrl-F"], ["fees", "Ctrl-R"], ["gate", "Ctrl-U"], ["calls", "Ctrl-O"], ["calls", "F8"],
    ])
    func escapeLeadsBack(keys: [String]) throws {
        let console = try ConsoleDriver(as: "赵经理")
        try console.estate.do("visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "快递"])
        _ = console.controller.catchUp()
        if keys.count > 1 { console.open(keys[0]) }
        let before = console.screen
        console.press(keys[keys.count - 1])
        #expect(console.screen != before)
        console.expectNothingRecorded { console.press("Esc") }
        #expect(console.screen == before)
    }

    @Test func escapeLeavesTheSearchForACaller() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.takeCall()
        console.at("09:10")
        let before = console.screen
        console.press("Ctrl-F")
        console.type("ls")
        console.press("Esc")
        #expect(console.screen == before)
    }

    @Test func escapeFirstPutsSuggestionsAwayThenTheForm() throws {
        let console = try ConsoleDriver(as: "马门岗")
        console.open("gate")
        console.press("F8")
        console.fill("房号/被访人", "fl")
        console.expect("冯六", near: "3-2-601")
        console.press("Esc")
        console.expectNot("冯六")
        console.expect("fl", near: "房号/被访人")
        // A stray key does not lose the input.
        console.press("Esc")
        console.expect("再按 Esc")
        console.press("Tab")
        console.expectNot("再按 Esc")
        console.press("Esc", "Esc")
        console.expectNot("房号/被访人")
    }

    @Test func lookingAtAnotherCallKeepsTheTypedDemand() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.takeCall()
        console.type("电梯异响")
        console.press("Enter")
        console.type("路灯")
        console.press("Up", "Esc")
        console.expect("路灯")
        console.type("不亮")
        console.press("Enter")
        #expect(try console.demands() == ["电梯异响", "路灯不亮"])
    }

    @Test func workNeedsASignIn() throws {
        let console = try ConsoleDriver()
        console.expect("请选择您是谁")
        console.expectNothingRecorded {
            console.press("Esc")
            console.open("gate")
            console.press("F8", "Esc")
            console.type("没有这个人")
            console.press("Enter")
        }
        console.expect("没有这位员工")
        console.press("Ctrl-U")
        console.signIn("S03")
        console.expect("马门岗", near: "门岗")
    }

    // MARK: Roles

    @Test(arguments: [
        ("马门岗", "calls", "Enter", "门岗不能“登记通话”"), ("郑管理", "fees", "Enter", "管理员不能“收款”"),
        ("马门岗", "inspections", "F8", "门岗不能“开始巡检”"), ("孙财务", "gate", "F8", "财务不能“来访登记”"),
        ("郑管理", "gate", "Enter", "管理员不能“登记离场”"), ("钱科长", "requests", "F8", "物管科长不能“新建工单”"),
    ])
    func anActionOfAnotherRoleIsRefused(member: String, window: String, key: String, words: String) throws {
        let console = try ConsoleDriver(as: member)
        try console.estate.do("visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "快递"])
        _ = console.controller.catchUp()
        console.open(window)
        console.expectNothingRecorded { console.press(key) }
        console.expect(words)
    }

    // MARK: Stray keys

    static let functionKeys = (1...24).map { "F\($0)" }
    static let controlKeys = "bcdfgijlmnopqrtvxyz".map { "Ctrl-\($0)" }
    static let movingKeys = ["Insert", "PageUp", "PageDown", "Ctrl-Up", "Shift-Down", "Alt-x"]

    @Test func aFormIsNotDisturbedByStrayKeys() throws {
        let console = try ConsoleDriver(as: "马门岗")
        console.open("gate")
        console.press("F8")
        console.fill("姓名", "张三")
        console.fill("事由", "看房")
        // The status bar says that the form is open.
        let before = console.lines.dropFirst()
        console.expectNothingRecorded {
            // Some of them edit the line, as in a shell; help and phrases open over the form.
            let own = ["Ctrl-b", "Ctrl-d", "Ctrl-f", "F1", "F11", "F13", "F23"]
            let keys = (MistakeTests.functionKeys + MistakeTests.controlKeys).filter { !own.contains($0) }
            for key in keys + MistakeTests.movingKeys {
                console.press(key)
            }
        }
        #expect(console.lines.dropFirst() == before)
        #expect(!console.controller.isOver)
    }

    @Test func aDemandHalfTypedOutlivesEveryFunctionKey() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.takeCall()
        console.type("电梯")
        console.expectNothingRecorded {
            for key in MistakeTests.functionKeys {
                console.press(key)
                // Close every layer.
                if !console.controller.session.layers.isEmpty { console.press("Esc") }
                console.open("calls")
                #expect(console.lineOfCaret.contains("电梯"), "after \(key)")
            }
        }
        #expect(!console.controller.isOver)
        console.type("异响")
        console.press("Enter")
        #expect(try console.demands() == ["电梯异响"])
    }

    @Test func quittingInTheMiddleOfACallIsAsked() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.takeCall()
        console.press("F10")
        #expect(!console.controller.isOver)
        console.press("Esc")
        #expect(!console.controller.isOver)
        console.press("F10")
        console.estate.clock.pass(seconds: 1)
        console.press("Enter")
        #expect(console.controller.isOver)
    }

    /// F10 stands beside F9.
    @Test(arguments: ["F10", "Ctrl-Q"]) func quittingIsAlwaysAsked(key: String) throws {
        let console = try ConsoleDriver(as: "马门岗")
        console.press(key)
        console.expect("退出控制台？")
        #expect(!console.controller.isOver)
        console.press("Esc")
        #expect(!console.controller.isOver)
        console.press(key)
        console.estate.clock.pass(seconds: 1)
        console.press("Enter")
        #expect(console.controller.isOver)
    }

    @Test func strayLettersInAListRecordNothing() throws {
        let console = try ConsoleDriver(as: "赵经理")
        try console.estate.do("visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "快递"])
        _ = console.controller.catchUp()
        for pane in ["requests", "followups", "fees", "gate", "inspections"] {
            console.expectNothingRecorded {
                console.open(pane)
                for letter in "abcdefghijklmopqrstuvwyzABCGZ0123456789+-*;" { console.type(String(letter)) }
                console.press("Esc", "Esc")
            }
        }
        console.open("gate")
        console.expect("在场", near: "张三")
    }
}
