import Screen
import Testing

@Suite("Text fields")
struct TextFieldTests {
    @Test("A focused field puts the cursor at the caret")
    func field() {
        let grid = drawn(TextField(TextInput("张三"), isFocused: true), 8, 1)
        #expect(grid.lines == ["张三    "])
        #expect(grid.cursor == Point(x: 4, y: 0))
        #expect(grid[7, 0].style.ground == .fieldFocused)
        #expect(drawn(TextField(TextInput("张三")), 8, 1).cursor == nil)
    }

    @Test("An empty field shows its placeholder")
    func placeholder() {
        let grid = drawn(TextField(TextInput(), placeholder: "姓名或房号", isFocused: true), 8, 1)
        #expect(grid.lines == ["姓名或… "])
        #expect(grid.cursor == Point(x: 0, y: 0))
    }

    @Test("Long text is scrolled so that the caret is visible")
    func scroll() {
        let grid = drawn(TextField(TextInput("电梯夜间异响"), isFocused: true), 8, 1)
        #expect(grid.lines == ["异响    "])
        #expect(grid.cursor == Point(x: 4, y: 0))
        for caret in 0...40 {
            let scroll = TextField.scroll(caret: caret, width: 8)
            #expect((0..<8).contains(caret - scroll))
        }
    }

    @Test("A secret field shows asterisks")
    func secret() {
        #expect(picture(TextField(TextInput("密码1"), isSecret: true), 6, 1) == ["***   "])
    }

    /// Every caret of a long text, against the whole text drawn and cut.
    @Test("What is drawn is the part of the text between the field's edges", arguments: [false, true])
    func window(isSecret: Bool) {
        let text = "楼道 a堆物👨‍👩‍👧“x”电梯e\u{301}夜间异响"
        var input = TextInput(text)
        let measure = TextWidth()
        while true {
            var whole = Grid(size: Size(width: 80, height: 1))
            let shown = isSecret ? String(repeating: "*", count: text.count) : text
            whole.put(shown, at: Point(x: 0, y: 0))
            let before = isSecret ? input.caret : measure.width(of: input.beforeCaret)
            let scroll = TextField.scroll(caret: before, width: 9)
            var cut = Grid(size: Size(width: 9, height: 1))
            cut.put(shown, at: Point(x: -scroll, y: 0))
            let grid = drawn(TextField(input, isFocused: true, isSecret: isSecret), 9, 1)
            #expect(grid.lines == cut.lines)
            #expect(grid.cursor == Point(x: before - scroll, y: 0))
            if input.beforeCaret.isEmpty { break }
            input.moveLeft()
        }
        #expect(drawn(TextField(input), 9, 1).lines == drawn(TextField(TextInput(text)), 9, 1).lines)
    }

    @Test("A click sets the caret where the text stands")
    func click() {
        let field = TextField(TextInput("电梯夜间异响"), isFocused: true)
        let rect = Rect(x: 3, y: 2, width: 8, height: 1)
        // Scrolled by eight columns: 异响 is in sight.
        #expect(field.clicked(at: Point(x: 5, y: 2), in: rect, TextWidth()).beforeCaret == "电梯夜间异")
        #expect(TextField(TextInput("电梯")).clicked(at: Point(x: 5, y: 2), in: rect, TextWidth()).beforeCaret == "电")
    }
}
