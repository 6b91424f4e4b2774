import Screen
import Testing

@testable import Console
@testable import Estate

/// 练习: five minutes before the shift, two keys a plate.
@Suite struct DrillLayerTests {
    private func desk(as member: String = "马门岗") throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: member, size: Size(width: 80, height: 24))
        try console.estate.do("vehicle.add", ["plate": "浙B67890", "unit": "3-2-601"])
        _ = console.controller.catchUp()
        console.show("drills")
        return console
    }

    @Test func endingThenAnswerThenTheNext() throws {
        let console = try desk()
        console.expect("还没有练过")
        console.press("Enter")
        console.expect("尾号  2345")
        console.expect("已答 0 · 待复习 0 · 新 2")
        console.expectNot("李四")
        console.press("Enter")
        console.expect("浙A12345", near: "李四（业主）")
        console.expect("1 不记得", near: "2 记得")
        console.press("2")
        console.expect("尾号  7890")
        console.expect("已答 1 · 待复习 0 · 新 1")
        console.press("Space", "1")
        #expect(console.rows(DrillsView.self).map(\.card.recall.answers) == [1, 1])
    }

    @Test func theKeyThatShowsTheAnswerGivesNone() throws {
        let console = try desk()
        console.press("Enter")
        console.expectNothingRecorded { console.press("1", "2", "Enter", "Enter", "Enter") }
        console.expect("浙A12345")
    }

    @Test func digitsAndSpacesOfAnInputMethodWork() throws {
        let console = try desk()
        console.press("Enter", "　", "２")
        #expect(console.rows(DrillsView.self).count == 1)
        console.expect("尾号  7890")
    }

    @Test func itCanBeStoppedAtAnyTimeAndEnds() throws {
        let console = try desk()
        console.press("Enter", "Enter", "Esc")
        #expect(console.controller.session.layers.isEmpty && console.rows(DrillsView.self).isEmpty)
        console.press("Enter")
        // Both plates through both of their steps.
        for _ in 0..<4 {
            console.press("Enter", "2")
            console.estate.clock.pass(seconds: 700)
        }
        console.expect("今天练完了")
        console.expect("这次答了 4 张")
        console.press("Enter")
        #expect(console.controller.session.layers.isEmpty)
        console.expect("浙A12345", near: "复习")
    }

    @Test func aMemberSeesTheirOwnCardsAndASupervisorAll() throws {
        let console = try desk()
        try console.estate.do("drill.answer", ["plate": "浙B67890", "result": "good"], by: "S02")
        _ = console.controller.catchUp()
        console.expectNot("浙B67890")
        let other = try ConsoleDriver(console.estate, as: "周主管", size: Size(width: 80, height: 24))
        other.show("drills")
        other.expect("浙B67890", near: "王芳")
    }

    @Test func whoHasNoPartInItIsTold() throws {
        let console = try desk(as: "孙财务")
        console.press("Enter")
        #expect(console.controller.session.layers.isEmpty)
    }
}
