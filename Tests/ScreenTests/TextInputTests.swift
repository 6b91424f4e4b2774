import Screen
import Testing

@Suite("Text input")
struct TextInputTests {
    /// The line after some keys, with the caret shown as `|`.
    func typed(_ text: String, _ keys: String...) -> String {
        var input = TextInput(text)
        for name in keys { if let key = Key(name) { _ = input.handle(key) } else { Issue.record("no key \(name)") } }
        return input.beforeCaret + "|" + input.afterCaret
    }

    @Test("Characters are inserted at the caret")
    func insert() {
        #expect(typed("李国", "Left", "建") == "李建|国")
        #expect(typed("", "a", "Space", "b") == "a b|")
    }

    @Test("Deleting and moving work on whole characters")
    func graphemes() {
        #expect(typed("张👨‍👩‍👧", "Backspace") == "张|")
        #expect(typed("张e\u{301}", "Left", "Left", "Delete") == "|e\u{301}")
        #expect(typed("🇨🇳中", "Home", "Right") == "🇨🇳|中")
        #expect(typed("", "Backspace", "Delete", "Left", "Right") == "|")
    }

    @Test("A combining mark joins the character before it")
    func combining() {
        var input = TextInput("e")
        input.insert("\u{301}")
        #expect(input.caret == 1)
    }

    @Test("Home, End and their Ctrl keys move and cut to the ends")
    func ends() {
        #expect(typed("张三", "Home") == "|张三")
        #expect(typed("张三", "Ctrl-A", "Ctrl-E") == "张三|")
        #expect(typed("张三", "Left", "Ctrl-U") == "|三")
        #expect(typed("张三", "Left", "Ctrl-K") == "张|")
    }

    @Test("Words are runs of letters and digits, or of Chinese characters")
    func words() {
        #expect(typed("3栋 water leak", "Ctrl-Left") == "3栋 water |leak")
        #expect(typed("电梯异响 abc", "Ctrl-Left", "Ctrl-Left") == "|电梯异响 abc")
        #expect(typed("电梯abc  x", "Home", "Ctrl-Right", "Ctrl-Right") == "电梯abc|  x")
        #expect(typed("water leak ", "Ctrl-W") == "water |")
        #expect(typed("   ", "Ctrl-W") == "|")
    }

    @Test("Ctrl-Y inserts the text cut last")
    func cut() {
        #expect(typed("3栋 water leak", "Ctrl-W", "Home", "Ctrl-Y") == "leak|3栋 water ")
        #expect(typed("张三丰", "Left", "Ctrl-U", "End", "Ctrl-Y") == "丰张三|")
        #expect(typed("张三丰", "Home", "Ctrl-K", "Ctrl-Y", "Ctrl-Y") == "张三丰张三丰|")
        #expect(typed("water leak", "Home", "Alt-d") == "| leak")
        #expect(typed("张𠮷abc", "Home", "Alt-D", "Alt-d") == "|abc")
        #expect(typed("", "Ctrl-Y") == "|")
    }

    @Test("Ctrl-B, Ctrl-F and Ctrl-D move and delete whole characters")
    func shellKeys() {
        #expect(typed("张𠮷", "Ctrl-B") == "张|𠮷")
        #expect(typed("👨‍👩‍👧中", "Ctrl-A", "Ctrl-F") == "👨‍👩‍👧|中")
        #expect(typed("e\u{301}中", "Ctrl-A", "Ctrl-D") == "|中")
        #expect(typed("", "Ctrl-B", "Ctrl-F", "Ctrl-D") == "|")
    }

    @Test("Edits are undone one by one; a run of typing is one edit")
    func undo() {
        #expect(typed("", "张", "三", "Ctrl-_") == "|")
        #expect(typed("张三", "Ctrl-U", "李", "Ctrl-_") == "|")
        #expect(typed("张三", "Ctrl-U", "李", "Ctrl-_", "Ctrl-_") == "张三|")
        #expect(typed("张", "三", "Left", "国", "Ctrl-_") == "张|三")
        #expect(typed("张三", "Ctrl-_", "Ctrl-_") == "张三|")
        var input = TextInput("甲")
        input.insert("乙丙")
        _ = input.handle(.control("_"))
        #expect(input.text == "甲")
        for number in 0..<100 {
            _ = input.handle(.character(Character("\(number % 10)")))
            _ = input.handle(.left)
        }
        for _ in 0..<200 { _ = input.handle(.control("_")) }
        #expect(input.text.count == 101 - 32, "at most 32 edits are kept")
    }

    @Test("The caret is never inside a character, also if an edit joins its two sides")
    func joins() {
        var mark = TextInput("\u{301}")
        _ = mark.handle(.home)
        _ = mark.handle(.character("e"))
        #expect(mark.afterCaret.isEmpty && mark.caret == 1)

        var family = TextInput("\u{200D}👩")
        for key in [Key.home, .character("👨")] { _ = family.handle(key) }
        #expect(family.text == "👨\u{200D}👩" && family.caret == 1 && family.afterCaret.isEmpty)

        var flags = TextInput("🇳🇨🇳")
        _ = flags.handle(.home)
        flags.insert("🇨")
        #expect(flags.text == "🇨🇳🇨🇳" && flags.beforeCaret == "🇨🇳")
    }

    @Test("Line breaks in pasted text become spaces")
    func paste() {
        var input = TextInput("甲")
        input.insert("乙\n丙\r\n丁")
        #expect(input.text == "甲乙 丙 丁")
        #expect(TextInput("一\n二").text == "一 二")
    }

    @Test("Keys without a meaning in a field are not handled")
    func unhandled() {
        var input = TextInput()
        #expect([Key.enter, .escape, .tab, .function(2), .up].allSatisfy { !input.handle($0) })
        input.insert("张三")
        input.clear()
        #expect(input.isEmpty && input.caret == 0)
    }

    @Test("A line holds 4,000 bytes, in whole characters, and says when there was more")
    func capacity() {
        var input = TextInput(String(repeating: "楼", count: 1332))
        #expect(!input.hasOverflowed)
        input.insert("道👨‍👩‍👧")
        #expect(input.hasOverflowed && input.text.utf8.count == 3999 && input.text.hasSuffix("道"))
        _ = input.handle(.character("a"))
        #expect(!input.hasOverflowed && input.text.utf8.count == TextInput.capacity)
        _ = input.handle(.character("b"))
        #expect(input.hasOverflowed && input.text.utf8.count == TextInput.capacity)
        _ = input.handle(.backspace)
        #expect(!input.hasOverflowed && input.text.hasSuffix("道"))
        #expect(TextInput(String(repeating: "\n", count: 5000)).text == String(repeating: " ", count: 4000))
        // The time of a paste does not grow with what is left out.
        let large = String(repeating: "漏水", count: 5_000_000)
        for _ in 0..<100 { input.insert(large) }
        #expect(input.hasOverflowed)
    }

    @Test("A run of typing is one edit also at the end of a full line and inside it")
    func runs() {
        #expect(typed("甲", "a", "b", "Left", "c", "d", "Ctrl-_") == "甲a|b")
        #expect(typed("甲", "a", "b", "Left", "c", "d", "Ctrl-_", "Ctrl-_") == "甲|")
    }

    @Test(
        "The caret goes to the character at a column",
        arguments: [(0, 0), (1, 0), (2, 1), (4, 2), (5, 3), (6, 3), (99, 4)])
    func clicked(column: Int, caret: Int) {
        var input = TextInput("张三a李")
        input.moveCaret(toColumn: column, TextWidth())
        #expect(input.caret == caret)
    }
}
