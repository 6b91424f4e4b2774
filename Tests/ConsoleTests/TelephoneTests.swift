import Journal
import Screen
import Testing

@testable import Console
@testable import Estate

@Suite struct TelephoneTests {
    /// A script with a second operator and a telephone system on the staff.
    private func script(as member: String, size: Size = Size(width: 120, height: 36)) throws -> Script {
        let desk = try Script(size: size)
        try desk.estate.do("staff.add", ["staff": "S09", "name": "李娜", "role": "operator"])
        try desk.estate.do("staff.add", ["staff": "T01", "name": "总机", "role": "operator"])
        desk.press("Ctrl-T")
        desk.signIn(member)
        return desk
    }

    @Test func aTelephoneSystemsRingShowsOnEveryFreeConsoleAndIsWithWhoeverAnswers() throws {
        let desk = try script(as: "王芳")
        let otherStore = try desk.estate.secondStore()
        let other = Desk(otherStore, as: otherStore.estate.staff.member("李娜"), language: .chinese)
        try desk.estate.do("call.ring", ["phone": "13800002222"], by: "T01")
        func shown(_ desk: Desk) -> String { desk.picture(Size(width: 120, height: 36)).lines.joined(separator: "\n") }
        for desk in [desk.desk, other] {
            _ = desk.catchUp()
            #expect(shown(desk).contains("响铃 1 声"))
            #expect(shown(desk).contains("单国强"))
        }
        other.send(.key(.enter))
        // The second to answer is told who was first, and nothing of the call is changed.
        desk.press("Enter")
        #expect(desk.lines[0].contains("李娜已经接听"))
        desk.expectRow(CallsView.self) { $0.by == "李娜" && $0.rings == 1 }
        desk.expectNot("响铃 1 声")
        desk.expect("Enter 来电响铃")
        #expect(shown(other).contains("1 声接听"))
    }

    @Test func anothersAnswerTakesTheCardAwayQuietly() throws {
        let desk = try script(as: "王芳")
        let call = try desk.estate.do("call.ring", ["phone": "13800002222"], by: "T01")
        _ = desk.desk.catchUp()
        desk.expect("单国强")
        try desk.estate.do("call.answer", ["call": call, "rings": "2"], by: "S09")
        _ = desk.desk.catchUp()
        desk.expectNot("响铃 1 声")
        #expect(!desk.lines[0].contains("✗"))
    }

    @Test func aRingTakesNobodyOutOfACall() throws {
        let desk = try script(as: "王芳")
        desk.press("Enter", "Enter")
        desk.type("电梯")
        try desk.estate.do("call.ring", ["phone": "13800002222"], by: "T01")
        _ = desk.desk.catchUp()
        #expect(desk.lineOfCaret.contains("电梯"))
        #expect(desk.lines[0].contains("响铃 单国强"))
        desk.press("PageDown")
        desk.expect("响铃 1 声")
        desk.press("PageDown")
        #expect(desk.lineOfCaret.contains("电梯"))
    }

    @Test func aRingThatNoPaneShowsIsInTheStatusBar() throws {
        let desk = try script(as: "王芳", size: Size(width: 80, height: 24))
        desk.press("F5")
        try desk.estate.do("call.ring", ["phone": "13800002222"], by: "T01")
        _ = desk.desk.catchUp()
        #expect(desk.lines[0].contains("响铃 单国强 F2"))
        desk.press("F2")
        desk.expect("响铃 1 声")
        #expect(!desk.lines[0].contains("响铃"))
    }

    @Test func aGuardsConsoleIsLeftInPeace() throws {
        let desk = try script(as: "马门岗")
        try desk.estate.do("call.ring", ["phone": "13800002222"], by: "T01")
        _ = desk.desk.catchUp()
        desk.expectNot("响铃 1 声")
    }

    /// The same key in the three lists, the number masked, the person and the purpose filled in.
    @Test func aReturnVisitIsArrangedByTelephone() throws {
        let desk = try script(as: "王芳")
        let request = try desk.estate.do("request.open", ["class": "repair.minor", "unit": "3-2-601", "text": "灯不亮"])
        try desk.estate.do("request.complete", ["request": request])
        _ = desk.desk.catchUp()
        desk.press("F4", "Ctrl-O")
        desk.expect("致电 · 冯六 3-2-601 057*****0000")
        desk.expect("预约回访：灯不亮", near: "事由")
        desk.expectNot("057188880000")
        desk.press("Enter")
        #expect(desk.desk.picture(desk.size).lines.contains { $0.contains("F2") && $0.contains("待接通") })
        let visit = desk.store.estate.followUps.all.values.first?.id.id
        desk.expectRow(CallsView.self) { $0.about == visit.map { .record($0) } && $0.purpose == "预约回访：灯不亮" }
    }

    @Test func aUnitWithoutANumberIsAskedForOne() throws {
        let desk = try script(as: "王芳")
        try desk.estate.do("unit.add", ["unit": "9-1-101"])
        try desk.estate.do("request.open", ["class": "other", "unit": "9-1-101", "text": "空房漏水"])
        _ = desk.desk.catchUp()
        desk.press("F3", "Ctrl-O")
        desk.fill("号码", "13700000000")
        desk.press("Ctrl-S")
        desk.expectRow(CallsView.self) { $0.phone == "137****0000" && $0.unit?.text == "9-1-101" }
    }

    @Test func escLeavesTheChoiceOfWhomToCall() throws {
        let desk = try script(as: "王芳")
        let call = try desk.estate.do("call.ring", ["phone": "13800002222"], by: "S02")
        try desk.estate.do("call.end", ["call": call], by: "S02")
        _ = desk.desk.catchUp()
        desk.expect("Ctrl-O 回拨")
        desk.press("Esc", "Ctrl-O")
        desk.expect("拨出电话")
        desk.press("Esc", "Down", "Ctrl-O")
        desk.expect("回复未接来电")
    }

    @Test(arguments: [Size(width: 120, height: 36), Size(width: 80, height: 24)])
    func theCardIsWhole(size: Size) throws {
        let desk = try script(as: "王芳", size: size)
        for text in ["楼上太吵", "灯不亮"] {
            let request = try desk.estate.do(
                "request.open", ["class": "repair.minor", "unit": "3-2-501", "text": text])
            if text == "灯不亮" { try desk.estate.do("request.complete", ["request": request]) }
        }
        let call = try desk.estate.do("call.ring", ["phone": "13800001111"], by: "S02")
        try desk.estate.do("call.answer", ["call": call, "rings": "1"], by: "S02")
        try desk.estate.do("call.demand", ["call": call, "text": "几点停水"], by: "S02")
        try desk.estate.do("call.end", ["call": call], by: "S02")
        try desk.estate.do("call.ring", ["phone": "13800001111"], by: "S02")
        _ = desk.desk.catchUp()
        desk.press("F2", "Enter")
        desk.expect("李四", near: "138****1111")
        desk.expect("欠费 373.00", near: "浙A12345")
        desk.expect("未结 1", near: "楼上太吵")
        desk.expect("待回访 1", near: "零星维修 11-26")
        desk.expect("上次来电", near: "几点停水")
        for title in ["接听", "问候", "逐条记录", "请他人接听", "听不懂对方语言", "中断通话", "结束通话", "挂断"] { desk.expect(title) }
        desk.press("Ctrl-D")
        for text in ["李小四", "浙A12345", "2026-09", "2026-10", "楼上太吵", "灯不亮"] { desk.expect(text) }
    }

    @Test func thePhrasesAreSearchedAndTheFittingOnesComeFirst() throws {
        let desk = try Script(as: "王芳", now: "2027-02-06 08:00")
        desk.press("F11")
        desk.expect("祝您新春快乐", near: "春节")
        desk.expect("早上好", near: "此时")
        desk.type("putaojiu")
        desk.expect("没有这样的用语")
        desk.press("Ctrl-U")
        desk.type("daoqian")
        desk.expect("道歉语", near: "失礼了")
        desk.expectNot("祝您新春快乐")
        desk.press("Enter")
        desk.expectNot("失礼了")
        // They are in the palette as well, and follow the step of a call.
        desk.press("Enter", "Enter", "Ctrl-B", "Right", "Enter", "F9")
        desk.type("礼貌用语")
        desk.press("Enter")
        desk.expect("对不起", near: "恢复通话")
    }
}
