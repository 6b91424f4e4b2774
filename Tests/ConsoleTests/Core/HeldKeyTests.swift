import Screen
import Testing

@testable import Console
@testable import Estate

/// An Enter of a held key records nothing. Otherwise it does what Enter does.
@Suite struct HeldKeyTests {
    /// The milliseconds until a held key repeats first, and between its further repetitions.
    static let cadences = [(250, 30), (500, 30), (660, 30), (250, 250), (350, 350), (500, 500)]

    @Test(arguments: cadences) func noCallIsInvented(first: Int, every: Int) throws {
        let console = try ConsoleDriver(as: "王芳")
        console.expectNothingRecorded { console.holdEnter(first: first, every: every) }
        console.expect("按得太快，没有算数")
    }

    @Test(arguments: cadences) func oneItemPasses(first: Int, every: Int) throws {
        let console = try ConsoleDriver(as: "周主管")
        console.press("F8", "Ctrl-S")
        console.holdEnter(first: first, every: every, times: 30)
        console.expect("已检 1/58")
        console.expect("按得太快，没有算数")
        // One after the other they all pass.
        for _ in 0..<57 { console.deliver(.key(.enter), after: 700) }
        console.deliver(after: 25)
        console.expect("已检 58/58")
    }

    @Test(arguments: cadences) func oneDemandIsRecordedAndNotSettled(first: Int, every: Int) throws {
        let console = try ConsoleDriver(as: "王芳")
        console.takeCall()
        console.deliver([.key(.character("漏")), .key(.character("水"))], after: 900)
        let before = console.store.revision
        console.holdEnter(first: first, every: every)
        #expect(console.store.revision == before + 1)
        #expect(try console.demands() == ["漏水"])
    }

    /// A layer that an Enter would close by recording something stays.
    @Test func aMenuStaysOpen() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.takeCall()
        console.press("Ctrl-B")
        console.deliver(.key(.enter), after: 0)
        let before = console.store.revision
        console.press("Ctrl-B")
        console.deliver([.key(.enter), .key(.enter)], after: 100)
        #expect(console.store.revision == before)
        console.expect("已致歉")
    }

    /// Who types fast presses Enter in every field.
    @Test func aFilledInFormIsSentOnce() throws {
        let console = try ConsoleDriver(as: "马门岗")
        console.press("F8")
        for text in ["陈一", "3-2-501", "看房"] {
            console.type(text)
            console.deliver(.key(.enter), after: 100)
        }
        for _ in 0..<10 { console.deliver(.key(.enter), after: 150) }
        console.expectRow(GateView.self) { $0.name == "陈一" }
        #expect(console.rows(GateView.self).count == 1)
        console.expect("现在离场？")
    }

    @Test func aDraftIsNotSentByTheEnterThatContinuesIt() throws {
        let estate: TestEstate
        do {
            let console = try ConsoleDriver(as: "马门岗")
            console.press("F8")
            console.fill("姓名", "陈一")
            console.fill("被访", "3-2-501")
            console.fill("事由", "看房")
            console.controller.flushDrafts()
            estate = console.estate
        }
        let console = try ConsoleDriver(estate, as: "马门岗")
        console.expect("未提交的表单")
        console.expectNothingRecorded { console.holdEnter() }
        console.expect("来访登记")
    }

    /// Between fields and in lists nothing is in the way.
    @Test func aHeldEnterStillMoves() throws {
        let console = try ConsoleDriver(as: "马门岗")
        console.press("F8")
        console.deliver([.key(.enter), .key(.enter)], after: 900)
        #expect(console.lineOfCaret.contains("事由"))
    }
}
