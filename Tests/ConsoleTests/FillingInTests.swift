import Screen
import Testing

@testable import Console
@testable import Estate

/// Filling in a form as somebody does who has not read how: typing at choices, leaving fields with Tab, pressing what works
/// elsewhere.
@Suite struct FillingInTests {
    private func request() throws -> Script {
        let desk = try Script(as: "王芳")
        desk.press("F3", "F8")
        return desk
    }

    private func visit() throws -> Script {
        let desk = try Script(as: "马门岗")
        desk.press("F8")
        desk.fill("姓名", "张三")
        desk.go(to: "房号/被访人")
        return desk
    }

    private func returnVisit() throws -> Script {
        let desk = try Script(as: "吴区域")
        let id = try desk.estate.do("request.open", ["class": "complaint", "unit": "3-2-501", "text": "太吵"])
        try desk.estate.do("request.complete", ["request": id])
        _ = desk.desk.catchUp()
        desk.press("F4", "Enter")
        return desk
    }

    // MARK: Choices

    @Test(arguments: [
        ("投诉", "✓投诉"), ("tousu", "✓投诉"), ("ts", "✓投诉"), ("ｔｓ", "✓投诉"), ("零星", "✓零星维修"), ("lx", "✓零星维修"),
        ("complaint", "✓投诉"), ("投诉x零星", "✓零星维修"),
    ])
    func aChoiceIsMadeByTypingIt(typed: String, chosen: String) throws {
        let desk = try request()
        desk.type(typed)
        desk.expect(chosen, near: "类别")
    }

    @Test func aPastedWordChooses() throws {
        let desk = try request()
        desk.paste("零星维修")
        desk.expect("✓零星维修", near: "类别")
    }

    @Test func whatFitsNoChoiceIsSaidAndChangesNone() throws {
        let desk = try request()
        desk.type("ts")
        desk.type("囧")
        desk.expect("没有这一项：囧")
        desk.expect("✓投诉", near: "类别")
        desk.press("Backspace", "Backspace")
        desk.expectNot("✓投诉")
    }

    @Test func theResultOfAVisitIsTyped() throws {
        let desk = try returnVisit()
        desk.go(to: "结果")
        desk.type("不满意")
        desk.expect("✓不满意", near: "结果")
        desk.press("Ctrl-U")
        desk.type("my")
        desk.expect("✓满意", near: "结果")
    }

    @Test func enterGoesOnAndChoosesNothing() throws {
        let desk = try request()
        desk.press("Enter")
        #expect(desk.lineOfCaret.contains("房号"))
        desk.expectNot("✓")
        desk.expectNothingRecorded { desk.press("Ctrl-S") }
        desk.expect("✗ 缺少必填项：类别")
    }

    @Test func aTickIsAskedForByEnter() throws {
        let desk = try Script(as: "王芳")
        desk.press("Enter", "Enter", "Ctrl-B")
        desk.expectNothingRecorded { desk.press("Enter") }
        desk.expect("缺少必填项：已征得同意并致谢")
        // A letter that only stands somewhere in a word is no answer.
        desk.type("e")
        desk.expect("没有这一项：e")
        desk.type("s")
        desk.expect("✓是")
        desk.press("Enter")
        desk.expect("保留中")
    }

    // MARK: Keys

    @Test(arguments: ["F3", "F4", "F8", "F9", "F10", "F12", "Ctrl-T"])
    func aKeyThatWouldLeadAwaySaysThatAFormIsOpen(key: String) throws {
        let desk = try request()
        desk.fill("内容", "楼道堆物")
        desk.press(key)
        #expect(desk.lines[0].contains("表单未提交：Ctrl-S 提交，Esc 放弃"))
        #expect(desk.lineOfCaret.contains("楼道堆物") && !desk.desk.isOver)
    }

    @Test func helpAndPhrasesOpenOverAForm() throws {
        let desk = try request()
        desk.press("F1")
        desk.expect("帮助 · 类别")
        desk.expect("首字母")
        desk.press("Esc")
        desk.fill("内容", "楼道堆物")
        desk.press("F11")
        desk.expect("用语")
        desk.type("xx")
        desk.press("Esc")
        #expect(desk.lineOfCaret.contains("楼道堆物") && !desk.lineOfCaret.contains("xx"))
    }

    // MARK: What can only be meant

    @Test(arguments: ["Tab", "Ctrl-S"]) func theOnlyUnitIsTaken(key: String) throws {
        let desk = try request()
        desk.type("ts")
        desk.fill("内容", "楼道堆物")
        desk.fill("房号", "32501")
        desk.press(key)
        if key == "Tab" {
            desk.expect("3-2-501", near: "房号")
            desk.press("Ctrl-S")
        }
        desk.expectRow(RequestsView.self) { $0.unit.text == "3-2-501" && $0.text == "楼道堆物" }
    }

    @Test(arguments: [("fl", "3-2-601"), ("32501", "3-2-501"), ("li", "li"), ("3-2-50", "3-2-50")])
    func aHostIsTakenWhereNobodyElseCanBeMeant(typed: String, shown: String) throws {
        let desk = try visit()
        desk.type(typed)
        desk.press("Tab", "BackTab")
        let words = desk.lineOfCaret.split(separator: " ").drop { !$0.contains("房号/被访人") }
        #expect(words.contains(Substring(shown)))
    }

    @Test func aRoomIsNotOneOfThoseWhoLiveThere() throws {
        let desk = try visit()
        desk.type("32501")
        desk.press("Tab")
        desk.fill("事由", "快递")
        desk.press("Ctrl-S")
        let visit = try #require(desk.store.estate.gate.visits.values.last)
        #expect(visit.host.text == "3-2-501" && visit.resident == nil)
    }

    // MARK: Lists

    @Test func theNextOfAListIsSetApart() throws {
        let desk = try returnVisit()
        desk.fill("回访人", "wqy")
        desk.press("Enter")
        desk.type("zgl")
        desk.press("Enter")
        #expect(desk.lineOfCaret.contains("吴区域,郑管理"))
        desk.type("、钱")
        #expect(desk.lineOfCaret.contains("吴区域,郑管理、钱"))
    }

    @Test func whatIsTypedBehindAGivenListIsSetApart() throws {
        let desk = try returnVisit()
        desk.go(to: "回访人")
        #expect(desk.lineOfCaret.contains("吴区域,郑管理"))
        desk.paste("钱科长")
        #expect(desk.lineOfCaret.contains("郑管理,钱科长"))
        desk.press("Tab", "BackTab", "Backspace")
        desk.type("员")
        #expect(desk.lineOfCaret.contains("郑管理,钱科员"))
    }
}
