import Screen
import Testing

@Suite("Small widgets")
struct SmallWidgetTests {
    @Test("A paragraph is wrapped and scrolled")
    func paragraph() {
        let paragraph = Paragraph([Line("请问您有什么事？您看这样好不好？")], offset: 1)
        #expect(picture(paragraph, 10, 3) == ["么事？您看", "这样好不  ", "好？      "])
        #expect(paragraph.height(width: 10, TextWidth()) == 4)
        #expect(picture(Paragraph("好", alignment: .centre), 6, 1) == ["  好  "])
    }

    @Test("A checklist has a sign for every state")
    func checklist() {
        let list = Checklist([
            (.done, "问候"), (.current, "倾听并逐条记录"), (.open, "保留"), (.failed, "结束"), (.none, "无"),
        ])
        #expect(
            picture(list, 12, 6) == [
                "✓ 问候      ", "▸ 倾听并逐条", "  记录      ", "○ 保留      ", "✗ 结束      ", "· 无        ",
            ])
    }

    @Test("A gauge is fine to an eighth of a column")
    func gauge() {
        #expect(picture(Gauge(0.5), 8, 1) == ["████────"])
        #expect(picture(Gauge(0.3), 8, 1) == ["██▍─────"])
        #expect(picture(Gauge(2), 4, 1) == ["████"])
        #expect(picture(Gauge(-1), 4, 1) == ["────"])
        #expect(picture(Gauge(0.5), 4, 1, ambiguousIsWide: true) == ["##--"])
    }

    @Test("A gauge stands among other text, in two tones")
    func gaugeInText() {
        let line: Line = ["核对 ", Span("43%", .strong)]
        let gauge = Gauge(0.43).line(width: 5, .fine)
        let grid = drawn(StatusBar(left: [], right: [BarItem(gauge + " " + line)]), 20, 1)
        #expect(grid.lines == ["     ██▏── 核对 43% "])
        #expect(grid[5, 0].style == Style(.accent, on: .bar) && grid[9, 0].style == Style(.frame, on: .bar))
        #expect(Gauge(0).line(width: 4, .fine).text == "────")
        #expect(Gauge(1).line(width: 4, .plain).text == "####")
        #expect(Gauge(0.5).line(width: 0, .fine).isEmpty)
        #expect(Gauge(0.5).line(width: -3, .fine).isEmpty)
    }

    @Test("A sparkline shows the latest values")
    func sparkline() {
        #expect(picture(Sparkline([9, 0, 1, 2, 4, 8], maximum: 8), 5, 1) == ["▁▂▃▅█"])
        #expect(picture(Sparkline([0, 4, 8]), 4, 1) == ["▁▅█ "])
        #expect(picture(Sparkline([0, 0]), 2, 1) == ["▁▁"])
    }

    @Test("A scroll bar's thumb touches an end only when nothing lies beyond")
    func scrollBar() {
        #expect(ScrollBar(total: 5, offset: 0, visible: 5).thumb(height: 5) == nil)
        #expect(ScrollBar(total: 100, offset: 0, visible: 10).thumb(height: 10) == 0..<1)
        #expect(ScrollBar(total: 100, offset: 1, visible: 10).thumb(height: 10) == 1..<2)
        #expect(ScrollBar(total: 100, offset: 89, visible: 10).thumb(height: 10) == 8..<9)
        #expect(ScrollBar(total: 100, offset: 90, visible: 10).thumb(height: 10) == 9..<10)
    }

    @Test("A field shows its text and puts the cursor at the caret")
    func field() {
        let grid = drawn(TextField(TextInput("张三"), isFocused: true), 8, 1)
        #expect(grid.lines == ["张三    "])
        #expect(grid.cursor == Point(x: 4, y: 0))
        #expect(grid[7, 0].style.ground == .fieldFocused)
        #expect(drawn(TextField(TextInput("张三")), 8, 1).cursor == nil)
    }

    @Test("An empty field shows what belongs there")
    func placeholder() {
        let grid = drawn(TextField(TextInput(), placeholder: "姓名或房号", isFocused: true), 8, 1)
        #expect(grid.lines == ["姓名或… "])
        #expect(grid.cursor == Point(x: 0, y: 0))
    }

    @Test("A long text is scrolled so that the caret is in sight, with room to compose")
    func scroll() {
        let grid = drawn(TextField(TextInput("电梯夜间异响"), isFocused: true), 8, 1)
        #expect(grid.lines == ["异响    "])
        #expect(grid.cursor == Point(x: 4, y: 0))
        for caret in 0...40 {
            let scroll = TextField.scroll(caret: caret, width: 8)
            #expect((0..<8).contains(caret - scroll))
        }
    }

    @Test("A secret is not shown")
    func secret() {
        #expect(picture(TextField(TextInput("密码1"), isSecret: true), 6, 1) == ["***   "])
    }
}
