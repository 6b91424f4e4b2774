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
}
