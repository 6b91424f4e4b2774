import Screen
import Testing

@testable import Console
@testable import Estate

/// Suggestions: what is highlighted is what is taken, and a short form is never recorded as it was typed.
@Suite struct SuggestionTests {
    private func visitor() throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: "马门岗")
        console.press("F8")
        console.fill("姓名", "张三")
        console.fill("房号/被访人", "3-2-501")
        return console
    }

    private func visit(_ console: ConsoleDriver) throws -> Visit {
        try #require(console.store.estate.gate.visits.values.last)
    }

    /// A form with a list of twelve purposes and of many hosts.
    private func crowd(_ size: Size) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: "马门岗", size: size)
        for number in 1...17 {
            try console.estate.do(
                "person.add",
                ["name": "苏\(number)", "unit": "3-2-502", "role": "family", "phone": "1390000\(1000 + number)"])
        }
        _ = console.controller.catchUp()
        console.press("F8")
        console.go(to: "房号/被访人")
        console.type("su")
        return console
    }

    // MARK: Taking

    @Test(arguments: ["Tab", "BackTab", "Enter", "Ctrl-S"]) func theHighlightedPurposeIsTaken(key: String) throws {
        let console = try visitor()
        console.fill("事由", "wm")
        console.expect("外卖")
        console.press(key)
        if key != "Ctrl-S" { console.press("Ctrl-S") }
        #expect(try visit(console).purpose == "外卖")
    }

    @Test func aPurposeOfOnesOwnIsKept() throws {
        let console = try visitor()
        console.fill("事由", "送老人回家")
        console.press("Ctrl-S")
        #expect(try visit(console).purpose == "送老人回家")
    }

    /// What is no short form of anything stands as it was typed, also where it is a part of a word of the list.
    @Test(arguments: ["外", "看", "送 2"], ["Tab", "Enter", "Ctrl-S"]) func aPartOfAWordIsKept(typed: String, key: String)
        throws
    {
        let console = try visitor()
        console.fill("事由", typed)
        console.press(key)
        if key != "Ctrl-S" { console.press("Ctrl-S") }
        #expect(try visit(console).purpose == typed)
    }

    /// Put away with Esc, initials are still no purpose; Chinese text is.
    @Test(arguments: [("wm", "外卖"), ("外", "外"), ("看", "看")])
    func anEscapedSuggestion(typed: String, purpose: String) throws {
        let console = try visitor()
        console.fill("事由", typed)
        console.press("Esc", "Tab", "Ctrl-S")
        #expect(try visit(console).purpose == purpose)
    }

    @Test func initialsWithSeveralMeaningsAreAskedAbout() throws {
        let console = try visitor()
        console.fill("事由", "z")
        console.press("Esc", "Tab")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expect("“z”可指：装修")
        #expect(console.lineOfCaret.contains("事由"))
    }

    @Test func ctrlSDoesNotSendOneOfSeveralUnseen() throws {
        let console = try visitor()
        console.fill("事由", "s")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expect("“s”填成了“")
        console.press("Ctrl-S")
        #expect(["送货", "施工"].contains(try visit(console).purpose))
    }

    @Test func anAmbiguousHostIsAskedAbout() throws {
        let console = try ConsoleDriver(as: "马门岗")
        console.press("F8")
        console.fill("姓名", "张三")
        console.fill("房号/被访人", "li")
        console.press("Esc", "Tab")
        console.fill("事由", "快递")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expect("“li”可指：3-2-501 李四 业主、3-2-501 李小四 家属")
        console.expectNot("没有这个房号")
        console.press("Down", "Ctrl-S")
        #expect(try visit(console).resident == console.store.estate.people.persons(named: "李小四").first?.id)
    }

    @Test(arguments: ["Tab", "Ctrl-S"]) func aWorkerTypedByInitialsIsTheMember(key: String) throws {
        let console = try ConsoleDriver(as: "王芳")
        try console.estate.do("staff.add", ["staff": "S09", "name": "王小波", "role": "administrator"])
        let id = try console.estate.do("request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "漏水"])
        _ = console.controller.catchUp()
        console.open("requests")
        console.press("Ctrl-G")
        console.type("wxb")
        console.press(key)
        if key == "Tab" { console.press("Ctrl-S") }
        let request = console.store.estate.requests.all.values.first { $0.id.id.text == id }
        #expect(request?.assignment?.to.text == "S09")
    }

    @Test func theSeparatorOfAListTakesTheElement() throws {
        let console = try ConsoleDriver(as: "王芳")
        try console.estate.do("request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "漏水"])
        _ = console.controller.catchUp()
        console.open("requests")
        console.press("Enter")
        console.type("qkz、scw")
        console.press("Tab")
        #expect(console.lineOfCaret.contains("钱科长") && console.lineOfCaret.contains("孙财务"))
        #expect(!console.lineOfCaret.contains("qkz"))
        // After the separator nobody is meant yet.
        console.type("，")
        console.press("Tab")
        console.expectNot("赵经理,")
    }

    @Test func visitorsThatMustGoAreOfferedFirst() throws {
        let console = try ConsoleDriver(as: "吴区域")
        try console.estate.do("staff.add", ["staff": "S09", "name": "丁管理", "role": "administrator"])
        let id = try console.estate.do("request.open", ["class": "complaint", "unit": "3-2-501", "text": "太吵"])
        try console.estate.do("request.complete", ["request": id, "workers": "S06"])
        _ = console.controller.catchUp()
        console.open("followups")
        console.press("Enter")
        console.fill("回访人", "")
        let names = ["吴区域", "丁管理", "郑管理"]
        let rows = names.map { name in console.lines.firstIndex { $0.contains(name) && $0.contains("S0") } ?? -1 }
        #expect(rows == rows.sorted() && !rows.contains(-1), "\(rows)\n\(console.screen)")
        #expect(!console.lines[(rows.first ?? 1) - 1].contains("赵经理"))
    }

    @Test(arguments: [(Language.chinese, "管理员"), (.english, "administrator")])
    func rolesAreInTheLanguageOfTheConsole(language: Language, role: String) throws {
        let console = try ConsoleDriver(as: "吴区域", language: language)
        let id = try console.estate.do("request.open", ["class": "complaint", "unit": "3-2-501", "text": "太吵"])
        try console.estate.do("request.complete", ["request": id])
        _ = console.controller.catchUp()
        console.open("followups")
        console.press("Enter")
        console.fill(language == .chinese ? "回访人" : "Visitors", "")
        let form = try #require(console.controller.session.layers.last as? FormLayer)
        #expect(form.fields[form.current].completions.contains { $0.text == "郑管理" && $0.detail == "S06 \(role)" })
    }

    // MARK: More than fit

    @Test(arguments: [Size(width: 80, height: 24), Size(width: 120, height: 36)])
    func allSuggestionsAreReached(size: Size) throws {
        let console = try crowd(size)
        console.expect("候选 第 1/18")
        #expect(console.lines.count { $0.contains("苏") } > 6, "the room is used")
        console.press("PageDown", "PageDown")
        console.expect("第 13/18")
        for _ in 0..<20 { console.press("PageDown") }
        console.expect("第 18/18")
        console.expect("苏17")
        console.press("Up")
        console.expect("第 17/18")
        let marked = try #require(console.controller.session.layers.last as? FormLayer).fields[1].highlighted
        console.press("Enter")
        console.expect("房号/被访人", near: marked?.detail ?? "?")
    }

    /// What is shown for a reference is not what the action reads.
    @Test func aReferenceTypedInFullIsTaken() throws {
        let console = try ConsoleDriver(as: "王芳")
        let call = try console.estate.do("call.ring", [:], by: "S02")
        _ = console.controller.catchUp()
        console.press("F9")
        console.type("call.answer")
        console.press("Enter")
        console.type("来电")
        console.press("Tab")
        console.expectNot("✗")
        let form = try #require(console.controller.session.layers.last as? FormLayer)
        #expect(form.values["call"] == call)
    }

    // MARK: Long texts

    @Test func aFieldHoldsWhatARecordTakesAndSaysSo() throws {
        #expect(try String(text: String(repeating: "a", count: TextInput.capacity), zone: .shanghai).utf8.count == 4000)
        #expect(throws: Refusal.self) {
            try String(text: String(repeating: "a", count: TextInput.capacity + 1), zone: .shanghai)
        }
        let console = try visitor()
        console.fill("事由", "")
        console.paste(String(repeating: "漏水\n", count: 20_000))
        console.expect("✗ 太长：一项最多 4000 字节")
        console.press("Tab")
        console.press("Ctrl-S")
        #expect(try visit(console).purpose.utf8.count <= 4000)
    }

    /// The time of a paste and of the keys after it does not depend on how much was pasted: about a millisecond in a
    /// release build.
    @Test func aHugePasteIsAnsweredAtOnce() throws {
        let console = try visitor()
        console.go(to: "事由")
        let text = String(repeating: "楼道灯 abc，", count: 6000)
        let time = ContinuousClock().measure {
            console.paste(text)
            for _ in 0..<10 { console.press("a", "Backspace", "Left") }
            _ = console.grid
        }
        #expect(time < .seconds(5))
    }
}
