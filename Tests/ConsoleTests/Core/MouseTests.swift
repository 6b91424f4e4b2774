import Screen
import Testing

@testable import Console
@testable import Estate

@Suite struct MouseTests {
    private func gate(size: Size = Size(width: 120, height: 36)) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: "马门岗", size: size)
        for (name, plate) in [("陈一", "浙A88888"), ("杨二", "沪B66666"), ("曾三", "")] {
            try console.estate.do(
                "visitor.arrive",
                ["name": name, "host": "3-2-501", "purpose": "看\u{1B}房", "plate": plate, "phone": "13812345678"])
        }
        _ = console.controller.catchUp()
        return console
    }

    /// Where a text stands on the screen.
    private func place(of text: String, _ console: ConsoleDriver) throws -> Point {
        let lines = console.lines
        let y = try #require(lines.firstIndex { $0.contains(text) }, "\(text) in\n\(console.screen)")
        let range = try #require(lines[y].range(of: text))
        return Point(x: TextWidth().width(of: String(lines[y][..<range.lowerBound])), y: y)
    }

    private func click(_ text: String, _ console: ConsoleDriver) throws {
        console.controller.send(.mouse(Mouse(.press(.left), at: try place(of: text, console))))
    }

    private func wheel(_ action: Mouse.Action, over text: String, _ console: ConsoleDriver) throws {
        console.controller.send(.mouse(Mouse(action, at: try place(of: text, console))))
    }

    @Test(arguments: [Size(width: 80, height: 24), Size(width: 120, height: 36)])
    func aSecondClickOnARowIsEnter(size: Size) throws {
        let console = try gate(size: size)
        try click("杨二", console)
        console.expectNot("请确认")
        try click("杨二", console)
        console.expect("杨二（3-2-501）现在离场？")
        console.expectNothingRecorded { console.controller.send(.mouse(Mouse(.press(.left), at: Point(x: 1, y: 5)))) }
        console.expect("请确认")
        try click("Esc 返回", console)
        console.expectNot("请确认")
        // After the action it takes two clicks again.
        try click("杨二", console)
        console.expectNot("请确认")
        try click("杨二", console)
        console.expectNothingRecorded { console.controller.send(.mouse(Mouse(.press(.left), at: Point(x: 1, y: 5)))) }
        console.estate.clock.pass(seconds: 1)
        try click("Enter 离场", console)
        console.expectRow(GateView.self) { $0.name == "杨二" && $0.state == .left }
    }

    /// A first click, as to raise the terminal window, records nothing.
    @Test func aFirstClickOnTheSelectedRowIsNoEnter() throws {
        let console = try gate()
        try click("陈一", console)
        console.expectNot("请确认")
        console.press("Down", "Up")
        try click("陈一", console)
        console.expectNot("请确认")
    }

    /// A pane without the focus hides its selection, so a first click cannot act on it.
    @Test func theFirstClickInAnotherPaneOnlyGoesThere() throws {
        let console = try gate()
        console.open("calls")
        try click("陈一", console)
        console.expectNot("请确认")
        try click("陈一", console)
        console.expect("请确认")
    }

    @Test func aHintAndATabAreClicked() throws {
        let console = try gate(size: Size(width: 80, height: 24))
        try click("F8 新建", console)
        console.expect("来访登记")
        try click("Esc 放弃", console)
        console.expectNot("来访登记")
        try click("F4 回访", console)
        console.expect("没有待办的回访")
        try click("F2 门岗", console)
        console.expect("陈一")
    }

    @Test func listsInLayersAreClickedAndTurned() throws {
        let console = try gate()
        console.press("F9")
        console.type("访")
        try wheel(.wheelDown, over: "命令与查找", console)
        console.expect("2/")
        try wheel(.wheelUp, over: "命令与查找", console)
        try click("来访登记", console)
        if !console.sees("来访登记 ─") { try click("来访登记", console) }
        console.expect("来访登记 ─")
        console.press("Esc")
        console.press("Ctrl-T")
        try click("王芳", console)
        console.expect("请选择您是谁")
        try click("王芳", console)
        console.expect("前台接待 王芳")
    }

    // MARK: Forms

    @Test(arguments: [Size(width: 80, height: 24), Size(width: 120, height: 36)])
    func aFieldIsClicked(size: Size) throws {
        let console = try gate(size: size)
        console.press("F8")
        console.type("张三丰")
        let name = try place(of: "张三丰", console)
        console.controller.send(.mouse(Mouse(.press(.left), at: Point(x: name.x + 4, y: name.y))))
        console.type("x")
        #expect(console.lineOfCaret.contains("张三x丰"))
        // Two blanks stand before the form's label, one before that of the details.
        try click("  电话", console)
        console.type("138")
        #expect(console.lineOfCaret.contains("电话") && console.lineOfCaret.contains("138"))
        // Beside the form, on its frame and on an empty row nothing happens.
        let before = console.screen
        console.expectNothingRecorded {
            for point in [Point(x: 0, y: 3), Point(x: size.width - 1, y: size.height - 3)] {
                console.controller.send(.mouse(Mouse(.press(.left), at: point)))
                console.controller.send(.mouse(Mouse(.press(.right), at: point)))
                console.controller.send(.mouse(Mouse(.release(.left), at: point)))
            }
        }
        #expect(console.screen == before)
    }

    @Test func aSuggestionIsClickedAndTheWheelTurnsThem() throws {
        let console = try gate()
        console.press("F8")
        console.type("张三")
        try click("房号/被访人", console)
        console.type("l")
        try wheel(.wheelDown, over: "来访登记", console)
        console.press("Enter")
        console.expect("房号/被访人", near: "李小四")
        console.go(to: "事由")
        console.type("s")
        try click("施工", console)
        console.expect("事由", near: "施工")
        #expect(console.lineOfCaret.contains("车牌"), "as Enter does")
    }

    @Test func aChoiceIsClicked() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.open("requests")
        console.press("F8")
        console.fill("内容", "漏水")
        try click("特约服务", console)
        console.expect("✓特约服务", near: "类别")
        console.expect("服务开始")
    }

    @Test func theColumnsAreClicked() throws {
        let console = try gate()
        console.press("Ctrl-K")
        try click("✓  事由", console)
        try click("✓  事由", console)
        console.press("Esc")
        console.expectNot("事由      ")
    }

    @Test func theMouseIsGivenBackAndThatIsKept() throws {
        let console = try gate()
        #expect(console.controller.usesMouse)
        console.press("Ctrl-^")
        #expect(!console.controller.usesMouse)
        console.expect("鼠标已还给终端，可选取文字；Ctrl-^ 收回")
        let again = ConsoleController(console.store, as: console.store.estate.staff.member("马门岗"), language: .chinese)
        #expect(!again.usesMouse)
        again.send(.key(.control("^")))
        #expect(again.usesMouse)
        let without = ConsoleController(
            console.store, as: console.store.estate.staff.member("马门岗"), language: .chinese, hasMouse: false)
        without.send(.key(.control("^")))
        #expect(!without.usesMouse)
        #expect(without.picture(console.size).lines[0].contains("--no-mouse"))
    }

    // MARK: Copying

    @Test func aRowIsCopiedAsItIsShown() throws {
        let console = try gate()
        console.press("Ctrl-C", "Ctrl-C")
        #expect(console.controller.takeTerminalRequests() == [.copy("在场 0:00\t陈一\t3-2-501\t看房\t浙A88888")])
        console.expect("已复制 整行：在场 0:00  陈一  3-2-501  看房  浙A88888")
        console.press("Ctrl-K", "Down", "Enter", "Esc", "Ctrl-C", "Enter")
        #expect(
            console.controller.takeTerminalRequests() == [.copy("在场 0:00\t3-2-501\t看房\t浙A88888")],
            "a hidden column is not")
    }

    @Test func oneFieldIsCopiedAndATelephoneNumberMasked() throws {
        let console = try gate()
        console.press("Ctrl-C")
        console.expectNot("13812345678")
        console.type("电话")
        console.press("Enter")
        #expect(console.controller.takeTerminalRequests() == [.copy("138****5678")])
        console.expect("已复制 电话：138****5678")
        console.press("Ctrl-C", "Esc")
        #expect(console.controller.takeTerminalRequests() == [])
    }

    @Test func whereNothingIsSelectedNothingIsCopied() throws {
        let console = try ConsoleDriver(as: "马门岗")
        console.press("Ctrl-C")
        console.expect("没有选中的记录")
    }

    // MARK: The call pane

    @Test(arguments: [Size(width: 80, height: 24), Size(width: 100, height: 28)])
    func callsAreSelectedAndOpenedByClicks(size: Size) throws {
        let console = try ConsoleDriver(as: "王芳", size: size)
        for (phone, text) in [("13800001111", "电梯夜里有异响"), ("13800002222", "路灯不亮")] {
            let call = try console.estate.do("call.ring", ["phone": phone], by: "S02")
            try console.estate.do("call.answer", ["call": call, "rings": "1"], by: "S02")
            try console.estate.do("call.demand", ["call": call, "text": text], by: "S02")
            try console.estate.do("call.end", ["call": call, "closing": "true"], by: "S02")
        }
        _ = console.controller.catchUp()
        try click("电梯", console)
        console.expect("Enter 查看")
        #expect(console.styles(of: "电梯").contains { $0.ground == .selected })
        try click("电梯", console)
        console.expect("通话 · 3-2-501 李四")
        console.press("Esc")
        // The keys that the pane names are buttons.
        try click("Ctrl-O 拨出", console)
        console.expect("拨出电话")
    }

    @Test func aDemandIsChosenByClicks() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.takeCall()
        for text in ["电梯异响", "路灯不亮"] {
            console.type(text)
            console.press("Enter")
        }
        try click("电梯异响", console)
        #expect(console.controller.session.pane(CallPane.self)?.selectedDemand == 0)
        try click("电梯异响", console)
        #expect(console.controller.session.layers.last is MenuLayer)
    }
}
