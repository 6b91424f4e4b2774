import Screen
import TestSupport
import Testing

@testable import Console
@testable import Estate

@Suite struct PictureTests {
    static let sizes = [(60, 16), (80, 24), (120, 36), (160, 45), (100, 28), (99, 28), (100, 27)].map {
        Size(width: $0, height: $1)
    }

    /// A session with something in every pane.
    private func busy(
        as member: String = "赵经理", language: Language = .chinese, size: Size = Size(width: 120, height: 36)
    ) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: member, language: language, size: size)
        let estate = console.estate
        for (name, host, plate) in [
            ("张三", "3-2-501", "浙A88888"), ("𠮷野家👨‍👩‍👧", "3-2-601", "X?"), ("e\u{301}", "5-1-1201", ""),
        ] {
            try estate.do("visitor.arrive", ["name": name, "host": host, "purpose": "快递", "plate": plate])
        }
        for text in ["楼上太吵", "控制\u{7}字符\u{202E}", String(repeating: "很长", count: 60)] {
            let request = try estate.do(
                "request.open", ["class": "complaint", "unit": "3-2-501", "text": text])
            try estate.do("request.open", ["class": "other", "unit": "3-2-601", "text": text])
            try estate.do("request.complete", ["request": request])
        }
        let inspection = try estate.do("inspection.open", ["template": "weekly"])
        try estate.do("inspection.mark", ["inspection": inspection, "item": "1.1", "result": "fail", "note": "四声"])
        let call = try estate.do("call.ring", ["direction": "incoming", "phone": "13800001111"])
        try estate.do("call.answer", ["call": call, "rings": "2", "greeting": "true"])
        try estate.do("call.demand", ["call": call, "text": "楼上太吵"])
        estate.clock.set("2026-11-24 08:00")
        _ = console.controller.catchUp()
        return console
    }

    /// Every row is as wide as the screen.
    private func expectWhole(_ grid: Grid, _ size: Size, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(grid.size == size, sourceLocation: sourceLocation)
        let broken = (0..<size.height).filter { grid.row($0).reduce(0) { $0 + Int($1.width) } != size.width }
        #expect(broken == [], "\(grid)", sourceLocation: sourceLocation)
        if let cursor = grid.cursor {
            #expect(Rect(size).contains(cursor), "cursor at \(cursor)", sourceLocation: sourceLocation)
        }
    }

    @Test(arguments: sizes) func everyPaneAndLayerFits(size: Size) throws {
        let console = try busy(size: size)
        for pane in 2...7 {
            console.press("F\(pane)")
            for key in [
                "Esc", "Enter", "Space", "Ctrl-F", "Ctrl-S", "Ctrl-G", "Ctrl-N", "F1", "F9", "F8", "Ctrl-R", "Ctrl-B",
                "Ctrl-T", "F12",
            ] {
                console.press(key)
                expectWhole(console.grid, size)
                console.press("Esc", "Esc")
            }
        }
    }

    @Test func aTooSmallScreenSaysSoInOneLine() throws {
        for (language, words) in [(Language.chinese, "终端太小"), (.english, "too small")] {
            let console = try busy(language: language)
            for size in [Size(width: 59, height: 16), Size(width: 60, height: 15), Size(width: 59, height: 15)] {
                let lines = console.controller.picture(size).lines.filter { !$0.allSatisfy(\.isWhitespace) }
                #expect(lines.count == 1)
                #expect(lines.first?.contains(words) == true)
                #expect(lines.first?.contains("60×16") == true)
            }
        }
    }

    @Test func theSmallestScreenHasRoomForTheWork() throws {
        let console = try busy(as: "马门岗", size: Size(width: 60, height: 16))
        console.expect("超时", near: "张三")
        console.press("F8")
        console.expect("姓名")
        console.fill("事由", "看房")
        console.expect("看房", near: "事由")
        console.go(to: "证件")
    }

    @Test func anyScreenSizeIsDrawn() throws {
        let console = try busy()
        var dice = SeededRandom(seed: 7)
        let keys = [
            "F2", "F3", "Ctrl-S", "Ctrl-B", "Ctrl-G", "F4", "F6", "F7", "F8", "F9", "F1", "Esc", "Enter", "Ctrl-F",
            "Tab", "F12", "Esc", "Down",
        ]
        for round in 0..<250 {
            let size = Size(width: dice.below(200) - 3, height: dice.below(60) - 3)
            if round % 2 == 0 { console.press(keys[dice.below(keys.count)]) }
            let grid = console.controller.picture(size, measure: TextWidth(ambiguousIsWide: dice.below(3) == 0))
            expectWhole(grid, Rect(size).size)
        }
    }

    /// A terminal that gives “—” and frames two columns gets what it can show.
    @Test(arguments: sizes) func ambiguousWidthKeepsTheColumns(size: Size) throws {
        let console = try busy(size: size)
        let measure = TextWidth(ambiguousIsWide: true)
        for key in ["F2", "F3", "F4", "F5", "F6", "F7", "F9", "Esc", "F8"] {
            console.press(key)
            let grid = console.controller.picture(size, measure: measure)
            expectWhole(grid, size)
            let lines = grid.lines
            #expect(lines.filter { $0.reduce(0) { $0 + measure.width(of: $1) } != size.width } == [])
            #expect(lines.filter { $0.contains("─") || $0.contains("│") } == [])
        }
    }

    @Test func aPictureChangesNothing() throws {
        let console = try busy()
        for size in PictureTests.sizes {
            let first = console.controller.picture(size)
            #expect(console.controller.picture(size) == first)
        }
        let before = console.screen
        _ = console.controller.picture(Size(width: 60, height: 16))
        #expect(console.screen == before)
    }

    /// Control characters in recorded text do not reach the terminal.
    @Test func controlCharactersAreShownAsSigns() throws {
        let console = try busy()
        for key in ["F3", "F4", "Ctrl-D"] {
            console.press(key)
            #expect(!console.screen.unicodeScalars.contains { $0.value != 10 && ($0.value < 32 || $0.value == 0x202E) })
        }
    }

    // MARK: English

    private static let data =
        TestEstate.staff.map(\.1) + ["赵经理", "翠湖花园", "物业费", "浙", "微信", "支付宝", "银行转账", "现金", "刷卡"]
        + TestEstate.residents.map(\.0).sorted {
            $0.count > $1.count
        }

    /// The lines with Chinese text other than the estate's own data. A popup's edge may cut the end of a name.
    private func chinese(in lines: [String], without more: [String] = []) -> [String] {
        // A name may begin with another.
        let names = (PictureTests.data + more).sorted { $0.count > $1.count }
        let edges = ["╭", "│", "╰"].flatMap { [$0, " " + $0] }
        let cut = names.flatMap { name in (1..<max(2, name.count)).map { name.dropLast($0) } }
        let data = names + cut.filter { !$0.isEmpty }.flatMap { part in edges.map { part + $0 } }
        return lines.filter(\.hasChinese).map { line in
            let signs = Set(line)
            return data.reduce(line) { $1.allSatisfy(signs.contains) ? $0.replacing($1, with: "") : $0 }
        }.filter(\.hasChinese)
    }

    @Test(arguments: [Size(width: 80, height: 24), Size(width: 120, height: 36), Size(width: 160, height: 45)])
    func theEnglishInterfaceIsEnglish(size: Size) throws {
        for member in ["王芳", "马门岗", "周主管", "赵经理", "钱科长"] {
            let console = try ConsoleDriver(as: member, language: .english, size: size)
            try console.estate.do("visitor.arrive", ["name": "Ann", "host": "3-2-501", "purpose": "visit"])
            let request = try console.estate.do(
                "request.open", ["class": "complaint", "unit": "3-2-501", "text": "noise"])
            try console.estate.do("request.complete", ["request": request])
            try console.estate.do("request.open", ["class": "event", "unit": "3-2-501", "text": "party"])
            _ = console.controller.catchUp()
            for pane in 2...7 {
                console.press("F\(pane)")
                // The words of the script are the handbook's, which stays Chinese.
                for key in ["Esc", "F1", "F9", "Ctrl-T", "Space", "Enter"]
                where console.controller.session.focus != "calls" || key != "Enter" {
                    console.press(key)
                    #expect(chinese(in: console.lines) == [], "\(member), F\(pane), \(key)")
                    console.press("Esc", "Esc")
                }
                // Reasons appear in the status bar.
                for key in ["F8", "Ctrl-R", "Ctrl-E", "Ctrl-B", "Ctrl-O", "Ctrl-N"] {
                    console.press(key)
                    #expect(chinese(in: [console.lines[0]]) == [], "\(member), F\(pane), \(key)")
                    console.press("Esc", "Esc")
                }
            }
        }
    }

    @Test func formsAreEnglishToo() throws {
        let console = try ConsoleDriver(as: "赵经理", language: .english)
        // What is suggested for a field comes from the handbook.
        let handbook = console.store.estate.handbook
        let hours = AgreeRenovation.proposals(
            with: [:], to: "S01", in: console.store.estate, at: console.store.now)["hours"]
        let suggested =
            handbook.incidents.kinds + handbook.inspections.names.compactMap { handbook.template(named: $0)?.title }
            + handbook.gate.places + console.store.estate.patrolRoutes.map(\.name)
            + handbook.reconciliation.accounts.map(\.name) + [hours].compactMap { $0 }
            + handbook.matters.departments + handbook.training.topics
        // The questionnaire is the handbook's, over several lines.
        for action in Estate.actions where action != PlanSurvey.self {
            console.press("F9")
            console.type(action.name)
            console.press("Enter")
            #expect(chinese(in: console.lines, without: suggested) == [], "\(action.name)")
            console.press("Esc", "Esc")
        }
    }

    @Test func theCallScriptKeepsThePrescribedWordsInBothLanguages() throws {
        for language in [Language.chinese, .english] {
            let console = try ConsoleDriver(as: "王芳", language: language)
            console.press("Enter", "Enter")
            console.expect("您好，翠湖花园")
            console.press("Enter")
            console.expect("谢谢，再见！")
            #expect(
                chinese(in: [console.lines[0], console.lines[1], console.lines[35]]).isEmpty == (language == .english))
        }
    }

    // MARK: Mouse

    @Test(arguments: [Size(width: 80, height: 24), Size(width: 120, height: 36)])
    func aClickSelectsTheRowUnderIt(size: Size) throws {
        let console = try busy(as: "马门岗", size: size)
        let y = try #require(console.lines.firstIndex { $0.contains("𠮷野家") })
        console.controller.send(.mouse(Mouse(.press(.left), at: Point(x: 20, y: y))))
        console.press("Enter")
        console.expect("𠮷野家👨👩👧（3-2-601）现在离场？")
    }
}

extension PictureTests {
    /// The wheel moves the list it is turned over, and counts no rings.
    @Test func theWheelMovesTheListUnderIt() throws {
        let console = try busy(as: "马门岗", size: Size(width: 120, height: 36))
        let y = try #require(console.lines.firstIndex { $0.contains("F4") })
        console.controller.send(.mouse(Mouse(.wheelDown, at: Point(x: 110, y: y + 2))))
        console.press("Enter")
        console.expect("张三（3-2-501）现在离场？")
        console.press("Esc")
        console.controller.send(.mouse(Mouse(.wheelDown, at: Point(x: 10, y: 5))))
        console.press("Enter")
        console.expect("𠮷野家👨👩👧（3-2-601）现在离场？")
    }

    @Test func theWheelCountsNoRings() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.press("Enter", "Enter")
        console.controller.send(.mouse(Mouse(.wheelUp, at: Point(x: 10, y: 5))))
        console.expect("响铃 1 声")
    }
}
