import Screen
import Testing

@testable import Console
@testable import Estate

/// 巡逻: the buildings drawn, one Enter a point.
@Suite struct PatrolWalkTests {
    private func guardAtTheList(size: Size = Size(width: 80, height: 24)) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: "马门岗", size: size)
        console.show("patrols")
        return console
    }

    private func walking(size: Size = Size(width: 80, height: 24)) throws -> ConsoleDriver {
        let console = try guardAtTheList(size: size)
        console.press("Ctrl-N")
        return console
    }

    private func progress(_ console: ConsoleDriver) throws -> PatrolProgress {
        let patrol = try #require(console.store.estate.patrols.all.values.last)
        return console.store.estate.progress(of: patrol)
    }

    /// Presses Enter as somebody does who walks from point to point.
    private func check(_ console: ConsoleDriver, times: Int = 1) {
        for _ in 0..<times {
            console.estate.clock.pass(seconds: 60)
            console.press("Enter")
        }
    }

    @Test func oneKeyStartsAndOneEnterAPointAsksNothing() throws {
        let console = try walking()
        console.expect("巡逻 · 全区  马门岗  进行中", near: "0/8 点")
        console.expect("3栋顶层", near: "下一点")
        check(console)
        #expect(try progress(console).marks.map(\.check.point) == ["3栋顶层"])
        console.expect("✓ 09:01")
        console.expect("3栋3层", near: "下一点")
        check(console, times: 7)
        #expect(try progress(console).count == 8)
        console.expect("8/8 点")
        console.press("Ctrl-E")
        // Nothing was missed, so nothing is asked.
        #expect(console.store.estate.patrols.all.values.last?.finished != nil)
    }

    @Test func arrowsChooseAndWhatIsPassedOverIsNamed() throws {
        let console = try walking()
        console.press("Right")
        console.expect("5栋", near: "─")
        console.press("Down", "Down")
        check(console)
        let point = try #require(try progress(console).marks.last?.check.point)
        #expect(point.hasPrefix("5栋"))
        console.expect("漏 ", near: "3栋顶层、3层、大堂")
        console.expect("✗ 漏")
        console.press("Ctrl-E")
        console.expect("全区还有 7 个点没到，结束巡逻？")
        console.expect("漏点：", near: "3栋顶层、3层、大堂；5栋")
        console.agree()
        #expect(console.store.estate.patrols.all.values.last?.finished != nil)
        console.expect("已完成")
        console.press("Esc")
        console.expect("全区", near: "漏 7")
    }

    @Test func aHeldEnterReachesOnePoint() throws {
        let console = try walking()
        console.holdEnter()
        #expect(try progress(console).marks.count == 1)
        console.deliver(.key(.enter), after: 1500)
        console.deliver([], after: 100)
        #expect(try progress(console).marks.count == 2)
    }

    @Test func aPointIsReachedTwiceOnlyIfAskedFor() throws {
        let console = try walking()
        check(console)
        console.press("Home", "Enter")
        console.expect("3栋顶层 09:01 打过点，再打一次？不另计")
        console.agree()
        #expect(try progress(console).points(.repeated) == ["3栋顶层"])
        console.expect("重")
    }

    @Test func theWalkGoesOnWhereItWasLeft() throws {
        let console = try walking()
        check(console, times: 2)
        console.press("Esc")
        console.expect("进行中", near: "2/8")
        console.press("Ctrl-N")
        console.expect("3栋大堂", near: "下一点")
        #expect(console.store.estate.patrols.all.count == 1)
    }

    @Test func anothersPatrolIsOnlyLookedAt() throws {
        let console = try guardAtTheList()
        try console.estate.do("shift.open", ["post": "东门", "staff": "S04"], by: "S04")
        try console.estate.do("patrol.start", ["route": "全区"], by: "S04")
        _ = console.controller.catchUp()
        console.press("Enter")
        console.expect("周主管")
        console.expectNothingRecorded { console.press("Enter") }
        console.expect("这是 周主管 的巡逻")
    }

    @Test func aReadersPointAppearsByItself() throws {
        let console = try walking()
        let other = try console.estate.secondStore()
        console.estate.clock.pass(seconds: 60)
        _ = try other.perform(CheckPatrol(route: "全区", point: "3栋顶层"), by: "S03")
        _ = console.controller.catchUp()
        console.expect("1/8 点")
        console.expect("3栋3层", near: "下一点")
    }

    @Test func severalRoutesAreChosenByADigit() throws {
        let console = try ConsoleDriver(
            as: "马门岗", size: Size(width: 80, height: 24),
            handbook: ["patrols.json": #"{"policy":{"points":["地库"],"routes":[{"name":"东线","points":["东门","车库"]}]}}"#])
        console.show("patrols")
        console.press("Ctrl-N")
        console.expect("1 东线", near: "2 个点")
        console.press("2")
        console.expect("地库")
        console.press("End")
        check(console)
        #expect(try progress(console).marks.map(\.check.point) == ["地库"])
    }

    @Test func aRouteWithoutBuildingsIsWalkedToo() throws {
        let console = try ConsoleDriver(
            as: "马门岗", size: Size(width: 80, height: 24),
            handbook: ["patrols.json": #"{"policy":{"routes":[{"name":"东线","points":["东门","车库"]}]}}"#])
        try console.estate.do("patrol.start", ["route": "东线"], by: "S03")
        _ = console.controller.catchUp()
        console.show("patrols")
        console.press("Ctrl-N")
        console.expect("▸ 东门")
        check(console, times: 2)
        #expect(try progress(console).count == 2)
    }

    /// Six buildings of eighteen floors, at the smallest screen and at a large one: nothing is cut.
    @Test(arguments: [Size(width: 80, height: 24), Size(width: 120, height: 36), Size(width: 160, height: 45)])
    func sixTowersFit(size: Size) throws {
        let console = try ConsoleDriver(as: "马门岗", size: size)
        for building in [1, 2, 3, 4, 5, 6] { try console.estate.do("unit.add", ["unit": "\(building)-1-1802"]) }
        _ = console.controller.catchUp()
        console.show("patrols")
        console.press("Ctrl-N")
        for building in 1...6 { console.expect(" \(building)栋 ") }
        console.expect("18层")
        console.expect("大堂")
        console.expectNot("…")
        check(console, times: 3)
        console.expect("✓ 09:03")
    }

    @Test func linearModeReadsThePointsAndTakesTheirNumbers() throws {
        let console = try walking()
        let layer = try #require(console.controller.session.layers.last as? PatrolLayer)
        let context = console.controller.context
        #expect(layer.spoken(context).contains("1（选中） 3栋顶层，下一点"))
        #expect(layer.keys(answering: "3", context) == [.home, .tab, .tab])
        #expect(layer.keys(answering: "", context) == [.enter] && layer.keys(answering: "9", context) == nil)
    }
}
