import Screen
import Testing

@testable import Console
@testable import Estate

@Suite struct BoardTests {
    @Test func betweenCallsTheBoardTellsTodaysNoticesAndWhatIsDue() throws {
        let console = try ConsoleDriver(as: "王芳", size: Size(width: 80, height: 24))
        console.open("calls")
        console.expectNot("今日牌")
        try console.estate.do("notice.post", ["text": "东区停水到 17:00", "until": "2026-11-24"])
        try console.estate.do("matter.pass", ["to": "工程", "what": "灯", "due": "2026-11-23"])
        _ = console.controller.catchUp()
        console.expect("今日牌")
        console.expect("东区停水到 17:00", near: "到 11-24")
        console.expect("今天到期", near: "部门回话 1")
        console.at("2026-11-25 09:00")
        console.expectNot("东区停水")
    }

    @Test func anAnswerIsOfferedByTheWordsOfADemandAndEnterPutsItIn() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.takeCall()
        console.type("月卡怎么办")
        console.expect("常见问答", near: "月卡怎么办")
        console.press("Enter", "Enter", "Down")
        console.expect("照此答复")
        console.press("Enter")
        console.expect("请带房产证明或租约")
        console.press("Ctrl-S")
        console.expectRow(DemandsView.self) { $0.note?.contains("行驶证") == true }
    }
}
