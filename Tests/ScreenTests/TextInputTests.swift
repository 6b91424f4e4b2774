import Screen
import Testing

@Suite("Typing")
struct TextInputTests {
    /// What is in the line after some keys, the caret shown as `|`.
    func typed(_ text: String, _ keys: String...) -> String {
        var input = TextInput(text)
        for name in keys { if let key = Key(name) { _ = input.handle(key) } else { Issue.record("no key \(name)") } }
        return input.beforeCaret + "|" + input.afterCaret
    }

    @Test("Characters go in at the caret")
    func insert() {
        #expect(typed("李国", "Left", "建") == "李建|国")
        #expect(typed("", "a", "Space", "b") == "a b|")
    }

    @Test("Deleting and moving go by whole characters")
    func graphemes() {
        #expect(typed("张👨‍👩‍👧", "Backspace") == "张|")
        #expect(typed("张e\u{301}", "Left", "Left", "Delete") == "|e\u{301}")
        #expect(typed("🇨🇳中", "Home", "Right") == "🇨🇳|中")
        #expect(typed("", "Backspace", "Delete", "Left", "Right") == "|")
    }

    @Test("A mark typed by itself joins the character before it")
    func combining() {
        var input = TextInput("e")
        input.insert("\u{301}")
        #expect(input.caret == 1)
    }

    @Test("Home, End and their like")
    func ends() {
        #expect(typed("张三", "Home") == "|张三")
        #expect(typed("张三", "Ctrl-A", "Ctrl-E") == "张三|")
        #expect(typed("张三", "Left", "Ctrl-U") == "|三")
        #expect(typed("张三", "Left", "Ctrl-K") == "张|")
    }

    @Test("Words are runs of letters and digits, or of Chinese")
    func words() {
        #expect(typed("3栋 water leak", "Ctrl-Left") == "3栋 water |leak")
        #expect(typed("电梯异响 abc", "Ctrl-Left", "Ctrl-Left") == "|电梯异响 abc")
        #expect(typed("电梯abc  x", "Home", "Ctrl-Right", "Ctrl-Right") == "电梯abc|  x")
        #expect(typed("water leak ", "Ctrl-W") == "water |")
        #expect(typed("   ", "Ctrl-W") == "|")
    }

    @Test("Pasted line breaks become blanks")
    func paste() {
        var input = TextInput("甲")
        input.insert("乙\n丙\r\n丁")
        #expect(input.text == "甲乙 丙 丁")
        #expect(TextInput("一\n二").text == "一 二")
    }

    @Test("Keys that mean nothing here are left to others")
    func unhandled() {
        var input = TextInput()
        #expect([Key.enter, .escape, .tab, .function(2), .up].allSatisfy { !input.handle($0) })
        input.insert("张三")
        input.clear()
        #expect(input.isEmpty && input.caret == 0)
    }
}
