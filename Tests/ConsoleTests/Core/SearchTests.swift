import Screen
import Testing

@testable import Console
@testable import Estate

@Suite struct SearchTests {
    private func gate(_ language: Language = .chinese) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: "赵经理", language: language)
        for (name, plate) in [("陈一", "浙A88888"), ("杨二", "沪B66666"), ("曾三", "")] {
            try console.estate.do("visitor.arrive", ["name": name, "host": "3-2-501", "purpose": "看房", "plate": plate])
        }
        _ = console.controller.catchUp()
        console.open("gate")
        return console
    }

    // MARK: Filters

    @Test(arguments: [
        ("chen", "陈一"), ("c", "陈一"), ("yange", "杨二"), ("ye", "杨二"), ("zengs", "曾三"), ("cengs", "曾三"), ("8888", "陈一"),
        ("杨", "杨二"), ("沪b", "杨二"), ("ｙｅ", "杨二"),
    ])
    func aListIsFilteredByPinyinTextAndDigits(query: String, name: String) throws {
        let console = try gate()
        console.press("Ctrl-F")
        console.type(query)
        console.expect("在场", near: name)
        for other in ["陈一", "杨二", "曾三"] where other != name && !(query == "c" && other == "曾三") {
            console.expectNot(other)
        }
    }

    @Test func chineseTypedInAListIsLookedFor() throws {
        let console = try gate()
        console.type("曾")
        console.expect("曾三")
        console.expectNot("杨二")
        #expect(console.lineOfCaret.contains("曾"))
        console.press("Esc")
        console.expect("杨二")
    }

    @Test func aFilterWithoutMatchesIsReported() throws {
        let console = try gate()
        console.press("/")
        console.type("xyz")
        console.expect("没有符合的记录")
        console.press("Down")
        console.expectNothingRecorded { console.press("Enter") }
        console.expect("没有选中的访客")
    }

    /// Enter ends a filter and does nothing else.
    @Test func enterEndsAFilter() throws {
        let console = try gate()
        console.press("Ctrl-F")
        console.type("yang")
        console.press("Enter")
        console.expectNot("请确认")
        console.expect("杨二")
        console.press("Enter")
        console.expect("杨二（3-2-501）现在离场？")
    }

    @Test func lettersInAFilterAreNoCommands() throws {
        let console = try gate()
        console.press("/")
        console.type("n?/ jk")
        #expect(console.lineOfCaret.contains("n?/ jk"))
    }

    /// In a text field, editing keys edit.
    @Test func aFilterIsEditedAsTextIs() throws {
        let console = try gate()
        console.press("Ctrl-F")
        console.type("chen yi")
        console.press("Ctrl-W")
        #expect(console.lineOfCaret.contains("chen"))
        console.press("Ctrl-U")
        console.expectNot("离场时间不详 · ")
        console.type("ye")
        console.expectNot("陈一")
        console.expect("杨二")
    }

    @Test func aFilterThatFindsNothingGivesTheSelectionBack() throws {
        let console = try gate()
        console.press("Down", "Enter")
        let question = console.screen
        console.press("Esc", "Ctrl-F")
        console.type("qqq")
        console.press("Esc", "Enter")
        #expect(console.screen == question)
    }

    // MARK: Help and palette

    @Test func helpListsWhatWorksHere() throws {
        let console = try gate()
        console.press("F1")
        console.expect("帮助 · 门岗")
        for label in ["离场", "离场时间不详", "详情", "筛选"] { console.expect(label) }
        console.type("离场时间不详")
        console.expect("离场时间不详", near: "Ctrl-U")
        console.press("Enter")
        console.expect("离场时间不详 · ")
    }

    @Test func aFullWidthQuestionMarkOpensHelp() throws {
        let console = try gate()
        console.type("？")
        console.expect("帮助 · 门岗")
    }

    @Test func fullWidthLettersAreCommands() throws {
        let console = try gate()
        console.type("ｎ")
        console.expect("来访登记")
        console.press("Esc")
        let before = console.screen
        console.type("ｊ")
        #expect(console.screen != before)
        console.type("ｋ")
        #expect(console.screen == before)
        console.type("／")
        console.type("８８")
        console.expectNot("杨二")
    }

    @Test func helpDoesWhatItLists() throws {
        let console = try gate()
        console.expect("上月")
        console.press("F1")
        console.type("fangda")
        console.press("Enter")
        console.expectNot("上月")
        console.expect("陈一")
    }

    @Test(arguments: ["登记员工", "dengjiyg", "staff.add", "member"])
    func thePaletteFindsActions(query: String) throws {
        let console = try gate()
        console.press("F9")
        console.type(query)
        console.expect("登记员工", near: "填表登记")
        console.press("Enter")
        console.fill("工号", "S99")
        console.fill("姓名", "新员工")
        console.go(to: "岗位")
        console.press("Right", "Ctrl-S")
        console.expectRow(StaffView.self) { $0.staff == "S99" && $0.name == "新员工" }
    }

    @Test func thePaletteDoesCommands() throws {
        let console = try gate()
        console.press("Ctrl-P")
        console.type("shaixuan")
        console.press("Enter")
        console.type("曾")
        console.expectNot("杨二")
    }

    @Test func aDisabledPaletteLineShowsItsReason() throws {
        let console = try ConsoleDriver(as: "马门岗")
        console.press("F9")
        console.type("payment.receive")
        console.expect("收款", near: "门岗不能“收款”")
        console.expectNothingRecorded { console.press("Enter") }
        console.expect("门岗不能“收款”")
        console.press("Ctrl-U")
        console.type("gate.leave")
        console.expect("离场", near: "没有选中的访客")
    }

    @Test func thePaletteSaysWhenNothingFits() throws {
        let console = try gate()
        console.press("F9")
        console.type("qqqq")
        console.expect("没有找到")
        console.press("Enter", "Esc")
        console.expect("陈一")
    }

    // MARK: Pasting

    @Test func pastedTextGoesToTheFieldAndSubmitsNothing() throws {
        let console = try gate()
        console.press("F8")
        console.expectNothingRecorded { console.paste("张三\n李四\n") }
        #expect(console.lineOfCaret.contains("张三 李四"))
    }

    @Test func pastedTextInAListIsNoCommand() throws {
        let console = try gate()
        let before = console.screen
        console.expectNothingRecorded { console.paste("jjnx\n") }
        #expect(console.screen == before)
        console.paste("杨\n")
        console.expectNot("陈一")
    }

    @Test func pastedTextWithChineseIsAFilterAsAWhole() throws {
        let console = try gate()
        console.paste("3-2-501 杨\n")
        console.expect("筛选", near: "3-2-501 杨")
        console.paste("二")
        console.expect("筛选", near: "3-2-501 杨二")
    }

    /// Keys that arrive together have the effect that they have one by one.
    @Test(arguments: ["杨er", "陈一x", "jjk", "陈"]) func keysInOneGo(text: String) throws {
        let (single, together) = (try gate(), try gate())
        single.type(text)
        together.controller.send(text.map { .key(.character($0)) })
        #expect(together.screen == single.screen)
        for console in [single, together] { console.controller.send([.key(.enter), .key(.down), .key(.up)]) }
        #expect(together.screen == single.screen)
    }

    /// A filter that grows looks among the rows that are shown; the result is that of the whole text.
    @Test(arguments: ["chen", "cy", "3250", "kuaidi", "陈yi", "ｃｈ陈"]) func aFilterThatGrows(text: String) throws {
        let (grown, whole) = (try gate(), try gate())
        for console in [grown, whole] { console.press("Ctrl-F") }
        for length in 1...text.count {
            grown.type(String(text.prefix(length).suffix(1)))
            whole.press("Ctrl-U")
            whole.paste(String(text.prefix(length)))
            #expect(grown.screen == whole.screen, "\(text.prefix(length))")
        }
    }
}
