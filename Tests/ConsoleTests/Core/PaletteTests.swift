import Screen
import Testing

@testable import Console
@testable import Estate

/// Going to records by the palette.
@Suite struct PaletteTests {
    private func console(as member: String = "赵经理", _ language: Language = .chinese) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: member, language: language)
        let complaint = try console.estate.do(
            "request.open", ["class": "complaint", "unit": "3-2-601", "text": "楼道堆物"])
        try console.estate.do("request.complete", ["request": complaint])
        for text in ["厨房龙头滴水", "电梯夜间异响", "路灯不亮"] {
            try console.estate.do("request.open", ["class": "repair.minor", "unit": "3-2-502", "text": text])
        }
        try console.estate.do(
            "visitor.arrive", ["name": "欧阳锋", "host": "3-2-501", "purpose": "看房", "plate": "沪B66666"])
        _ = console.controller.catchUp()
        return console
    }

    private func go(_ query: String, _ console: ConsoleDriver) {
        console.press("F9")
        console.type(query)
        console.press("Enter")
    }

    @Test(arguments: ["3-2-501", "32501", "李四", "lisi", "ls", "12345", "13800001111"])
    func aUnitAResidentAPlateOrATelephoneLeadToTheCard(query: String) throws {
        let console = try console()
        console.expectNothingRecorded { go(query, console) }
        // A manager sees whole numbers.
        console.expect("李四", near: "13800001111")
        for words in ["欠费 373.00（2 期）", "浙A12345"] { console.expect(words) }
        console.expect("李小四", near: "13800003333")
        console.expect("欧阳锋", near: "看房")
        console.press("Esc")
        console.expectNot("13800003333")
    }

    @Test(arguments: ["电梯夜间", "dianti", "dtyj", "异响"])
    func aRequestsWordsLeadToIt(query: String) throws {
        let console = try console()
        console.open("gate")
        go(query, console)
        console.press("Enter")
        console.expect("办结 · 3-2-502 电梯夜间异响")
    }

    /// What is said on the telephone becomes a request, with its class guessed.
    @Test(arguments: ["3-2-501厨房漏水", "3栋2单元501厨房漏水", "3-2-501 厨房漏水"])
    func wordsOfAUnitBecomeARequest(words: String) throws {
        let console = try console(as: "王芳")
        console.press("F9")
        console.type(words)
        console.expect("新建工单 3-2-501 厨房漏水", near: "零星维修")
        console.expectNothingRecorded { console.press("Enter") }
        console.expect("猜：零星维修（“漏水”），请核对")
        console.press("Ctrl-S")
        console.expectRow(RequestsView.self) {
            $0.unit.text == "3-2-501" && $0.text == "厨房漏水" && $0.class == .minorRepair
        }
    }

    /// Who may open no request is offered none.
    @Test func wordsBecomeNoRequestOfWhoMayOpenNone() throws {
        let console = try console(as: "孙财务")
        console.press("F9")
        console.type("3-2-501厨房漏水")
        console.expectNot("新建工单")
        console.expect("没有找到")
    }

    @Test func aTabComesBeforeARecordWithTheSameWord() throws {
        let console = try console()
        try console.estate.do("visitor.arrive", ["name": "周工", "host": "3-2-501", "purpose": "装修"])
        _ = console.controller.catchUp()
        go("装修", console)
        console.expect("还没有装修申报")
    }

    @Test func paletteOpensReturnVisitsAndVisitors() throws {
        let console = try console()
        go("楼道堆物", console)
        console.press("Enter")
        console.expect("登记回访 · 3-2-601 楼道堆物")
        console.press("Esc")
        go("66666", console)
        console.press("Enter")
        console.expect("欧阳锋（3-2-501）现在离场？")
    }

    /// A filter does not hide a record that was searched for.
    @Test func goingToAHiddenRowClearsTheFilter() throws {
        let console = try console()
        console.open("requests")
        console.press("Ctrl-F")
        console.type("路灯")
        console.press("Enter")
        go("厨房龙头", console)
        console.press("Enter")
        console.expect("办结 · 3-2-502 厨房龙头滴水")
    }

    @Test func aHitThatIsGoneIsNotActedOn() throws {
        let console = try console()
        console.press("F9")
        console.type("电梯夜间")
        let open = console.store.estate.requests.open.compactMap { console.store.estate.requests[$0] }
        let request = try #require(open.first { $0.text == "电梯夜间异响" })
        try console.estate.do("request.complete", ["request": request.id.id.text])
        _ = console.controller.catchUp()
        console.press("Enter")
        console.expectNot("办结 · ")
        // The palette is closed, and the pane shows the requests that are left.
        #expect(console.controller.session.layers.isEmpty)
        #expect(console.controller.session.focus == "requests")
        console.expect("厨房龙头滴水")
        #expect(!console.controller.session.focused.lists(request.id.id.text))
    }

    @Test func recordsComeBeforeCommandsOfEqualRank() throws {
        let console = try console()
        try console.estate.do("person.add", ["name": "方达", "unit": "3-2-502", "role": "family"])
        _ = console.controller.catchUp()
        console.press("F9")
        console.type("fangda")
        let lines = console.lines
        let person = try #require(lines.firstIndex { $0.contains("方达") && $0.contains("家属") })
        let command = try #require(lines.firstIndex { $0.contains("放大") && $0.contains("F12") && $0.contains("还原") })
        #expect(person + 1 == command)
        console.press("Ctrl-U")
        console.type("zoom")
        console.press("Enter")
        console.expect("F2 本月 │ F3 回访")
    }

    @Test func aCommandOfAnotherPaneIsDoneThere() throws {
        let console = try console()
        console.open("requests")
        console.press("F9")
        console.type("gate.leave")
        console.expect("门岗 · 离场")
        console.press("Enter")
        console.expect("欧阳锋（3-2-501）现在离场？")
    }

    @Test func helpListsMoveKeysAndRunsThem() throws {
        let console = try console()
        console.open("requests")
        console.press("Down", "F1")
        console.type("第一条")
        console.expect("第一条", near: "Home g")
        console.press("Enter", "Enter")
        console.expect("办结 · 3-2-502 厨房龙头滴水")
    }

    @Test func paletteShowsGuardDisabledReasons() throws {
        let console = try console(as: "马门岗")
        go("电梯夜间", console)
        console.press("Ctrl-G")
        console.expect("门岗不能“派单”")
    }

    @Test(arguments: [("钱科长", "requests"), ("马门岗", "followups"), ("王芳", "fees")])
    func helpBeginsWithWhatMayBeDone(member: String, window: String) throws {
        let console = try ConsoleDriver(as: member)
        console.open(window)
        console.press("F1")
        let layer = try #require(console.controller.session.layers.last as? PaletteLayer)
        let usable = layer.list.shown.map { $0.disabledReason == nil }
        #expect(usable.first == true && usable == usable.sorted { $0 && !$1 })
    }

    @Test func enterOnWhatMayNotBeDoneSaysWhy() throws {
        let console = try ConsoleDriver(as: "马门岗")
        console.press("F9")
        console.type("收款")
        console.expectNothingRecorded { console.press("Enter") }
        console.expect("门岗不能“")
        #expect(console.controller.session.layers.last is PaletteLayer)
    }

    @Test func aUnitCardLeadsToACallAndToTheHistory() throws {
        let console = try ConsoleDriver(as: "王芳")
        func openCard() {
            console.press("F9")
            console.type("李四")
            console.press("Enter")
            for hint in ["Enter 致电", "F8 报事"] { console.expect(hint) }
        }
        openCard()
        console.press("Ctrl-O")
        console.expect("致电 · 李四 3-2-501 138****1111")
        console.press("Esc")
        openCard()
        console.press("Home", "Ctrl-\\")
        console.expect("正在查历史：3-2-501")
    }
}
