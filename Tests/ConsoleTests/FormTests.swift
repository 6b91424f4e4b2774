import Screen
import Testing

@testable import Console
@testable import Estate

/// Forms: what they understand while somebody types, and what they remember.
@Suite struct FormTests {
    /// A reminder's form, before the field of the promised day. Today is Monday 2026-11-23.
    private func reminder() throws -> Script {
        let desk = try Script(as: "孙财务")
        desk.press("F5", "Ctrl-R")
        desk.go(to: "承诺日")
        return desk
    }

    private func arrive(_ desk: Script, _ name: String, _ host: String, _ more: [String: String] = [:]) throws {
        try desk.estate.do(
            "visitor.arrive", ["name": name, "host": host, "purpose": "探亲访友"].merging(more) { $1 })
        _ = desk.desk.catchUp()
    }

    // MARK: Understanding

    @Test(arguments: [
        ("12-5", "→ 2026-12-05 周六 · 12 天后"), ("周五", "→ 2026-11-27 周五 · 4 天后"), ("明天", "→ 2026-11-24 周二 · 1 天后"),
        ("+0", "→ 2026-11-23 周一 · 今天"), ("20261120", "→ 2026-11-20 周五 · 3 天前"), ("1-5", "→ 2027-01-05 周二 · 43 天后"),
        ("2026-12-05", "→ 2026-12-05 周六"),
    ])
    func aDateShowsAtOnceWhatIsUnderstood(typed: String, shown: String) throws {
        let desk = try reminder()
        desk.type(typed)
        desk.expect(shown, near: typed)
        #expect(desk.lineOfCaret.contains(shown))
    }

    @Test func theUnderstoodDateIsRecorded() throws {
        let desk = try reminder()
        desk.fill("结果", "答应交")
        desk.fill("承诺日", "12月5日")
        desk.press("Ctrl-S")
        desk.expectNot("承诺日")
        desk.expectRow(DunningsView.self) { $0.promise?.text == "2026-12-05" }
    }

    @Test func anAmbiguousDateIsRefusedAtItsFieldWithoutHoldingAnybodyUp() throws {
        let desk = try reminder()
        desk.type("125")
        desk.expectNot("✗")
        desk.press("Tab")
        desk.expect("✗ “125”分不清月和日")
        #expect(!desk.lineOfCaret.contains("承诺"))
        desk.go(to: "承诺日")
        desk.type("0")
        desk.expectNot("分不清")
    }

    @Test func anAmountIsReadAsItIsTyped() throws {
        let desk = try Script(as: "孙财务")
        desk.press("F5", "Enter")
        for (typed, shown) in [("1,240.5", "→ 1,240.50"), ("￥1240", "→ 1,240.00"), ("1240元", "→ 1,240.00")] {
            desk.fill("金额", typed)
            desk.expect(shown, near: typed)
        }
        desk.fill("金额", "１２４０．５")
        desk.expect("→ 1,240.50", near: "1240.5")
        desk.fill("金额", "1240.50")
        desk.expectNot("→ 1,240.50")
    }

    // MARK: Checking

    @Test func whatNoFurtherLetterMendsIsToldOfAtOnce() throws {
        let desk = try Script(as: "孙财务")
        desk.press("F5", "Enter")
        for half in ["1", "1,", "1,24", "￥", "12.", "12.5"] {
            desk.fill("金额", half)
            desk.expectNot("✗")
        }
        desk.fill("金额", "12a")
        desk.expect("✗ “12a”不是金额")
        desk.press("Backspace")
        desk.expectNot("✗")
        desk.type(".505")
        desk.expect("✗ 金额最小到分")
    }

    @Test func aHalfTypedValueIsCheckedWhenItsFieldIsLeft() throws {
        let desk = try Script(as: "马门岗")
        desk.press("F8")
        desk.fill("电话", "13")
        desk.expectNot("✗")
        desk.press("Tab")
        desk.expect("✗ “13”不是电话号码")
        desk.go(to: "电话")
        desk.type("800001111")
        desk.expectNot("✗")
        // What is merely missing is asked for when the form is sent.
        for _ in 0..<8 { desk.press("Tab") }
        desk.expectNot("✗")
        desk.press("Ctrl-S")
        desk.expect("✗ 缺少必填项")
    }

    // MARK: Remembering

    @Test func aVisitorWhoComesAgainIsFilledInByOneChoice() throws {
        let desk = try Script(as: "马门岗")
        try arrive(desk, "张三丰", "3-2-501", ["plate": "浙B12345", "phone": "13900005678"])
        try arrive(desk, "陈伟", "5-1-1201")
        desk.press("F8")
        desk.expectNot("3-2-501 探亲访友 浙B12345")
        desk.type("zsf")
        desk.expect("张三丰", near: "3-2-501 探亲访友 浙B12345 139****5678")
        desk.expectNot("13900005678")
        desk.press("Down", "Enter")
        desk.expect("姓名", near: "张三丰")
        desk.expect("房号/被访人", near: "3-2-501")
        desk.expect("车牌", near: "浙B12345")
        desk.expect("电话", near: "13900005678")
        desk.press("Ctrl-S")
        #expect(desk.rows(GateView.self).count { $0.name == "张三丰" && $0.plate?.text == "浙B12345" } == 2)
    }

    @Test func whatWasTypedAlreadyIsNotReplaced() throws {
        let desk = try Script(as: "马门岗")
        try arrive(desk, "张三丰", "3-2-501")
        desk.press("F8")
        desk.fill("事由", "看房")
        desk.fill("姓名", "张三丰")
        desk.press("Down", "Enter")
        desk.expect("事由", near: "看房")
        desk.expect("房号/被访人", near: "3-2-501")
    }

    /// A name like one that was here before is still the name that was typed.
    @Test func enterKeepsWhatIsTyped() throws {
        let desk = try Script(as: "马门岗")
        try arrive(desk, "张三丰", "3-2-501")
        desk.press("F8")
        desk.type("张三")
        desk.expect("张三丰", near: "3-2-501")
        desk.press("Enter")
        #expect(desk.line(with: "姓名 *").contains("张三") && !desk.line(with: "姓名 *").contains("张三丰"))
    }

    /// What stands in the journal must not be sent again, though the disk did not confirm it.
    @Test(arguments: [("disk.recorded", false), ("disk.unconfirmed", true), ("disk.full", true)])
    func aFormStaysUnlessItsRecordIsThere(code: String, stays: Bool) throws {
        let desk = try Script(as: "马门岗")
        desk.press("F8")
        desk.fill("姓名", "张三")
        var session = desk.desk.session
        session.finished(.failure(.rule(code, "磁盘", en: "disk")), done: .none, desk.desk.context)
        #expect(session.layers.isEmpty != stays)
        if !stays { #expect(session.notice?.isTrouble == true && session.notice?.text == "磁盘") }
    }

    @Test func aVisitorIsFoundByTheirPlate() throws {
        let desk = try Script(as: "马门岗")
        try arrive(desk, "张三丰", "3-2-501", ["plate": "浙B12345"])
        desk.press("F8")
        desk.fill("车牌", "b123")
        desk.expect("浙B12345", near: "张三丰")
        desk.press("Down", "Enter")
        desk.expect("姓名", near: "张三丰")
    }

    @Test func ctrlPBringsBackWhatWasGivenBeforeAndCtrlNWhatWasTyped() throws {
        let desk = try Script(as: "马门岗")
        for text in ["大堂灯不亮", "道闸失灵"] {
            try desk.estate.do("patrol.check", ["route": "东线", "point": text])
        }
        _ = desk.desk.catchUp()
        desk.press("F9")
        desk.type("patrol.check")
        desk.press("Enter")
        desk.fill("点位", "新")
        desk.expect("Ctrl-P")
        desk.press("Ctrl-P")
        #expect(desk.lineOfCaret.contains("道闸失灵"))
        desk.press("Ctrl-P", "Ctrl-P")
        #expect(desk.lineOfCaret.contains("大堂灯不亮"))
        desk.press("Ctrl-N", "Ctrl-N")
        #expect(desk.lineOfCaret.contains("新"))
    }

    @Test func theConsoleRemembersFreeTextForWhoTypedIt() throws {
        let desk = try Script(as: "王芳")
        func open() {
            desk.press("F3", "F8")
            desk.go(to: "内容")
        }
        open()
        desk.go(to: "类别")
        desk.press("Right")
        desk.fill("房号", "3-2-501")
        desk.fill("内容", "楼道堆物")
        desk.press("Ctrl-S")
        open()
        desk.press("Ctrl-P")
        #expect(desk.lineOfCaret.contains("楼道堆物"))
        desk.press("Esc", "Esc")
        desk.signIn("赵经理")
        open()
        desk.press("Ctrl-P")
        #expect(!desk.lineOfCaret.contains("楼道堆物"))
    }
}
