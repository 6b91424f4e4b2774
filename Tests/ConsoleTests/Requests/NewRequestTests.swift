import Screen
import Testing

@testable import Console
@testable import Estate

/// A new request: where, what, and the class that the words tell.
@Suite struct NewRequestTests {
    private func form() throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: "王芳", size: Size(width: 80, height: 24))
        console.open("requests")
        console.press("F8")
        return console
    }

    private func expectLeak(_ console: ConsoleDriver) {
        console.expectRow(RequestsView.self) {
            $0.unit.text == "3-2-501" && $0.text == "厨房漏水" && $0.class == .minorRepair
        }
    }

    /// Unit, words, and it is sent: four keys besides.
    @Test func theUnitAndTheWordsAreEnough() throws {
        let console = try form()
        console.type("32501")
        console.press("Enter")
        console.type("厨房漏水")
        console.press("Ctrl-S")
        expectLeak(console)
    }

    @Test func whatIsSaidInOneLineIsParted() throws {
        let console = try form()
        console.type("3-2-501厨房漏水")
        console.press("Enter")
        console.expect("3-2-501", near: "房号")
        console.expect("厨房漏水", near: "内容")
        console.expect("猜：零星维修（“漏水”），请核对")
        console.press("Ctrl-S")
        expectLeak(console)
    }

    /// Words alone are not lost: they go where they belong, and the unit is asked for.
    @Test func wordsInTheFirstFieldGoToTheText() throws {
        let console = try form()
        console.type("厨房漏水")
        console.press("Enter")
        console.expect("厨房漏水", near: "内容")
        #expect(console.lineOfCaret.contains("房号") && !console.lineOfCaret.contains("厨房漏水"))
        console.type("32501")
        console.press("Ctrl-S")
        expectLeak(console)
    }
}
