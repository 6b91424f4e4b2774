import Foundation
import Screen
import Testing

@testable import Console
@testable import Estate

/// How a call begins, what is written down in it, and what follows from it.
@Suite struct CallOutcomeTests {
    /// An ended call with a demand that was answered.
    private func answered(_ text: String, _ note: String, by staff: String = "S02", _ console: ConsoleDriver) throws {
        let call = try console.estate.do("call.ring", ["phone": "13800001111"], by: staff)
        try console.estate.do("call.answer", ["call": call, "rings": "1"], by: staff)
        let demand = try console.estate.do("call.demand", ["call": call, "text": text], by: staff)
        try console.estate.do("call.settle", ["demand": demand, "outcome": "answered", "note": note], by: staff)
        try console.estate.do("call.end", ["call": call, "closing": "true"], by: staff)
        _ = console.controller.catchUp()
    }

    // MARK: How it begins

    @Test func aStrayEnterInventsNoCall() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.expectNothingRecorded { console.press("Enter", "Esc", "Enter", "Esc") }
        console.expect("Enter 来电响铃")
        console.press("Enter", "Enter", "Enter")
        console.expect("1 声接听")
        #expect(console.rows(CallsView.self).count == 1)
    }

    @Test func aNumberIsTypedWhereTheRingIsSeen() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.expectNothingRecorded { console.type("１3800001111") }
        console.expect("13800001111", near: "号码")
        console.press("Enter")
        console.expect("李四", near: "3-2-501")
        console.press("Enter")
        console.expectRow(CallsView.self) { $0.person == "李四" && $0.state == .talking }
    }

    @Test func aPastedNumberRings() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.expectNothingRecorded { console.paste("138 0000 1111\n") }
        console.press("Enter")
        console.expect("李四", near: "3-2-501")
    }

    @Test func aRingThatWasNoneIsUndone() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.press("Enter", "Enter")
        console.expectNothingRecorded { console.press("Ctrl-E") }
        console.press("Down", "Enter")
        console.expect("撤销")
        console.agree()
        #expect(console.rows(CallsView.self).isEmpty)
        // A telephone system's ring is nobody's mistake.
        try console.estate.do("call.ring", ["phone": "13800002222"], by: "S04")
        _ = console.controller.catchUp()
        console.press("Ctrl-E")
        console.expectNot("撤销这次响铃")
    }

    @Test func onlyTheRingItselfIsUndoneAsOne() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.press("Enter", "Enter", "Ctrl-E")
        console.expect("撤销这次响铃")
        console.press("Esc")
        // Something else was done meanwhile: undo would take that back.
        try console.estate.do("request.open", ["class": "other", "unit": "3-2-502", "text": "空房漏水"], by: "S02")
        _ = console.controller.catchUp()
        console.press("Ctrl-E")
        console.expect("没有接到")
        console.expectNot("撤销这次响铃")
    }

    @Test func whoMayNotRingPastesNoNumber() throws {
        let console = try ConsoleDriver(as: "马门岗")
        console.open("calls")
        console.expectNothingRecorded { console.paste("13800001111") }
        #expect(console.controller.session.layers.isEmpty)
        #expect(!console.lines[0].contains("✗"))
    }

    // MARK: Its end

    @Test func theEndAsksOnce() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.takeCall()
        console.press("Ctrl-E", "Enter", "Enter", "Esc")
        #expect(console.rows(CallsView.self).count == 1)
        console.expectRow(CallsView.self) { $0.state == .ended && $0.omitted.isEmpty }
    }

    @Test func aCallAboutAReturnVisitLeadsIntoItsForm() throws {
        let console = try ConsoleDriver(as: "王芳")
        for unit in ["3-2-601", "3-2-502"] {
            let request = try console.estate.do(
                "request.open", ["class": "repair.minor", "unit": unit, "text": "灯不亮"])
            try console.estate.do("request.complete", ["request": request])
        }
        console.at("2026-11-24 09:00")
        console.open("followups")
        console.press("End", "Ctrl-O")
        let unit = console.sees("致电 · 冯六") ? "3-2-601" : "3-2-502"
        console.press("Enter")
        console.press("Enter", times: 4)
        console.press("Ctrl-E", "Enter")
        if console.sees("通话结果") { console.press("Enter") }
        console.expect("登记回访 · \(unit) 灯不亮")
        console.go(to: "回访人")
        #expect(!console.lineOfCaret.trimmingCharacters(in: .whitespaces).isEmpty)
    }

    // MARK: Demands

    @Test func pastedLinesAreDemandsOfTheirOwn() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.takeCall()
        console.type("急：")
        console.paste("电梯异响\n\n  几点停水 \r\n要车位合同")
        #expect(try console.demands() == ["急：电梯异响", "几点停水", "要车位合同"])
        console.expect("已记录诉求 3 条")
        #expect(!console.lineOfCaret.contains("电梯异响"))
        console.paste("一行")
        #expect(console.lineOfCaret.contains("4 一行"))
        #expect(try console.demands().count == 3)
    }

    @Test func pastedLinesThatCouldNotBeWrittenAreKept() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.takeCall()
        let elsewhere = console.estate.folder + "-elsewhere"
        try FileManager.default.moveItem(atPath: console.estate.folder, toPath: elsewhere)
        console.paste("电梯异响\n几点停水")
        try FileManager.default.moveItem(atPath: elsewhere, toPath: console.estate.folder)
        #expect(console.lineOfCaret.contains("电梯异响 几点停水"))
    }

    @Test func enterSettlesTheLastOpenDemand() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.takeCall()
        console.type("楼道灯不亮")
        console.press("Enter")
        console.expect("Enter 处理“楼道灯不亮”")
        console.press("Enter", "Enter")
        console.expect("诉求转工单")
        // The class is guessed from the words.
        console.fill("房号", "3-2-501")
        console.press("Ctrl-S")
        console.expect("楼道灯不亮", near: "→ 零星维修")
        console.expectNothingRecorded { console.press("Enter") }
        console.expect("先输入诉求")
    }

    @Test func theWordsOfADemandBringUpWhatWasAnsweredBefore() throws {
        let console = try ConsoleDriver(as: "王芳")
        try answered("小区几点停水", "九点到十一点", console)
        console.takeCall()
        console.type("几点停")
        console.expect("以前答复", near: "九点到十一点")
        console.type("水")
        console.press("Enter", "Enter")
        console.expect("照此答复", near: "九点到十一点")
        console.press("Down", "Enter")
        console.expect("九点到十一点", near: "答复内容")
        console.type("，已公告")
        console.press("Enter")
        console.expectRow(DemandsView.self) { $0.note == "九点到十一点，已公告" && $0.outcome == .answered }
    }

    @Test func aDemandBecomesOneRequestAtTwoConsoles() throws {
        let first = try ConsoleDriver(as: "王芳")
        let call = try first.estate.do("call.ring", ["phone": "13800001111"], by: "S02")
        try first.estate.do("call.answer", ["call": call, "rings": "1"], by: "S02")
        try first.estate.do("call.demand", ["call": call, "text": "楼道灯不亮"], by: "S02")
        _ = first.controller.catchUp()
        let second = try ConsoleDriver(first.estate, as: "王芳")
        for console in [first, second] { console.press("Enter", "Enter", "Right") }
        first.press("Ctrl-S")
        second.press("Ctrl-S")
        second.expect("这一条已转工单")
        #expect(first.rows(RequestsView.self).count == 1)
    }

    // MARK: What is shown

    @Test(arguments: [Size(width: 120, height: 36), Size(width: 80, height: 24)])
    func theDaysListShowsWhatCameOfEachCall(size: Size) throws {
        let console = try ConsoleDriver(as: "王芳", size: size)
        let call = try console.estate.do("call.ring", ["phone": "13800002222"], by: "S04")
        try console.estate.do("call.answer", ["call": call, "rings": "1"], by: "S04")
        for text in ["电梯异响", "几点停水"] { try console.estate.do("call.demand", ["call": call, "text": text], by: "S04") }
        try console.estate.do("call.end", ["call": call, "closing": "true"], by: "S04")
        let out = try console.estate.do("call.ring", ["direction": "outgoing", "about": "3-2-501"], by: "S02")
        try console.estate.do("call.end", ["call": out], by: "S02")
        _ = console.controller.catchUp()
        console.expect("未通", near: "李四")
        // A narrow pane names only what is out of the ordinary.
        console.expect(size.width < 100 ? "来电" : "电梯异响", near: "单国强")
        console.expect("电梯异响", near: size.width < 100 ? "待处理  周主管" : "待处理")
        console.expect("几点停水", near: "待处理")
    }

    @Test func everyDemandTakesARowOfThePane() throws {
        let console = try ConsoleDriver(as: "王芳")
        let empty = try #require(console.controller.session.contentHeight(of: "calls"))
        let call = try console.estate.do("call.ring", ["phone": "13800002222"], by: "S04")
        try console.estate.do("call.answer", ["call": call, "rings": "1"], by: "S04")
        for text in ["电梯异响", "几点停水", "要车位合同"] {
            try console.estate.do("call.demand", ["call": call, "text": text], by: "S04")
        }
        try console.estate.do("call.end", ["call": call, "closing": "true"], by: "S04")
        let out = try console.estate.do("call.ring", ["direction": "outgoing", "about": "3-2-501"], by: "S02")
        try console.estate.do("call.end", ["call": out], by: "S02")
        _ = console.controller.catchUp()
        #expect(console.controller.session.contentHeight(of: "calls") == empty + 3 + 1)
    }

    @Test func theNumberIsInFullWhileItIsDialled() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.open("fees")
        console.press("Ctrl-O")
        console.expectNot("13800001111")
        console.press("Enter")
        console.expect("李四", near: "13800001111")
        console.press("Enter")
        console.expectNot("13800001111")
        console.expect("李四", near: "138****1111")
    }

    @Test func theScriptHasAGlossInEnglish() throws {
        let console = try ConsoleDriver(as: "王芳", language: .english)
        console.press("Enter", "Enter")
        console.expect("Greet", near: "“您好，翠湖花园” Hello, 翠湖花园")
        console.expect("within three rings")
        console.press("Enter")
        console.expect("Close", near: "Thank you, goodbye!")
        console.press("F11")
        console.type("daoqian")
        console.expect("Apology", near: "sorry")
    }

    @Test func manyPastedLinesAreAskedAbout() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.takeCall()
        let lines = (1...260).map { "第 \($0) 行" }.joined(separator: "\n")
        console.expectNothingRecorded { console.paste(lines) }
        console.expect("粘贴了 260 行，记为 260 条诉求？")
        console.expectNothingRecorded { console.press("Esc") }
        console.press("Ctrl-U")
        console.paste(lines)
        console.agree()
        #expect(try console.demands().count == 260)
        console.expect("261 再记一条")
    }

    @Test(arguments: [Size(width: 80, height: 24), Size(width: 100, height: 28), Size(width: 120, height: 36)])
    func whatTheCallerWantedHasRoom(size: Size) throws {
        let console = try ConsoleDriver(as: "王芳", size: size)
        for phone in ["13800002222", "13900005678"] {
            let call = try console.estate.do("call.ring", ["phone": phone], by: "S02")
            try console.estate.do("call.answer", ["call": call, "rings": "1"], by: "S02")
            try console.estate.do("call.demand", ["call": call, "text": "电梯有异响"], by: "S02")
            try console.estate.do("call.end", ["call": call, "closing": "true"], by: "S02")
        }
        _ = console.controller.catchUp()
        console.expect("电梯有异响", near: "单国强")
        console.expect("电梯有异响", near: "139****5678")
        console.expect("诉求待处理 2")
    }
}
