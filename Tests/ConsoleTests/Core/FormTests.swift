import Screen
import Testing

@testable import Console
@testable import Estate

/// Forms: reading and checking while typing, and earlier values.
@Suite struct FormTests {
    /// A reminder's form, before the field of the promised day. Today is Monday 2026-11-23.
    private func reminder() throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: "孙财务")
        console.open("fees")
        console.press("Ctrl-R")
        console.go(to: "承诺日")
        return console
    }

    private func arrive(_ console: ConsoleDriver, _ name: String, _ host: String, _ more: [String: String] = [:]) throws
    {
        try console.estate.do(
            "visitor.arrive", ["name": name, "host": host, "purpose": "探亲访友"].merging(more) { $1 })
        _ = console.controller.catchUp()
    }

    // MARK: Long text

    /// A terminal without paste marks sends the text as keys.
    @Test func anUnmarkedPasteIsOneText() throws {
        let text = String(repeating: "楼上漏水太吵了", count: 4800)
        let (marked, unmarked) = (try reminder(), try reminder())
        for console in [marked, unmarked] { console.go(to: "结果") }
        marked.paste(text)
        let start = ContinuousClock.now
        unmarked.controller.send(text.map { .key(.character($0)) })
        #expect(start.duration(to: .now) < .seconds(5), "100 KB, on a busy machine, without optimization")
        let shown = unmarked.lineOfCaret
        #expect(shown.contains("漏水") && shown == marked.lineOfCaret)
        unmarked.expect("太长：一项最多 4000 字节")
    }

    // MARK: Understanding

    @Test(arguments: [
        ("12-5", "→ 2026-12-05 周六 · 12 天后"), ("周五", "→ 2026-11-27 周五 · 4 天后"), ("明天", "→ 2026-11-24 周二 · 1 天后"),
        ("+0", "→ 2026-11-23 周一 · 今天"), ("20261120", "→ 2026-11-20 周五 · 3 天前"), ("1-5", "→ 2027-01-05 周二 · 43 天后"),
        ("2026-12-05", "→ 2026-12-05 周六"),
    ])
    func aDateShowsAtOnceWhatIsUnderstood(typed: String, shown: String) throws {
        let console = try reminder()
        console.type(typed)
        console.expect(shown, near: typed)
        #expect(console.lineOfCaret.contains(shown))
    }

    @Test func theUnderstoodDateIsRecorded() throws {
        let console = try reminder()
        console.fill("结果", "答应交")
        console.fill("承诺日", "12月5日")
        console.press("Ctrl-S")
        console.expectNot("承诺日")
        console.expectRow(DunningsView.self) { $0.promise?.text == "2026-12-05" }
    }

    @Test func ambiguousDateIsRefusedAtItsField() throws {
        let console = try reminder()
        console.type("125")
        console.expectNot("✗")
        console.press("Tab")
        console.expect("✗ “125”分不清月和日")
        #expect(!console.lineOfCaret.contains("承诺"))
        console.go(to: "承诺日")
        console.type("0")
        console.expectNot("分不清")
    }

    @Test func anAmountIsReadAsItIsTyped() throws {
        let console = try ConsoleDriver(as: "孙财务")
        console.open("fees")
        console.press("Enter")
        for (typed, shown) in [("1,240.5", "→ 1,240.50"), ("￥1240", "→ 1,240.00"), ("1240元", "→ 1,240.00")] {
            console.fill("金额", typed)
            console.expect(shown, near: typed)
        }
        console.fill("金额", "１２４０．５")
        console.expect("→ 1,240.50", near: "1240.5")
        console.fill("金额", "1240.50")
        console.expectNot("→ 1,240.50")
    }

    // MARK: Checking

    @Test func anErrorThatTypingCannotCorrectShowsAtOnce() throws {
        let console = try ConsoleDriver(as: "孙财务")
        console.open("fees")
        console.press("Enter")
        for half in ["1", "1,", "1,24", "￥", "12.", "12.5"] {
            console.fill("金额", half)
            console.expectNot("✗")
        }
        console.fill("金额", "12a")
        console.expect("✗ “12a”不是金额")
        console.press("Backspace")
        console.expectNot("✗")
        console.type(".505")
        console.expect("✗ 金额最小到分")
    }

    @Test func aHalfTypedValueIsCheckedWhenItsFieldIsLeft() throws {
        let console = try ConsoleDriver(as: "马门岗")
        console.press("F8")
        console.fill("电话", "13")
        console.expectNot("✗")
        console.press("Tab")
        console.expect("✗ “13”不是电话号码")
        console.go(to: "电话")
        console.type("800001111")
        console.expectNot("✗")
        // Missing values are reported when the form is sent.
        for _ in 0..<8 { console.press("Tab") }
        console.expectNot("✗")
        console.press("Ctrl-S")
        console.expect("✗ 缺少必填项")
    }

    // MARK: Remembering

    @Test func aVisitorWhoComesAgainIsFilledInByOneChoice() throws {
        let console = try ConsoleDriver(as: "马门岗")
        try arrive(console, "张三丰", "3-2-501", ["plate": "浙B12345", "phone": "13900005678"])
        try arrive(console, "陈伟", "5-1-1201")
        console.press("F8")
        console.expectNot("3-2-501 探亲访友 浙B12345")
        console.type("zsf")
        console.expect("张三丰", near: "3-2-501 探亲访友 浙B12345 139****5678")
        console.expectNot("13900005678")
        console.press("Down", "Enter")
        console.expect("姓名", near: "张三丰")
        console.expect("房号/被访人", near: "3-2-501")
        console.expect("车牌", near: "浙B12345")
        console.expect("电话", near: "13900005678")
        console.press("Ctrl-S")
        console.agree()
        #expect(console.rows(GateView.self).count { $0.name == "张三丰" && $0.plate?.text == "浙B12345" } == 2)
    }

    @Test func completionKeepsFilledFields() throws {
        let console = try ConsoleDriver(as: "马门岗")
        try arrive(console, "张三丰", "3-2-501")
        console.press("F8")
        console.fill("事由", "看房")
        console.fill("姓名", "张三丰")
        console.press("Down", "Enter")
        console.expect("事由", near: "看房")
        console.expect("房号/被访人", near: "3-2-501")
    }

    /// A typed name that resembles an earlier one is kept.
    @Test func enterKeepsWhatIsTyped() throws {
        let console = try ConsoleDriver(as: "马门岗")
        try arrive(console, "张三丰", "3-2-501")
        console.press("F8")
        console.type("张三")
        console.expect("张三丰", near: "3-2-501")
        console.press("Enter")
        #expect(console.line(with: "姓名 *").contains("张三") && !console.line(with: "姓名 *").contains("张三丰"))
    }

    /// An action that is in the journal but was not confirmed must not be sent again.
    @Test(arguments: [("disk.recorded", false), ("disk.unconfirmed", true), ("disk.full", true)])
    func aFormStaysOpenUnlessItWasRecorded(code: String, stays: Bool) throws {
        let console = try ConsoleDriver(as: "马门岗")
        console.press("F8")
        console.fill("姓名", "张三")
        var session = console.controller.session
        _ = session.finished(.failure(.rule(code, "磁盘", en: "disk")), done: .none, console.controller.context)
        #expect(session.layers.isEmpty != stays)
        if !stays { #expect(session.notice?.isError == true && session.notice?.text == "磁盘") }
    }

    @Test func aVisitorIsFoundByTheirPlate() throws {
        let console = try ConsoleDriver(as: "马门岗")
        try arrive(console, "张三丰", "3-2-501", ["plate": "浙B12345"])
        console.press("F8")
        console.fill("车牌", "b123")
        console.expect("浙B12345", near: "张三丰")
        console.press("Down", "Enter")
        console.expect("姓名", near: "张三丰")
    }

    @Test func ctrlPShowsEarlierInputAndCtrlNReturns() throws {
        let console = try ConsoleDriver(as: "马门岗")
        for text in ["大堂灯不亮", "道闸失灵"] {
            try console.estate.do("patrol.check", ["route": "东线", "point": text])
        }
        _ = console.controller.catchUp()
        console.press("F9")
        console.type("patrol.check")
        console.press("Enter")
        console.fill("点位", "新")
        console.expect("Ctrl-P")
        console.press("Ctrl-P")
        #expect(console.lineOfCaret.contains("道闸失灵"))
        console.press("Ctrl-P", "Ctrl-P")
        #expect(console.lineOfCaret.contains("大堂灯不亮"))
        console.press("Ctrl-N", "Ctrl-N")
        #expect(console.lineOfCaret.contains("新"))
    }

    @Test func theConsoleRemembersFreeTextForWhoTypedIt() throws {
        let console = try ConsoleDriver(as: "王芳")
        func open() {
            console.open("requests")
            console.press("F8")
            console.go(to: "内容")
        }
        open()
        console.go(to: "类别")
        console.press("Right")
        console.fill("房号", "3-2-501")
        console.fill("内容", "楼道堆物")
        console.press("Ctrl-S")
        open()
        console.press("Ctrl-P")
        #expect(console.lineOfCaret.contains("楼道堆物"))
        console.press("Esc", "Esc")
        console.signIn("赵经理")
        open()
        console.press("Ctrl-P")
        #expect(!console.lineOfCaret.contains("楼道堆物"))
    }

    @Test func aUnitThatIsNotThereIsToldWhenItsFieldIsLeft() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.open("requests")
        console.press("F8")
        console.fill("房号", "9-9-999")
        console.press("Tab")
        console.expect("✗", near: "9-9-999")
        console.press("Esc", "Esc")
        let manager = try ConsoleDriver(as: "赵经理")
        manager.press("F9")
        manager.type("unit.add")
        manager.press("Enter")
        manager.fill("房号", "9-9-999")
        manager.press("Tab")
        #expect(!manager.line(with: "9-9-999").contains("✗"))
    }

    @Test func initialsThatFitNothingAreDoubtedOnce() throws {
        let console = try ConsoleDriver(as: "孙财务")
        console.open("fees")
        console.press("Ctrl-R")
        console.fill("结果", "v")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expect("“v”只有字母：请写全")
        console.press("Ctrl-S")
        #expect(console.store.estate.fees.dunnings.values.flatMap { $0 }.map(\.outcome) == ["v"])
    }

    @Test func aFieldThatTakesSeveralSaysSo() throws {
        let console = try ConsoleDriver(as: "王芳")
        let request = try console.estate.do(
            "request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "漏水"], by: "S02")
        try console.estate.do("request.complete", ["request": request], by: "S02")
        _ = console.controller.catchUp()
        console.open("followups")
        console.press("Enter")
        console.go(to: "回访人")
        console.expect("回访人", near: "可填多个，用逗号隔开")
        console.fill("业主签名", "ls")
        console.press("Tab")
        console.expect("业主签名", near: "李四")
    }
}
