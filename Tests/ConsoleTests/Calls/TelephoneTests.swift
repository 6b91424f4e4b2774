import Journal
import Screen
import Testing

@testable import Console
@testable import Estate

@Suite struct TelephoneTests {
    /// A script with a second operator and a telephone system on the staff.
    private func script(as member: String, size: Size = Size(width: 120, height: 36)) throws -> ConsoleDriver {
        let console = try ConsoleDriver(size: size)
        try console.estate.do("staff.add", ["staff": "S09", "name": "李娜", "role": "operator"])
        try console.estate.do("staff.add", ["staff": "T01", "name": "总机", "role": "operator"])
        console.press("Ctrl-T")
        console.signIn(member)
        return console
    }

    /// Text that is typed or pasted too early is not lost in silence.
    @Test func beforeTheAnswerThePaneSaysWhatToPress() throws {
        let console = try script(as: "王芳")
        try console.estate.do("call.ring", ["phone": "13800002222"], by: "T01")
        _ = console.controller.catchUp()
        for enter in [{ console.type("漏") }, { console.paste("漏水\n停电") }] {
            console.estate.clock.pass(seconds: 10)
            console.expectNothingRecorded(enter)
            console.expect("还没有接听：按 Enter 接听，再输入")
        }
        console.press("Enter", "Ctrl-B", "Enter")
        console.type("漏")
        console.expect("通话暂停中：按 Enter 继续，再输入")
    }

    @Test func ringShowsOnAllFreeConsolesUntilAnswered() throws {
        let console = try script(as: "王芳")
        let otherStore = try console.estate.secondStore()
        let other = ConsoleController(otherStore, as: otherStore.estate.staff.member("李娜"), language: .chinese)
        try console.estate.do("call.ring", ["phone": "13800002222"], by: "T01")
        func shown(_ console: ConsoleController) -> String {
            console.picture(Size(width: 120, height: 36)).lines.joined(separator: "\n")
        }
        for console in [console.controller, other] {
            _ = console.catchUp()
            #expect(shown(console).contains("响铃 1 声"))
            #expect(shown(console).contains("单国强"))
        }
        other.send(.key(.enter))
        // The second answer is refused and changes nothing.
        console.press("Enter")
        #expect(console.lines[0].contains("李娜已经接听"))
        console.expectRow(CallsView.self) { $0.by == "李娜" && $0.rings == 1 }
        console.expectNot("响铃 1 声")
        console.expect("Enter 来电响铃")
        #expect(shown(other).contains("1 声接听"))
    }

    @Test func aCallAnsweredElsewhereDisappears() throws {
        let console = try script(as: "王芳")
        let call = try console.estate.do("call.ring", ["phone": "13800002222"], by: "T01")
        _ = console.controller.catchUp()
        console.expect("单国强")
        try console.estate.do("call.answer", ["call": call, "rings": "2"], by: "S09")
        _ = console.controller.catchUp()
        console.expectNot("响铃 1 声")
        #expect(!console.lines[0].contains("✗"))
    }

    @Test func aRingDoesNotInterruptACall() throws {
        let console = try script(as: "王芳")
        console.takeCall()
        console.type("电梯")
        try console.estate.do("call.ring", ["phone": "13800002222"], by: "T01")
        _ = console.controller.catchUp()
        #expect(console.lineOfCaret.contains("电梯"))
        #expect(console.lines[0].contains("响铃 单国强"))
        console.press("PageDown")
        console.expect("响铃 1 声")
        console.press("PageDown")
        #expect(console.lineOfCaret.contains("电梯"))
    }

    @Test func aRingThatNoPaneShowsIsInTheStatusBar() throws {
        let console = try script(as: "王芳", size: Size(width: 80, height: 24))
        console.open("fees")
        try console.estate.do("call.ring", ["phone": "13800002222"], by: "T01")
        _ = console.controller.catchUp()
        #expect(console.lines[0].contains("响铃 单国强 F2"))
        console.open("calls")
        console.expect("响铃 1 声")
        #expect(!console.lines[0].contains("响铃"))
    }

    @Test func guardsGetNoRingingCard() throws {
        let console = try script(as: "马门岗")
        try console.estate.do("call.ring", ["phone": "13800002222"], by: "T01")
        _ = console.controller.catchUp()
        console.expectNot("响铃 1 声")
    }

    /// The same key in the three lists, the number masked, the person and the purpose filled in.
    @Test func aReturnVisitIsArrangedByTelephone() throws {
        let console = try script(as: "王芳")
        let request = try console.estate.do(
            "request.open", ["class": "repair.minor", "unit": "3-2-601", "text": "灯不亮"])
        try console.estate.do("request.complete", ["request": request])
        _ = console.controller.catchUp()
        console.open("followups")
        console.press("Ctrl-O")
        console.expect("致电 · 冯六 3-2-601 057*****0000")
        console.expect("预约回访：灯不亮", near: "事由")
        console.expectNot("057188880000")
        console.press("Enter")
        #expect(console.controller.picture(console.size).lines.contains { $0.contains("F2") && $0.contains("待接通") })
        let visit = console.store.estate.followUps.all.values.first?.id.id
        console.expectRow(CallsView.self) { $0.about == visit.map { .record($0) } && $0.purpose == "预约回访：灯不亮" }
    }

    @Test func aUnitWithoutANumberIsAskedForOne() throws {
        let console = try script(as: "王芳")
        try console.estate.do("unit.add", ["unit": "9-1-101"])
        try console.estate.do("request.open", ["class": "other", "unit": "9-1-101", "text": "空房漏水"])
        _ = console.controller.catchUp()
        console.open("requests")
        console.press("Ctrl-O")
        console.fill("号码", "13700000000")
        console.press("Ctrl-S")
        console.expectRow(CallsView.self) { $0.phone == "137****0000" && $0.unit?.text == "9-1-101" }
    }

    @Test func escClosesCallForm() throws {
        let console = try script(as: "王芳")
        let call = try console.estate.do("call.ring", ["phone": "13800002222"], by: "S02")
        try console.estate.do("call.end", ["call": call], by: "S02")
        _ = console.controller.catchUp()
        console.expect("Ctrl-O 回拨")
        console.press("Esc", "Ctrl-O")
        console.expect("拨出电话")
        console.press("Esc", "Down", "Ctrl-O")
        console.expect("回复未接来电")
    }

    @Test(arguments: [Size(width: 120, height: 36), Size(width: 80, height: 24)])
    func theCardIsWhole(size: Size) throws {
        let console = try script(as: "王芳", size: size)
        for text in ["楼上太吵", "灯不亮"] {
            let request = try console.estate.do(
                "request.open", ["class": "repair.minor", "unit": "3-2-501", "text": text])
            if text == "灯不亮" { try console.estate.do("request.complete", ["request": request]) }
        }
        let call = try console.estate.do("call.ring", ["phone": "13800001111"], by: "S02")
        try console.estate.do("call.answer", ["call": call, "rings": "1"], by: "S02")
        try console.estate.do("call.demand", ["call": call, "text": "几点停水"], by: "S02")
        try console.estate.do("call.end", ["call": call], by: "S02")
        try console.estate.do("call.ring", ["phone": "13800001111"], by: "S02")
        _ = console.controller.catchUp()
        console.open("calls")
        console.press("Enter")
        console.expect("李四", near: "138****1111")
        console.expect("欠费 373.00", near: "浙A12345")
        console.expect("未结 1", near: "楼上太吵")
        console.expect("待回访 1", near: "零星维修 11-26")
        console.expect("最近通话", near: "几点停水")
        for title in ["接听", "问候", "逐条记录", "请人接听", "听不懂对方语言", "暂停通话", "结束通话", "挂断"] { console.expect(title) }
        console.press("Ctrl-D")
        for text in ["李小四", "浙A12345", "2026-09", "2026-10", "楼上太吵", "灯不亮"] { console.expect(text) }
    }

    @Test func thePhrasesAreSearchedAndTheFittingOnesComeFirst() throws {
        let console = try ConsoleDriver(as: "王芳", now: "2027-02-06 08:00")
        console.press("F11")
        console.expect("祝您新春快乐", near: "春节")
        console.expect("早上好", near: "此时")
        console.type("putaojiu")
        console.expect("没有这样的用语")
        console.press("Ctrl-U")
        console.type("daoqian")
        console.expect("道歉语", near: "失礼了")
        console.expectNot("祝您新春快乐")
        console.press("Enter")
        console.expectNot("失礼了")
        // They are in the palette as well, and follow the step of a call.
        console.takeCall()
        console.press("Ctrl-B", "Enter", "F9")
        console.type("礼貌用语")
        console.press("Enter")
        console.expect("对不起", near: "继续通话")
    }
}
