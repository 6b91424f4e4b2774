import Screen
import Testing

@testable import Console
@testable import Estate

@Suite struct InspectionListTests {
    private func inspect(_ console: ConsoleDriver) throws {
        let inspection = try console.estate.do("inspection.open", ["template": "weekly"], by: "S04")
        try console.estate.do(
            "inspection.mark", ["inspection": inspection, "item": "1.1", "result": "pass"], by: "S04")
        try console.estate.do("inspection.close", ["inspection": inspection], by: "S04")
        _ = console.controller.catchUp()
    }

    @Test func theEmptyListSaysHowManyInspectionsWereMadeThisWeek() throws {
        let console = try ConsoleDriver(as: "周主管", size: Size(width: 80, height: 24))
        console.expect("本周还没有巡检，按 F8 开始")
        try inspect(console)
        console.expect("本周 1/2")
        console.expect("本周已巡检 1/2 次，没有待整改；按 F8 再检")
        try inspect(console)
        console.expect("本周 2/2")
        console.expect("本周已巡检 2/2 次，没有待整改")
        console.expectNot("还没有巡检")
    }

    @Test func aFailedItemIsNamedInTheStatusLine() throws {
        let console = try ConsoleDriver(as: "周主管")
        try console.estate.do("inspection.open", ["template": "weekly"], by: "S04")
        _ = console.controller.catchUp()
        console.press("Ctrl-N")
        console.type("接听晚")
        console.press("Ctrl-S")
        console.expect("✓ 1.1 不合格")
    }

    /// The items are sentences: of the selected one the whole stands below the list, also in a low pane.
    @Test func theSelectedItemIsReadInFull() throws {
        let console = try ConsoleDriver(as: "周主管", size: Size(width: 100, height: 28))
        let item = "1.2  接听先说“您好，翠湖花园”，“翠湖花园”为本"
        console.press("F8", "Ctrl-S")
        console.expectNot(item)
        console.press("Down")
        console.expect(item)
    }
}
