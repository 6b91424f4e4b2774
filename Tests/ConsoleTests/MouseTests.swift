import Screen
import Testing

@testable import Console
@testable import Estate

@Suite struct MouseTests {
    private func gate(size: Size = Size(width: 120, height: 36)) throws -> Script {
        let desk = try Script(as: "马门岗", size: size)
        for (name, plate) in [("陈一", "浙A88888"), ("杨二", "沪B66666"), ("曾三", "")] {
            try desk.estate.do(
                "visitor.arrive",
                ["name": name, "host": "3-2-501", "purpose": "看\u{1B}房", "plate": plate, "phone": "13812345678"])
        }
        _ = desk.desk.catchUp()
        return desk
    }

    /// Where a text stands on the screen.
    private func place(of text: String, _ desk: Script) throws -> Point {
        let lines = desk.lines
        let y = try #require(lines.firstIndex { $0.contains(text) }, "\(text) in\n\(desk.screen)")
        let range = try #require(lines[y].range(of: text))
        return Point(x: TextWidth().width(of: String(lines[y][..<range.lowerBound])), y: y)
    }

    private func click(_ text: String, _ desk: Script) throws {
        desk.desk.send(.mouse(Mouse(.press(.left), at: try place(of: text, desk))))
    }

    private func wheel(_ action: Mouse.Action, over text: String, _ desk: Script) throws {
        desk.desk.send(.mouse(Mouse(action, at: try place(of: text, desk))))
    }

    @Test(arguments: [Size(width: 80, height: 24), Size(width: 120, height: 36)])
    func aSecondClickOnARowIsEnter(size: Size) throws {
        let desk = try gate(size: size)
        try click("杨二", desk)
        desk.expectNot("请确认")
        try click("杨二", desk)
        desk.expect("杨二（3-2-501）现在离场？")
        desk.expectNothingRecorded { desk.desk.send(.mouse(Mouse(.press(.left), at: Point(x: 1, y: 5)))) }
        desk.expect("请确认")
        try click("Esc 返回", desk)
        desk.expectNot("请确认")
        // What was done with it is done with: it takes two clicks again.
        try click("杨二", desk)
        desk.expectNot("请确认")
        try click("杨二", desk)
        try click("Enter 离场", desk)
        desk.expectRow(GateView.self) { $0.name == "杨二" && $0.state == .left }
    }

    /// Whoever only brings the window to the front records nothing.
    @Test func aFirstClickOnTheSelectedRowIsNoEnter() throws {
        let desk = try gate()
        try click("陈一", desk)
        desk.expectNot("请确认")
        desk.press("Down", "Up")
        try click("陈一", desk)
        desk.expectNot("请确认")
    }

    /// The selection of a pane without the keyboard is not to be seen, and not to be acted on.
    @Test func theFirstClickInAnotherPaneOnlyGoesThere() throws {
        let desk = try gate()
        desk.press("F2")
        try click("陈一", desk)
        desk.expectNot("请确认")
        try click("陈一", desk)
        desk.expect("请确认")
    }

    @Test func aHintAndATabAreClicked() throws {
        let desk = try gate(size: Size(width: 80, height: 24))
        try click("F8 新建", desk)
        desk.expect("来访登记")
        try click("Esc 放弃", desk)
        desk.expectNot("来访登记")
        try click("F4 回访", desk)
        desk.expect("没有待办的回访")
        try click("F6 门岗", desk)
        desk.expect("陈一")
    }

    @Test func listsInLayersAreClickedAndTurned() throws {
        let desk = try gate()
        desk.press("F9")
        desk.type("访")
        try wheel(.wheelDown, over: "命令与查找", desk)
        desk.expect("2/")
        try wheel(.wheelUp, over: "命令与查找", desk)
        try click("visitor.arrive", desk)
        if !desk.sees("来访登记 ─") { try click("visitor.arrive", desk) }
        desk.expect("来访登记")
        desk.press("Esc")
        desk.press("Ctrl-T")
        try click("王芳", desk)
        desk.expect("请选择您是谁")
        try click("王芳", desk)
        desk.expect("前台接待 王芳")
    }

    @Test func theColumnsAreClicked() throws {
        let desk = try gate()
        desk.press("Ctrl-K")
        try click("✓  事由", desk)
        try click("✓  事由", desk)
        desk.press("Esc")
        desk.expectNot("事由      ")
    }

    @Test func theMouseIsGivenBackAndThatIsKept() throws {
        let desk = try gate()
        #expect(desk.desk.usesMouse)
        desk.press("Ctrl-^")
        #expect(!desk.desk.usesMouse)
        desk.expect("鼠标已还给终端，可选取文字；Ctrl-^ 收回")
        let again = Desk(desk.store, as: desk.store.estate.staff.member("马门岗"), language: .chinese)
        #expect(!again.usesMouse)
        again.send(.key(.control("^")))
        #expect(again.usesMouse)
        let without = Desk(
            desk.store, as: desk.store.estate.staff.member("马门岗"), language: .chinese, hasMouse: false)
        without.send(.key(.control("^")))
        #expect(!without.usesMouse)
        #expect(without.picture(desk.size).lines[0].contains("--no-mouse"))
    }

    // MARK: Copying

    @Test func aRowIsCopiedAsItIsShown() throws {
        let desk = try gate()
        desk.press("Ctrl-C", "Ctrl-C")
        #expect(desk.desk.takeWishes() == [.copy("在场 0:00\t陈一\t3-2-501\t看␛房\t浙A88888")])
        desk.expect("已复制 整行：在场 0:00  陈一  3-2-501  看␛房  浙A88888")
        desk.press("Ctrl-K", "Down", "Enter", "Esc", "Ctrl-C", "Enter")
        #expect(desk.desk.takeWishes() == [.copy("在场 0:00\t3-2-501\t看␛房\t浙A88888")], "a hidden column is not")
    }

    @Test func oneFieldIsCopiedAndATelephoneNumberMasked() throws {
        let desk = try gate()
        desk.press("Ctrl-C")
        desk.expectNot("13812345678")
        desk.type("电话")
        desk.press("Enter")
        #expect(desk.desk.takeWishes() == [.copy("138****5678")])
        desk.expect("已复制 电话：138****5678")
        desk.press("Ctrl-C", "Esc")
        #expect(desk.desk.takeWishes() == [])
    }

    @Test func whereNothingIsSelectedNothingIsCopied() throws {
        let desk = try Script(as: "马门岗")
        desk.press("Ctrl-C")
        desk.expect("没有选中的记录")
    }
}
