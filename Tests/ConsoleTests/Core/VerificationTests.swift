import Journal
import Screen
import Testing

@testable import Console
@testable import Estate

@Suite struct VerificationTests {
    @Test func anIntactJournalIsReportedInTheStatusBar() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.check()
        let count = try Verification(of: console.estate.folder).lines
        #expect(console.lines[0].contains("✓ 日志完好：\(count) 行"))
        #expect(console.grid[40, 0].style.ground != .danger)
        console.estate.clock.pass(seconds: 5)
        #expect(console.controller.catchUp())
        console.expectNot("日志")
        // Nothing is left to wait for.
        #expect(console.controller.awaited.isEmpty && !console.controller.catchUp())
    }

    @Test func helpIsSearchedInBothLanguagesAndByKey() throws {
        for words in ["hdrz", "核对", "check the j", "verify"] {
            let console = try ConsoleDriver(as: "马门岗")
            console.press("F9")
            console.type(words)
            console.expect("Ctrl-Y", near: "核对日志")
            console.press("Enter")
            #expect(console.controller.verification != nil)
            console.awaitVerification()
        }
        let console = try ConsoleDriver(as: "马门岗", language: .english)
        console.press("F1")
        console.type("check the j")
        console.press("Enter")
        console.awaitVerification()
        console.expect("the journal is intact")
    }

    @Test func whatTheConsoleHasReadIsComparedWithTheFile() throws {
        let console = try ConsoleDriver(as: "马门岗")
        console.check()
        console.expect("日志完好")
        try console.rewriteJournal()
        console.check()
        console.expect("记录被改写过")
        console.expect("拿最近的备份比对")
        #expect(!console.screen.contains("完好："))
        // It does not forget when it reads the file again.
        console.press("Esc")
        console.check()
        console.expect("记录被改写过")
    }

    @Test func aGaugeShowsTheProgressOfTheCheck() throws {
        let steps = VerificationSteps()
        let console = try ConsoleDriver(as: "马门岗", verify: steps.verify)
        console.press("Ctrl-Y")
        #expect(console.lines[0].contains("核对日志  ────────   0%"))
        steps.go(to: 0.25)
        #expect(console.controller.catchUp())
        #expect(console.lines[0].contains("核对日志  ██──────  25%"))
        console.expect("翠湖花园", near: "09:00")

        // Keys work as always.
        console.press("F8")
        console.type("张三")
        steps.go(to: 0.5)
        #expect(console.controller.catchUp())
        #expect(console.lineOfCaret.contains("张三"))
        console.type("丰")
        console.fill("房号/被访人", "3-2-501")
        console.fill("事由", "快递")
        console.press("Ctrl-S")
        console.expectRow(GateView.self) { $0.name == "张三丰" }
        console.estate.clock.pass(seconds: 5)
        steps.go(to: 0.505)
        _ = console.controller.catchUp()
        #expect(console.lines[0].contains("核对日志  ████────  50%"))
        #expect(!console.controller.catchUp(), "what cannot be seen is no news")

        steps.finish()
        console.awaitVerification()
        #expect(console.lines[0].contains("日志完好"))
        console.estate.clock.pass(seconds: 5)
        _ = console.controller.catchUp()
        #expect(!console.lines[0].contains("核对日志"))
    }

    @Test func onlyOneCheckRunsAtATime() throws {
        let steps = VerificationSteps()
        let console = try ConsoleDriver(as: "马门岗", verify: steps.verify)
        console.press("Ctrl-Y")
        steps.go(to: 0.43)
        _ = console.controller.catchUp()
        let first = console.controller.verification
        console.press("Ctrl-Y")
        #expect(console.lines[0].contains("正在核对日志"))
        #expect(console.controller.verification === first)
        console.press("F9")
        console.type("核对日志")
        console.expect("正在核对日志")
        console.press("Enter", "Esc")
        #expect(console.controller.verification === first)
        steps.finish()
        console.awaitVerification()
        console.press("Ctrl-Y")
        #expect(console.controller.verification != nil)
        steps.finish()
        console.awaitVerification()
        console.expect("日志完好")
    }

    @Test(arguments: ["F10", "nobody is left"]) func quittingStopsTheCheck(how: String) throws {
        let steps = VerificationSteps()
        var console: ConsoleDriver? = try ConsoleDriver(as: "马门岗", verify: steps.verify)
        console?.press("Ctrl-Y")
        steps.go(to: 0.1)
        #expect(!steps.wasStopped)
        let work = console?.controller.verification
        if how == "F10" {
            console?.press("F10")
            console?.estate.clock.pass(seconds: 1)
            console?.press("Enter")
        } else {
            console = nil
        }
        steps.go(to: 0.2)
        #expect(steps.wasStopped)
        work?.wait()
        if let console {
            #expect(console.controller.isOver && console.controller.catchUp())
            console.expectNot("日志完好")
        }
    }

    @Test func aFailedCheckIsReported() throws {
        let console = try ConsoleDriver(as: "马门岗") { folder, _, _ in throw JournalError.missing(folder: folder) }
        console.press("Ctrl-Y")
        console.awaitVerification()
        #expect(console.lines[0].contains("没有小区数据") && console.grid[40, 0].style.ground == .danger)
    }

    @Test(arguments: PictureTests.sizes) func theGaugeIsInSightOnEveryScreen(size: Size) throws {
        let steps = VerificationSteps()
        let console = try ConsoleDriver(as: "王芳", size: size, verify: steps.verify)
        console.press("Ctrl-Y")
        steps.go(to: 1)
        _ = console.controller.catchUp()
        #expect(console.lines[0].contains("████████ 100%"))
        #expect(console.lines[0].contains("09:00"))
        steps.finish()
        console.awaitVerification()
    }
}
