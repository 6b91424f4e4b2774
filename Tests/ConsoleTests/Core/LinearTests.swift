import Testing

@testable import Console
@testable import Estate

/// The console as plain lines: the same session, read aloud and answered a line at a time.
@Suite("Linear mode") struct LinearTests {
    @Test("a guard registers a visitor and sees them leave, a line at a time")
    func guardsEvening() throws {
        let script = try ConsoleDriver(as: "S03", now: "2026-11-23 21:00")
        #expect(script.controller.speak().joined().contains("今日没有来访"))
        #expect(script.controller.interpret("/新建").first == "来访登记 1/7：姓名，必填")
        #expect(script.controller.interpret("张三").first == "来访登记 2/7：房号/被访人，必填")
        #expect(script.controller.interpret("ls").contains { $0.contains("3/7：事由") })
        let offers = script.controller.interpret("=")
        #expect(offers.contains { $0.contains("1 探亲访友") })
        _ = script.controller.interpret("1")
        #expect(script.controller.interpret("/提交").contains { $0.contains("1（选中） 在场 0:00，张三，3-2-501，探亲访友") })
        let visit = try #require(script.store.estate.gate.visits.values.last)
        #expect(visit.name == "张三" && visit.host.text == "3-2-501" && visit.purpose == "探亲访友")
        #expect(script.controller.interpret("/离场").contains { $0.contains("张三（3-2-501）现在离场？") })
        let after = script.controller.interpret("")
        #expect(after.contains { $0.contains("张三 已离场") } && after.contains { $0.contains("已离 21:00，张三") })
        #expect(script.store.estate.gate.visits.values.last?.left != nil)
    }

    @Test("a refusal is read at its field, and all that was typed stays")
    func refusal() throws {
        let script = try ConsoleDriver(as: "S03")
        _ = script.controller.speak()
        _ = script.controller.interpret("/新建")
        _ = script.controller.interpret("张三")
        _ = script.controller.interpret("9-9-999")
        _ = script.controller.interpret("快递")
        #expect(script.controller.interpret("/提交").contains { $0.contains("9-9-999") })
        #expect(script.controller.interpret("=").contains("已填：9-9-999"))
        #expect(script.store.estate.gate.visits.isEmpty)
    }

    @Test("commands by word, pinyin or key; ambiguous and unknown ones are reported")
    func orders() throws {
        let script = try ConsoleDriver(as: "S02")
        _ = script.controller.speak()
        #expect(script.controller.interpret("/F6").first == "门岗")
        #expect(script.controller.interpret("/gongdan").first == "工单")
        #expect(script.controller.interpret("/qiaoqiaoban").contains { $0.contains("没有这个命令") })
        #expect(script.controller.interpret("?").contains { $0.hasPrefix("/新建：") || $0.contains("F8") })
        #expect(script.controller.interpret("/退出").isEmpty && script.controller.isOver)
    }

    @Test("a choice is made by number, word or pinyin, and a number asked for is never taken for a number of a list")
    func choices() throws {
        let script = try ConsoleDriver(as: "S02")
        _ = script.controller.speak()
        _ = script.controller.interpret("/F3")
        for answer in ["/新建", "零星维修", "3-2-501", "龙头滴水"] { _ = script.controller.interpret(answer) }
        #expect(script.store.estate.requests.all.values.last?.class == .minorRepair)
        for answer in ["/新建", "ts", "3-2-501", "楼道堆物"] { _ = script.controller.interpret(answer) }
        #expect(script.store.estate.requests.all.values.last?.class == .complaint)
        _ = script.controller.interpret("/F6")
        for answer in ["/新建", "张三", "3-2-501", "快递", "", "", "3", "/提交"] { _ = script.controller.interpret(answer) }
        #expect(script.store.estate.gate.visits.values.last?.count == 3)
    }

    @Test("recorded text cannot send control characters to the terminal")
    func harmless() throws {
        let script = try ConsoleDriver(as: "S02")
        try script.estate.do("request.open", ["class": "other", "unit": "3-2-501", "text": "\u{1B}[2J清屏"])
        #expect(script.controller.catchUp() || true)
        _ = script.controller.speak()
        let lines = script.controller.interpret("/F3")
        #expect(lines.contains { $0.contains("清屏") } && !lines.joined().contains("\u{1B}"))
    }

    @Test("an ambiguous host is offered as a numbered choice, and the chosen one is read back")
    func severalHosts() throws {
        let script = try ConsoleDriver(as: "S03")
        _ = script.controller.speak()
        for answer in ["/新建", "张三"] { _ = script.controller.interpret(answer) }
        let asked = script.controller.interpret("li")
        #expect(asked.contains { $0.contains("符合的有 3 项") })
        #expect(asked.contains { $0.contains("1 3-2-501 李四") && $0.contains("2 3-2-501 李小四") })
        // An empty line takes none of them either.
        #expect(script.controller.interpret("").contains { $0.contains("2/7") })
        let chosen = script.controller.interpret("2")
        #expect(chosen.first?.hasPrefix("房号/被访人：3-2-501 李小四") == true)
        for answer in ["探亲访友", "/提交"] { _ = script.controller.interpret(answer) }
        let visit = try #require(script.store.estate.gate.visits.values.last)
        #expect(visit.resident.flatMap { script.store.estate.people.persons[$0]?.name } == "李小四")
    }

    @Test("a host with one match is taken and read back")
    func soleHost() throws {
        let script = try ConsoleDriver(as: "S03")
        _ = script.controller.speak()
        for answer in ["/新建", "张三"] { _ = script.controller.interpret(answer) }
        let taken = script.controller.interpret("fl")
        #expect(taken.first?.hasPrefix("房号/被访人：3-2-601 冯六") == true && taken.contains { $0.contains("3/7") })
    }

    @Test("several callers are read by number; the number is no demand")
    func severalCallers() throws {
        let script = try ConsoleDriver(as: "S02")
        _ = script.controller.speak()
        for line in ["", "", "", "/来电人"] { _ = script.controller.interpret(line) }
        let asked = script.controller.interpret("li")
        #expect(asked.contains { $0.contains("共 3 项") } && asked.contains { $0.hasPrefix("2 李小四") })
        let call = try #require(script.store.estate.calls.open.first)
        #expect(script.store.estate.calls[call]?.person == nil)
        #expect(script.controller.interpret("").contains { $0.contains("共 3 项") })
        _ = script.controller.interpret("2")
        let person = script.store.estate.calls[call]?.person
        #expect(person.flatMap { script.store.estate.people.persons[$0]?.name } == "李小四")
        #expect(try script.demands() == [])
        // What may become of a demand is chosen by its number, too.
        for line in ["水管漏水", "/Up", ""] { _ = script.controller.interpret(line) }
        #expect(script.controller.interpret("2").contains { $0.contains("已答复") })
    }

    @Test("only an explicit yes confirms a question")
    func noAnswer() throws {
        let script = try ConsoleDriver(as: "S03")
        _ = script.controller.speak()
        for line in ["/新建", "张三", "fl", "快递", "/提交", "/离场"] { _ = script.controller.interpret(line) }
        #expect(script.controller.interpret("不").contains { $0.contains("现在离场？") })
        #expect(script.store.estate.gate.visits.values.last?.left == nil)
    }

    @Test("the announced words work: back everywhere, more in long lists")
    func wordsForKeys() throws {
        let script = try ConsoleDriver(as: "S02")
        for count in 1...23 {
            try script.estate.do("request.open", ["class": "other", "unit": "3-2-501", "text": "第\(count)件"])
        }
        #expect(script.controller.catchUp() || true)
        _ = script.controller.speak()
        #expect(script.controller.interpret("/F3").last == "后面还有 13 条，/更多 往下读")
        #expect(script.controller.interpret("?").first?.contains("/返回，/更多") == true)
        let more = script.controller.interpret("/更多")
        #expect(more.contains { $0.hasPrefix("11（选中）") } && more.last == "后面还有 3 条，/更多 往下读")
        #expect(script.controller.interpret("/更多").contains { $0.hasPrefix("23") })
        #expect(!script.controller.interpret("/返回").joined().contains("没有这个命令"))
        for line in ["/新建", "投诉", "9-9-999", "噪声"] { _ = script.controller.interpret(line) }
        #expect(script.controller.interpret("?").first?.contains("/返回，/提交") == true)
        #expect(script.controller.interpret("/返回").contains { $0.contains("再按 Esc") })
        #expect(script.controller.interpret("/返回").first == "工单")
    }

    @Test("a list takes one answer after the other")
    func listOfVisitors() throws {
        let script = try ConsoleDriver(as: "S02")
        let request = try script.estate.do("request.open", ["class": "complaint", "unit": "3-2-501", "text": "太吵"])
        try script.estate.do("request.complete", ["request": request])
        #expect(script.controller.catchUp() || true)
        _ = script.controller.speak()
        for line in ["/F4", "", "满意", "/Ctrl-U"] { _ = script.controller.interpret(line) }
        #expect(script.controller.interpret("=").contains { $0.contains("回访人") })
        _ = script.controller.interpret("wqy")
        #expect(script.controller.interpret("zgl").contains("已填：吴区域,郑管理"))
    }
}
