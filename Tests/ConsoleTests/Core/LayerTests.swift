import Screen
import Testing

@testable import Console
@testable import Estate

/// Keys that the top layer ignores: they go to the layer below or to commands that work over layers.
@Suite struct LayerTests {
    private func form() throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: "马门岗")
        console.press("F8")
        console.fill("姓名", "张三")
        console.fill("被访人", "3-2-501")
        console.fill("事由", "快递")
        return console
    }

    @Test func aCommandThatWorksOverLayersKeepsTheForm() throws {
        let console = try form()
        console.press("F11")
        console.expect("╭─ 用语")
        console.press("Esc")
        console.expect("事由", near: "快递")
        console.press("Ctrl-L")
        #expect(console.controller.terminalRequests == [.redraw])
    }

    /// In English a phrase has its meaning beside it, in Chinese it needs none.
    @Test(arguments: [(Language.english, true), (.chinese, false)])
    func phrasesAreExplainedInEnglish(language: Language, hasGloss: Bool) throws {
        let console = try ConsoleDriver(as: "王芳", language: language, size: Size(width: 160, height: 45))
        console.press("F11")
        let phrases = console.store.handbook.phrases
        let glosses = phrases.classes.flatMap(\.prescribed).compactMap { phrases.gloss(of: $0) }
        #expect(glosses.contains { console.sees($0) } == hasGloss)
    }

    @Test func anotherCommandIsRefusedWhileAFormIsOpen() throws {
        let console = try form()
        console.press("F3")
        console.expect("表单未提交")
        #expect(console.controller.session.focus == "gate")
    }

    @Test func anIgnoredKeyGoesToTheLayerBelow() throws {
        let console = try form()
        console.press("F11", "Ctrl-S")
        console.expect("╭─ 用语")
        console.expectRow(GateView.self) { $0.name == "张三" }
        console.press("Esc")
        #expect(console.controller.session.layers.isEmpty)
    }

    /// Letters, Enter and Esc are for the layer that is seen.
    @Test func typingDoesNotFallThrough() throws {
        let console = try form()
        console.press("F1")
        console.expect("帮助 · 事由")
        console.type("xyz")
        console.press("Esc")
        console.expect("事由", near: "快递")
        console.expectNot("xyz")
    }

    @Test func aQuestionLetsNoKeyThrough() throws {
        let console = try ConsoleDriver(as: "马门岗")
        try console.estate.do("visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "快递"])
        _ = console.controller.catchUp()
        console.press("Enter")
        console.expect("张三（3-2-501）现在离场？")
        let before = console.lines.dropFirst()
        console.expectNothingRecorded {
            for key in ["F3", "F8", "F9", "Tab", "Down", "x", "Ctrl-S", "F10"] {
                console.press(key)
                #expect(console.lines.dropFirst() == before, "\(key)")
            }
            console.press("F1", "?")
            console.expect("Enter  离场")
            console.press("Esc")
            #expect(console.lines.dropFirst() == before)
        }
    }

    @Test func nothingWorksOverTheLockScreen() throws {
        let console = try ConsoleDriver(as: "马门岗")
        try console.estate.givePIN("2468", to: "S03")
        _ = console.controller.catchUp()
        console.press("Ctrl-X")
        console.expect("屏幕已锁定")
        let before = console.screen
        for key in ["F11", "Ctrl-Z", "Ctrl-^", "F1", "F9", "Ctrl-X"] { console.press(key) }
        #expect(console.screen == before)
        #expect(console.controller.terminalRequests == [])
    }
}
