import Journal
import Screen
import Testing

@testable import Console
@testable import Estate

@Suite struct VerificationTests {
    @Test func anIntactJournalIsSaidToBeSoInPassing() throws {
        let desk = try Script(as: "王芳")
        desk.check()
        let count = try Verification(of: desk.estate.folder).lines
        #expect(desk.lines[0].contains("✓ 日志完好：\(count) 行"))
        #expect(desk.grid[40, 0].style.ground != .danger)
        desk.estate.clock.pass(seconds: 5)
        #expect(desk.desk.catchUp())
        desk.expectNot("日志")
        // Nothing is left to wait for.
        #expect(desk.desk.awaited.isEmpty && !desk.desk.catchUp())
    }

    @Test func itIsFoundByItsNameInEveryTongueAndByItsKey() throws {
        for words in ["hdrz", "核对", "check the j", "verify"] {
            let desk = try Script(as: "马门岗")
            desk.press("F9")
            desk.type(words)
            desk.expect("Ctrl-Y", near: "核对日志")
            desk.press("Enter")
            #expect(desk.desk.verification != nil)
            desk.awaitVerification()
        }
        let desk = try Script(as: "马门岗", language: .english)
        desk.press("F1")
        desk.type("check")
        desk.press("Enter")
        desk.awaitVerification()
        desk.expect("the journal is intact")
    }

    @Test func aGaugeShowsHowFarItIsWhileTheWorkGoesOn() throws {
        let steps = Steps()
        let desk = try Script(as: "马门岗", verify: steps.verify)
        desk.press("Ctrl-Y")
        #expect(desk.lines[0].contains("核对日志  ────────   0%"))
        steps.go(to: 0.25)
        #expect(desk.desk.catchUp())
        #expect(desk.lines[0].contains("核对日志  ██──────  25%"))
        desk.expect("翠湖花园", near: "09:00")

        // Keys do what they always do.
        desk.press("F8")
        desk.type("张三")
        steps.go(to: 0.5)
        #expect(desk.desk.catchUp())
        #expect(desk.lineOfCaret.contains("张三"))
        desk.type("丰")
        desk.fill("房号/被访人", "3-2-501")
        desk.fill("事由", "快递")
        desk.press("Ctrl-S")
        desk.expectRow(GateView.self) { $0.name == "张三丰" }
        desk.estate.clock.pass(seconds: 5)
        steps.go(to: 0.505)
        _ = desk.desk.catchUp()
        #expect(desk.lines[0].contains("核对日志  ████────  50%"))
        #expect(!desk.desk.catchUp(), "what cannot be seen is no news")

        steps.finish()
        desk.awaitVerification()
        #expect(desk.lines[0].contains("日志完好"))
        desk.estate.clock.pass(seconds: 5)
        _ = desk.desk.catchUp()
        #expect(!desk.lines[0].contains("核对日志"))
    }

    @Test func asLongAsItRunsItIsNotBegunAgain() throws {
        let steps = Steps()
        let desk = try Script(as: "马门岗", verify: steps.verify)
        desk.press("Ctrl-Y")
        steps.go(to: 0.43)
        _ = desk.desk.catchUp()
        let first = desk.desk.verification
        desk.press("Ctrl-Y")
        #expect(desk.lines[0].contains("正在核对日志"))
        #expect(desk.desk.verification === first)
        desk.press("F9")
        desk.type("核对日志")
        desk.expect("正在核对日志")
        desk.press("Enter", "Esc")
        #expect(desk.desk.verification === first)
        steps.finish()
        desk.awaitVerification()
        desk.press("Ctrl-Y")
        #expect(desk.desk.verification != nil)
        steps.finish()
        desk.awaitVerification()
        desk.expect("日志完好")
    }

    @Test(arguments: ["F10", "nobody is left"]) func leavingStopsIt(how: String) throws {
        let steps = Steps()
        var desk: Script? = try Script(as: "马门岗", verify: steps.verify)
        desk?.press("Ctrl-Y")
        steps.go(to: 0.1)
        #expect(!steps.wasStopped)
        let work = desk?.desk.verification
        if how == "F10" { desk?.press("F10") } else { desk = nil }
        steps.go(to: 0.2)
        #expect(steps.wasStopped)
        work?.wait()
        if let desk {
            #expect(desk.desk.isOver && desk.desk.catchUp())
            desk.expectNot("日志完好")
        }
    }

    @Test func whatCannotBeReadIsSaid() throws {
        let desk = try Script(as: "马门岗") { folder, _ in throw JournalError.missing(folder: folder) }
        desk.press("Ctrl-Y")
        desk.awaitVerification()
        #expect(desk.lines[0].contains("没有小区数据") && desk.grid[40, 0].style.ground == .danger)
    }

    @Test(arguments: PictureTests.sizes) func theGaugeIsInSightOnEveryScreen(size: Size) throws {
        let steps = Steps()
        let desk = try Script(as: "王芳", size: size, verify: steps.verify)
        desk.press("Ctrl-Y")
        steps.go(to: 1)
        _ = desk.desk.catchUp()
        #expect(desk.lines[0].contains("████████ 100%"))
        #expect(desk.lines[0].contains("09:00"))
        steps.finish()
        desk.awaitVerification()
    }
}
