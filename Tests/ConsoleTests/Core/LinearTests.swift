import Screen
import Testing

@testable import Console
@testable import Estate

/// The console as plain lines: the same session, read aloud and answered a line at a time.
@Suite("Linear mode") struct LinearTests {
    @Test("a guard registers a visitor and sees them leave, a line at a time")
    func guardsEvening() throws {
        let script = try ConsoleDriver(as: "S03", now: "2026-11-23 21:00")
        #expect(script.controller.speak().joined().contains("今日没有来访"))
        #expect(script.controller.interpret("/新建").first == "来访登记 1/8：姓名，必填")
        #expect(script.controller.interpret("张三").first == "来访登记 2/8：房号/被访人，必填")
        #expect(script.controller.interpret("ls").contains { $0.contains("3/8：事由") })
        let offers = script.controller.interpret("=")
        #expect(offers.contains { $0.contains("1 探亲访友") })
        _ = script.controller.interpret("1")
        #expect(script.controller.interpret("/提交").contains { $0.contains("1（选中） 在场 0:00，张三，3-2-501，探亲访友") })
        let visit = try #require(script.store.estate.gate.visits.values.last)
        #expect(visit.name == "张三" && visit.host.text == "3-2-501" && visit.purpose == "探亲访友")
        #expect(script.controller.interpret("/离场").contains { $0.contains("张三（3-2-501）现在离场？") })
        script.estate.clock.pass(seconds: 1)
        let after = script.controller.interpret("")
        #expect(after.contains { $0.contains("张三 已离场") } && after.contains { $0.contains("已离 21:00，张三") })
        #expect(script.store.estate.gate.visits.values.last?.left != nil)
    }

    @Test("a refusal is read at its field, and all that was typed stays")
    func refusal() throws {
        let script = try ConsoleDriver(as: "S02")
        _ = script.controller.speak()
        for line in ["/F3", "/新建", "9-9-999", "噪声"] { _ = script.controller.interpret(line) }
        // The last answer sends the form.
        #expect(script.controller.interpret("投诉").contains { $0.contains("9-9-999") })
        #expect(script.controller.interpret("=").contains("已填：9-9-999"))
        #expect(script.store.estate.requests.all.values.isEmpty)
    }

    @Test("commands by word, pinyin or key; ambiguous and unknown ones are reported")
    func orders() throws {
        let script = try ConsoleDriver(as: "S02")
        _ = script.controller.speak()
        #expect(script.controller.interpret("/F6").first == "门岗")
        #expect(script.controller.interpret("/gongdan").first == "工单")
        #expect(script.controller.interpret("/qiaoqiaoban").contains { $0.contains("没有这个命令") })
        #expect(script.controller.interpret("?").contains { $0.hasPrefix("/新建：") || $0.contains("F8") })
        #expect(script.controller.interpret("/退出").contains { $0.contains("退出控制台？") })
        #expect(script.controller.interpret("").isEmpty && script.controller.isOver)
    }

    @Test("a choice is made by number, word or pinyin, and a number asked for is never taken for a number of a list")
    func choices() throws {
        let script = try ConsoleDriver(as: "S02")
        _ = script.controller.speak()
        _ = script.controller.interpret("/F3")
        for answer in ["/新建", "3-2-501", "龙头滴水", "零星维修", "/提交"] { _ = script.controller.interpret(answer) }
        #expect(script.store.estate.requests.all.values.last?.class == .minorRepair)
        for answer in ["/新建", "3-2-501", "楼道堆物", "ts"] { _ = script.controller.interpret(answer) }
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
        #expect(script.controller.interpret("").contains { $0.contains("2/8") })
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
        #expect(taken.first?.hasPrefix("房号/被访人：3-2-601 冯六") == true && taken.contains { $0.contains("3/8") })
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
        #expect(script.controller.interpret("/返回").contains { $0.contains("再按 /Esc") })
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

    @Test("during a call a number chooses a demand, and is none; a number without a demand says so")
    func demandByNumber() throws {
        let script = try ConsoleDriver(as: "S02", keys: KeyTable().spoken(.chinese))
        _ = script.controller.speak()
        let call = try script.estate.do("call.ring", ["direction": "incoming", "phone": "13800001111"], by: "S02")
        try script.estate.do("call.answer", ["call": call, "rings": "2", "greeting": "true"], by: "S02")
        for text in ["水管漏水", "楼上太吵"] {
            try script.estate.do("call.demand", ["call": call, "text": text], by: "S02")
        }
        #expect(script.controller.catchUp() || true)
        script.expectNothingRecorded {
            let chosen = script.controller.interpret("1")
            #expect(chosen.contains { $0.hasPrefix("1 水管漏水") && $0.contains("选中") }, "\(chosen)")
            #expect(script.controller.interpret("2").contains { $0.hasPrefix("2 楼上太吵") && $0.contains("选中") })
            #expect(script.controller.interpret("7").first?.contains("没有第 7 条诉求") == true)
        }
        // What is read has no number that cannot be chosen.
        let read = script.controller.interpret("=")
        #expect(!read.contains { $0.hasPrefix("3 ") }, "\(read)")
        #expect(script.controller.interpret("").contains { $0.contains("转工单") })
        _ = script.controller.interpret("/返回")
        _ = script.controller.interpret("13800009999")
        #expect(try script.demands().last == "13800009999", "a telephone number is a demand")
    }

    @Test("between calls a number selects one of those that are read")
    func callByNumber() throws {
        let script = try ConsoleDriver(as: "S02")
        for phone in ["13800001111", "13800002222"] {
            let call = try script.estate.do("call.ring", ["direction": "incoming", "phone": phone], by: "S02")
            try script.estate.do("call.end", ["call": call], by: "S02")
        }
        #expect(script.controller.catchUp() || true)
        let read = script.controller.speak()
        #expect(read.contains { $0.hasPrefix("2 ") })
        script.expectNothingRecorded {
            #expect(script.controller.interpret("2").contains { $0.hasPrefix("2（选中）") })
            #expect(script.controller.interpret("77").first?.contains("没有第 77 条") == true)
        }
    }

    @Test("every choice is reachable: the first ten are read, and how many follow")
    func everyChoice() throws {
        let script = try ConsoleDriver(as: "S03")
        for number in 10..<24 {
            try script.estate.do("staff.add", ["staff": "T\(number)", "name": "员工\(number)", "role": "guard"])
        }
        #expect(script.controller.catchUp() || true)
        _ = script.controller.speak()
        _ = script.controller.interpret("/新建")
        for line in ["张三", "3-2-501"] { _ = script.controller.interpret(line) }
        let layer = try #require(script.controller.session.layers.last as? FormLayer)
        let offered = layer.offered(script.controller.context)
        let read = script.controller.interpret("=").joined(separator: "，")
        for (index, choice) in offered.prefix(spokenRows).enumerated() {
            #expect(read.contains("\(index + 1) \(choice)"))
        }
        #expect(read.contains("后面还有") == (offered.count > spokenRows))
        let more = script.controller.interpret("/更多").joined(separator: "，")
        for (index, choice) in offered.enumerated().dropFirst(spokenRows) {
            #expect(more.contains("\(index + 1) \(choice)"))
        }
        // A number beyond the list is no purpose.
        _ = script.controller.interpret("88")
        #expect(script.controller.interpret("=").contains { $0.contains("3/8：事由") })
    }

    /// Each line of help begins with a word that does what the line says.
    @Test("help names only what can be typed", arguments: [Language.chinese, .english], ["S02", "S03", "S04", "S01"])
    func helpCanBeTyped(language: Language, member: String) throws {
        let script = try ConsoleDriver(as: member, language: language, keys: KeyTable().spoken(language))
        _ = script.controller.speak()
        for window in Windows.all {
            script.controller.send(.key(.escape))
            _ = script.controller.interpret("/\(window.label[language])")
            let (session, context) = (script.controller.session, script.controller.context)
            for line in session.spokenHelp(context) {
                let word = String(line.prefix { $0 != "：" && $0 != ":" })
                guard case .command(let command) = session.interpret(word, context) else {
                    Issue.record("\(word) does nothing in \(window.name)")
                    continue
                }
                #expect("/\(command.label[language])" == word)
                let keys = line.split { "（）()".contains($0) }.last.map { $0.split(separator: " ") } ?? []
                for key in keys where key.hasPrefix("/") && Key(String(key.dropFirst())) != nil {
                    guard case .keys = session.interpret(String(key), context) else {
                        Issue.record("\(key) is no key in \(window.name)")
                        continue
                    }
                }
            }
        }
    }

    @Test("a refusal names what can be typed here, not keys")
    func refusalsNameWords() throws {
        let script = try ConsoleDriver(as: "S02", keys: KeyTable().spoken(.chinese))
        _ = script.controller.speak()
        let call = try script.estate.do("call.ring", ["direction": "incoming", "phone": "13800001111"], by: "S02")
        try script.estate.do("call.answer", ["call": call, "rings": "2", "greeting": "true"], by: "S02")
        #expect(script.controller.catchUp() || true)
        let refused = script.controller.interpret("").joined()
        #expect(!refused.contains("Ctrl-") || refused.contains("/Ctrl-"), "\(refused)")
        #expect(!refused.contains("↑"), "\(refused)")
        #expect("先输入；↑ 选一条，Ctrl-E 结束，Esc 返回".keysAsTyped == "先输入； /Up 选一条，/Ctrl-E 结束，/Esc 返回")
        #expect("←→ 选择，/Esc 返回 Table → 投诉".keysAsTyped == "/Left /Right 选择，/Esc 返回 Table → 投诉")
    }

    @Test("a layer's hints are read as words that work")
    func hintsAreWords() throws {
        let script = try ConsoleDriver(as: "S03", keys: KeyTable().spoken(.chinese))
        _ = script.controller.speak()
        _ = script.controller.interpret("/新建")
        let help = script.controller.interpret("?").joined(separator: "，")
        #expect(help.contains("/提交") && help.contains("/放弃") && !help.contains("Ctrl-S"), "\(help)")
        #expect(script.controller.interpret("/放弃").first == "门岗")
    }

    @Test("a chosen row is read with its facts and with what can be done")
    func chosenRow() throws {
        let script = try ConsoleDriver(as: "S07")
        _ = script.controller.speak()
        let read = script.controller.interpret("2")
        #expect(read.contains { $0.hasPrefix("2（选中）") }, "\(read)")
        #expect(read.contains { $0.contains("物业费") && $0.contains("186.50") }, "\(read)")
        let can = try #require(read.last)
        #expect(can.hasPrefix("可做：") && can.contains("/收款") && can.contains("/催缴"), "\(read)")
        #expect(!can.contains("/致电"), "finance does not call")
        #expect(script.controller.interpret("/收款").first?.contains("收款 · ") == true)
    }

    @Test("a payment's form reads what it would pay, and what is left")
    func allocation() throws {
        let script = try ConsoleDriver(as: "S07")
        _ = script.controller.speak()
        _ = script.controller.interpret("1")
        let read = script.controller.interpret("/收款")
        #expect(read.contains { $0.contains("李四 共欠 373.00（逾期 373.00），收后还欠 0.00") }, "\(read)")
        #expect(read.contains { $0.contains("2026-09，物业费，到期 2026-09-20，186.50，抵 186.50") }, "\(read)")
    }
}
