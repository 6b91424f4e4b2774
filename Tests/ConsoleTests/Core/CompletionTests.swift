import Screen
import Testing

@testable import Console
@testable import Estate

/// Filling in a form without instructions: typing at choices, leaving fields with Tab, pressing keys that work
/// elsewhere.
@Suite struct CompletionTests {
    private func request() throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: "王芳")
        console.open("requests")
        console.press("F8")
        console.go(to: "类别")
        return console
    }

    private func visit() throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: "马门岗")
        console.press("F8")
        console.fill("姓名", "张三")
        console.go(to: "房号/被访人")
        return console
    }

    private func returnVisit() throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: "吴区域")
        let id = try console.estate.do("request.open", ["class": "complaint", "unit": "3-2-501", "text": "太吵"])
        try console.estate.do("request.complete", ["request": id])
        _ = console.controller.catchUp()
        console.open("followups")
        console.press("Enter")
        return console
    }

    // MARK: Choices

    @Test(arguments: [
        ("投诉", "✓投诉"), ("tousu", "✓投诉"), ("ts", "✓投诉"), ("ｔｓ", "✓投诉"), ("零星", "✓零星维修"), ("lx", "✓零星维修"),
        ("complaint", "✓投诉"), ("投诉x零星", "✓零星维修"),
    ])
    func aChoiceIsMadeByTypingIt(typed: String, chosen: String) throws {
        let console = try request()
        console.type(typed)
        console.expect(chosen, near: "类别")
    }

    @Test func aPastedWordChooses() throws {
        let console = try request()
        console.paste("零星维修")
        console.expect("✓零星维修", near: "类别")
    }

    @Test func textThatMatchesNoChoiceIsReported() throws {
        let console = try request()
        console.type("ts")
        console.type("囧")
        console.expect("没有这一项：囧")
        console.expect("✓投诉", near: "类别")
        console.press("Backspace", "Backspace")
        console.expectNot("✓投诉")
    }

    @Test(arguments: [("3", "✓维修工程"), ("６", "✓其他服务")])
    func aDigitChoosesAsItStandsBeforeTheValue(typed: String, chosen: String) throws {
        let console = try request()
        console.expect("3维修工程", near: "6其他服务")
        console.type(typed)
        console.expect(chosen, near: "类别")
    }

    @Test func theResultOfAVisitIsTyped() throws {
        let console = try returnVisit()
        console.go(to: "结果")
        console.type("不满意")
        console.expect("✓不满意", near: "结果")
        console.press("Ctrl-U")
        console.type("my")
        console.expect("✓满意", near: "结果")
    }

    @Test func enterMovesOnWithoutChoosing() throws {
        let console = try returnVisit()
        console.go(to: "结果")
        console.press("Enter")
        #expect(console.lineOfCaret.contains("回访人"))
        console.expectNot("✓满意")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expect("✗ 缺少必填项：结果")
    }

    @Test func aTickIsAskedForByEnter() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.takeCall()
        console.press("F9")
        console.type("call.hold")
        console.press("Enter")
        console.type("来")
        console.press("Enter")
        console.expectNothingRecorded { console.press("Enter") }
        console.expect("缺少必填项：已征得同意并致谢")
        // A letter inside a word is not a match.
        console.type("e")
        console.expect("没有这一项：e")
        console.type("s")
        console.expect("✓是")
        console.press("Enter")
        console.expect("暂停中")
    }

    // MARK: Keys

    @Test(arguments: ["F3", "F4", "F8", "F9", "F10", "F12", "Ctrl-T"])
    func aKeyThatWouldLeadAwaySaysThatAFormIsOpen(key: String) throws {
        let console = try request()
        console.fill("内容", "楼道堆物")
        console.press(key)
        #expect(console.lines[0].contains("表单未提交：Ctrl-S 提交，Esc 放弃"))
        #expect(console.lineOfCaret.contains("楼道堆物") && !console.controller.isOver)
    }

    @Test func helpAndPhrasesOpenOverAForm() throws {
        let console = try request()
        console.press("F1")
        console.expect("帮助 · 类别")
        console.expect("首字母")
        console.press("Esc")
        console.fill("内容", "楼道堆物")
        console.press("F11")
        console.expect("用语")
        console.type("xx")
        console.press("Esc")
        #expect(console.lineOfCaret.contains("楼道堆物") && !console.lineOfCaret.contains("xx"))
    }

    // MARK: Single completions

    @Test(arguments: ["Tab", "Ctrl-S"]) func theOnlyUnitIsTaken(key: String) throws {
        let console = try request()
        console.type("ts")
        console.fill("内容", "楼道堆物")
        console.fill("房号", "32501")
        console.press(key)
        if key == "Tab" {
            console.expect("3-2-501", near: "房号")
            console.press("Ctrl-S")
        }
        console.expectRow(RequestsView.self) { $0.unit.text == "3-2-501" && $0.text == "楼道堆物" }
    }

    @Test(arguments: [("fl", "3-2-601"), ("32501", "3-2-501"), ("li", "3-2-501"), ("3-2-50", "3-2-50")])
    func aHostIsTakenWhereNobodyElseCanBeMeant(typed: String, shown: String) throws {
        let console = try visit()
        console.type(typed)
        console.press("Tab", "BackTab")
        let words = console.lineOfCaret.split(separator: " ").drop { !$0.contains("房号/被访人") }
        #expect(words.contains(Substring(shown)))
    }

    @Test func digitsMeanTheRoomNotAResident() throws {
        let console = try visit()
        console.type("32501")
        console.press("Tab")
        console.fill("事由", "快递")
        console.press("Ctrl-S")
        let visit = try #require(console.store.estate.gate.visits.values.last)
        #expect(visit.host.text == "3-2-501" && visit.resident == nil)
    }

    // MARK: Lists

    @Test func typingAfterAListElementAddsAnother() throws {
        let console = try returnVisit()
        console.fill("回访人", "wqy")
        console.press("Enter")
        console.type("zgl")
        console.press("Enter")
        #expect(console.lineOfCaret.contains("吴区域,郑管理"))
        console.type("、钱")
        #expect(console.lineOfCaret.contains("吴区域,郑管理、钱"))
    }

    @Test func typingAfterAPrefilledListAddsAnElement() throws {
        let console = try returnVisit()
        console.go(to: "回访人")
        #expect(console.lineOfCaret.contains("吴区域,郑管理"))
        console.paste("钱科长")
        #expect(console.lineOfCaret.contains("郑管理,钱科长"))
        console.press("Tab", "BackTab", "Backspace")
        console.type("员")
        #expect(console.lineOfCaret.contains("郑管理,钱科员"))
    }

    /// Of two residents with one name, the chosen one is recorded.
    @Test func aHostFoundByPinyinKeepsThePerson() throws {
        let console = try ConsoleDriver(as: "马门岗")
        try console.estate.do("person.add", ["name": "单国强", "unit": "5-1-1201", "role": "family"])
        _ = console.controller.catchUp()
        console.press("F8")
        console.fill("姓名", "张三")
        console.fill("房号/被访人", "sgq")
        console.press("Down", "Enter")
        console.fill("事由", "探亲")
        console.press("Ctrl-S")
        console.expectRow(GateView.self) { $0.resident == "单国强" && $0.host.text == "5-1-1201" }
    }
}
