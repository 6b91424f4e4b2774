import Screen
import Testing

@testable import Console
@testable import Estate

@Suite struct CellTests {
    private func context(_ estate: SmallEstate, language: Language = .chinese) -> Context {
        Context(
            estate: estate.store.estate, now: estate.store.now, language: language,
            member: estate.store.estate.staff.member("S01"))
    }

    private func draw(_ layer: any Layer, _ estate: SmallEstate, width: Int, height: Int) -> Grid {
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
        ConfirmLayer(question: Label(text, en: text), yes: Label("离场", en: "leaves"), effects: [.quit])
    }

    @Test(arguments: [60, 40, 34]) func aQuestionIsAskedInFull(width: Int) throws {
        let text = "楼上夜里装修太吵，门口堆放建筑垃圾，电梯里没有灯，现在已经全部办完了吗？"
        let grid = draw(question(text), try SmallEstate(), width: width, height: 16)
        #expect(words(grid).contains(text))
        #expect(words(grid).contains("Enter离场"))
        #expect(words(grid).contains("Esc返回"))
    }

    @Test func onlyEnterSaysYes() throws {
        let estate = try SmallEstate()
        var layer = question("离场？")
        for key in [Key.character("y"), .character(" "), .tab, .function(8), .control("s"), .down] {
            guard case .stay = layer.handle(.key(key), context(estate)) else {
                Issue.record("\(key) is an answer")
                continue
            }
        }
        guard case .stay = layer.handle(.paste("\n"), context(estate)) else {
            Issue.record("pasted text is an answer")
            return
        }
        guard case .leave = layer.handle(.key(.enter), context(estate)) else {
            Issue.record("Enter is none")
            return
        }
    }

    @Test func detailsScroll() throws {
        let estate = try SmallEstate()
        var layer = DetailLayer(title: "详情", lines: (1...30).map { Line("第\($0)行") })
        #expect(words(draw(layer, estate, width: 40, height: 10)).contains("第1行"))
        for _ in 0..<10 { _ = layer.handle(.key(.down), context(estate)) }
        let grid = draw(layer, estate, width: 40, height: 10)
        #expect(words(grid).contains("第11行"))
        #expect(!words(grid).contains("第10行"))
    }

    // MARK: Forms

    @Test func theCursorStandsBehindWhatIsTyped() throws {
        let desk = try Script(as: "马门岗")
        desk.press("F8")
        desk.type("张三")
        let grid = desk.grid
        let cursor = try #require(grid.cursor)
        #expect(grid[cursor.x - 2, cursor.y].text == "三")
        desk.press("Left")
        #expect(desk.grid.cursor == Point(x: cursor.x - 2, y: cursor.y))
        desk.press("Home")
        #expect(desk.grid.cursor == Point(x: cursor.x - 4, y: cursor.y))
    }

    @Test func aTextLongerThanItsFieldKeepsTheCaretInSight() throws {
        let desk = try Script(as: "马门岗", size: Size(width: 60, height: 16))
        desk.press("F8")
        desk.type(String(repeating: "很长的名字", count: 30) + "末")
        #expect(desk.lineOfCaret.contains("末"))
        let cursor = try #require(desk.grid.cursor)
        #expect(cursor.x < 60)
        #expect(desk.lineOfCaret.contains("姓名"))
    }

    @Test func anErrorStandsBelowItsFieldAndIsMarkedByASign() throws {
        let desk = try Script(as: "孙财务")
        desk.press("F5", "Enter")
        desk.fill("金额", "abc")
        desk.press("Ctrl-S")
        let lines = desk.lines
        let field = try #require(lines.firstIndex { $0.contains("金额 *") })
        let error = try #require(lines.firstIndex { $0.contains("不是金额") })
        let next = try #require(lines.lastIndex { $0.contains("账期") })
        #expect(field < error && error < next)
        #expect(lines[error].contains("✗"))
        #expect(desk.styles(of: "✗ “abc”").first?.tone == .danger)
    }

    @Test func everyFieldOfAFormCanBeBroughtInSight() throws {
        let desk = try Script(as: "赵经理", size: Size(width: 60, height: 16))
        desk.press("F6", "F8", "Ctrl-S")
        for field in ["姓名", "房号/被访人", "事由", "车牌", "电话", "人数", "证件"] {
            desk.go(to: field)
            #expect(desk.lineOfCaret.contains(field))
        }
    }

    @Test func theChosenIsToldBySignAndGround() throws {
        let desk = try Script(as: "王芳")
        desk.press("F3", "F8")
        desk.go(to: "类别")
        desk.press("Right", "Right")
        #expect(desk.line(with: "类别").contains("✓零星维修"))
        #expect(!desk.line(with: "类别").contains("✓投诉"))
        #expect(desk.styles(of: "零星维修").first?.ground != desk.styles(of: "维修工程").first?.ground)
    }

    @Test func aSuggestionIsMarkedByItsGround() throws {
        let desk = try Script(as: "马门岗")
        desk.press("F8", "Tab")
        desk.type("ls")
        #expect(desk.styles(of: "3-2-501  李四").first?.ground == .selected)
        #expect(desk.styles(of: "3-2-501  李小四").first?.ground != .selected)
    }

    // MARK: Panes

    @Test func onlyThePaneWithTheKeyboardHasASelectedRow() throws {
        let desk = try Script(as: "孙财务")
        #expect(desk.lines.count { $0.contains("▌") } == 1)
        #expect(desk.styles(of: "3-2-501").first?.ground == .selected)
        desk.press("F4")
        #expect(desk.styles(of: "3-2-501").first?.ground != .selected)
        #expect(!desk.sees("▌"))
    }

    @Test func troubleIsSeenAndSuccessIsQuiet() throws {
        let desk = try Script(as: "马门岗")
        desk.press("F5", "Enter")
        #expect(desk.grid[40, 0].style.ground == .danger)
        #expect(desk.lines[0].contains("✗"))
        desk.press("F6", "F8")
        desk.fill("姓名", "张三")
        desk.fill("房号/被访人", "3-2-501")
        desk.fill("事由", "快递")
        desk.press("Ctrl-S")
        #expect(desk.grid[40, 0].style.ground != .danger)
        #expect(desk.lines[0].contains("✓"))
    }

    @Test func aHintThatCannotBeGivenIsLeftOut() throws {
        let desk = try Script(as: "马门岗")
        desk.expectNot("Enter 离场")
        #expect(desk.styles(of: "F8 新建").first?.tone == .key)
    }

    @Test(arguments: [(1, Tone.accent), (3, .warning), (4, .danger)])
    func ringsAreColouredByTheStandard(rings: Int, tone: Tone) throws {
        let desk = try Script(as: "王芳")
        desk.press("Enter")
        desk.press("Up", times: rings - 1)
        #expect(desk.styles(of: "响铃 \(rings) 声").first?.tone == tone)
        desk.press("Enter")
        desk.expect("\(rings) 声接听 \(rings > 3 ? "✗" : "✓")")
    }

    @Test func theScriptMarksWhatIsDone() throws {
        let desk = try Script(as: "王芳")
        desk.press("Enter")
        desk.expect("▸", near: "接听")
        desk.press("Enter")
        desk.expect("✓", near: "问候")
        desk.expect("▸", near: "逐条记录")
        desk.type("漏水")
        desk.press("Enter")
        desk.expect("✓", near: "逐条记录")
        desk.press("Ctrl-B", "Left", "Ctrl-S")
        desk.expect("▸", near: "恢复通话")
        desk.press("Ctrl-B", "Right", "Ctrl-S")
        desk.expect("✗", near: "中断通话")
    }

    @Test(arguments: [("2026-11-23 08:30", "早上好"), ("2026-11-23 14:00", "下午好")])
    func theGreetingFitsTheHour(now: String, greeting: String) throws {
        let desk = try Script(as: "王芳", now: now)
        desk.press("Enter")
        desk.expect(greeting)
    }

    /// However many demands there are, the line to type in stays in sight.
    @Test(arguments: [Size(width: 60, height: 16), Size(width: 100, height: 28)])
    func theNextDemandIsAlwaysTypedInSight(size: Size) throws {
        let desk = try Script(as: "王芳", size: size)
        desk.press("F8")
        desk.fill("号码", "13800001111")
        desk.press("Ctrl-S", "Enter")
        for number in 1...20 {
            desk.type("诉求\(number)号")
            #expect(desk.lineOfCaret.contains("诉求\(number)号"))
            desk.press("Enter")
        }
        desk.press("Up", times: 17)
        #expect(desk.styles(of: "诉求4号").first?.ground == .selected)
        desk.press("Down", times: 17)
        desk.type("末了")
        #expect(desk.lineOfCaret.contains("末了"))
    }

    @Test(arguments: [(60, 16), (80, 24), (120, 36)])
    func howLongAVisitorStaysIsReadable(width: Int, height: Int) throws {
        for (language, inside, left) in [
            (Language.chinese, "在场 0:25", "昨日 09:25"), (.english, "inside 0:25", "yest. 09:25"),
        ] {
            let desk = try Script(as: "马门岗", language: language, size: Size(width: width, height: height))
            let visit = try desk.estate.do("visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "快递"])
            desk.at("09:25")
            desk.expect(inside, near: "张三")
            try desk.estate.do("visitor.leave", ["visit": visit])
            desk.at("2026-11-24 08:00")
            desk.expect(left, near: "张三")
        }
    }

    @Test func amountsAndPhonesAreShownAsTheyShould() throws {
        let desk = try Script(as: "王芳")
        desk.press("F8")
        desk.fill("号码", "13800001111")
        desk.press("Ctrl-S")
        desk.expect("李四", near: "138****1111")
        desk.expectNot("13800001111")
    }
}
