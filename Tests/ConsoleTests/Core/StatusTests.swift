import Screen
import Testing

@testable import Console
@testable import Estate

/// The status bar and the hints.
@Suite struct StatusTests {
    static let sizes = [Size(width: 80, height: 24), Size(width: 120, height: 36)]

    @Test(arguments: sizes, [Language.chinese, .english])
    func clockAndNameStayBesideANotice(size: Size, language: Language) throws {
        let console = try ConsoleDriver(as: "马门岗", language: language, size: size)
        console.open("calls")
        console.press("Enter")
        let reason = console.controller.session.notice?.text ?? ""
        // A long notice takes further rows, from the column where it begins to the clock.
        let grid = console.grid
        let start = (0..<size.width).first { grid[$0, 0].text == "✗" } ?? 0
        let top = (0..<3).map { y in
            grid.row(y).dropFirst(start).dropLast(7).reduce(into: "") { $0 += $1.text }
        }.joined().filter { !$0.isWhitespace }
        #expect(reason.split(separator: " ").allSatisfy { top.contains($0) }, "\(console.screen)")
        #expect(console.lines[0].contains("马门岗") && console.lines[0].contains("09:00"))
    }

    @Test func noticeAtTheStartIsShownOnce() throws {
        let notice = Label("Not UTF-8 (GBK): 请改 UTF-8", en: "not UTF-8 (GBK)")
        let console = try ConsoleDriver(as: "马门岗", size: Self.sizes[0], notice: notice)
        #expect(console.lines[0].contains("Not UTF-8 (GBK)"))
        console.estate.clock.pass(seconds: 600)
        _ = console.controller.catchUp()
        console.expectNot("Not UTF-8")
    }

    @Test func aGuardsBarIsThatOfTheGate() throws {
        let console = try ConsoleDriver(as: "马门岗")
        try console.estate.do("shift.open", ["post": "东门", "staff": "S03"])
        try console.estate.do("visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "快递"])
        let request = try console.estate.do("request.open", ["class": "complaint", "unit": "3-2-501", "text": "吵"])
        try console.estate.do("request.complete", ["request": request])
        console.at("2026-12-10 15:00")
        let bar = console.lines[0]
        #expect(bar.contains("当班 东门") && bar.contains("在场 1") && bar.contains("超时 1"), "\(bar)")
        #expect(!bar.contains("回访") && !bar.contains("逾期") && !bar.contains("欠费"), "\(bar)")
        let desk = try ConsoleDriver(console.estate, as: "王芳")
        #expect(desk.lines[0].contains("逾期 1"), "\(desk.lines[0])")
    }

    /// A hint that cannot be used now is faint, not gone.
    @Test func aHintThatCannotBeUsedIsFaint() throws {
        let console = try ConsoleDriver(as: "马门岗")
        #expect(console.lines[35].contains("Enter 离场"))
        #expect(console.styles(of: "离场").contains { $0.tone == .faint })
        try console.estate.do("visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "快递"])
        _ = console.controller.catchUp()
        #expect(console.styles(of: "离场").allSatisfy { $0.tone == .text })
        // What another role does is no hint.
        console.open("calls")
        #expect(!console.lines[35].contains("下一步"))
    }

    @Test func helpTellsOfKeysThatCannotBeUsedAndWhy() throws {
        let console = try ConsoleDriver(as: "马门岗", size: Size(width: 120, height: 45))
        console.press("F1")
        console.type("离场")
        console.expect("离场", near: "Enter")
        console.expect("离场", near: "没有")
    }

    @Test func thePaletteShowsNoScriptNames() throws {
        let console = try ConsoleDriver(as: "赵经理")
        console.press("F9")
        for action in Estate.actions {
            console.paste(action.name)
            // The field itself has the typed name.
            #expect(console.lines.count { $0.contains(action.name) } == 1, "\(action.name)")
            console.press("Ctrl-U")
        }
    }
}
