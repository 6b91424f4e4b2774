import Screen
import Testing

@testable import Console
@testable import Estate

@Suite struct FindingTests {
    private func gate(_ language: Language = .chinese) throws -> Script {
        let desk = try Script(as: "赵经理", language: language)
        for (name, plate) in [("陈一", "浙A88888"), ("杨二", "沪B66666"), ("曾三", "")] {
            try desk.estate.do("visitor.arrive", ["name": name, "host": "3-2-501", "purpose": "看房", "plate": plate])
        }
        _ = desk.desk.catchUp()
        desk.press("F6")
        return desk
    }

    // MARK: Filters

    @Test(arguments: [
        ("chen", "陈一"), ("c", "陈一"), ("yange", "杨二"), ("ye", "杨二"), ("zengs", "曾三"), ("cengs", "曾三"), ("8888", "陈一"),
        ("杨", "杨二"), ("沪b", "杨二"), ("ｙｅ", "杨二"),
    ])
    func aListIsFilteredByPinyinTextAndDigits(query: String, name: String) throws {
        let desk = try gate()
        desk.press("Ctrl-F")
        desk.type(query)
        desk.expect("在场", near: name)
        for other in ["陈一", "杨二", "曾三"] where other != name && !(query == "c" && other == "曾三") {
            desk.expectNot(other)
        }
    }

    @Test func chineseTypedInAListIsLookedFor() throws {
        let desk = try gate()
        desk.type("曾")
        desk.expect("曾三")
        desk.expectNot("杨二")
        #expect(desk.lineOfCaret.contains("曾"))
        desk.press("Esc")
        desk.expect("杨二")
    }

    @Test func whatNothingFitsIsSaid() throws {
        let desk = try gate()
        desk.press("/")
        desk.type("xyz")
        desk.expect("没有符合的记录")
        desk.press("Down")
        desk.expectNothingRecorded { desk.press("Enter") }
        desk.expect("没有选中的访客")
    }

    /// While words are typed to filter by, Enter ends them and does nothing else.
    @Test func enterEndsAFilter() throws {
        let desk = try gate()
        desk.press("Ctrl-F")
        desk.type("yang")
        desk.press("Enter")
        desk.expectNot("请确认")
        desk.expect("杨二")
        desk.press("Enter")
        desk.expect("杨二（3-2-501）现在离场？")
    }

    @Test func lettersInAFilterAreNoCommands() throws {
        let desk = try gate()
        desk.press("/")
        desk.type("n?/ jk")
        #expect(desk.lineOfCaret.contains("n?/ jk"))
    }

    /// Where text is typed, the keys that edit text do that.
    @Test func aFilterIsEditedAsTextIs() throws {
        let desk = try gate()
        desk.press("Ctrl-F")
        desk.type("chen yi")
        desk.press("Ctrl-W")
        #expect(desk.lineOfCaret.contains("chen"))
        desk.press("Ctrl-U")
        desk.expectNot("离场时间不明")
        desk.type("ye")
        desk.expectNot("陈一")
        desk.expect("杨二")
    }

    @Test func aFilterThatFindsNothingGivesTheSelectionBack() throws {
        let desk = try gate()
        desk.press("Down", "Enter")
        let question = desk.screen
        desk.press("Esc", "Ctrl-F")
        desk.type("qqq")
        desk.press("Esc", "Enter")
        #expect(desk.screen == question)
    }

    // MARK: Help and palette

    @Test func helpListsWhatWorksHere() throws {
        let desk = try gate()
        desk.press("F1")
        desk.expect("帮助 · 门岗")
        for label in ["离场", "离场不明", "详情", "筛选"] { desk.expect(label) }
        desk.type("离场不明")
        desk.expect("离场不明", near: "Ctrl-U")
        desk.press("Enter")
        desk.expect("离场时间不明 · ")
    }

    @Test func aFullWidthQuestionMarkOpensHelp() throws {
        let desk = try gate()
        desk.type("？")
        desk.expect("帮助 · 门岗")
    }

    @Test func fullWidthLettersAreCommands() throws {
        let desk = try gate()
        desk.type("ｎ")
        desk.expect("来访登记")
        desk.press("Esc")
        let before = desk.screen
        desk.type("ｊ")
        #expect(desk.screen != before)
        desk.type("ｋ")
        #expect(desk.screen == before)
        desk.type("／")
        desk.type("８８")
        desk.expectNot("杨二")
    }

    @Test func helpDoesWhatItLists() throws {
        let desk = try gate()
        desk.expect("上上月")
        desk.press("F1")
        desk.type("fangda")
        desk.press("Enter")
        desk.expectNot("上上月")
        desk.expect("陈一")
    }

    @Test(arguments: ["登记员工", "dengjiyg", "staff.add", "member"])
    func thePaletteFindsActions(query: String) throws {
        let desk = try gate()
        desk.press("F9")
        desk.type(query)
        desk.expect("登记员工", near: "staff.add")
        desk.press("Enter")
        desk.fill("工号", "S99")
        desk.fill("姓名", "新员工")
        desk.go(to: "岗位")
        desk.press("Right", "Ctrl-S")
        desk.expectRow(StaffView.self) { $0.staff == "S99" && $0.name == "新员工" }
    }

    @Test func thePaletteDoesCommands() throws {
        let desk = try gate()
        desk.press("Ctrl-P")
        desk.type("shaixuan")
        desk.press("Enter")
        desk.type("曾")
        desk.expectNot("杨二")
    }

    @Test func whatCannotBeDoneSaysWhy() throws {
        let desk = try Script(as: "马门岗")
        desk.press("F9")
        desk.type("payment.receive")
        desk.expect("收款", near: "门岗不能“收款”")
        desk.expectNothingRecorded { desk.press("Enter") }
        desk.expect("门岗不能“收款”")
        desk.press("Ctrl-U")
        desk.type("gate.leave")
        desk.expect("离场", near: "没有选中的访客")
    }

    @Test func thePaletteSaysWhenNothingFits() throws {
        let desk = try gate()
        desk.press("F9")
        desk.type("qqqq")
        desk.expect("没有找到")
        desk.press("Enter", "Esc")
        desk.expect("陈一")
    }

    // MARK: Pasting

    @Test func pastedTextGoesToTheFieldAndSubmitsNothing() throws {
        let desk = try gate()
        desk.press("F8")
        desk.expectNothingRecorded { desk.paste("张三\n李四\n") }
        #expect(desk.lineOfCaret.contains("张三 李四"))
    }

    @Test func pastedTextInAListIsNoCommand() throws {
        let desk = try gate()
        let before = desk.screen
        desk.expectNothingRecorded { desk.paste("jjnx\n") }
        #expect(desk.screen == before)
        desk.paste("杨\n")
        desk.expectNot("陈一")
    }
}
