import Screen
import Testing

@testable import Console
@testable import Estate

@Suite struct CellTests {
    private func context(_ estate: TestEstate, language: Language = .chinese) -> Context {
        Context(
            estate: estate.store.estate, now: estate.store.now, language: language,
            member: estate.store.estate.staff.member("S01"), hasFullHistory: true)
    }

    private func draw(_ layer: any Layer, _ estate: TestEstate, width: Int, height: Int) -> Grid {
        var grid = Grid(size: Size(width: width, height: height))
        layer.draw(into: &grid, rect: grid.bounds, context(estate))
        return grid
    }

    /// The text of a grid without frames and blanks, as it reads on.
    private func words(_ grid: Grid) -> String {
        grid.lines.joined().filter { !" │─╭╮╰╯".contains($0) }
    }

    // MARK: Layers

    private func question(_ text: String) -> ConfirmLayer {
        ConfirmLayer(question: Label(text, en: text), yes: Label("离场", en: "leaves"), intent: .effect(.quit))
    }

    @Test(arguments: [60, 40, 34]) func aQuestionIsAskedInFull(width: Int) throws {
        let text = "楼上夜里装修太吵，门口堆放建筑垃圾，电梯里没有灯，现在已经全部办完了吗？"
        let grid = draw(question(text), try TestEstate(), width: width, height: 16)
        #expect(words(grid).contains(text))
        #expect(words(grid).contains("Enter离场"))
        #expect(words(grid).contains("Esc返回"))
    }

    @Test func onlyEnterSaysYes() throws {
        let estate = try TestEstate()
        var layer = question("离场？")
        for key in [Key.character("y"), .character(" "), .tab, .function(8), .control("s"), .down] {
            guard case .ignored = layer.handle(.key(key), context(estate)) else {
                Issue.record("\(key) is an answer")
                continue
            }
        }
        guard case .ignored = layer.handle(.paste("\n"), context(estate)) else {
            Issue.record("pasted text is an answer")
            return
        }
        guard case .dismissed = layer.handle(.key(.enter), context(estate)) else {
            Issue.record("Enter is none")
            return
        }
    }

    @Test func detailsScroll() throws {
        let estate = try TestEstate()
        var layer = DetailLayer(title: "详情", lines: (1...30).map { Line("第\($0)行") })
        #expect(words(draw(layer, estate, width: 40, height: 10)).contains("第1行"))
        for _ in 0..<10 { _ = layer.handle(.key(.down), context(estate)) }
        let grid = draw(layer, estate, width: 40, height: 10)
        #expect(words(grid).contains("第11行"))
        #expect(!words(grid).contains("第10行"))
    }

    // MARK: Forms

    @Test func theCursorStandsBehindWhatIsTyped() throws {
        let console = try ConsoleDriver(as: "马门岗")
        console.press("F8")
        console.type("张三")
        let grid = console.grid
        let cursor = try #require(grid.cursor)
        #expect(grid[cursor.x - 2, cursor.y].text == "三")
        console.press("Left")
        #expect(console.grid.cursor == Point(x: cursor.x - 2, y: cursor.y))
        console.press("Home")
        #expect(console.grid.cursor == Point(x: cursor.x - 4, y: cursor.y))
    }

    @Test func aTextLongerThanItsFieldKeepsTheCaretInSight() throws {
        let console = try ConsoleDriver(as: "马门岗", size: Size(width: 60, height: 16))
        console.press("F8")
        console.type(String(repeating: "很长的名字", count: 30) + "末")
        #expect(console.lineOfCaret.contains("末"))
        let cursor = try #require(console.grid.cursor)
        #expect(cursor.x < 60)
        #expect(console.lineOfCaret.contains("姓名"))
    }

    @Test func anErrorStandsBelowItsFieldAndIsMarkedByASign() throws {
        let console = try ConsoleDriver(as: "孙财务")
        console.open("fees")
        console.press("Enter")
        console.fill("金额", "abc")
        console.press("Ctrl-S")
        let lines = console.lines
        let field = try #require(lines.firstIndex { $0.contains("金额 *") })
        let error = try #require(lines.firstIndex { $0.contains("不是金额") })
        let next = try #require(lines.lastIndex { $0.contains("所付账单") })
        #expect(field < error && error < next)
        #expect(lines[error].contains("✗"))
        #expect(console.styles(of: "✗ “abc”").first?.tone == .danger)
    }

    @Test func everyFieldOfAFormCanBeBroughtInSight() throws {
        let console = try ConsoleDriver(as: "赵经理", size: Size(width: 60, height: 16))
        console.open("gate")
        console.press("F8", "Ctrl-S")
        for field in ["姓名", "房号/被访人", "事由", "车牌", "电话", "人数", "证件"] {
            console.go(to: field)
            #expect(console.lineOfCaret.contains(field))
        }
    }

    @Test func aChoiceIsMarkedBySignAndColour() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.open("requests")
        console.press("F8")
        console.go(to: "类别")
        console.press("Right", "Right")
        #expect(console.line(with: "类别").contains("✓零星维修"))
        #expect(!console.line(with: "类别").contains("✓投诉"))
        #expect(console.styles(of: "零星维修").first?.ground != console.styles(of: "维修工程").first?.ground)
    }

    @Test func aSuggestionIsMarkedByItsGround() throws {
        let console = try ConsoleDriver(as: "马门岗")
        console.press("F8", "Tab")
        console.type("ls")
        #expect(console.styles(of: "3-2-501  李四").first?.ground == .selected)
        #expect(console.styles(of: "3-2-501  李小四").first?.ground != .selected)
    }

    // MARK: Panes

    @Test func onlyThePaneWithTheKeyboardHasASelectedRow() throws {
        let console = try ConsoleDriver(as: "孙财务")
        #expect(console.lines.count { $0.contains("▌") } == 1)
        #expect(console.styles(of: "3-2-501").first?.ground == .selected)
        console.open("followups")
        #expect(console.styles(of: "3-2-501").first?.ground != .selected)
        #expect(!console.sees("▌"))
    }

    @Test func errorsAreRedAndSuccessIsGreen() throws {
        let console = try ConsoleDriver(as: "马门岗")
        console.open("fees")
        console.press("Enter")
        #expect(console.grid[40, 0].style.ground == .danger)
        #expect(console.lines[0].contains("✗"))
        console.open("gate")
        console.press("F8")
        console.fill("姓名", "张三")
        console.fill("房号/被访人", "3-2-501")
        console.fill("事由", "快递")
        console.press("Ctrl-S")
        #expect(console.grid[40, 0].style.ground != .danger)
        #expect(console.lines[0].contains("✓"))
    }

    @Test func footerDimsKeysThatCannotBeUsed() throws {
        let console = try ConsoleDriver(as: "马门岗")
        #expect(console.styles(of: "Enter 离场").first?.tone == .faint)
        #expect(console.styles(of: "F8 新建").first?.tone == .key)
    }

    @Test(arguments: [(1, Tone.accent), (3, .warning), (4, .danger)])
    func ringsAreColouredByTheStandard(rings: Int, tone: Tone) throws {
        let console = try ConsoleDriver(as: "王芳")
        console.press("Enter", "Enter")
        console.press("Up", times: rings - 1)
        #expect(console.styles(of: "响铃 \(rings) 声").first?.tone == tone)
        console.press("Enter")
        console.expect("\(rings) 声接听 \(rings > 3 ? "✗" : "✓")")
    }

    @Test func theScriptMarksWhatIsDone() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.press("Enter", "Enter")
        console.expect("▸", near: "接听")
        console.press("Enter")
        console.expect("✓", near: "问候")
        console.expect("▸", near: "逐条记录")
        console.type("漏水")
        console.press("Enter")
        console.expect("✓", near: "逐条记录")
        console.press("Ctrl-B", "Down", "Enter")
        console.expect("▸", near: "继续通话")
        console.press("Ctrl-B", "Enter")
        console.expect("✗", near: "暂停通话")
    }

    @Test(arguments: [("2026-11-23 08:30", "早上好"), ("2026-11-23 14:00", "下午好")])
    func theGreetingFitsTheHour(now: String, greeting: String) throws {
        let console = try ConsoleDriver(as: "王芳", now: now)
        console.press("Enter", "Enter")
        console.expect(greeting)
    }

    /// The input line stays in sight below any number of demands.
    @Test(arguments: [Size(width: 60, height: 16), Size(width: 100, height: 28)])
    func theNextDemandIsAlwaysTypedInSight(size: Size) throws {
        let console = try ConsoleDriver(as: "王芳", size: size)
        console.press("F8")
        console.fill("号码", "13800001111")
        console.press("Ctrl-S", "Enter")
        for number in 1...20 {
            console.type("诉求\(number)号")
            #expect(console.lineOfCaret.contains("诉求\(number)号"))
            console.press("Enter")
        }
        console.press("Up", times: 17)
        #expect(console.styles(of: "诉求4号").first?.ground == .selected)
        console.press("Down", times: 17)
        console.type("末了")
        #expect(console.lineOfCaret.contains("末了"))
    }

    @Test(arguments: [(60, 16), (80, 24), (120, 36)])
    func howLongAVisitorStaysIsReadable(width: Int, height: Int) throws {
        for (language, inside, left) in [
            (Language.chinese, "在场 0:25", "昨日 09:25"), (.english, "inside 0:25", "left 11-23"),
        ] {
            let console = try ConsoleDriver(as: "马门岗", language: language, size: Size(width: width, height: height))
            let visit = try console.estate.do("visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "快递"])
            console.at("09:25")
            console.expect(inside, near: "张三")
            try console.estate.do("visitor.leave", ["visit": visit])
            console.at("2026-11-24 08:00")
            console.expect(left, near: "张三")
        }
    }

    @Test func amountsAndPhonesAreShownAsTheyShould() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.press("F8")
        console.fill("号码", "13800001111")
        console.press("Ctrl-S")
        console.expect("李四", near: "138****1111")
        console.expectNot("13800001111")
    }
}
